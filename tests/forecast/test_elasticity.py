"""How closures follow the work on hand: near 0 at a fixed capacity, near 1 where closing is in proportion."""

import numpy as np
import pytest

from analytics.forecast.elasticity import HIGHEST, elasticity
from tests.forecast.simulated_desk import arrivals, fixed, proportional

HAZARDS = np.array([0.45, 0.3, 0.2, 0.15, 0.12, 0.1, 0.08])


@pytest.mark.parametrize("seed", range(6))
def test_closing_in_proportion_is_near_one(seed: int) -> None:
    random = np.random.default_rng(seed)
    found = elasticity(proportional(random, arrivals(random, 130, 80, 2.0), HAZARDS).history(130))
    assert found.lo is not None
    assert found.hi is not None
    assert found.value == pytest.approx(1, abs=0.2)
    assert found.lo - 0.05 < 1 < found.hi


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("varies", [False, True])
def test_a_fixed_capacity_is_near_nought(seed: int, varies: bool) -> None:
    random = np.random.default_rng(seed)
    came = np.append([900], arrivals(random, 129, 80, 2.0))
    capacity = random.poisson(82, 130) if varies else np.full(130, 82)
    found = elasticity(fixed(random, came, capacity).history(130))
    assert found.hi is not None
    assert found.value <= 0.35
    assert found.hi < 0.8


def test_what_is_no_answer_to_the_work_is_not_taken_for_one() -> None:
    random = np.random.default_rng(1)
    weeks = np.arange(130)
    # Four times the arrivals and three times the pace: a third more is there, and four times as much is closed.
    came = arrivals(random, 130, np.linspace(40, 160, 130))
    found = elasticity(proportional(random, came, HAZARDS / 2, 0.5 + weeks / 129).history(130))
    assert (found.value, found.lo) == (1, None)
    assert "other reasons" in found.sentence


def test_where_it_cannot_be_told_it_is_one_with_a_reason() -> None:
    random = np.random.default_rng(2)
    short = elasticity(proportional(random, arrivals(random, 40, 80), HAZARDS).history(40))
    few = elasticity(proportional(random, arrivals(random, 130, 3), HAZARDS).history(130))
    pace = np.exp(0.8 * random.standard_normal(50))
    wild = elasticity(proportional(random, arrivals(random, 50, 20), HAZARDS / 2, pace).history(50))
    for found, reason in ((short, "42 whole weeks"), (few, "too few"), (wild, "changed too little")):
        assert (found.value, found.lo, found.hi) == (1, None, None)
        assert reason in found.reason
        assert "in proportion (elasticity 1)" in found.sentence


def test_it_is_never_beyond_what_is_sensible() -> None:
    random = np.random.default_rng(7)
    found = [
        elasticity(proportional(random, arrivals(random, 90, 30, 3.0), HAZARDS).history(90)).value for _ in range(5)
    ]
    assert all(0 <= value <= HIGHEST for value in found)
    assert len(set(found)) > 1
