"""The course of a sign: better or worse only beyond chance, also where values wander."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.diagnostic.course import FEWEST_PERIODS, course

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=FEWEST_PERIODS, max_size=30)
OPPOSITE = {"better": "worse", "worse": "better"}


def test_a_steady_rise_of_what_should_not_be_is_worse_and_of_what_should_be_is_better() -> None:
    assert course([1, 2, 3, 4, 5, 6, 7]).word == "worse"
    assert course([1, 2, 3, 4, 5, 6, 7], lower_is_worse=True).word == "better"
    assert course([7, 6, 5, 4, 3, 2, 1]).word == "better"


def test_few_periods_cannot_be_told_and_unknown_ones_do_not_count() -> None:
    few = course([1, 2, None, 3, float("nan"), 4, 5])
    assert (few.word, few.values) == ("cannot tell", (1, 2, 3, 4, 5))
    assert few.sentence == f"too short to tell: 5 of {FEWEST_PERIODS} periods"
    assert course([]).sentence == "no course known"


def test_values_that_do_not_move_are_about_the_same() -> None:
    assert course([5.0] * 12).word == "about the same"
    assert course([5, 4, 5, 6, 5, 4, 6, 5]).word == "about the same"


@given(VALUES)
def test_turned_upside_down_better_becomes_worse(values: list[float]) -> None:
    word = course(values).word
    assert course([-value for value in values]).word == OPPOSITE.get(word, word)
    assert course(values, lower_is_worse=True).word == OPPOSITE.get(word, word)


@pytest.mark.parametrize(("step", "most"), [(0.0, 0.07), (0.5, 0.13)])
def test_noise_is_seldom_called_a_course(step: float, most: float) -> None:
    random, calls = np.random.default_rng(5), 0
    for _ in range(400):
        noise = random.normal(size=26)
        for place in range(1, 26):
            noise[place] += step * noise[place - 1]
        calls += course(list(noise)).word != "about the same"
    assert calls / 400 <= most


def test_a_trend_within_noise_is_found() -> None:
    random = np.random.default_rng(6)
    found = [course(list(0.2 * np.arange(26) + random.normal(size=26))).word for _ in range(100)]
    assert found.count("worse") >= 80
