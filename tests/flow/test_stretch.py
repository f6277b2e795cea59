"""Stretch: which weeks an export covers, from the counts of opened and ended tickets alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.flow.stretch import Stretch, stretch
from tests.properties.desks import examples

STEADY = [50, 55, 48, 52] * 5


def _stretch(opened: list[int], ended: list[int], from_the_start: bool = True) -> Stretch:
    return stretch(np.array(opened, dtype=float), np.array(ended, dtype=float), from_the_start)


def test_a_steady_desk_is_covered_throughout() -> None:
    assert _stretch(STEADY, STEADY) == Stretch(0, 0, 20, 20)


def test_a_feed_that_stops_leaves_its_last_week_out_too() -> None:
    found = _stretch([*STEADY, 2, 1, 0, 1], [*STEADY, 30, 20, 10, 5])
    assert (found.end, found.stopped) == (20 - 1, True)


def test_ends_are_sound_once_they_have_caught_up() -> None:
    # Tickets take four weeks: nothing ends before.
    assert _stretch(STEADY, [0] * 4 + STEADY[:16]) == Stretch(0, 4, 20, 20)


def test_records_that_begin_before_the_weeks_have_no_ramp() -> None:
    assert _stretch(STEADY, [0] * 4 + STEADY[:16], from_the_start=False).ended_from == 0


def test_a_desk_that_grows_from_little_has_no_ramp() -> None:
    growing = [int(10 * 1.1**week) for week in range(40)]
    assert _stretch(growing, [0] * 3 + growing[:-3]).ended_from == 0


def test_a_thin_beginning_is_left_out() -> None:
    assert _stretch([1] * 10 + STEADY, [1] * 10 + STEADY).opened_from == 10


def test_a_backlog_that_only_grows_catches_up_as_far_as_it_ever_does() -> None:
    # Only six of ten are ever ended, from the third week on.
    assert _stretch([10] * 30, [0] * 2 + [6] * 28).ended_from == 2


@pytest.mark.parametrize("weeks", [0, 1, 7])
def test_few_weeks_are_taken_as_they_are(weeks: int) -> None:
    assert _stretch([9] * weeks, [0] * weeks) == Stretch(0, 0, weeks, weeks)


@examples
@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=90), st.booleans())
def test_places_are_in_order(counts: list[tuple[int, int]], from_the_start: bool) -> None:
    found = _stretch([opened for opened, _ in counts], [ended for _, ended in counts], from_the_start)
    assert 0 <= found.opened_from <= found.ended_from <= found.end <= found.weeks == len(counts)
