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
_DAY = np.timedelta64(1, "D")


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
    weeks = days.assign(week=days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D"))
    if start is not None:
        weeks = weeks[weeks["day"] >= pd.Timestamp(start)]
    grouped = weeks.groupby("week", as_index=False)
    frame = grouped.agg(opened=("opened", "sum"), ended=("ended", "sum"), open=("open", "last"))
    covered = grouped.agg(first=("day", "min"), last=("day", "max"))
    return pd.DataFrame(
        {
            "week": frame["week"], "opened": frame["opened"], "ended": frame["ended"],
            "net": frame["opened"] - frame["ended"], "open": frame["open"],
            "partial": _coverage(covered, daily.weekday_shares()) < WHOLE_WEEK,
        }
    )  # fmt: skip


def _coverage(covered: pd.DataFrame, shares: np.ndarray) -> np.ndarray:
    """The share of a usual week that the days from `first` to `last` carry."""
    before = np.concatenate([[0.0], shares.cumsum()])
    first, last = (covered[name].dt.day_of_week.to_numpy() for name in ("first", "last"))
    return np.asarray(before[last + 1] - before[first])


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
