"""The scores of the forecast bench, worked out by hand."""

from math import isnan

import numpy as np
import pytest

from tests.forecast_bench.scores import SHARES, band_loss, geometric_mean, held, pinball, relative_error

# Two origins, two steps ahead.
ACTUAL = np.array([[10.0, 12.0], [8.0, 20.0]])


def test_the_geometric_mean_is_the_root_of_the_product() -> None:
    assert geometric_mean([0.5, 2.0]) == pytest.approx((0.5 * 2.0) ** (1 / 2))
    assert geometric_mean([0.8, 0.9, 1.2]) == pytest.approx((0.8 * 0.9 * 1.2) ** (1 / 3))
    assert isnan(geometric_mean([]))


def test_the_relative_error_is_of_the_steps_up_to_the_horizon() -> None:
    mean, rival = np.array([[11.0, 15.0], [8.0, 18.0]]), np.array([[12.0, 12.0], [12.0, 12.0]])
    assert relative_error(mean, rival, ACTUAL, 1) == pytest.approx((1 + 0) / (2 + 4))
    assert relative_error(mean, rival, ACTUAL, 2) == pytest.approx((1 + 3 + 0 + 2) / (2 + 0 + 4 + 8))


def test_a_rival_without_error_gives_no_ratio() -> None:
    assert isnan(relative_error(ACTUAL + 1, ACTUAL, ACTUAL, 2))


def test_the_pinball_loss_weighs_both_sides() -> None:
    losses = pinball(np.array([[9.0, 14.0]]), 0.9, np.array([[10.0, 12.0]]))
    assert losses == pytest.approx(np.array([[0.9 * 1, 0.1 * 2]]))


def test_the_pinball_loss_is_least_at_the_quantile() -> None:
    seen = np.arange(1.0, 101.0)
    losses = {bound: pinball(np.full(100, float(bound)), 0.9, seen).mean() for bound in range(1, 101)}
    # Between the 90th and the 91st value all are equally good.
    assert min(losses, key=lambda bound: round(losses[bound], 9)) == 90
    assert losses[90] == pytest.approx((0.1 * sum(range(90)) + 0.9 * sum(range(1, 11))) / 100)


def test_the_loss_of_the_bands_is_the_mean_over_the_four_bounds() -> None:
    actual = np.array([[10.0]])
    lo80, hi80, lo95, hi95 = (np.array([[bound]]) for bound in (8.0, 11.0, 12.0, 15.0))
    assert SHARES == (0.1, 0.9, 0.025, 0.975)
    expected = (0.1 * 2 + (1 - 0.9) * 1 + (1 - 0.025) * 2 + (1 - 0.975) * 5) / 4
    assert band_loss(np.stack([lo80, hi80, lo95, hi95]), actual, 1) == pytest.approx(expected)


def test_what_lies_on_a_bound_is_held() -> None:
    lower, upper = np.array([[10.0, 5.0], [9.0, 15.0]]), np.array([[12.0, 11.0], [9.5, 20.0]])
    assert held(lower, upper, ACTUAL, 2).tolist() == [[True, False], [False, True]]
    assert held(lower, upper, ACTUAL, 2).mean() == 2 / 4
    assert held(lower, upper, ACTUAL, 1).mean() == 1 / 2
