"""WeekShares: how the tickets of past weeks fell on their days; the part of a week that some of its days have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.daily import DailyFlow, daily_flow
from analytics.forecast.expectation import INFLOW, OUTFLOW
from analytics.forecast.history import History
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
_WEEKS, _DAYS = 52, 7
_COLUMNS = {INFLOW: "opened", OUTFLOW: "ended"}


@dataclass(frozen=True)
class WeekShares:
    """`counts` of tickets by series (inflow, outflow): a row for each past week, a column for each day from Monday."""

    counts: Mapping[str, Array]

    def usual(self, series: str, days: slice) -> float:
        """The part of all tickets that came on these days of the week; by length where there were none."""
        counts = self.counts[series]
        total = counts.sum()
        return float(counts[:, days].sum() / total) if total else len(range(_DAYS)[days]) / _DAYS

    def drawn(self, series: str, days: slice, weeks: Array) -> Array:
        """The part that these days had in each of the weeks (numbers from 0 to 1); in an empty one the usual."""
        counts = self.counts[series]
        chosen = counts[np.minimum((weeks * len(counts)).astype(int), len(counts) - 1)]
        totals = chosen.sum(axis=1)
        parts = chosen[:, days].sum(axis=1) / np.maximum(totals, 1)
        return np.where(totals > 0, parts, self.usual(series, days))


def week_shares(engine: Engine, filters: Filters, past: History) -> WeekShares:
    """The shares of the last 52 weeks of a history by week; weeks with a mass closure are left out."""
    return shares_of(daily_flow(engine, filters.between(None, None)), past)


def shares_of(daily: DailyFlow, past: History) -> WeekShares:
    """The same of a flow by day."""
    weeks = min(_WEEKS, past.known)
    days = pd.date_range(past.periods[-weeks], periods=weeks * _DAYS)
    counted = daily.frame.set_index("day").reindex(days, fill_value=0)
    ordinary = ~past.clean_ups[-weeks:]
    kept = ordinary if ordinary.any() else ~ordinary
    return WeekShares(
        {series: counted[name].to_numpy(dtype=float).reshape(weeks, _DAYS)[kept] for series, name in _COLUMNS.items()}
    )
