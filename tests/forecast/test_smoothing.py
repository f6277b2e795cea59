"""Exponential smoothing and the damped trend against statsmodels, and as arithmetic."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.tsa.holtwinters import Holt, SimpleExpSmoothing

from analytics.forecast.smoothing import damped_trend, filtered, level_and_weight, smoothed
from tests.properties.desks import examples

# statsmodels' information criteria of a perfect fit.
pytestmark = pytest.mark.filterwarnings("ignore:divide by zero")
counts = st.lists(st.integers(0, 300), min_size=9, max_size=60).map(lambda listed: np.array(listed, dtype=float))


def test_the_level_by_hand() -> None:
    # 10 -> 10 + 0.5 (20 - 10) = 15 -> 15 + 0.5 (5 - 15) = 10
    assert filtered(np.array([20.0, 5.0]), 0.5, 10.0).tolist() == [15.0, 10.0]


@examples
@given(counts, st.sampled_from([0.02, 0.1, 0.5, 0.9]))
def test_the_level_is_statsmodels_to_eight_digits(values: np.ndarray, weight: float) -> None:
    begin = values[:8].mean()
    theirs = SimpleExpSmoothing(values, initialization_method="known", initial_level=begin).fit(
        smoothing_level=weight, optimized=False
    )
    np.testing.assert_allclose(filtered(values, weight, begin), theirs.level, rtol=1e-8, atol=1e-8)


@examples
@given(counts)
def test_the_weight_chosen_is_the_one_of_the_grid_with_the_smallest_errors(values: np.ndarray) -> None:
    level, weight = level_and_weight(values)
    begin, errors = values[:8].mean(), {}
    for tried in (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        levels = filtered(values, tried, begin)
        errors[tried] = float(((values[1:] - levels[:-1]) ** 2).sum())
    assert errors[weight] == pytest.approx(min(errors.values()))
    assert level == smoothed(values) == pytest.approx(filtered(values, weight, begin)[-1])


@examples
@given(counts)
def test_the_damped_trend_is_statsmodels_with_the_weights_it_chose(values: np.ndarray) -> None:
    found = damped_trend(values)
    ours = found.ahead(len(values), 6)
    best = min(
        (
            (fitted.sse, fitted.forecast(6))
            for level in (0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.999)
            for slope in (0.02, 0.05, 0.1, 0.2, 0.4)
            for damping in [found.damping[-1]]
            for fitted in [
                Holt(
                    values, damped_trend=True, initialization_method="known",
                    initial_level=values[0], initial_trend=0.0,
                ).fit(smoothing_level=level, smoothing_trend=slope, damping_trend=damping, optimized=False)
            ]
        ),
        key=lambda pair: float(pair[0]),
    )  # fmt: skip
    np.testing.assert_allclose(ours, best[1], rtol=1e-6, atol=1e-6)


def test_a_line_goes_on_and_fades() -> None:
    found = damped_trend(np.arange(200.0) * 3)
    ahead = found.ahead(200, 3)
    steps = np.diff(ahead, prepend=199 * 3)
    assert 0 < steps[2] < steps[1] < steps[0] <= 3 + 1e-6
    assert steps[2] / steps[1] == pytest.approx(found.damping[-1])


@examples
@given(counts, st.integers(1, 8))
def test_nothing_later_changes_the_trend_of_a_time(values: np.ndarray, later: int) -> None:
    known = len(values) - later
    other = np.concatenate([values[:known], values[known:] * 7 + 1000])
    np.testing.assert_array_equal(damped_trend(values).ahead(known, 4), damped_trend(other).ahead(known, 4))
