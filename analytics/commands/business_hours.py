"""business-hours: show or change the calendar by which business hours are counted."""

import argparse
import sys
from pathlib import Path
from typing import Any

from analytics.business_hours import NONE, calendar_in_force, changed_calendar
from analytics.errors import NoData
from analytics.warehouse.business_calendar import BusinessCalendar, read_closed_day, shipped_calendar
from analytics.warehouse.engine import open_engine
from analytics.warehouse.importer import change_business_calendar

NAME = "business-hours"
HELP = "show or change the business hours"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--days", metavar="DAYS", help="weekdays, such as mon-fri, sun-thu or mon,wed")
    parser.add_argument("--hours", metavar="HOURS", help="opening and closing time, such as 08:00-18:00")
    parser.add_argument("--country", metavar="COUNTRY", help="whose public holidays are closed: GB, or 'none'")
    parser.add_argument("--subdivision", metavar="PART", help="the part of the country, such as ENG, or 'none'")
    parser.add_argument(
        "--closed",
        action="append",
        metavar="DATE",
        help="a further closed day (repeat for more; they replace those before; 'none' for none)",
    )


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Show the calendar; with options, build the snapshot anew with another one, which undo takes back."""
    before = _in_force(folder)
    asked = (arguments.days, arguments.hours, arguments.country, arguments.subdivision, arguments.closed)
    if all(option is None for option in asked):
        return before.document(), f"Business hours: {before.sentence}."
    closed = None if arguments.closed is None else [read_closed_day(day) for day in arguments.closed if day != NONE]
    after = changed_calendar(before, arguments.days, arguments.hours, arguments.country, arguments.subdivision, closed)
    change_business_calendar(folder, after, lambda message: print(message, file=sys.stderr, flush=True))
    return after.document(), f"Business hours are now: {after.sentence}."


def _in_force(folder: Path) -> BusinessCalendar:
    """The calendar of what is loaded, else the one that a new database starts with."""
    try:
        return calendar_in_force(open_engine(folder))
    except NoData:
        return shipped_calendar()
