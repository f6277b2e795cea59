"""DailyFlow: tickets opened, ended and open on every day of the records; weeks and edges are read off it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.extent import bounded
from analytics.filters import Filters, Value, check_dimension, plain_value
from analytics.warehouse.engine import Engine

# Fewer tickets than this do not tell on which weekdays a desk works.
_FEWEST_FOR_WEEKDAYS = 100


@dataclass(frozen=True)
class DailyFlow:
    """`frame` has a row for every day from the first to the last: `day`, `opened`, `ended`, `open` (at its end)."""

    frame: pd.DataFrame
    sql: str
    parameters: Mapping[str, object]

    @property
    def first_day(self) -> date | None:
        """The first day of the records, None without any."""
        return self.frame["day"].iloc[0].date() if len(self.frame) else None

    @property
    def last_day(self) -> date | None:
        """The last day of the records, None without any."""
        return self.frame["day"].iloc[-1].date() if len(self.frame) else None

    def until(self, end: date | None) -> pd.DataFrame:
        """The days before `end`."""
        return self.frame if end is None else self.frame[self.frame["day"] < pd.Timestamp(end)]

    def weekday_shares(self) -> np.ndarray:
        """The share of all openings and ends on each weekday from Monday; even where there are too few to tell."""
        moved = self.frame["opened"] + self.frame["ended"]
        counts = np.bincount(self.frame["day"].dt.day_of_week, weights=moved, minlength=7)
        enough = counts.sum() >= _FEWEST_FOR_WEEKDAYS
        return np.asarray(counts / counts.sum() if enough else np.full(7, 1 / 7))


def daily_flow(engine: Engine, filters: Filters) -> DailyFlow:
    """The flow of all tickets of the filters' values, over the whole of the records whatever the period."""
    sql, parameters = _sql(filters), filters.between(None, None).parameters()
    days = _days(engine)
    frame = _counted(engine.query(sql, parameters), days) if len(days) else _framed([], [], [])
    return DailyFlow(frame, sql, parameters)


def daily_flows(engine: Engine, filters: Filters, dimension: str) -> Mapping[Value, DailyFlow]:
    """The same for each value of a dimension, asked at once."""
    sql, parameters = _sql(filters, check_dimension(dimension)), filters.between(None, None).parameters()
    days = _days(engine)
    if not len(days):
        return {}
    parts = engine.query(sql, parameters).groupby("value", dropna=False, observed=True)
    return {plain_value(value): DailyFlow(_counted(moved, days), sql, parameters) for value, moved in parts}


def _days(engine: Engine) -> np.ndarray:
    """All days of the records."""
    whole = bounded(engine, Filters())
    known = whole.start is not None and whole.end is not None
    return np.arange(np.datetime64(whole.start), np.datetime64(whole.end)) if known else np.zeros(0, "datetime64[D]")


def _counted(moved: pd.DataFrame, days: np.ndarray) -> pd.DataFrame:
    places = (moved["moved_on"].to_numpy().astype("datetime64[D]") - days[0]).astype(int)
    counts = {name: np.zeros(len(days), dtype=np.int64) for name in ("opened", "ended")}
    for name, count in counts.items():
        np.add.at(count, places, moved[name].to_numpy().astype(np.int64))
    return _framed(days, counts["opened"], counts["ended"])


def _framed(days: object, opened: object, ended: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {"day": np.asarray(days, dtype="datetime64[us]"), "opened": np.asarray(opened), "ended": np.asarray(ended)}
    )
    return frame.assign(open=(frame["opened"] - frame["ended"]).cumsum())


def _sql(filters: Filters, dimension: str | None = None) -> str:
    values = "".join(f"\n  AND {condition}" for condition in filters.value_conditions())
    sides = (
        ("opened_on", "count(*) AS opened, 0 AS ended", "opened_on IS NOT NULL"),
        ("ended_on", "0 AS opened, count(*) AS ended", "opened_on IS NOT NULL AND ended_on IS NOT NULL"),
    )
    given, kept, places = (f"{dimension} AS value, ", "value, ", "1, 2") if dimension else ("", "", "1")
    moves = "\nUNION ALL\n".join(
        f"SELECT {given}{day} AS moved_on, {counts}\nFROM tickets\nWHERE {known}{values}\nGROUP BY {places}"
        for day, counts, known in sides
    )
    sums = "CAST(sum(opened) AS BIGINT) AS opened, CAST(sum(ended) AS BIGINT) AS ended"
    return (
        f"WITH moves AS (\n{moves}\n)\nSELECT {kept}moved_on, {sums}\nFROM moves\nGROUP BY {places}\nORDER BY {places}"
    )
