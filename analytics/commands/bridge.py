"""bridge: what took the backlog from one day to another, and who contributed."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.filters import NOT_RECORDED, check_dimension
from analytics.flow.bridge import Bridge, bridge
from analytics.flow.bridge_sentences import bridge_sentences
from analytics.flow.contributions import PARTS, Contributions, contributions
from analytics.flow.telling import tellings
from analytics.formatting import UNKNOWN
from analytics.warehouse.engine import open_engine

NAME = "bridge"
HELP = "why the backlog changed between two days"
_SHOWN_ROWS = 15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--by", metavar="DIMENSION", help="split the change by a dimension (without it, by the most telling one)"
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """The bridge, the contributions to it, and both in words."""
    filters = read_filters(arguments)
    if arguments.by:
        check_dimension(arguments.by)
    engine = open_engine(folder)
    found = bridge(engine, filters)
    dimension = arguments.by or next((telling.dimension for telling in tellings(engine, filters)), None)
    split = contributions(engine, filters, dimension) if dimension else None
    return _document(found, split), _text(found, split, chosen=not arguments.by)


def _document(found: Bridge, split: Contributions | None) -> dict[str, Any]:
    before = split.before if split else None
    return {
        "from": _day(found.filters.start),
        "to": _day(found.filters.end),
        **{name: getattr(found, name) for name in ("start", "opened", "reopened", "resolved")},
        "resolved_held": found.resolved_held,
        "resolved_undone": found.resolved_undone,
        **{name: getattr(found, name) for name in ("cancelled", "leak", "end")},
        "by": split.dimension if split else None,
        "contributions": [_row(row) for row in split.frame.to_dict("records")] if split else [],
        "compared_with": {"from": _day(before.start), "to": _day(before.end)} if before else None,
        "reason": split.why_not if split and not before else None,
        "sentences": list(bridge_sentences(found, split)),
        **found.basis.document(),
    }


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    return {"value": row["value"], "change": int(row["change"])} | {name: _known(row[name]) for name in PARTS}


def _known(number: Any) -> int | None:
    return None if pd.isna(number) else int(number)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _text(found: Bridge, split: Contributions | None, chosen: bool) -> str:
    """For a person at a terminal: the sentences, the bridge, the table of contributions, what stands behind them."""
    lines = [f"Backlog bridge of {found.basis.filters}", *bridge_sentences(found, split)]
    steps = (("+ opened", found.opened), ("+ reopened", found.reopened), ("- resolved", found.resolved))
    lines += [_line("open at start", found.start), *(_line(*step) for step in steps)]
    lines += [_line("- cancelled", found.cancelled), *([_line("leak", found.leak)] if found.leak else [])]
    lines += [_line("open at end", found.end)]
    if split:
        lines += _table(split, chosen)
    excluded = "; ".join(f"{count:,} {reason}" for reason, count in found.basis.excluded) or "none"
    lines += [f"used {found.basis.used:,} tickets, excluded {found.basis.tickets_excluded:,} ({excluded})"]
    lines += [f"as of {found.basis.as_of:%Y-%m-%d %H:%M}" if found.basis.as_of else "as of: unknown"]
    return "\n".join([*lines, found.basis.definition, *found.basis.caveats])


def _line(words: str, count: int) -> str:
    return f"  {words:<16}{count:>12,}"


def _table(split: Contributions, chosen: bool) -> list[str]:
    words = split.dimension.replace("_", " ")
    rows = split.frame.head(_SHOWN_ROWS).to_dict("records")
    width = max([len(words), *(len(_label(row)) for row in rows)])
    heads = "".join(f"{name.replace('_', ' '):>12}" for name in ("change", *PARTS))
    lines = [
        f"by {words}{', the most telling dimension' if chosen else ''}:",
        f"  {words:<{width}}{heads}",
        *(f"  {_label(row):<{width}}{''.join(_cell(row[name]) for name in ('change', *PARTS))}" for row in rows),
    ]
    rest = split.frame.iloc[_SHOWN_ROWS:]
    if len(rest):
        other = {name: rest[name].sum(min_count=1) for name in ("change", *PARTS)}
        lines += [f"  {f'{len(rest)} others':<{width}}{''.join(_cell(number) for number in other.values())}"]
    return lines


def _label(row: dict[Any, Any]) -> str:
    return NOT_RECORDED if row["value"] is None else str(row["value"])


def _cell(number: Any) -> str:
    return f"{UNKNOWN if pd.isna(number) else f'{int(number):+,}':>12}"
