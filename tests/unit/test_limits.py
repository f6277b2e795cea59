"""Process-behaviour limits: the formulas by hand, few false alarms where nothing happened, planted shifts found."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.limits import BASELINE_WEEKS, FEWEST_BASELINE_WEEKS, LONGEST_SIGNAL_WEEKS, Limits, limits

MONDAY = date(2024, 1, 1)
WHOLE = BASELINE_WEEKS + 4 + LONGEST_SIGNAL_WEEKS
Make = Callable[[np.random.Generator], Any]


def _weeks(count: int) -> Any:
    return np.datetime64(MONDAY) + 7 * np.arange(count)


def _limits(values: Any, **how: Any) -> Limits:
    series = np.asarray(values, dtype=float)
    return limits(series, _weeks(len(series)), **how)


def _monday(week: int) -> date:
    return MONDAY + timedelta(weeks=week)


def _ar1(rng: np.random.Generator, rho: float, weeks: int = WHOLE) -> Any:
    """Mean 100, standard deviation 10, autocorrelation rho."""
    noise = rng.normal(size=weeks)
    series = [noise[0]]
    for shock in noise[1:]:
        series.append(rho * series[-1] + np.sqrt(1 - rho**2) * shock)
    return 100 + 10 * np.array(series)


def test_the_limits_are_three_sigma_of_the_52_weeks_that_end_4_weeks_before() -> None:
    # 56 weeks: the baseline of the last one is the first 52, which swing between 9 and 11; what follows is no part.
    found = _limits([9, 11] * 26 + [10, 10, 10, 10])
    sigma = 2 / 1.128  # moving range 2; the standard deviation, 1.01, is smaller
    assert found.centre[-1] == pytest.approx(10)
    assert found.upper[-1] == pytest.approx(10 + 3 * sigma)
    assert found.lower[-1] == pytest.approx(10 - 3 * sigma)
    assert found.baseline.tolist() == [True] * 52 + [False] * 4
    assert (found.side, found.since, found.reason, found.baseline_weeks) == (0, None, "", 52)


def test_where_weeks_drift_the_standard_deviation_is_larger_and_counts() -> None:
    # Up for 26 weeks and down again: a moving range of 1 says nothing of the swing.
    series = [*range(26), *range(26, 0, -1), 13, 13, 13, 13]
    found = _limits(series)
    assert found.upper[-1] - found.centre[-1] > 3 * np.std(series[:52], ddof=1) > 3 / 1.128


def test_no_limit_lies_where_no_value_can() -> None:
    found = _limits([0.5, 0.95] * 30, lowest=0.0, highest=1.0)
    assert (found.lower[-1], found.upper[-1]) == (0, 1)


def test_a_week_beyond_the_limits_is_a_signal_since_that_week() -> None:
    found = _limits([9, 11] * 28 + [30])
    assert (found.side, found.since) == (1, _monday(56))
    assert found.signals.tolist() == [0] * 56 + [1]
    below = _limits([9, 11] * 28 + [-30])
    assert (below.side, below.since) == (-1, _monday(56))


def test_four_weeks_that_shift_together_are_a_signal_since_the_first_of_them() -> None:
    found = _limits([9, 11] * 28 + [13, 14, 13, 14])  # within 10 + 3 * 1.77 = 15.3, each
    assert (found.side, found.since) == (1, _monday(56))


def test_one_wild_week_is_no_shift_of_the_weeks_after_it() -> None:
    found = _limits([9, 11] * 28 + [300, 9, 11])
    assert (found.side, found.since) == (0, None)
    assert found.signals[56] == 1


def test_a_wild_week_does_not_hide_what_comes_in_its_year() -> None:
    calm = [9, 10, 10, 11] * 13
    assert _limits([*calm, 3_000, *calm[:20], 40]).side == 1


def test_a_signal_that_lasts_is_dated_to_its_first_week_for_half_a_year() -> None:
    for lasted in (1, 10, 26):
        assert _limits(([9, 11] * 30 + [30, 32] * 13)[: 60 + lasted]).since == _monday(60)
    assert _limits([9, 11] * 30 + [30, 32] * 20).side == 0  # what stays is the new normal


@pytest.mark.parametrize(("weeks", "told"), [(0, 0), (10, 6), (15, 11), (16, 12)])
def test_under_twelve_weeks_of_baseline_it_cannot_tell(weeks: int, told: int) -> None:
    found = _limits([9, 11] * (weeks // 2) + [9] * (weeks % 2))
    needed = f"{told} weeks, {FEWEST_BASELINE_WEEKS} needed"
    assert found.reason == ("" if told >= FEWEST_BASELINE_WEEKS else needed)
    assert bool(np.isfinite(found.centre[-1:]).any()) == (told >= FEWEST_BASELINE_WEEKS)


def test_gaps_are_neither_signals_nor_baseline_weeks() -> None:
    series = [9.0, 11.0] * 28 + [30.0, np.nan, 30.0]
    series[10] = np.nan
    found = _limits(series)
    assert found.baseline_weeks == 51
    assert (found.since, found.signals[-3:].tolist()) == (_monday(56), [1, 0, 1])
    assert _limits([9, 11] * 28 + [np.nan] * 4).reason == "no recent week with enough tickets"


def test_a_reset_begins_the_baseline_anew() -> None:
    series = [9, 11] * 30 + [30, 32] * 13
    assert _limits(series).side == 1
    after = _limits(series, reset=_monday(60))
    assert (after.side, after.reason, after.baseline_weeks) == (0, "", 26 - 4)
    assert after.centre[-1] == pytest.approx(31)
    assert after.baseline.tolist() == [False] * 60 + [True] * 22 + [False] * 4
    early = _limits(series, reset=_monday(80))
    assert early.reason == "2 weeks, 12 needed"
    assert _limits(series, reset=_monday(200)).reason == "0 weeks, 12 needed"


def test_weeks_that_never_change_leave_no_room_for_rounding() -> None:
    assert _limits([0.1 + 0.2] * 40 + [0.3] * 20).side == 0
    assert _limits([1.0] * 60 + [0.9]).side == -1


def _false_alarms(make: Make, runs: int = 300, **how: Any) -> float:
    """The share of judged weeks that are called signals, in series where nothing happened."""
    judged = [_limits(make(np.random.default_rng(seed)), **how).signals[-LONGEST_SIGNAL_WEEKS:] for seed in range(runs)]
    return float(np.mean(np.concatenate(judged) != 0))


def _seasonal(rng: np.random.Generator) -> Any:
    return rng.poisson(200 * np.exp(0.2 * np.sin(2 * np.pi * np.arange(WHOLE) / 52.18)))


STATIONARY: dict[str, tuple[Make, dict[str, Any]]] = {
    **{f"autocorrelation {rho}": (lambda rng, rho=rho: _ar1(rng, rho), {}) for rho in (0.0, 0.3, 0.6, 0.8)},
    "counts": (lambda rng: rng.poisson(50, WHOLE), {"lowest": 0.0}),
    "skewed": (lambda rng: np.exp(rng.normal(3, 0.3, WHOLE)), {"lowest": 0.0}),
    "season": (_seasonal, {"lowest": 0.0}),
    "season, taken out": (_seasonal, {"lowest": 0.0, "seasonal": True}),
    "a year of history": (lambda rng: _ar1(rng, 0.3, 52), {}),
    "half a year of history": (lambda rng: _ar1(rng, 0.3, 30), {}),
}


@pytest.mark.parametrize("kind", STATIONARY)
def test_at_most_three_per_cent_of_weeks_are_false_alarms(kind: str) -> None:
    make, how = STATIONARY[kind]
    rate = _false_alarms(make, **how)
    print(f"{kind}: {rate:.1%} of weeks")
    assert rate <= 0.03


@pytest.mark.parametrize(("sigmas", "weeks", "least"), [(5, 1, 0.9), (3, 4, 0.9), (2, 4, 0.4), (3, 8, 0.8)])
def test_a_planted_shift_is_found(sigmas: int, weeks: int, least: float) -> None:
    rise = 10.0 * sigmas * (np.arange(WHOLE) >= WHOLE - weeks)
    found = [_limits(_ar1(np.random.default_rng(seed), 0.3) + rise) for seed in range(200)]
    share = np.mean([each.side == 1 for each in found])
    late = [(each.since - _monday(WHOLE - weeks)).days // 7 for each in found if each.since and each.side == 1]
    print(f"{sigmas} sigma, {weeks} weeks: {share:.0%} found, dated {np.median(late):+.0f} weeks (median)")
    assert share >= least
    assert abs(np.median(late)) <= 1
