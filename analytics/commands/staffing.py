"""staffing: what each hour of a usual week brings against what leaves in it."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.forecast.forecast import forecast
from analytics.forecast.staffing import Staffing, demand_of, staffing
from analytics.forecast.week_gaps import WEEKDAYS, Gap, amount_text
from analytics.warehouse.engine import open_engine

NAME = "staffing"
HELP = "arrivals expected by weekday and hour against what leaves then"
_ROUNDED = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Measure and describe."""
    filters, engine = read_filters(arguments), open_engine(folder)
    found = staffing(engine, filters, demand_of(forecast(engine, filters)))
    return _document(found, engine.reporting_time_zone), _text(found)


def _document(found: Staffing, time_zone: str) -> dict[str, Any]:
    demand = found.demand
    return {
        "sentence": found.sentence,
        "reason": found.reason or None,
        "by_hour_reason": found.by_hour or None,
        "time_zone": time_zone,
        "from": demand.start.isoformat() if demand.start else None,
        "to": demand.until.isoformat() if demand.until else None,
        "expected_per_week": _number(found.by_weekday["arrivals"].sum()) if len(found.by_weekday) else None,
        "is_forecast": demand.weekly is not None,
        "business_hours": found.calendar.document(),
        "gaps": [_gap(gap) for gap in found.gaps],
        "by_weekday": [_row(row) for row in found.by_weekday.to_dict("records")],
        "by_hour": [_row(row) for row in found.frame.to_dict("records")],
        "person_hours": {
            "tickets_per_hour": _number(found.rate.rate),
            "hours": _number(found.rate.hours),
            "reason": found.rate.reason or None,
        },
        "notes": list(found.notes),
        **found.basis.document(),
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "weekday": gap.weekday, "hour": gap.hour, "until": gap.until, "arrivals": _number(gap.arrivals),
        "departures": _number(gap.departures), "gap": _number(gap.gap), "words": gap.words,
    }  # fmt: skip


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    whole = {name: int(row[name]) for name in ("weekday", "hour", "opened", "ended") if name in row}
    parts = {name: _number(row[name]) for name in ("arrivals", "departures", "gap", "person_hours") if name in row}
    return whole | parts | ({"too_few": bool(row["too_few"])} if "too_few" in row else {})


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else round(float(value), _ROUNDED)


def _text(found: Staffing) -> str:
    """For a person at a terminal: the answer, the weekdays, what stands behind them."""
    lines = [found.sentence]
    if len(found.by_weekday):
        lines.append(f"  {'':<10}{'arrivals':>10}{'leave':>10}")
    lines += [
        f"  {WEEKDAYS[int(row['weekday'])]:<10}{amount_text(row['arrivals']):>10}{amount_text(row['departures']):>10}"
        for row in found.by_weekday.to_dict("records")
    ]
    lines += [*found.notes, *([found.rate_words] if not found.reason else [])]
    as_of = f"as of {found.basis.as_of:%Y-%m-%d %H:%M}" if found.basis.as_of else "as of: unknown"
    counted = f"used {found.basis.used:,} tickets, excluded {found.basis.tickets_excluded:,}; {as_of}"
    return "\n".join([*lines, counted, found.basis.definition])
