"""WeeklyFlow: tickets opened, ended and open per week from Monday, and which weeks the records cover only in part."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.daily import DailyFlow, daily_flow
from analytics.kpis.backlog import BACKLOG
from analytics.measure import account
from analytics.warehouse.engine import Engine

# A week counts as whole where the days covered carry this share of the desk's usual week.
WHOLE_WEEK = 0.97
_FLOWS = ("opened", "ended")


@dataclass(frozen=True)
class WeeklyFlow:
    """`frame` has a row a week: `week` (its Monday), `opened`, `ended`, `net`, `open` (at its end), `partial`."""

    frame: pd.DataFrame
    basis: Basis


def weekly_flow(engine: Engine, filters: Filters) -> WeeklyFlow:
    """The weekly flow from the first day of the records to the end of the filters' period.

    Each number is the KPI's: inflow, outflow and backlog by week.
    """
    daily = daily_flow(engine, filters)
    return WeeklyFlow(weeks_of(daily, None, filters.end), _basis(engine, filters, daily))


def weeks_of(daily: DailyFlow, start: date | None, end: date | None) -> pd.DataFrame:
    """The frame of `WeeklyFlow` for the weeks from `start` to before `end`; those they cut through are partial."""
    days = daily.until(end)
    if start is not None:
        days = days[days["day"] >= pd.Timestamp(start)]
    # Days are consecutive: a week is the stretch from its Monday, or from the first day, to the next.
    number = (days["day"].to_numpy().astype("datetime64[D]").astype(int) + 3) // 7
    first = np.flatnonzero(np.diff(number, prepend=number[:1] - 1))
    last = np.append(first[1:], len(number))[: len(first)] - 1
    opened, ended = (np.add.reduceat(days[name].to_numpy(dtype=np.int64), first) for name in _FLOWS)
    return pd.DataFrame(
        {
            "week": (number[first] * 7 - 3).astype("datetime64[D]").astype("datetime64[us]"),
            "opened": opened, "ended": ended, "net": opened - ended,
            "open": days["open"].to_numpy()[last],
            "partial": _coverage(days["day"], first, last, daily.weekday_shares()) < WHOLE_WEEK,
        }
    )  # fmt: skip


def _coverage(days: pd.Series, first: np.ndarray, last: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """The share of a usual week that the days from place `first` to `last` carry."""
    before = np.concatenate([[0.0], shares.cumsum()])
    weekday = (days.to_numpy().astype("datetime64[D]").astype(int) + 3) % 7
    return np.asarray(before[weekday[last] + 1] - before[weekday[first]])


def _basis(engine: Engine, filters: Filters, daily: DailyFlow) -> Basis:
    until = filters.between(None, filters.end)
    behind = account(engine, BACKLOG, until)
    return Basis(
        definition="Per week from Monday: tickets opened, tickets that left the backlog, the difference, and how many "
        "were open at the end of the week.",
        sql=daily.sql,
        parameters=daily.parameters,
        as_of=engine.as_of,
        used=behind.used,
        excluded=behind.excluded,
        caveats=(
            "A week is partial where the days that the records cover carry less than 97 % of a usual week.",
            "A reopened ticket counts as open from its opening to its last resolution.",
        ),
        source="Flow metrics: net flow = arrivals - departures.",
        filters=until.sentence("open"),
    )
