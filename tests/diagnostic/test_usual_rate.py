"""What is usual: against peers, against its own past, and among many comparisons."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.diagnostic.recurrence.usual_rate import against_past, among_peers, at_least, improbable


def test_a_count_among_peers_that_spread_no_more_than_chance_is_poisson() -> None:
    counts = pd.Series([6, *[0, 1] * 10])
    rates = among_peers(counts, pd.Series(["A"] * 21))
    assert rates.expected[0] == 10 / 20
    assert rates.p[0] == pytest.approx(stats.poisson.sf(5, 0.5))


def test_a_second_odd_one_does_not_make_the_first_usual() -> None:
    counts = pd.Series([20, 20, *[0, 1] * 15])
    assert improbable(among_peers(counts, pd.Series(["A"] * 32)).p)[:2].all()


def test_peers_that_spread_widely_make_a_large_one_usual() -> None:
    counts = pd.Series([12, 10, 9, 7, 5, 4, 3, 2, 2, 1, 1, 0, 0, 0])
    assert not improbable(among_peers(counts, pd.Series(["A"] * 14)).p).any()


def test_too_few_peers_cannot_tell() -> None:
    assert np.isnan(among_peers(pd.Series([9, 0, 1]), pd.Series(["A"] * 3)).p).all()


def test_a_count_against_its_past_allows_for_what_its_block_does() -> None:
    now, before, blocks = pd.Series([10, 90]), pd.Series([9, 91]), pd.Series(["A", "A"])
    rates = against_past(now, before, blocks)
    # 100 now for each 100 before: (9 + 1/2) * 1.
    assert rates.expected[0] == 9.5
    assert rates.p[0] == pytest.approx(stats.nbinom.sf(9, 9.5, 0.5))
    assert np.isnan(against_past(now, pd.Series([0, 0]), blocks).p).all()


@given(st.integers(0, 50), st.floats(0.01, 20), st.floats(0, 100))
def test_more_is_less_probable(count: int, mean: float, variance: float) -> None:
    values, spread = np.array([count, count + 1.0]), np.full(2, variance)
    p = at_least(values, np.full(2, mean), spread)
    assert 0 <= p[1] <= p[0] <= 1


def test_one_in_a_hundred_by_chance_is_not_named_among_a_hundred() -> None:
    assert not improbable(np.array([0.009, *[0.5] * 99])).any()
    assert improbable(np.array([0.00009, *[0.5] * 99])).tolist() == [True, *[False] * 99]
    assert not improbable(np.array([np.nan, np.nan])).any()


@pytest.mark.parametrize("seed", range(5))
def test_like_things_are_left_alone(seed: int) -> None:
    counts = pd.Series(np.random.default_rng(seed).poisson(0.4, 2000))
    blocks = pd.Series(np.arange(2000) % 5)
    assert improbable(among_peers(counts, blocks).p).sum() == 0
