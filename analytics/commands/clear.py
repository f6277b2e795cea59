"""clear: when the backlog will be at or under a number, how likely by a day, and what must change."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.errors import BacklightError
from analytics.filters import read_date
from analytics.forecast.clearing import Clearing, clearing
from analytics.forecast.forecast import forecast
from analytics.forecast.history import MOST_AHEAD
from analytics.forecast.needed import Lever, Needed, needed
from analytics.period import Grain
from analytics.warehouse.engine import open_engine

NAME = "clear"
HELP = "say when the backlog will be under a number, and what must change for it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--target", required=True, metavar="N", help="the backlog wanted: at most N open tickets")
    parser.add_argument("--by-date", metavar="DATE", help="the day by which (the end of the 13th week ahead)")
    parser.add_argument("--probability", default="0.8", metavar="P", help="the chance that levers must reach (0.8)")
    parser.add_argument(
        "--by", default="category", metavar="DIMENSION", help="name the arrivals to cut by this dimension (category)"
    )
    parser.add_argument("--elasticity", metavar="E", help="how closures follow the work on hand, 0 to 1 (estimated)")
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Reckon and describe."""
    target, probability = _whole(arguments.target), _number("--probability", arguments.probability, 0, 1)
    by = read_date(arguments.by_date, "--by-date") if arguments.by_date else None
    follows = None if arguments.elasticity is None else _number("--elasticity", arguments.elasticity, 0, 1)
    filters, engine = read_filters(arguments), open_engine(folder)
    found = forecast(engine, filters, MOST_AHEAD[Grain.WEEK])
    course = clearing(found, target, by)
    change = needed(engine, filters, found, target, by, probability, arguments.by, follows)
    return _document(course, change), _text(course, change)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise BacklightError(
            f"'{text}' is not a number of tickets: give --target a whole number, such as 400."
        ) from None


def _number(name: str, text: str, least: float, most: float) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not least <= number <= most:
        raise BacklightError(f"'{text}' is no number from {least:g} to {most:g}: {name} takes one, such as 0.8.")
    return number


def _document(course: Clearing, change: Needed) -> dict[str, Any]:
    return {
        "target": course.target,
        "by_date": _day(course.by),
        "backlog": course.now,
        "probability": course.probability,
        "dates": {name: _day(day) for name, day in course.dates.items()},
        "expected": course.expected,
        "lo80": course.lo80,
        "hi80": course.hi80,
        "sentence": course.sentence,
        "weeks": [
            {"week_end": str(week), "probability": float(at), "reached": float(reached)}
            for week, at, reached in zip(course.weeks, course.at, course.reached, strict=True)
        ],
        "wanted_probability": change.probability,
        "levers": [_lever(lever, change.dimension) for lever in change.levers],
        "closures_per_week": {"needed": change.per_week, "now": change.per_week_now, "sentence": change.sentence},
        "elasticity": {
            "value": change.follows,
            "estimate": change.elasticity.value,
            "lo95": change.elasticity.lo,
            "hi95": change.elasticity.hi,
            "sentence": change.elasticity.sentence,
        },
        **({"refused": course.refused} if course.refused else {}),
        **course.basis.document(),
    }


def _lever(lever: Lever, dimension: str) -> dict[str, Any]:
    parts = {
        "by": dimension,
        "parts": [{"value": part.value, "share": part.share} for part in lever.parts],
        "probability_without_parts": lever.chance_without,
    }
    return {
        "lever": lever.lever,
        "needed": lever.needed,
        "unit": lever.unit,
        "now": lever.now,
        "possible": lever.possible,
        "sentence": lever.sentence,
        "people": lever.people,
        **(parts if lever.parts else {}),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _text(course: Clearing, change: Needed) -> str:
    """For a person at a terminal: the sentences, then what stands behind them."""
    said = [course.sentence]
    if not course.refused:
        said += [change.wanted, *(f"  {lever.sentence}" for lever in change.levers), change.sentence]
        said += [change.elasticity.sentence]
    as_of = f"as of {course.basis.as_of:%Y-%m-%d %H:%M}" if course.basis.as_of else "as of: unknown"
    counted = f"used {course.basis.used:,} tickets, excluded {course.basis.tickets_excluded:,}; {as_of}"
    return "\n".join([*filter(None, said), counted, course.basis.definition])
