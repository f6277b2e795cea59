"""The level: a constant stays, a profile is multiplied back, Theta is statsmodels', bursts are cut down."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.forecasting.theta import ThetaModel

from analytics.forecast.level import flow_ahead, one_step_ahead, theta, without_bursts
from analytics.forecast.smoothing import level_and_weight, smoothed
from analytics.period import Grain
from tests.properties.desks import examples

GRAINS = (Grain.WEEK, Grain.DAY)


@pytest.mark.parametrize("grain", GRAINS)
def test_a_constant_goes_on(grain: Grain) -> None:
    np.testing.assert_allclose(flow_ahead(np.full(120, 7.0), np.ones(140), 120, 20, grain), 7.0)


@pytest.mark.parametrize("grain", GRAINS)
def test_a_known_profile_is_divided_out_and_multiplied_back(grain: Grain) -> None:
    factors = np.tile([0.5, 1.5], 70)
    np.testing.assert_allclose(flow_ahead((10 * factors)[:120], factors, 120, 20, grain), 10 * factors[120:])


def test_by_week_half_is_smoothed_square_roots_and_half_the_last_quarter() -> None:
    counts = np.array([4.0, 9, 16, 25, 36, 49, 64, 4, 9, 16, 25, 36, 49, 64, 81, 100])
    expected = (smoothed(np.sqrt(counts)) ** 2 + counts[3:].mean()) / 2
    np.testing.assert_allclose(flow_ahead(counts, np.ones(20), 16, 4, Grain.WEEK), [expected] * 4)


def test_by_day_a_third_each_of_level_quarter_and_theta_on_plain_counts() -> None:
    counts = np.random.default_rng(2).poisson(5, 120).astype(float)
    expected = (smoothed(counts) + counts[-91:].mean() + theta(counts, 6)) / 3
    np.testing.assert_allclose(flow_ahead(counts, np.ones(130), 120, 6, Grain.DAY), expected)


@examples
@given(st.integers(0, 2**20), st.integers(30, 90))
def test_theta_is_that_of_statsmodels_for_the_same_weight(seed: int, known: int) -> None:
    values = np.random.default_rng(seed).poisson(np.linspace(20, 40, known)).astype(float)
    level, weight = level_and_weight(values)
    slope = float(np.polyfit(np.arange(known), values, 1)[0])
    fitted = ThetaModel(values, period=1, deseasonalize=False).fit()
    # Their trend part, at our weight: theta 2, hence half the slope.
    steps = np.arange(8)
    expected = level + 0.5 * slope * (steps + 1 / weight - (1 - weight) ** known / weight)
    np.testing.assert_allclose(theta(values, 8), expected)
    assert slope == pytest.approx(fitted.params["b0"])
    theirs = np.asarray(fitted.forecast(8, theta=2))
    np.testing.assert_allclose(np.diff(theta(values, 8)), np.diff(theirs), rtol=1e-6, atol=1e-9)


def test_theta_of_one_value_is_that_value() -> None:
    assert theta(np.array([3.0]), 2).tolist() == [3.0, 3.0]


def test_what_was_expected_one_step_before_is_the_level_times_the_factor() -> None:
    counts, factors = np.array([10.0, 20, 10, 10, 10]), np.array([1.0, 2, 1, 1, 3])
    # Plain counts are 10, 10, 10, 10, 3.3; their mean begins the level.
    begin = (10 * 4 + 10 / 3) / 5
    levels = [begin]
    for plain in (10, 10, 10, 10):
        levels.append(levels[-1] + 0.2 * (plain - levels[-1]))
    expected = [levels[3] * 1, levels[4] * 3]
    np.testing.assert_allclose(one_step_ahead(counts, factors, 3, 5, Grain.WEEK), expected)


def test_an_empty_past_expects_next_to_nothing_but_never_nought() -> None:
    assert (one_step_ahead(np.zeros(20), np.ones(20), 2, 20, Grain.WEEK) > 0).all()


def test_a_single_burst_is_cut_to_five_times_the_usual_and_ten() -> None:
    counts = np.full(30, 20.0)
    counts[20] = 3000
    found = without_bursts(counts, Grain.WEEK)
    assert found[20] == 5 * 20 + 10
    assert found[:20].tolist() == found[21:].tolist()[:20] + [20.0] * 11


def test_a_lasting_step_is_believed_after_four_weeks() -> None:
    counts = np.concatenate([np.full(20, 2.0), np.full(20, 100.0)])
    found = without_bursts(counts, Grain.WEEK)
    assert found[20:24].tolist() == [5 * 2 + 10] * 4
    assert found[24:].tolist() == [100.0] * 16


@examples
@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.integers(1, 40))
def test_bursts_are_judged_by_nothing_later(counts: list[int], known: int) -> None:
    values = np.array(counts, dtype=float)
    np.testing.assert_array_equal(
        without_bursts(values, Grain.WEEK)[:known], without_bursts(values[:known], Grain.WEEK)
    )
    assert (without_bursts(values, Grain.WEEK) <= values).all()


@examples
@given(st.integers(0, 2**20), st.sampled_from(GRAINS))
def test_nothing_is_ever_expected_below_nought(seed: int, grain: Grain) -> None:
    random = np.random.default_rng(seed)
    counts = random.poisson(np.linspace(random.choice([3, 50]), 0, 120)).astype(float)
    assert (flow_ahead(counts, np.ones(300), 120, 100, grain) >= 0).all()
