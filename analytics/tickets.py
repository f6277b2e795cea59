"""The tickets behind a number: the rows a KPI used, or left out, under the same filters."""

from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters
from analytics.kpi import Kpi, Stock
from analytics.query import selection_conditions
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TICKETS

SHOWN_COLUMNS: tuple[str, ...] = (
    "ticket_id", "source", "ticket_type", "title", "status", "priority", "category", "service", "assignment_group",
    "opened_at", "first_response_at", "resolved_at", "closed_at", "ended_at", "due_at", "updated_at",
    "resolution_hours", "sla_met", "first_contact_resolved", "reopen_count", "reassignment_count", "channel", "site",
    "department", "configuration_item",
)  # fmt: skip
PEOPLE: tuple[str, ...] = tuple(column.name for column in TICKETS if column.person)
MOST_ROWS = 1_000_000
_TIMES = frozenset(column.name for column in TICKETS if column.type == "TIMESTAMP") | {"happened_at"}


@dataclass(frozen=True)
class TicketList:
    """`frame` has at most the rows asked for, newest first; `total` counts all; `sql` is what found them."""

    frame: pd.DataFrame
    total: int
    sql: str


def list_tickets(
    engine: Engine, kpi: Kpi, filters: Filters, rows: int = 1_000, used: bool = True, people: bool = False
) -> TicketList:
    """The tickets the KPI counts under the filters, or with `used` False those it leaves out.

    For a stock: the tickets open at the end of the period. Times are local to the reporting time zone. `people` adds
    the names of people, which only an administrator may turn on.
    """
    condition = behind_condition(kpi, filters, used)
    columns = [shown_column(name, engine.reporting_time_zone) for name in (*SHOWN_COLUMNS, *(PEOPLE if people else ()))]
    newest = f"ORDER BY opened_at DESC, ticket_id\nLIMIT {min(rows, MOST_ROWS)}"
    sql = f"SELECT {', '.join(columns)}\nFROM tickets\nWHERE {condition}\n{newest}"
    parameters = filters.parameters() | {"zone": engine.reporting_time_zone}
    total = engine.query(f"SELECT count(*) AS tickets FROM tickets WHERE {condition}", parameters)
    return TicketList(engine.query(sql, parameters), int(total["tickets"].iloc[0]), sql)


def behind_condition(kpi: Kpi, filters: Filters, used: bool = True) -> str:
    """SQL that holds for the tickets the KPI counts under the filters, or for those it leaves out."""
    if not used:
        return " AND ".join([f"(({kpi.population}) IS NOT TRUE)", *selection_conditions(kpi, filters)])
    if isinstance(kpi.value, Stock):
        until = Filters(end=filters.end)
        left = " OR ".join([f"{kpi.value.left_on} IS NULL", *_not_before(kpi.value.left_on, filters)])
        period = [*until.period_conditions(kpi.value.entered_on), f"({left})"]
    else:
        period = filters.period_conditions(kpi.anchor)
    return " AND ".join([kpi.population, *period, *filters.value_conditions()])


def _not_before(day: str, filters: Filters) -> list[str]:
    return [f"{day} >= :to_date"] if filters.end else []


def shown_column(name: str, time_zone: str) -> str:
    """A column as it is shown: times in the reporting time zone, bound as `:zone`."""
    if name not in _TIMES or time_zone == "UTC":
        return name
    return f"timezone(:zone, timezone('UTC', {name})) AS {name}"
