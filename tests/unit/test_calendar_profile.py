"""The calendar profile: the fit is the one of its formula, and season and Christmas are recovered."""

import numpy as np
import pytest
from scipy.optimize import minimize

from analytics.calendar_profile import calendar_profile, poisson_ridge
from analytics.limits import limits

WEEKS = np.datetime64("2023-01-02") + 7 * np.arange(130)


def test_the_fit_is_the_maximum_of_the_penalised_likelihood() -> None:
    rng = np.random.default_rng(3)
    columns = np.column_stack([np.ones(80), rng.normal(size=(80, 3))])
    counts = rng.poisson(np.exp(columns @ [2.0, 0.3, -0.2, 0.0])).astype(float)
    penalties = np.array([0.0, 1.0, 2.0, 3.0])

    def loss(slopes: np.ndarray) -> float:
        fitted = columns @ slopes
        return float(np.exp(fitted).sum() - counts @ fitted + (penalties * slopes**2).sum() / 2)

    expected = minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-9}).x
    assert poisson_ridge(columns, counts, penalties) == pytest.approx(expected, abs=1e-4)


def test_season_and_christmas_are_recovered() -> None:
    season = np.exp(0.2 * np.sin(2 * np.pi * (np.arange(130) * 7 + 4) / 365.25))
    # Working days from 24 December to 1 January, of five.
    quiet = {"2023-12-25": 5 / 5, "2024-01-01": 1 / 5, "2024-12-23": 4 / 5, "2024-12-30": 3 / 5}
    truth = season * 0.4 ** np.array([quiet.get(str(week), 0.0) for week in WEEKS])
    counts = np.random.default_rng(1).poisson(300 * truth).astype(float)
    profile = calendar_profile(counts, WEEKS, 126)
    assert profile[:126].mean() == pytest.approx(1)
    error = profile / (truth / truth[:126].mean()) - 1
    assert np.abs(error).mean() < 0.05
    assert profile[np.datetime64("2023-12-25") == WEEKS][0] < 0.6


def test_growth_is_no_season() -> None:
    profile = calendar_profile(np.linspace(100, 300, 130), WEEKS, 130)
    assert profile == pytest.approx(1, abs=0.05)


@pytest.mark.parametrize("counts", [np.zeros(130), np.full(130, np.nan)])
def test_where_nothing_can_be_learned_every_week_is_alike(counts: np.ndarray) -> None:
    assert calendar_profile(counts, WEEKS, 126).tolist() == [1.0] * 130


def test_the_limits_follow_the_season_from_78_weeks_on() -> None:
    counts = 200 * np.exp(0.3 * np.sin(2 * np.pi * np.arange(130) / 52.18))
    followed = limits(counts[:82], WEEKS[:82], 0.0, seasonal=True)
    flat = limits(counts[:77], WEEKS[:77], 0.0, seasonal=True)
    assert np.ptp(followed.centre[-26:]) > 40
    assert np.ptp(flat.centre[-4:]) < 10
    assert (followed.upper - followed.lower)[-1] < (flat.upper - flat.lower)[-1] / 3
