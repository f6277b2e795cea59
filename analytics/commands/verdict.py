"""verdict: whether the backlog grows, stands still or shrinks, and whether the desk is at capacity."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.flow.capacity import Capacity, capacity
from analytics.flow.mass_closures import closure_sentences, mass_closures
from analytics.flow.verdict import Verdict, verdict, without_clean_ups
from analytics.warehouse.engine import open_engine

NAME = "verdict"
HELP = "say whether the backlog is growing, flat or shrinking, or that it cannot be told"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Judge and describe."""
    filters, engine = read_filters(arguments), open_engine(folder)
    found, ability = verdict(engine, filters), capacity(engine, filters)
    closures = mass_closures(engine, filters).frame
    return _document(found, ability, closures), _text(found, ability, closures)


def _document(found: Verdict, ability: Capacity, closures: pd.DataFrame) -> dict[str, Any]:
    return {
        "verdict": found.verdict,
        "drift_per_week": found.drift_per_week,
        "lo": found.lo,
        "hi": found.hi,
        "weeks": found.weeks,
        "sentence": found.sentence,
        "reason": found.reason,
        "without_clean_ups": without_clean_ups(found, closures),
        "capacity": {
            "state": ability.state,
            "share": ability.share,
            "ended_per_week": ability.ended_per_week,
            "best_per_week": ability.best_per_week,
            "weeks": ability.weeks,
            "sentence": ability.sentence,
        },
        "edges": [mark.document() for mark in found.marks],
        "mass_closures": [_closure(row) for row in closures.to_dict("records")],
        **found.basis.document(),
    }


def _closure(row: dict[Any, Any]) -> dict[str, Any]:
    numbers = {name: float(row[name]) for name in ("expected", "excess", "old_share", "median_age_days")}
    return {"day": row["day"].date().isoformat(), "ended": int(row["ended"]), **numbers}


def _text(found: Verdict, ability: Capacity, closures: pd.DataFrame) -> str:
    """For a person at a terminal: the sentences, then what stands behind them."""
    said = [found.sentence, found.reason, without_clean_ups(found, closures), ability.sentence]
    said += [*(mark.sentence for mark in found.marks), *closure_sentences(closures)]
    as_of = f"as of {found.basis.as_of:%Y-%m-%d %H:%M}" if found.basis.as_of else "as of: unknown"
    counted = f"used {found.basis.used:,} tickets, excluded {found.basis.tickets_excluded:,}; {as_of}"
    return "\n".join([*filter(None, said), counted, found.basis.definition])
