"""What a forecast by week says of given days: whole weeks, weeks that are cut, and the level on any day."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.forecast.days_ahead import DaysAhead, days_ahead
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.forecast import Forecast, forecast_of
from analytics.forecast.history import history
from analytics.forecast.week_shares import WeekShares, week_shares
from tests.conftest import MakeDesk
from tests.forecast.histories import BASIS, simulated
from tests.forecast.seasonal_desk import seasonal_tickets
from tests.properties.desks import examples

FOUND = forecast_of(simulated(1, 120), 13, BASIS)
# Every week alike: of what comes in a fifth on each day from Monday to Friday, of what goes out two fifths on Friday.
ALIKE = WeekShares(
    {INFLOW: np.array([[4, 4, 4, 4, 4, 0, 0]] * 9), OUTFLOW: np.array([[3, 3, 3, 3, 8, 0, 0]] * 9)}
)  # fmt: skip


def _told(series: str, first: int, last: int, found: Forecast = FOUND, shares: WeekShares = ALIKE) -> DaysAhead:
    """Of the days from number `first` to before number `last` of the forecast."""
    return days_ahead(found, series, shares, _day(first, found), _day(last, found))


def _day(number: int, found: Forecast = FOUND) -> date:
    assert found.history is not None
    return found.history.ends + timedelta(days=number)


def test_whole_weeks_are_the_sum_of_their_means_and_the_interval_is_that_of_the_sum_of_each_path() -> None:
    told = _told(INFLOW, 7, 28)
    assert FOUND.paths is not None
    low, high = np.quantile(FOUND.paths.inflow[:, 1:4].sum(axis=1), [0.1, 0.9])
    assert told.mean == pytest.approx(FOUND.fans[INFLOW].mean[1:4].sum())
    assert (told.low, told.high) == pytest.approx((low, high), abs=2)
    assert not told.is_prorated


def test_surprises_of_several_weeks_partly_make_up_for_each_other() -> None:
    told, fan = _told(INFLOW, 0, 91), FOUND.fans[INFLOW]
    assert told.high - told.low < (fan.bound("hi80") - fan.bound("lo80")).sum()


@pytest.mark.parametrize(
    ("series", "wednesday_on", "till_tuesday"), [(INFLOW, 3 / 5, 2 / 5), (OUTFLOW, 14 / 20, 6 / 20)]
)
def test_of_a_week_that_is_cut_the_part_is_taken_that_its_days_had(
    series: str, wednesday_on: float, till_tuesday: float
) -> None:
    mean = FOUND.fans[series].mean
    told = _told(series, 2, 16)
    assert told.mean == pytest.approx(mean[0] * wednesday_on + mean[1] + mean[2] * till_tuesday)
    assert told.is_prorated
    assert told.low < told.mean < told.high


def test_a_weekend_on_which_nothing_ever_came_is_nought() -> None:
    told = _told(INFLOW, 5, 7)
    assert (told.mean, told.low, told.high) == (0, 0, 0)


@examples
@given(st.lists(st.integers(1, 90), min_size=1, max_size=6, unique=True), st.sampled_from([INFLOW, OUTFLOW]))
def test_the_days_add_up_to_the_whole(cuts: list[int], series: str) -> None:
    ends = [0, *sorted(cuts), 91]
    parts = [_told(series, first, last).mean for first, last in pairwise(ends)]
    assert sum(parts) == pytest.approx(FOUND.fans[series].mean.sum())


def test_the_level_at_the_end_of_a_week_is_that_of_the_fan() -> None:
    fan, told = FOUND.fans[BACKLOG], _told(BACKLOG, 3, 21)
    assert (told.mean, told.low, told.high) == (fan.mean[2], fan.bound("lo80")[2], fan.bound("hi80")[2])
    assert not told.is_prorated


@pytest.mark.parametrize("week", [0, 2])
def test_the_level_within_a_week_is_the_one_before_with_what_came_and_went_until_then(week: int) -> None:
    assert FOUND.paths is not None
    before = FOUND.fans[BACKLOG].mean[week - 1] if week else FOUND.paths.start
    came, went = FOUND.fans[INFLOW].mean[week], FOUND.fans[OUTFLOW].mean[week]
    told = _told(BACKLOG, 0, 7 * week + 3)
    assert told.mean == pytest.approx(before + came * 3 / 5 - went * 9 / 20)
    assert told.low <= told.mean <= told.high
    assert told.is_prorated


def test_days_that_vary_from_week_to_week_widen_the_interval() -> None:
    counts = np.zeros((8, 7))
    counts[np.arange(8), np.arange(8) % 2] = 20
    varied = _told(INFLOW, 0, 1, shares=WeekShares({INFLOW: counts, OUTFLOW: counts}))
    assert varied.mean == pytest.approx(FOUND.fans[INFLOW].mean[0] / 2)
    assert (varied.low, varied.high > varied.mean * 1.5) == (0, True)


def test_where_the_past_is_too_short_for_intervals_there_is_none() -> None:
    short = forecast_of(simulated(2, 30), 4, BASIS)
    for series in short.fans:
        assert np.isnan([_told(series, 0, 9, short).low, _told(series, 0, 9, short).high]).all()
    assert short.fans


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (4, 4)])
def test_days_that_are_not_forecast_are_an_error(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="not forecast"):
        _told(INFLOW, first, last)


def test_shares_are_those_of_the_last_52_weeks(desk: MakeDesk) -> None:
    engine = desk(seasonal_tickets()).engine
    past = history(engine, Filters())
    assert past is not None
    shares = week_shares(engine, Filters(), past)
    assert shares.counts[INFLOW].shape == (52, 7)
    np.testing.assert_array_equal(shares.counts[INFLOW].sum(axis=1), past.inflow[-52:])
    np.testing.assert_array_equal(shares.counts[OUTFLOW].sum(axis=1), past.outflow[-52:])
    assert past.ends == date(2025, 4, 21)


def test_without_any_tickets_a_day_is_a_seventh() -> None:
    none = WeekShares({INFLOW: np.zeros((3, 7)), OUTFLOW: np.zeros((3, 7))})
    assert none.usual(INFLOW, slice(2, 7)) == 5 / 7
    np.testing.assert_allclose(none.drawn(INFLOW, slice(0, 2), np.array([0.0, 0.5, 0.99])), 2 / 7)
