"""kpi NAME: one KPI, split and filtered."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.filters import plain_value
from analytics.formatting import TOO_FEW, period_text, value_text
from analytics.kpi import Unit
from analytics.kpi_document import kpi_document
from analytics.kpis import find_kpi
from analytics.measure import Account, KpiResult, account, measure, notes
from analytics.period import Grain, find_grain
from analytics.query import compose
from analytics.warehouse.engine import open_engine

NAME = "kpi"
HELP = "measure one KPI"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("name", metavar="NAME", help="such as mttr; 'kpis' lists them")
    parser.add_argument(
        "--by", action="append", default=[], metavar="DIMENSION", help="split by a dimension (repeat for more)"
    )
    parser.add_argument("--grain", metavar="GRAIN", help="day, week, month, quarter or year")
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Measure and describe."""
    kpi = find_kpi(arguments.name)
    grain = find_grain(arguments.grain) if arguments.grain else None
    filters = read_filters(arguments)
    query = compose(kpi, filters, arguments.by, grain)
    engine = open_engine(folder)
    result, behind = measure(engine, query), account(engine, kpi, filters)
    return kpi_document(result, behind, notes(engine, kpi)), _text(result, behind)


def _text(result: KpiResult, behind: Account) -> str:
    """For a person at a terminal: a line a row, then what stands behind it."""
    keys = (["period"] if result.query.grain else []) + list(result.query.by)
    lines = [f"{result.kpi.title} ({result.kpi.unit.value}) of {result.query.filters.sentence(result.kpi.verb)}"]
    for row in result.frame.to_dict("records"):
        named = [_label(name, row[name], result.query.grain) for name in keys]
        count = f"  n={row['denominator']:,.0f}" if pd.notna(row["denominator"]) else ""
        lines.append("  ".join(["", *named, _exact(row["value"], result.kpi.unit, bool(row.get("too_few")))]) + count)
    excluded = "; ".join(f"{count:,} {reason}" for reason, count in behind.excluded) or "none"
    lines += [f"used {behind.used:,} tickets, excluded {behind.tickets_excluded:,} ({excluded})"]
    return "\n".join(
        [*lines, f"as of {result.as_of:%Y-%m-%d %H:%M}" if result.as_of else "as of: unknown", result.kpi.definition]
    )


def _exact(value: float, unit: Unit, too_few: bool) -> str:
    """Hours to two decimals: a terminal is where numbers are checked."""
    exact = f"{value:,.2f} h" if unit is Unit.HOURS and pd.notna(value) else value_text(value, unit)
    return f"{exact} ({TOO_FEW})" if too_few else exact


def _label(name: str, value: Any, grain: Grain | None) -> str:
    if name == "period" and grain:
        return period_text(pd.Timestamp(value).date(), grain)
    return "not recorded" if plain_value(value) is None else str(plain_value(value))
