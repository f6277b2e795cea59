"""Capacity: how a desk's throughput compares with its own best weeks."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.ages import ages
from analytics.flow.basis import Basis
from analytics.flow.daily import daily_flow
from analytics.flow.edges import Edges, edges_of
from analytics.flow.mass_closures import marked_days
from analytics.flow.weekly import weeks_of
from analytics.kpis.outflow import OUTFLOW
from analytics.measure import FEWEST_TICKETS, account
from analytics.warehouse.engine import Engine

State = Literal["at capacity", "below its best", "cannot tell"]
FEWEST_WEEKS = 26
_HISTORY_WEEKS = 52
_BEST = 0.90
_SPAN = 4
_AT_CAPACITY = 0.90


@dataclass(frozen=True)
class Capacity:
    """`state`; `share` is mean tickets ended a week (`ended_per_week`) over the desk's best (`best_per_week`).

    `weeks` is how many whole weeks the comparison rests on, at most 52. The three numbers are None if not told.
    """

    state: State
    share: float | None
    ended_per_week: float | None
    best_per_week: float | None
    weeks: int
    sentence: str
    basis: Basis


def capacity(engine: Engine, filters: Filters) -> Capacity:
    """Throughput in the filters' period against the best of the 52 weeks up to its end, clean-ups taken out."""
    daily = daily_flow(engine, filters)
    aged = ages(engine, filters)
    found = edges_of(daily, aged) if len(daily.frame) else Edges()
    weeks = weeks_of(daily, None, filters.end)
    sound = weeks[~weeks["partial"] & found.usable(weeks["week"])].tail(_HISTORY_WEEKS)
    ended = sound["ended"] - sound["week"].map(_excess(marked_days(engine, filters, daily, aged))).fillna(0.0)
    within = sound["week"] >= pd.Timestamp(filters.start) if filters.start else sound["week"] == sound["week"]
    return _compared(ended.to_numpy(), within.to_numpy(), _basis(engine, filters, daily.sql, dict(daily.parameters)))


def best_weeks(ended: np.ndarray) -> float:
    """The 90th percentile of four-week means: what the desk keeps up when it is at its best."""
    means = np.convolve(ended, np.ones(_SPAN) / _SPAN, "valid")
    return float(np.quantile(means, _BEST))


def _excess(days: pd.DataFrame) -> pd.Series:
    mondays = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    return days["excess"].groupby(mondays).sum()


def _compared(ended: np.ndarray, within: np.ndarray, basis: Basis) -> Capacity:
    if len(ended) < FEWEST_WEEKS or not within.any():
        lack = (
            "the window has no whole week"
            if len(ended) >= FEWEST_WEEKS
            else f"there {'is' if len(ended) == 1 else 'are'} {len(ended) or 'none'}"
        )
        sentence = f"Whether the desk is at capacity cannot be told: it takes {FEWEST_WEEKS} whole weeks, and {lack}."
        return Capacity("cannot tell", None, None, None, len(ended), sentence, basis)
    mean, best = float(ended[within].mean()), best_weeks(ended)
    if best < FEWEST_TICKETS:
        sentence = "Whether the desk is at capacity cannot be told: too few tickets end in a week."
        return Capacity("cannot tell", None, None, None, len(ended), sentence, basis)
    share = mean / best
    full = share >= _AT_CAPACITY
    said = f"{mean:,.0f} tickets ended a week, {share * 100:.0f} % of the {best:,.0f} in its best weeks."
    sentence = f"{'At capacity' if full else 'Below its best'}: {said}"
    return Capacity("at capacity" if full else "below its best", share, mean, best, len(ended), sentence, basis)


def _basis(engine: Engine, filters: Filters, sql: str, parameters: dict[str, object]) -> Basis:
    behind = account(engine, OUTFLOW, filters)
    return Basis(
        definition="Tickets that left the backlog per whole week of the window, against the desk's own best: the 90th "
        "percentile of its four-week means over the 52 weeks up to the window's end. At capacity from 90 % of it on.",
        sql=sql,
        parameters=parameters,
        as_of=engine.as_of,
        used=behind.used,
        excluded=behind.excluded,
        caveats=(
            "What mass closures brought above the usual is taken out.",
            "A desk closes no more than comes in: in a quiet season it is below its best without having slack to show.",
        ),
        filters=filters.sentence(OUTFLOW.verb),
    )
