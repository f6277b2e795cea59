"""Tests of difference against published numbers and other routes to them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats

from analytics.explore.chance import holm, log_difference, share_difference


def test_newcombe_as_published() -> None:
    """Newcombe 1998, table II (a): 56 of 70 against 48 of 80, method 10."""
    found = share_difference([56], [70], [48], [80])
    assert found.difference == pytest.approx(56 / 70 - 48 / 80)
    assert (found.lo[0], found.hi[0]) == (pytest.approx(0.0524, abs=1e-4), pytest.approx(0.3339, abs=1e-4))


def test_newcombe_at_the_edges() -> None:
    """Table II (e): 5 of 56 against none of 29."""
    found = share_difference([5], [56], [0], [29])
    assert (found.lo[0], found.hi[0]) == (pytest.approx(-0.0381, abs=1e-4), pytest.approx(0.1926, abs=1e-4))


@given(some.integers(1, 40), some.integers(1, 40), some.data())
def test_twice_the_smaller_tail_of_fisher(here: int, there: int, data: some.DataObject) -> None:
    a, b = data.draw(some.integers(0, here)), data.draw(some.integers(0, there))
    table = [[a, here - a], [b, there - b]]
    tails = [stats.fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
    assert share_difference([a], [here], [b], [there]).p[0] == pytest.approx(min(1, 2 * min(tails)))


@given(some.lists(some.floats(-5, 5), min_size=3, max_size=30), some.lists(some.floats(-5, 5), min_size=3, max_size=30))
def test_sums_alone_give_welch(here: list[float], there: list[float]) -> None:
    a, b = np.array(here), np.array(there)
    if a.std() < 1e-3 or b.std() < 1e-3:
        return
    found = log_difference(*([x] for side in (a, b) for x in (len(side), side.sum(), (side**2).sum())))
    welch = stats.ttest_ind(a, b, equal_var=False)
    interval = welch.confidence_interval(0.95)
    assert found.p[0] == pytest.approx(welch.pvalue, rel=1e-5, abs=1e-9)
    assert (found.lo[0], found.hi[0]) == (pytest.approx(interval.low, abs=1e-6), pytest.approx(interval.high, abs=1e-6))


def test_numbers_that_never_vary() -> None:
    same = log_difference([20], [40.0], [80.0], [30], [60.0], [120.0])
    other = log_difference([20], [40.0], [80.0], [30], [90.0], [270.0])
    assert (same.p[0], other.p[0]) == (1, 0)
    assert (other.difference[0], other.lo[0], other.hi[0]) == (-1, -1, -1)


def test_holm_as_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.01 * 3, 0.03 * 2, 0.03 * 2, 0.005 * 4])
    assert holm([]).tolist() == []


@settings(max_examples=50)
@given(some.lists(some.floats(0, 1), min_size=1, max_size=20))
def test_holm_never_makes_a_difference_surer(p: list[float]) -> None:
    adjusted = holm(p)
    assert (adjusted >= np.array(p)).all()
    assert (adjusted <= 1).all()
    assert np.array_equal(np.argsort(adjusted[np.argsort(p, kind="stable")], kind="stable"), np.arange(len(p)))
