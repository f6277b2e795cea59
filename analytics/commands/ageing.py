"""ageing: open tickets by age, and against the desk's own lines."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.flow.age_bands import read_bands, shipped_bands
from analytics.flow.ageing import Ageing, Band, ageing
from analytics.flow.outlived import Outlived, outlived
from analytics.formatting import count_text
from analytics.warehouse.engine import open_engine

NAME = "ageing"
HELP = "how old the open tickets are"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--by", metavar="DIMENSION", help="split by a dimension")
    parser.add_argument("--bands", metavar="DAYS", help="limits between the bands, such as 10,30")
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Measure and describe; open is as of the end of the period."""
    bands = read_bands(arguments.bands) if arguments.bands else shipped_bands()
    filters = read_filters(arguments)
    engine = open_engine(folder)
    shown, forgotten = ageing(engine, filters, bands, arguments.by), outlived(engine, filters)
    return _document(shown, forgotten), _text(shown, forgotten)


def _document(shown: Ageing, forgotten: Outlived) -> dict[str, Any]:
    lines = shown.lines
    reason = {"reason": lines.reason} if lines.reason else {}
    split = {"by": shown.by, "groups": _groups(shown)} if shown.by else {}
    return {
        "sentence": shown.sentence,
        "tickets": shown.tickets,
        "bands": [_band(band) for band in shown.bands],
        "lines": {"p50": lines.p50, "p85": lines.p85, "p95": lines.p95, "unit": "days", "n": lines.tickets} | reason,
        "past": {line: shown.past.get(line) for line in ("p50", "p85", "p95")} | reason,
        "oldest": [_plain(row) for row in shown.oldest.to_dict("records")],
        **split,
        "outlived": {
            "sentence": forgotten.sentence,
            "older_than_days": None if forgotten.reason else forgotten.older_than_days,
            "very_old": forgotten.old,
            "no_activity": forgotten.quiet,
            "requester_gone": forgotten.gone,
            "both": forgotten.both,
            "either": forgotten.either,
            "no_activity_unknown": forgotten.quiet_unknown,
            "requester_unknown": forgotten.gone_unknown,
        },
    } | shown.basis.document()


def _band(band: Band) -> dict[str, Any]:
    counts = {"from_days": band.from_days, "to_days": band.to_days, "tickets": band.tickets, "share": band.share}
    return counts if band.share is not None else counts | {"reason": "too few tickets for a share"}


def _groups(shown: Ageing) -> list[dict[str, Any]]:
    rows = []
    for row in shown.groups.to_dict("records"):
        bands = [
            {"from_days": band.from_days, "to_days": band.to_days, "tickets": row[f"band_{place}"]}
            for place, band in enumerate(shown.bands)
        ]
        past = {line: row[f"past_{line}"] for line in shown.lines.known}
        rows.append({"value": row["value"], "tickets": row["tickets"], "bands": bands, "past": past})
    return rows


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    """A ticket as JSON: times as ISO text, what is not known as null."""
    return {str(name): _cell(value) for name, value in row.items()}


def _cell(value: Any) -> Any:
    if pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.isoformat()
    return value if isinstance(value, str | int | float) else int(value)


def _text(shown: Ageing, forgotten: Outlived) -> str:
    """For a person at a terminal."""
    lines = [shown.sentence, ""]
    for band in shown.bands:
        share = "" if band.share is None else f"{band.share:7.1%}".replace("%", " %")
        lines.append(f"  {band.words:<20}{count_text(band.tickets):>10}{share}")
    known = [f"{line} {days:.1f} days" for line, days in shown.lines.known.items()]
    lines.append(f"lines of {count_text(shown.lines.tickets)} ended tickets: {', '.join(known) or shown.lines.reason}")
    lines += [f"  {_label(row['value'])}  {count_text(row['tickets'])}" for row in shown.groups.to_dict("records")]
    lines += ["", "oldest:"] if len(shown.oldest) else []
    oldest = shown.oldest.head(10).to_dict("records")
    lines += [f"  {row['ticket_id']}  {row['age_days']:,.1f} days" for row in oldest]
    return "\n".join([*lines, "", forgotten.sentence, forgotten.unknown, shown.basis.definition])


def _label(value: Any) -> str:
    return "not recorded" if value is None else str(value)
