"""Fans: nested, whole, never below nought; the widening from past misses as arithmetic."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from analytics.forecast.fan import BANDS, Widening, fan_of, spread_of, widening_from
from tests.properties.desks import examples

OUTWARDS = ("50", "80", "95")
courses = st.tuples(st.integers(0, 2**20), st.sampled_from([0.2, 3.0, 400.0]), st.booleans())
widenings = st.tuples(st.floats(0.1, 6), st.floats(0.1, 6)).map(lambda both: Widening(min(both), max(both)))


def _courses(seed: int, mean: float, wild: bool) -> np.ndarray:
    random = np.random.default_rng(seed)
    found = random.poisson(mean, (100, 5)).astype(float)
    found[:2] *= 500 if wild else 1
    return found


@examples
@given(courses, widenings)
def test_bands_are_nested_whole_and_hold_the_mean(made: tuple[int, float, bool], widening: Widening) -> None:
    simulated = _courses(*made)
    fan = fan_of(simulated.mean(axis=0), simulated, widening)
    bounds = [fan.bound(f"lo{level}") for level in reversed(OUTWARDS)] + [fan.bound(f"hi{level}") for level in OUTWARDS]
    for lower, upper in itertools.pairwise(bounds):
        assert (lower <= upper).all()
    assert min(bound.min() for bound in bounds) >= 0
    assert all((bound == np.rint(bound)).all() for bound in bounds)
    assert (fan.bound("lo50") <= fan.mean + 0.5).all()
    assert (fan.bound("hi50") >= fan.mean - 0.5).all()


def test_the_bands_are_the_quantiles_about_the_mean_times_the_factor() -> None:
    simulated = np.arange(101.0)[:, None]  # its mean is 50, its quantiles are 100 x the share
    fan = fan_of(np.array([200.0]), simulated, Widening(2.0, 3.0))
    expected = {
        "lo50": 200 - 25 * 2, "hi50": 200 + 25 * 2, "lo80": 200 - 40 * 2, "hi80": 200 + 40 * 2,
        "lo95": round(200 - 47.5 * 3), "hi95": round(200 + 47.5 * 3),
    }  # fmt: skip
    assert {name: fan.bound(name)[0] for name in BANDS} == pytest.approx(expected, abs=0.51)


def test_a_forecast_of_nothing_has_a_band_from_nought() -> None:
    fan = fan_of(np.array([-3.0]), np.zeros((10, 1)), Widening())
    assert fan.mean.tolist() == [0.0]
    assert fan.bands.min() >= 0


def test_between_the_80_and_the_95_band_the_factor_is_drawn_between() -> None:
    found = Widening(1.0, 2.0).of(np.array([0.5, 0.25, 0.9, norm.cdf((1.2816 + 1.95996) / 2), 0.975, 0.999]))
    np.testing.assert_allclose(found, [1, 1, 1, 1.5, 2, 2], atol=1e-4)


def test_the_spread_is_at_least_half_a_ticket() -> None:
    assert spread_of(np.array([[1.0, 3.0], [1.0, 7.0]])).tolist() == [0.5, 2.0]


def test_without_past_misses_the_usual_factor() -> None:
    assert widening_from(np.zeros((3, 2)), np.zeros((3, 2), dtype=bool)) == Widening(1.15, 1.15)


def test_the_widening_from_a_few_misses() -> None:
    # Four origins of one step: sizes 0.5, 1, 2, 3. The 80 % level is raised to 0.8 x 5/4 = all of them.
    misses = np.array([[0.5], [-1.0], [2.0], [-3.0]])
    found = widening_from(misses, np.ones((4, 1), dtype=bool))
    weight = 4 / (4 + 3)
    bulk = (3.0 / norm.ppf(0.9)) ** weight * 1.15 ** (1 - weight)
    tails = (3.0 / norm.ppf(0.975)) ** weight * 1.15 ** (1 - weight)
    assert (found.bulk, found.tails) == pytest.approx((bulk, max(bulk, tails)))


def test_with_many_origins_the_factor_is_that_of_the_misses() -> None:
    misses = 2.0 * np.random.default_rng(1).standard_normal((4000, 1))
    found = widening_from(misses, np.ones((4000, 1), dtype=bool))
    assert (found.bulk, found.tails) == pytest.approx((2.0, 2.0), rel=0.08)


def test_misses_that_have_not_come_true_teach_nothing() -> None:
    misses, known = np.array([[1.0, 99.0], [1.0, 99.0]]), np.array([[True, False], [True, False]])
    assert widening_from(misses, known) == widening_from(misses[:, :1], known[:, :1])


def test_one_wild_week_does_not_become_the_rule() -> None:
    misses = np.full((40, 13), 0.8)
    misses[20:22] = 1000.0
    found = widening_from(misses, np.ones((40, 13), dtype=bool))
    assert found.bulk < 1.1
    assert found.tails <= 6.0


def test_the_frame_has_a_row_a_period_and_a_column_a_band() -> None:
    periods = np.array(["2026-01-05", "2026-01-12"], dtype="datetime64[D]")
    frame = fan_of(np.array([4.0, 6.0]), np.ones((10, 2)), Widening()).frame(periods)
    assert frame.columns.tolist() == ["period", "mean", *BANDS]
    assert frame["mean"].tolist() == [4.0, 6.0]
    assert [str(day.date()) for day in frame["period"]] == ["2026-01-05", "2026-01-12"]


def test_the_quantiles_are_numpys() -> None:
    simulated = _courses(3, 8.0, wild=True)
    fan = fan_of(np.full(5, 1e6), simulated, Widening(1.0, 1.0))
    for name, share in (("lo95", 0.025), ("lo50", 0.25), ("hi50", 0.75), ("hi80", 0.9), ("hi95", 0.975)):
        away = np.quantile(simulated, share, axis=0) - simulated.mean(axis=0)
        away = np.minimum(away, 0) if share < 0.5 else np.maximum(away, 0)
        np.testing.assert_array_equal(fan.bound(name), np.rint(1e6 + away))
