"""Forecast: inflow, outflow and backlog of the weeks or days to come with intervals and back-test, or a refusal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.errors import BacklightError
from analytics.filters import Filters, Value
from analytics.flow.basis import Basis
from analytics.flow.edges import edges
from analytics.forecast.backtest import Tested, backtest
from analytics.forecast.expectation import BACKLOG, INFLOW, SERIES, Method
from analytics.forecast.fan import BANDS, Fan, Widening, fan_of
from analytics.forecast.gate import FEWEST_FOR_INTERVALS, refusal, withheld
from analytics.forecast.history import LENGTH, MOST_AHEAD, History, basis_of, histories, history
from analytics.forecast.paths import Paths, paths_of
from analytics.formatting import count_text, day_text
from analytics.period import Grain
from analytics.warehouse.engine import Engine

HORIZON = {Grain.WEEK: 13, Grain.DAY: 28}
# Beyond so many steps nothing is tested; the widening of the last tested ones is kept.
_TESTED = {Grain.WEEK: 13, Grain.DAY: 28}
_COURSES = 500
# No interval of what comes in reaches beyond so many times the most that ever did.
_FARTHEST = 3.0


@dataclass(frozen=True)
class Forecast:
    """`fans` by series shown; `withheld` says why for each that is not; `refused` why for all (empty if any is shown).

    `history` is what was known (None without any), `tested` the back-test (None where the past is too short), `paths`
    the joint courses behind the fans, None where the backlog is not shown; `courses` are the same where any series is.
    `notes` are sentences to be read beside.
    """

    history: History | None
    horizon: int
    fans: Mapping[str, Fan]
    withheld: Mapping[str, str]
    refused: str
    tested: Tested | None
    paths: Paths | None
    notes: tuple[str, ...]
    basis: Basis
    courses: Paths | None = None

    @property
    def periods(self) -> np.ndarray:
        """The first days of the periods forecast."""
        return self.history.ahead(self.horizon) if self.history else np.zeros(0, dtype="datetime64[D]")

    @property
    def frame(self) -> pd.DataFrame:
        """A row a series and period: `period`, `series`, `mean` and a column for each of `BANDS` (NaN: not known)."""
        parts = [fan.frame(self.periods).assign(series=series) for series, fan in self.fans.items()]
        columns = ["period", "series", "mean", *BANDS]
        return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)

    @property
    def sentence(self) -> str:
        """Where the backlog stands at the end of the horizon, or why that is not said."""
        if self.refused or self.history is None:
            return self.refused
        if BACKLOG not in self.fans:
            return self.withheld[BACKLOG]
        fan, now = self.fans[BACKLOG], count_text(round(self.history.backlog[-1]))
        lo, hi = fan.bound("lo80")[-1], fan.bound("hi80")[-1]
        said = (
            f"At the present pace the backlog goes from {now} to about {fan.mean[-1]:,.0f} by {day_text(self.last_day)}"
        )
        return (
            f"{said}, 80 % between {lo:,.0f} and {hi:,.0f}."
            if np.isfinite(lo)
            else f"{said}; how far off is not known."
        )

    @property
    def last_day(self) -> date:
        """The last day forecast."""
        return (
            (self.periods[-1] + LENGTH[self.history.grain]).astype(date) - timedelta(days=1)
            if self.history
            else date.min
        )


def forecast(engine: Engine, filters: Filters, horizon: int | None = None, grain: Grain = Grain.WEEK) -> Forecast:
    """The forecast of the filters' values from the end of their period on, `horizon` weeks or days ahead.

    Without a horizon 13 weeks or 28 days; at most 52 weeks or 182 days.
    """
    past, basis = history(engine, filters, grain), basis_of(engine, filters, grain)
    refused = refusal(past) if past else _without_history(engine, filters, basis)
    return _forecast(past, _steps(horizon, grain), grain, basis, refused)


def _without_history(engine: Engine, filters: Filters, basis: Basis) -> str:
    if not basis.used:
        return "No forecast: no tickets match the filters before the end of the period."
    return refusal(None, edges(engine, filters.between(None, None)).marks)


def forecasts(
    engine: Engine, filters: Filters, dimension: str, most: int, horizon: int | None = None, grain: Grain = Grain.WEEK
) -> Mapping[Value, Forecast]:
    """The forecast of each of the `most` values of a dimension with the most tickets, largest first."""
    basis = basis_of(engine, filters, grain)
    return {
        value: _forecast(past, _steps(horizon, grain), grain, basis, refusal(past))
        for value, past in histories(engine, filters, dimension, most, grain).items()
    }


def forecast_of(past: History, horizon: int, basis: Basis) -> Forecast:
    """The forecast that a history carries."""
    return _forecast(past, horizon, past.grain, basis, refusal(past))


def _steps(horizon: int | None, grain: Grain) -> int:
    return HORIZON[grain] if horizon is None else horizon


def _forecast(past: History | None, horizon: int, grain: Grain, basis: Basis, refused: str) -> Forecast:
    if horizon < 1:
        raise BacklightError(f"Nothing can be forecast {horizon} {grain.value}s ahead: choose a horizon of 1 or more.")
    horizon = min(horizon, MOST_AHEAD[grain])
    if past is None or refused:
        return Forecast(past, horizon, {}, {}, refused, None, None, (), basis)
    tested = backtest(past, min(horizon, _TESTED[grain]))
    kept_back = withheld(tested)
    widenings = tested.widenings if tested else dict.fromkeys(SERIES, Widening())
    expected = Method(past).at(past.known, horizon, _COURSES)
    drawn = {one: fan_of(expected.means[one], expected.courses[one], widenings[one]) for one in SERIES}
    possible = _possible(drawn, past)
    fans = {series: _told(fan, past) for series, fan in possible.items() if series not in kept_back}
    refused = " ".join(kept_back.values()) if not fans else ""
    courses = paths_of(expected, widenings) if fans else None
    paths, notes = courses if BACKLOG in fans else None, tuple(_notes(past, tested, horizon))
    return Forecast(past, horizon, fans, kept_back, refused, tested, paths, notes, basis, courses)


def _possible(fans: Mapping[str, Fan], past: History) -> Mapping[str, Fan]:
    """Without the bounds that wild weeks of the past lead to: far more coming in than ever, more open than can be."""
    inflow = _up_to(fans[INFLOW], _FARTHEST * np.maximum(past.inflow.max(), fans[INFLOW].mean))
    there = past.backlog[-1] + inflow.bound("hi95").cumsum()
    return {**fans, INFLOW: inflow, BACKLOG: _up_to(fans[BACKLOG], np.maximum(there, fans[BACKLOG].mean))}


def _up_to(fan: Fan, most: np.ndarray) -> Fan:
    return replace(fan, bands=np.minimum(fan.bands, np.ceil(most)))


def _told(fan: Fan, past: History) -> Fan:
    """Without its intervals where the past is too short to calibrate them."""
    enough = past.known >= FEWEST_FOR_INTERVALS[past.grain]
    return fan if enough else replace(fan, bands=np.full_like(fan.bands, np.nan))


def _notes(past: History, tested: Tested | None, horizon: int) -> Iterator[str]:
    if past.ends < past.records_until:
        begins = (
            f"The forecast begins on {day_text(past.ends)}, where the sound records end, not at the end of the data."
        )
        yield " ".join([begins, *(mark.sentence for mark in past.marks if mark.end > past.ends and mark.left_out)])
    if past.known < FEWEST_FOR_INTERVALS[past.grain]:
        needed = FEWEST_FOR_INTERVALS[past.grain]
        yield f"No interval is shown: it takes {needed} whole {past.grain.value}s, and there are {past.known}."
    if tested is None:
        yield "The past is too short to test the model on it."
    elif horizon > tested.horizon:
        yield f"Tested up to {tested.horizon} {past.grain.value}s ahead; what lies beyond is not."
