"""A measured KPI as it stands in the command line's JSON; numbers are safe for JSON, what cannot be told is null."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from analytics.filters import plain_value
from analytics.measure import Account, KpiResult

_NUMBERS = ("value", "numerator", "denominator")
_COMPARED = ("before", "change")


def kpi_document(result: KpiResult, behind: Account, said: Sequence[str]) -> dict[str, Any]:
    """The result with its rows, the tickets behind it, what the data does to its meaning, and its SQL."""
    kpi, query = result.kpi, result.query
    return {
        "kpi": kpi.name,
        "title": kpi.title,
        "unit": kpi.unit.value,
        "definition": kpi.definition,
        "as_of": result.as_of.isoformat() if result.as_of else None,
        "filters": query.filters.sentence(kpi.verb),
        "grain": query.grain.value if query.grain else None,
        "by": list(query.by),
        "rows": row_documents(result.frame, query.by),
        "tickets_used": behind.used,
        "tickets_excluded": behind.tickets_excluded,
        "excluded": [{"reason": reason, "tickets": count} for reason, count in behind.excluded],
        "caveats": [*kpi.caveats, *said],
        "sql": query.sql,
        "parameters": plain_parameters(query.parameters),
    }


def row_documents(frame: pd.DataFrame, by: Sequence[str]) -> list[dict[str, Any]]:
    """A row each: `period`, the dimensions, the numbers, `too_few` and `unfinished` where they hold, and a reason."""
    compared = [name for name in _COMPARED if name in frame]
    return [_row(row, by, compared) for row in frame.to_dict("records")]


def plain_parameters(parameters: Mapping[str, object]) -> dict[str, Any]:
    """Bound parameters, days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in parameters.items()}


def _row(row: dict[Any, Any], by: Sequence[str], compared: Sequence[str]) -> dict[str, Any]:
    keys = {"period": pd.Timestamp(row["period"]).date().isoformat()} if "period" in row else {}
    values = {name: plain_value(row[name]) for name in by}
    numbers = {name: _number(row[name]) for name in (*_NUMBERS, *compared)}
    marks = {name: True for name in ("too_few", "unfinished") if row.get(name)}
    reason = {"reason": row["reason"]} if numbers["value"] is None else {}
    return {**keys, **values, **numbers, **marks, **reason}


def _number(value: Any) -> int | float | None:
    if value is None or pd.isna(value) or math.isinf(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
