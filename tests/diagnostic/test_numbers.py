"""Thresholds and assumptions: the shipped ones unless somebody set another that can be meant."""

import math

import pytest

from analytics.diagnostic.errors import BadThreshold
from analytics.diagnostic.numbers import Guess, Numbers


def test_what_nobody_set_is_as_shipped() -> None:
    assert Numbers().threshold("problems_return", "more_than") == 2
    assert Numbers().guess("users_chase", "minutes_per_contact") == Guess(5, 10, 20)


def test_what_was_set_comes_back_from_the_store() -> None:
    changed = Numbers().with_threshold("starters_wait", "late_share", 0.25)
    changed = changed.with_guess("users_chase", "minutes_per_contact", Guess(2, 3, 4))
    again = Numbers.of(changed.json)
    assert again == changed
    assert again.threshold("starters_wait", "late_share") == 0.25
    assert again.guess("users_chase", "minutes_per_contact") == Guess(2, 3, 4)
    assert again.threshold("problems_return", "more_than") == 2


def test_setting_the_shipped_number_keeps_nothing() -> None:
    changed = Numbers().with_threshold("starters_wait", "late_share", 0.25)
    assert changed.with_threshold("starters_wait", "late_share", 0.10) == Numbers()
    assert Numbers().with_guess("users_chase", "minutes_per_contact", Guess(5, 10, 20)) == Numbers()


@pytest.mark.parametrize("value", [-0.1, 0.91, math.nan, math.inf])
def test_a_number_that_cannot_be_meant_is_refused(value: float) -> None:
    with pytest.raises(BadThreshold, match=r"enter one from 0 to 0\.9"):
        Numbers().with_threshold("starters_wait", "late_share", value)


@pytest.mark.parametrize("guess", [Guess(-1, 1, 2), Guess(3, 2, 4), Guess(1, 2, math.inf), Guess(1, 3, 2)])
def test_a_guess_has_its_ends_in_order(guess: Guess) -> None:
    with pytest.raises(BadThreshold):
        Numbers().with_guess("users_chase", "minutes_per_contact", guess)


@pytest.mark.parametrize("text", ["", "no json", "[1, 2]", '{"a": "b"}', '{"a": true}', '{"a": NaN}', "{}"])
def test_what_the_store_cannot_have_written_changes_nothing(text: str) -> None:
    assert Numbers.of(text) == Numbers()
