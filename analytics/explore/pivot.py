"""Pivot: a KPI by the values of one dimension, and across them those of another or periods of time."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.explore.leaderboard import is_counted, value_labels
from analytics.filters import NOT_RECORDED, Filters, check_dimension
from analytics.formatting import period_text, tick_text
from analytics.kpi import Kpi
from analytics.kpis import find_kpi
from analytics.measure import KpiResult, measure
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK

MOST_ROWS, MOST_COLUMNS, MOST_PERIODS = 25, 12, 60


@dataclass(frozen=True)
class Pivot:
    """A KPI by `rows`, a dimension, and `columns`, another one; by a `grain` where `columns` is empty.

    `cells` has a row a cell: `row` and `column` (texts; of a period its words), `start` (its first day; with a grain),
    `value` (NaN where it cannot be told or rests on too few tickets), `n` and `too_few`. `row_labels` and
    `column_labels` are those shown, in order: periods and the clock by time, others with most tickets first;
    `rows_left_out` and `columns_left_out` count the others, which have fewer tickets (of periods: are older).
    """

    kpi: Kpi
    rows: str
    columns: str
    grain: Grain | None
    cells: pd.DataFrame
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    rows_left_out: int
    columns_left_out: int
    result: KpiResult

    def days(self, column: int) -> tuple[date, date]:
        """The first day of a shown period and the day after its last."""
        if self.grain is None:
            raise ValueError("days are those of periods")
        newest = self.cells["start"].max().date()
        for _ in range(len(self.column_labels) - 1 - column):
            newest = self.grain.start(newest - timedelta(days=1))
        return newest, self.grain.next(newest)

    @property
    def column_titles(self) -> tuple[str, ...]:
        """The columns in few words: `30 Apr` for a day or week."""
        if self.grain is None:
            return self.column_labels
        return tuple(tick_text(self.days(place)[0], self.grain) for place in range(len(self.column_labels)))

    @property
    def shown(self) -> pd.DataFrame:
        """The cells of the rows and columns that are shown."""
        wanted = self.cells["row"].isin(self.row_labels) & self.cells["column"].isin(self.column_labels)
        return self.cells[wanted]

    def matrix(self, column: str = "value") -> pd.DataFrame:
        """One of `value`, `n` and `too_few` as a matrix of what is shown; NaN where there is no ticket."""
        wide = self.shown.pivot_table(index="row", columns="column", values=column, aggfunc="first", dropna=False)
        return wide.reindex(index=list(self.row_labels), columns=list(self.column_labels))


def pivot(
    engine: Engine, kpi: str, filters: Filters, rows: str, columns: str = "", grain: Grain | None = None
) -> Pivot:
    """The pivot of a KPI; raises `UnknownName` or `PersonDimension`."""
    known, names = find_kpi(kpi), [check_dimension(name) for name in (rows, columns) if name]
    across = None if columns else grain
    result = measure(engine, compose(known, filters, names, across))
    cells = _cells(result, rows, columns)
    row_labels, rows_left_out = _largest(cells, "row", rows, MOST_ROWS)
    if across:
        column_labels, columns_left_out = _latest(cells, across)
    else:
        column_labels, columns_left_out = _largest(cells, "column", columns, MOST_COLUMNS)
    return Pivot(
        known, rows, columns, across, cells, row_labels, column_labels, rows_left_out, columns_left_out, result
    )


def _cells(result: KpiResult, rows: str, columns: str) -> pd.DataFrame:
    frame, grain = result.frame, result.query.grain
    n = frame["value"] if is_counted(result.kpi) else frame["denominator"]
    few = frame["too_few"].to_numpy(dtype=bool)
    cells = pd.DataFrame({
        "row": value_labels(frame[rows]),
        "value": np.where(few, np.nan, frame["value"].to_numpy(dtype=float)),
        "n": np.nan_to_num(n.to_numpy(dtype=float)).astype(int),
        "too_few": few,
    })  # fmt: skip
    if columns:
        cells["column"] = value_labels(frame[columns])
    elif grain:
        cells["start"] = pd.to_datetime(frame["period"])
        cells["column"] = [period_text(start.date(), grain) for start in cells["start"].tolist()]
    else:
        cells["column"] = ""
    return cells


def _largest(cells: pd.DataFrame, side: str, dimension: str, most: int) -> tuple[tuple[str, ...], int]:
    """The labels with most tickets, and how many more there are; the clock's in its own order."""
    if not dimension:
        return ("",), 0
    sizes = cells.groupby(side)["n"].sum().sort_index().sort_values(ascending=False, kind="stable")
    sizes = sizes[sizes > 0]
    if dimension in CLOCK:
        known = [*CLOCK[dimension], NOT_RECORDED]
        return tuple(sorted((str(label) for label in sizes.index), key=known.index)), 0
    if dimension == "priority":
        return tuple(sorted(str(label) for label in sizes.index)), 0
    return tuple(str(label) for label in sizes.index[:most]), max(0, len(sizes) - most)


def _latest(cells: pd.DataFrame, grain: Grain) -> tuple[tuple[str, ...], int]:
    """The newest periods in order of time, those without a ticket too, and how many older ones there are."""
    if cells.empty:
        return (), 0
    starts = grain.starts(cells["start"].min().to_datetime64(), cells["start"].max().to_datetime64())
    labels = [period_text(pd.Timestamp(start).date(), grain) for start in starts]
    return tuple(labels[-MOST_PERIODS:]), max(0, len(labels) - MOST_PERIODS)
