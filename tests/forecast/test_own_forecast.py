"""Forecasts of a series of one's own: the season, what is unknown, what is refused, and intervals that hold."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.commands.forecast_document import series_document
from analytics.forecast.fan import BANDS
from analytics.forecast.own_forecast import VALUE, own_forecast
from analytics.forecast.own_series import OwnSeries, following
from analytics.forecast.series_gaps import bridged, learned_from
from analytics.forecast.series_level import season_factors
from analytics.period import Grain
from tests.properties.desks import examples

MONDAY = np.datetime64("2021-01-04")
NAN = np.nan
Array = np.ndarray[Any, np.dtype[Any]]


def _series(values: Any, grain: Grain = Grain.WEEK) -> OwnSeries:
    first = MONDAY if grain in (Grain.WEEK, Grain.DAY) else np.datetime64("2001-01-01")
    filled = np.asarray(values, dtype=float)
    return OwnSeries("own.csv", "n", grain, following(grain, first, len(filled)), filled)


def _noise(weeks: int, level: float = 50, seed: int = 1) -> Array:
    return np.random.default_rng(seed).poisson(level, weeks).astype(float)


def test_the_season_is_the_mean_ratio_to_the_year_around() -> None:
    """A year of 1, 2, 3, 2 has the mean 2, year after year, so there is no noise and nothing is drawn to 1."""
    assert season_factors(np.array([1.0, 2, 3, 2] * 3), 4, 6) == pytest.approx([1 / 2, 1, 3 / 2, 1, 1 / 2, 1])
    assert list(season_factors(np.array([1.0, 2, 3, 2] * 2 + [1, 2, 3]), 4, 4)) == [1, 1, 1, 1]


def test_noise_has_no_season() -> None:
    factors = season_factors(_noise(120), 12, 12)
    assert np.abs(factors - 1).max() < 0.02


def test_months_follow_their_season() -> None:
    year = np.array([80, 90, 100, 110, 120, 130, 120, 110, 100, 90, 80, 70], dtype=float)
    found = own_forecast(_series(np.tile(year, 6), Grain.MONTH))
    assert found.fans[VALUE].mean == pytest.approx(year, rel=1e-6)
    assert [str(day) for day in found.ahead[:2]] == ["2007-01-01", "2007-02-01"]


def test_unknown_weeks_are_bridged_by_their_neighbours_and_days_by_their_weekday() -> None:
    assert list(bridged(np.array([3, NAN, 5, 6]), Grain.WEEK)) == [3, (3 + 5) / 2, 5, 6]
    days = np.arange(21.0)
    days[8] = NAN
    assert bridged(days, Grain.DAY)[8] == (1 + 15) / 2


@pytest.mark.parametrize(
    ("unknown", "begin"),
    [([], 0), ([10], 0), ([10, 11], 0), ([10, 11, 12], 13), ([10, 11, 12, 50], 13), (list(range(0, 60, 4)), 57)],
)
def test_few_short_gaps_are_bridged_and_others_end_the_past(unknown: list[int], begin: int) -> None:
    values = _noise(60)
    values[unknown] = NAN
    assert learned_from(_series(values)) == begin


def test_no_error_is_measured_where_a_value_is_unknown() -> None:
    values = _noise(200)
    values[150] = NAN
    tested = own_forecast(_series(values)).tested
    assert tested is not None
    known = tested.backtests[VALUE].known
    assert not [place for place in known if place - 1 <= 150 < place + tested.horizon]
    assert np.isfinite(tested.backtests[VALUE].actual).all()


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.DAY, Grain.MONTH])
def test_the_back_test_is_what_would_have_been_said(grain: Grain) -> None:
    """The same number by two routes: from the file as it was then, and in the replay."""
    values = _noise(230) * (2 if grain is Grain.WEEK else np.resize([1, 2, 3, 2, 1, 0, 0], 230) + 0.0)
    tested = own_forecast(_series(values, grain)).tested
    assert tested is not None
    one = tested.backtests[VALUE]
    for place in (0, len(one.known) // 2, -1):
        then = own_forecast(_series(values[: one.known[place]], grain))
        shown = then.fans.get(VALUE)
        if shown is not None:
            assert shown.mean[: tested.horizon] == pytest.approx(one.mean[place], rel=1e-9)


def test_the_unit_plays_no_part() -> None:
    values = _noise(150)
    ours, thousandfold = (own_forecast(_series(values * unit)).fans[VALUE] for unit in (1, 1000))
    assert thousandfold.mean == pytest.approx(ours.mean * 1000, rel=1e-4)
    assert thousandfold.bound("hi95") == pytest.approx(ours.bound("hi95") * 1000, abs=600)


def test_intervals_hold_on_series_of_known_make() -> None:
    """24 series with a level that wanders: the last 13 weeks lie in their bands about as often as the bands say."""
    inside: dict[int, list[bool]] = {80: [], 95: []}
    for seed in range(24):
        random = np.random.default_rng(seed)
        values = random.poisson(60 * np.exp(random.normal(0, 0.03, 143).cumsum())).astype(float)
        found = own_forecast(_series(values[:130]))
        for level, hits in inside.items():
            for fan in found.fans.values():
                hits += list((fan.bound(f"lo{level}") <= values[130:]) & (values[130:] <= fan.bound(f"hi{level}")))
    assert len(inside[80]) >= 12 * 13
    assert 0.65 < np.mean(inside[80]) < 0.93
    assert np.mean(inside[95]) > 0.87


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([5], "there is one value"),
        (_noise(12), "it takes 13 weeks in a row with a value, and there are 12"),
        (np.full(60, 7), "every value is 7"),
        (np.zeros(60), "every value is 0"),
        ([*_noise(60), *np.zeros(12)], "all 12 values since 28 Feb 2022 are 0"),
        ([*np.zeros(50), 3, 0, 0, 5, 0, 0, 1], "only 3 of the 57 values are above 0"),
        (_noise(60) / 10_000, "give the series in a smaller unit"),
        (np.where(np.arange(60) % 2, NAN, 5), "unknown is not 0".capitalize()),
    ],
)
def test_what_tells_nothing_is_refused(values: Any, words: str) -> None:
    found = own_forecast(_series(values))
    assert words in found.refused
    assert found.sentence == found.refused
    assert found.frame.empty


def test_what_loses_to_naive_is_not_shown() -> None:
    steps = np.repeat([10.0, 400, 30, 900, 5, 700, 60], 12)
    found = own_forecast(_series(steps))
    assert not found.fans
    assert "times as far off as saying 'as now'" in found.refused
    assert found.tested is not None
    assert found.tested.backtests[VALUE].relative_error >= 1


def test_intervals_take_42_weeks() -> None:
    short, enough = (own_forecast(_series(_noise(weeks, seed=3))) for weeks in (30, 60))
    assert np.isnan(short.fans[VALUE].bands).all()
    assert any("it takes 42 weeks, and there are 30" in note for note in short.notes)
    assert np.isfinite(enough.fans[VALUE].bands).all()


@pytest.mark.parametrize(
    ("grain", "weeks", "periods"),
    [
        (Grain.WEEK, None, 13), (Grain.WEEK, 52, 52), (Grain.DAY, None, 28), (Grain.DAY, 2, 14), (Grain.DAY, 52, 182),
        (Grain.MONTH, None, 12), (Grain.MONTH, 13, 3), (Grain.MONTH, 1, 1), (Grain.QUARTER, 26, 2),
    ],
)  # fmt: skip
def test_the_horizon_is_in_weeks(grain: Grain, weeks: int | None, periods: int) -> None:
    assert len(own_forecast(_series(_noise(120), grain), weeks).ahead) == periods


@given(
    st.lists(st.one_of(st.integers(0, 50), st.floats(0, 1e6), st.none()), min_size=1, max_size=120),
    st.sampled_from([Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER]),
)
@examples
def test_whatever_the_values_it_is_refused_or_sound(listed: list[float | None], grain: Grain) -> None:
    values = [NAN if value is None else value for value in listed]
    values[0] = values[-1] = 1.0
    document = series_document(own_forecast(_series(values, grain)))
    json.dumps(document, allow_nan=False)
    assert bool(document["forecast"]) != ("refused" in document)
    for row in document["forecast"]:
        bounds = [row[name] for name in ("lo95", "lo80", "lo50", "hi50", "hi80", "hi95")]
        assert row["mean"] >= 0
        assert bounds == [None] * len(BANDS) or bounds == sorted(bounds)
        assert bounds[0] is None or bounds[0] - 0.5 <= row["mean"] <= bounds[-1] + 0.5
