"""Answer times: the latest thousand, and a part of them that stays the same for a while."""

import math

import pytest

from analytics.diagnostic.gathered import known
from analytics.errors import BacklightError
from analytics.store import Store, answer_times
from analytics.store.numbering import go_on_after
from analytics.store.tables import ANSWER_TIMES
from tests.store.conftest import Open


def test_they_come_back_in_order(store: Store, open_here: Open) -> None:
    for seconds in (0.5, 0.25, 2):
        store.answer_times.add("overview", seconds)
    assert store.answer_times.seconds() == (0.5, 0.25, 2)
    assert open_here().answer_times.seconds() == (0.5, 0.25, 2)


def test_only_the_latest_are_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_times, "MOST_KEPT", 7)
    for seconds in range(20):
        store.answer_times.add("overview", seconds)
    assert store.answer_times.seconds() == tuple(range(13, 20))


def test_a_gap_in_their_numbers_takes_none_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_times, "MOST_KEPT", 3)
    for seconds in range(3):
        store.answer_times.add("overview", seconds)
    with store.database.writing() as connection:
        go_on_after(connection, ANSWER_TIMES, 5_000)
    for seconds in (3, 4):
        store.answer_times.add("overview", seconds)
    assert store.answer_times.seconds() == (2, 3, 4)


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -1.0])
def test_what_is_no_time_is_not_kept(store: Store, seconds: float) -> None:
    store.answer_times.add("overview", seconds)
    assert store.answer_times.seconds() == ()


def test_a_page_is_named_by_a_plain_name(store: Store) -> None:
    with pytest.raises(BacklightError, match="cannot name a page"):
        store.answer_times.add("../x", 1)


def test_the_settled_part_grows_in_steps(store: Store) -> None:
    assert store.answer_times.settled() == ()
    sizes = {}
    for count in range(1, 121):
        store.answer_times.add("overview", count)
        sizes[count] = len(store.answer_times.settled())
    assert [sizes[count] for count in (1, 2, 3, 4, 7, 8, 31, 32, 49, 50, 99, 100, 120)] == [
        1, 2, 2, 4, 4, 8, 16, 32, 32, 50, 50, 100, 100,
    ]  # fmt: skip
    assert known(store).answer_seconds == store.answer_times.settled()
