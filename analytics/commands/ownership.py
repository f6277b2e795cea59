"""ownership: who, if anyone, moves the open tickets."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.flow.ownership import SILENT_DAYS, Ownership, ownership
from analytics.formatting import count_text
from analytics.warehouse.engine import open_engine

NAME = "ownership"
HELP = "who, if anyone, moves the open tickets"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--silent-days",
        type=int,
        default=SILENT_DAYS,
        metavar="N",
        help=f"days without activity after which an assigned ticket is silent (default {SILENT_DAYS})",
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Measure and describe; open is as of the end of the period."""
    filters = read_filters(arguments)
    shown = ownership(open_engine(folder), filters, arguments.silent_days)
    return _document(shown), _text(shown)


def _document(shown: Ownership) -> dict[str, Any]:
    line = {"past_p85": asdict(shown.aged)} if shown.aged else {"past_p85": None, "reason": shown.line_reason}
    return {
        "sentence": shown.sentence,
        "tickets": shown.tickets,
        "silent_days": shown.silent_days,
        "classes": [asdict(held) for held in shown.classes],
        "aged": {**line, "past_14_days": asdict(shown.aged_14)},
        "by_group": shown.groups.to_dict("records"),
        "inactive_assignees": shown.inactive_assignees,
        "silence_not_told": shown.unsure,
    } | shown.basis.document()


def _text(shown: Ownership) -> str:
    """For a person at a terminal."""
    lines = [shown.sentence, ""]
    for held in shown.classes:
        share = "" if held.share is None else f"{held.share:7.1%}".replace("%", " %")
        age = "" if held.median_age_days is None else f"  median age {held.median_age_days:,.1f} days"
        lines.append(f"  {held.title:<42}{count_text(held.tickets):>10}{share}{age}")
    lines += ["", f"inactive assignees: {shown.inactive_assignees}", "by group (aged, of these without clear owner):"]
    lines += [
        f"  {'not recorded' if row['value'] is None else row['value']}  {count_text(row['aged'])}  "
        f"{count_text(row['aged_unowned'])}"
        for row in shown.groups.head(20).to_dict("records")
    ]
    return "\n".join([*lines, "", *shown.basis.caveats, shown.basis.definition])
