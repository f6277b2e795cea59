"""BacklogTrend: open tickets at the end of each day or week, in all or split by a dimension."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.extent import bounded
from analytics.filters import Filters, Value, plain_value
from analytics.flow.ages import ages
from analytics.flow.basis import Basis
from analytics.flow.daily import DailyFlow, daily_flow
from analytics.flow.edges import Mark, edges_of
from analytics.flow.mass_closures import MassClosures, closures_of
from analytics.kpis.backlog import BACKLOG
from analytics.kpis.inflow import INFLOW
from analytics.measure import account, measure
from analytics.period import Grain
from analytics.query import compose
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

MOST_VALUES = 6
OTHER = "other"
_MOST_DAYS = 200
_OPEN = "opened_on IS NOT NULL AND opened_on < :to_date AND (ended_on IS NULL OR ended_on >= :to_date)"


@dataclass(frozen=True)
class BacklogTrend:
    """Open tickets (`open`) by `period`, the day or the Monday of the week at whose end they were open.

    With a `dimension`, `parts` has a column a place of `values`, then `other` where there are more; they sum to `open`.
    A part's label may quote an export. `before` is how many were open when the period began. `marks` are edges and
    `closures` clean-ups of the window.
    """

    frame: pd.DataFrame
    parts: pd.DataFrame
    before: int
    grain: Grain
    dimension: str | None
    values: tuple[Value, ...]
    filters: Filters
    marks: tuple[Mark, ...]
    closures: MassClosures
    basis: Basis

    @property
    def labels(self) -> tuple[str, ...]:
        """What each column of `parts` is called; may quote an export."""
        names = tuple("not recorded" if value is None else str(value) for value in self.values)
        return (*names, OTHER) if OTHER in self.parts else names

    def last_day(self, place: int) -> date:
        """The day at whose end the level in that row stood."""
        after: date = self.grain.next(self.frame["period"].iloc[place].date())
        return min(after, self.filters.end or after) - timedelta(days=1)


def backlog_trend(engine: Engine, filters: Filters, dimension: str | None = None) -> BacklogTrend:
    """The level over the filters' period: by day up to 200 days, else by week; split by the six largest at its end."""
    window = bounded(engine, filters)
    grain, daily, aged = _grain(window), daily_flow(engine, window), ages(engine, window)
    frame = _levels(daily, window, grain)
    values = _largest(engine, window, dimension) if dimension else ()
    parts = _parts(engine, window, grain, dimension, values, frame) if dimension else pd.DataFrame()
    behind = account(engine, BACKLOG, window)
    basis = Basis(
        BACKLOG.definition, daily.sql, daily.parameters, engine.as_of, behind.used, behind.excluded, BACKLOG.caveats,
        BACKLOG.source, window.sentence(BACKLOG.verb),
    )  # fmt: skip
    marks = edges_of(daily, aged).within(window.start, window.end) if len(frame) else ()
    closures = closures_of(engine, window, daily, aged)
    return BacklogTrend(frame, parts, _before(daily, window), grain, dimension, values, window, marks, closures, basis)


def _levels(daily: DailyFlow, window: Filters, grain: Grain) -> pd.DataFrame:
    """The level at the end of each period that touches the window."""
    days = daily.until(window.end)
    start = pd.Timestamp(grain.start(window.start)) if window.start else None
    shown = days if start is None else days[days["day"] >= start]
    back = pd.to_timedelta(shown["day"].dt.day_of_week, unit="D") if grain is Grain.WEEK else pd.Timedelta(0)
    return shown.assign(period=shown["day"] - back).groupby("period", as_index=False).agg(open=("open", "last"))


def _before(daily: DailyFlow, window: Filters) -> int:
    """The level at the end of the day before the window, where the bridge begins too."""
    earlier = daily.until(window.start)
    return int(earlier["open"].iloc[-1]) if window.start and len(earlier) else 0


def open_selection_on(filters: Filters, day: date) -> Selection:
    """The tickets of the filters' values open at the end of a day, oldest first."""
    until = filters.between(None, day + timedelta(days=1))
    condition = " AND ".join([_OPEN, *filters.value_conditions()])
    words = until.between(None, None).sentence("open").replace(" at any time", f" at the end of {day}", 1)
    return Selection(words, condition, until.parameters(), "opened_at, ticket_id")


def _grain(window: Filters) -> Grain:
    if window.start is None or window.end is None:
        return Grain.WEEK
    return Grain.DAY if (window.end - window.start).days <= _MOST_DAYS else Grain.WEEK


def _largest(engine: Engine, window: Filters, dimension: str) -> tuple[Value, ...]:
    """The values with most open tickets at the end; where few have any, those with most tickets opened follow."""
    ranked = _ranked(measure(engine, compose(BACKLOG, window, (dimension,))).frame, dimension)
    if len(ranked) < MOST_VALUES:
        ranked += _ranked(measure(engine, compose(INFLOW, window, (dimension,))).frame, dimension)
    return tuple(dict.fromkeys(ranked))[:MOST_VALUES]


def _ranked(frame: pd.DataFrame, dimension: str) -> list[Value]:
    ranked = frame[frame["value"] > 0].sort_values("value", ascending=False, kind="stable").head(MOST_VALUES)
    return [plain_value(value) for value in ranked[dimension].astype(object)]


def _parts(
    engine: Engine, window: Filters, grain: Grain, dimension: str, values: tuple[Value, ...], frame: pd.DataFrame
) -> pd.DataFrame:
    """A column for each place of `values`, and what is left of the whole as `other`."""
    parts = pd.DataFrame(index=frame.index)
    if values:
        where = {**dict(window.where), dimension: values}
        chosen = replace(window, where=Filters.of(where=where).where)
        found = measure(engine, compose(BACKLOG, chosen, (dimension,), grain)).frame
        keys = found[dimension].astype(object).map(plain_value)
        for place, value in enumerate(values):
            same = keys.isna() if value is None else keys == value
            levels = found[same].set_index("period")["value"]
            parts[place] = levels.reindex(frame["period"]).fillna(0).to_numpy().astype(np.int64)
    rest = frame["open"] - parts.sum(axis=1)
    return parts.assign(other=rest.astype(np.int64)) if rest.any() else parts
