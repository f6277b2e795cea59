"""A listing: a selection's tickets as they stand on screen, which columns and in which order; all of them, by pages."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analytics.errors import UnknownName
from analytics.selection import Selection
from analytics.ticket_columns import allowed_columns, column_type
from analytics.tickets import shown_column
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK, STATUSES

_IN_ORDER = {**CLOCK, "status": STATUSES}
_TIES = "ticket_id, source"


@dataclass(frozen=True)
class Sort:
    """A column of tickets to sort by; tickets without a value come last either way."""

    column: str
    descending: bool = False

    @property
    def text(self) -> str:
        """As it stands in an address: `opened_at`, or `-opened_at` for the latest first."""
        return f"-{self.column}" if self.descending else self.column


@dataclass(frozen=True)
class Listing:
    """`columns` are names of the table `tickets`, in the order shown; without a `sort` the selection's own order.

    Raises `UnknownName` for a column that may not be shown; `people` allows the names of people.
    """

    selection: Selection
    columns: tuple[str, ...]
    sort: Sort | None = None
    people: bool = False

    def __post_init__(self) -> None:
        allowed = allowed_columns(self.people)
        for name in (*self.columns, *([self.sort.column] if self.sort else [])):
            if name not in allowed:
                raise UnknownName("column", name, allowed)

    @property
    def order(self) -> str:
        """SQL that puts every ticket in one place, however many are alike."""
        if self.sort is None:
            return f"{self.selection.order}, {_TIES}"
        direction = " DESC" if self.sort.descending else ""
        return f"{_sort_key(self.sort.column)}{direction} NULLS LAST, {_TIES}"


@dataclass(frozen=True)
class Page:
    """Some rows of a listing: `frame` has its columns, times local; `tickets` the (ticket_id, source) of each row."""

    frame: pd.DataFrame
    tickets: tuple[tuple[str, str], ...]


def read_sort(text: str, allowed: Collection[str]) -> Sort | None:
    """The order written as `opened_at` or `-opened_at`; None for what is none."""
    column = text.removeprefix("-")
    return Sort(column, text.startswith("-")) if column in allowed else None


def falls_first(column: str) -> bool:
    """Whether a reader wants the highest first: the newest days, the longest hours; not a priority, 1 is on top."""
    return column_type(column) != "VARCHAR" and column != "priority"


def read_page(engine: Engine, listing: Listing, rows: int, skipped: int = 0) -> Page:
    """So many rows of the listing after those skipped."""
    shown = [shown_column(name, engine.reporting_time_zone) for name in listing.columns]
    found = engine.query(
        f"SELECT {', '.join(['ticket_id AS listed_id', 'source AS listed_source', *shown])}\nFROM tickets\n"
        f"WHERE {listing.selection.condition}\nORDER BY {listing.order}\nLIMIT {rows:d} OFFSET {skipped:d}",
        dict(listing.selection.parameters) | {"zone": engine.reporting_time_zone},
    )
    tickets = tuple(zip(found["listed_id"].astype(str), found["listed_source"].astype(str), strict=True))
    return Page(found[list(listing.columns)], tickets)


def _sort_key(column: str) -> str:
    """What a column is sorted by: words by the alphabet, statuses and the clock's in their own order.

    Named with its table: times of the same name are shown in local time, of which one hour a year comes twice.
    """
    if column in _IN_ORDER:
        places = " ".join(f"WHEN '{value}' THEN {place}" for place, value in enumerate(_IN_ORDER[column]))
        return f"CASE tickets.{column} {places} END"
    return f"lower(CAST(tickets.{column} AS VARCHAR))" if column_type(column) == "VARCHAR" else f"tickets.{column}"
