"""A real snapshot of a small table of tickets, without going through a file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.measure import Account, KpiResult, account, measure, notes
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.collection import KEPT_TABLES, fill_collection
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import SOURCE_COLUMNS, TIME_COLUMNS
from analytics.warehouse.snapshot_build import build_snapshot
from analytics.warehouse.snapshots import current_snapshot, importing, new_snapshot, publish

Ticket = Mapping[str, Any]
TYPES: dict[str, str] = {column.name: column.type for column in SOURCE_COLUMNS}
SHORT = {"ticket": "ticket_id", "type": "ticket_type", "group": "assignment_group"} | {
    name.removesuffix("_at"): name for name in TIME_COLUMNS
}
_BOOLEANS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Desk:
    """An engine on a desk's snapshot, and the questions a test asks of it."""

    engine: Engine

    def result(
        self, kpi: str, by: Sequence[str] = (), grain: Grain | None = None, filters: Filters | None = None
    ) -> KpiResult:
        """The measured KPI."""
        return measure(self.engine, compose(find_kpi(kpi), filters or Filters(), by, grain))

    def value(self, kpi: str, filters: Filters | None = None) -> float | None:
        """One number."""
        return self.result(kpi, filters=filters).value

    def by_period(self, kpi: str, grain: Grain, filters: Filters | None = None) -> dict[str, float | None]:
        """ISO date of the period's first day -> value."""
        frame = self.result(kpi, grain=grain, filters=filters).frame
        return {f"{period:%Y-%m-%d}": known(v) for period, v in zip(frame["period"], frame["value"], strict=True)}

    def by(self, kpi: str, dimension: str, filters: Filters | None = None) -> dict[Any, float | None]:
        """A dimension's value -> value."""
        frame = self.result(kpi, by=[dimension], filters=filters).frame
        return {known(name): known(v) for name, v in zip(frame[dimension], frame["value"], strict=True)}

    def account(self, kpi: str, filters: Filters | None = None) -> Account:
        """Tickets used, and excluded by reason."""
        return account(self.engine, find_kpi(kpi), filters or Filters())

    def excluded(self, kpi: str, filters: Filters | None = None) -> dict[str, int]:
        """Reason -> tickets left out."""
        return dict(self.account(kpi, filters).excluded)

    def notes(self, kpi: str) -> list[str]:
        """What the loaded data does to the KPI's meaning."""
        return notes(self.engine, find_kpi(kpi))


def known(value: Any) -> Any:
    """`value`, or None for the several ways in which a frame says unknown."""
    return None if pd.isna(value) else value


def tickets_in(table: str) -> list[dict[str, Any]]:
    """Tickets from a text table: a header of canonical names (`_at` may be left off), then one ticket a line.

    An empty cell is unknown. Times are UTC; a date alone is its midnight. Booleans are yes and no.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    header = [SHORT.get(name, name) for name in lines[0]]
    assert all(len(line) == len(header) for line in lines), f"a ragged table:\n{table}"
    return [
        {name: read_cell(name, cell) for name, cell in zip(header, line, strict=True) if cell} for line in lines[1:]
    ]


def read_cell(name: str, cell: str) -> Any:
    """A cell's text as its canonical column's type."""
    match TYPES[name]:
        case "TIMESTAMP":
            return datetime.fromisoformat(cell)
        case "BOOLEAN":
            return _BOOLEANS[cell]
        case "TINYINT" | "INTEGER":
            return int(cell)
        case "DOUBLE":
            return float(cell)
    return cell


def snapshot_of(tickets: Iterable[Ticket], folder: Path, time_zone: str = "UTC") -> Path:
    """The published snapshot of `tickets`, which replace whatever was loaded in `folder`."""
    columns = [column.name for column in KEPT_TABLES["tickets"]]
    numbers = count(1)
    rows = [_row(ticket, columns, next(numbers)) for ticket in tickets]
    with importing(folder), duckdb.connect() as connection:
        fill_collection(connection, None)
        if rows:
            marks = ", ".join(f"({', '.join('?' * len(columns))})" for _ in rows)
            connection.execute(f"INSERT INTO tickets VALUES {marks}", [cell for row in rows for cell in row])
        building = new_snapshot(folder)
        build_snapshot(connection, building, time_zone)
        return publish(folder, building)


def desk_of(tickets: Iterable[Ticket] | str, folder: Path, time_zone: str = "UTC") -> Desk:
    """A desk of tickets, or of a text table of them."""
    listed = tickets_in(tickets) if isinstance(tickets, str) else tickets
    return Desk(Engine(snapshot_of(listed, folder, time_zone)))


def reopened(folder: Path) -> Desk:
    """A desk on the snapshot that is current in `folder`."""
    path = current_snapshot(folder)
    assert path is not None
    return Desk(Engine(path))


def _row(ticket: Ticket, columns: list[str], number: int) -> list[Any]:
    filled = {"ticket_id": f"T{number}", "source": "desk", **ticket}
    filled["first_contact_flagged"] = filled.get("first_contact_resolved") is not None
    unknown = set(filled) - set(columns)
    assert not unknown, f"not canonical columns: {unknown}"
    return [filled.get(name) for name in columns]


def window(start: str | None = None, end: str | None = None, **where: Any) -> Filters:
    """Filters from ISO dates; `where` takes one value or a list of them per dimension."""
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    listed = {name: value if isinstance(value, list) else [value] for name, value in where.items()}
    return Filters.of(days[0], days[1], listed)
