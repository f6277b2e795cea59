"""Tickets as an assistant reads them: at most a hundred, known cells only, people left out unless they are shown."""

from typing import Any

import pandas as pd

from analytics.assistants.arguments import TicketsArguments, question
from analytics.assistants.desk import Desk, as_of_day
from analytics.assistants.known_values import check_values
from analytics.tickets import list_tickets


def tickets_behind(desk: Desk, arguments: TicketsArguments) -> dict[str, Any]:
    """The tickets that a KPI counts under the filters, newest first, or those that it leaves out."""
    engine = desk.engine
    asked = question(arguments, as_of_day(engine))
    check_values(engine, asked.filters)
    kpi = asked.measured
    found = list_tickets(engine, kpi, asked.filters, arguments.rows, arguments.used, desk.shows_names)
    return {
        "kpi": kpi.name,
        "definition": kpi.definition,
        "filters": asked.filters.sentence(kpi.verb),
        "used": arguments.used,
        "tickets_total": found.total,
        "tickets": [_ticket(row) for row in found.frame.to_dict("records")],
        "time_zone": engine.reporting_time_zone,
        "as_of": engine.as_of.isoformat() if engine.as_of else None,
        "sql": found.sql,
        "parameters": {name: _plain(value) for name, value in asked.filters.parameters().items()},
    }


def _ticket(row: dict[Any, Any]) -> dict[str, Any]:
    """What is known of it: a field that is absent is not recorded."""
    return {str(name): _plain(value) for name, value in row.items() if not pd.isna(value)}


def _plain(value: Any) -> object:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return int(value) if isinstance(value, float) and value.is_integer() else value
