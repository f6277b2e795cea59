"""The calendar's factors: weekdays, holidays, Christmas, and the season only where it has been seen long enough."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.calendar_profile import FEWEST_WEEKS, calendar_columns, calendar_profile, poisson_ridge
from analytics.forecast.calendar import Calendar, calendar_of
from analytics.period import Grain
from tests.properties.desks import examples

FIRST = np.datetime64("2020-01-06")
NONE = np.zeros(0, dtype="datetime64[D]")
_SEED = 5


def _weeks(periods: int, holidays: np.ndarray = NONE) -> Calendar:
    return calendar_of(Grain.WEEK, FIRST + 7 * np.arange(periods), holidays)


def _days(periods: int, holidays: np.ndarray = NONE) -> Calendar:
    return calendar_of(Grain.DAY, FIRST + np.arange(periods), holidays)


def test_without_tickets_and_on_a_steady_desk_no_period_is_busier() -> None:
    calendar = _weeks(60)
    assert calendar.factors(np.zeros(52), 52).tolist() == [1.0] * 60
    np.testing.assert_allclose(calendar.factors(np.full(48, 20.0), 48), 1.0, atol=1e-6)


def test_the_working_days_around_christmas_and_other_holidays_are_parts_of_a_week() -> None:
    # Easter Monday 2020 and 1 May 2020; 24 to 31 December 2020 are Thursday, Friday, Monday to Thursday.
    calendar = _weeks(60, np.array(["2020-04-13", "2020-05-01", "2020-12-25"], dtype="datetime64[D]"))
    christmas, holidays = calendar.columns[:, -2], calendar.columns[:, -1]
    by_week = dict(zip(calendar.periods.astype(str), zip(christmas, holidays, strict=True), strict=True))
    assert by_week["2020-04-13"] == (0, 1 / 5)
    assert by_week["2020-04-27"] == (0, 1 / 5)
    assert by_week["2020-12-21"] == (2 / 5, 0)  # 24 and 25 December; the holiday on the 25th is not counted twice
    assert by_week["2020-12-28"] == (5 / 5, 0)
    assert by_week["2021-01-04"] == (0, 0)


def test_weekdays_are_found() -> None:
    usual = np.array([30, 25, 25, 20, 20, 2, 1.0])
    factors = _days(7 * 44).factors(np.tile(usual, 40), 280)
    np.testing.assert_allclose(factors[280:287], usual / usual.mean(), rtol=0.05, atol=0.01)


def test_a_holiday_on_a_day_is_found_and_expected_again() -> None:
    counts = np.full(364, 50.0)
    holidays = FIRST + np.arange(20, 381, 40)
    counts[20::40] = 5
    factors = _days(400, holidays).factors(counts, 364)
    assert factors[380] < 0.2 * factors[381]


def test_a_quiet_christmas_is_expected_again() -> None:
    calendar, counts = _weeks(160), np.full(150, 100.0)
    christmas = calendar.columns[:, -2] > 0.5
    counts[christmas[:150]] = 40
    factors = calendar.factors(counts, 108)
    assert factors[np.flatnonzero(christmas)[2]] < 0.6
    assert factors[130] > 0.95


def _season(periods: int) -> np.ndarray:
    return np.asarray(1 + 0.4 * np.sin(2 * np.pi * np.arange(periods) * 7 / 365.25))


def test_the_planted_season_is_recovered_from_three_years() -> None:
    season = _season(208)
    counts = np.random.default_rng(_SEED).poisson(200 * season[:156])
    factors = _weeks(208).factors(counts.astype(float), 156)
    assert np.corrcoef(factors[156:], season[156:])[0, 1] > 0.95
    assert np.abs(factors[156:] / season[156:] - 1).mean() < 0.12


@pytest.mark.parametrize(("known", "seasonal"), [(FEWEST_WEEKS - 2, False), (FEWEST_WEEKS + 2, True)])
def test_the_season_counts_from_one_and_a_half_years_on(known: int, seasonal: bool) -> None:
    factors = _weeks(known + 40).factors(200 * _season(known), known)
    # Without waves the summer ahead is as busy as any week without a holiday.
    assert bool(np.ptp(factors[known + 2 : known + 20]) > 0.05) is seasonal


def test_days_know_no_season() -> None:
    counts = np.repeat(100 * _season(104), 7)
    factors = _days(728 + 100).factors(counts, 728)
    usual = factors[728:].reshape(-1)[:98].reshape(14, 7)
    np.testing.assert_allclose(usual, np.tile(usual[0], (14, 1)), rtol=1e-6)


def test_exposure_is_what_the_counts_are_a_share_of() -> None:
    exposure = np.tile([10.0, 400.0], 26)
    factors = _weeks(60).factors(exposure / 2, 52, exposure)
    np.testing.assert_allclose(factors, 1.0, atol=1e-6)


@examples
@given(st.integers(14, 120), st.integers(0, 2**20))
def test_factors_are_one_on_average_and_know_nothing_later(known: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    counts = random.poisson(random.choice([0.3, 5, 100]), 130).astype(float)
    calendar = _weeks(150)
    factors = calendar.factors(counts, known)
    assert factors[: known - known % 4].mean() == pytest.approx(1.0)
    later = np.where(np.arange(130) < known, counts, counts * 50 + 9)
    np.testing.assert_array_equal(factors, calendar.factors(later, known))
    # A calendar that was made then, and reached less far, says the same.
    np.testing.assert_allclose(_weeks(known + 20).factors(counts, known)[:known], factors[:known], rtol=1e-6)


def test_the_ridge_is_poisson_regression_where_nothing_is_penalised() -> None:
    from statsmodels.api import GLM, families

    random = np.random.default_rng(_SEED)
    columns = calendar_columns(FIRST + 7 * np.arange(150))
    counts = random.poisson(np.exp(2 + columns[:, 2])).astype(float)
    theirs = GLM(counts, columns, family=families.Poisson()).fit().params
    np.testing.assert_allclose(poisson_ridge(columns, counts, np.zeros(columns.shape[1])), theirs, rtol=1e-5, atol=1e-6)


def test_the_profile_leaves_unknown_weeks_out() -> None:
    weeks = FIRST + 7 * np.arange(120)
    counts = 100 * _season(120)
    holed = counts.copy()
    holed[10:14] = np.nan
    np.testing.assert_allclose(calendar_profile(holed, weeks, 104), calendar_profile(counts, weeks, 104), rtol=0.05)
    assert calendar_profile(np.zeros(120), weeks, 104).tolist() == [1.0] * 120
