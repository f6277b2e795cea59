"""The time log: each week is there once, nothing is overwritten unseen, and every change can be taken back."""

import math
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from analytics.diagnostic.time_shares import CLASSES as OF_EVIDENCE
from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.time_log import CLASSES, LogChange, LoggedWeek
from tests.store.conftest import Open

MONDAY = date(2026, 11, 16)
WEEK = LoggedWeek(MONDAY, 32, 6, 2)
EARLIER = LoggedWeek(MONDAY - timedelta(weeks=1), 30, 5, 5)


def test_weeks_come_back_oldest_first_under_their_monday(store: Store, open_here: Open) -> None:
    changes = store.time_log.save([LoggedWeek(MONDAY + timedelta(days=6), 32, 6, 2), EARLIER])
    assert changes == (LogChange(MONDAY, None, WEEK), LogChange(EARLIER.week, None, EARLIER))
    assert store.time_log.weeks() == (EARLIER, WEEK)
    assert open_here().time_log.weeks() == (EARLIER, WEEK)
    assert WEEK.total == 32 + 6 + 2


def test_a_logged_week_is_left_alone_unless_it_is_to_be_replaced(store: Store) -> None:
    store.time_log.save([WEEK])
    other = LoggedWeek(MONDAY, 10, 10, 10)
    assert store.time_log.save([other, EARLIER]) == (LogChange(EARLIER.week, None, EARLIER),)
    assert store.time_log.weeks() == (EARLIER, WEEK)
    assert store.time_log.save([other], replace=True) == (LogChange(MONDAY, WEEK, other),)
    assert store.time_log.weeks() == (EARLIER, other)
    assert store.time_log.save([other], replace=True) == ()


def test_every_change_can_be_taken_back(store: Store) -> None:
    store.time_log.save([WEEK])
    other = LoggedWeek(MONDAY, 10, 10, 10)
    for change in (
        lambda: store.time_log.save([other, EARLIER], replace=True),
        lambda: store.time_log.save([EARLIER]),
        lambda: store.time_log.remove(MONDAY + timedelta(days=3)),
        lambda: store.time_log.add([(EARLIER.week, "tactical", 4.5)]),
    ):
        done = change()
        assert store.time_log.weeks() != (WEEK,)
        store.time_log.undo(done)
        assert store.time_log.weeks() == (WEEK,)


def test_what_somebody_changed_since_is_not_taken_back(store: Store) -> None:
    done = store.time_log.save([WEEK, EARLIER])
    other = LoggedWeek(MONDAY, 1, 1, 1)
    store.time_log.save([other], replace=True)
    with pytest.raises(BacklightError, match="Somebody else has changed this time log"):
        store.time_log.undo(done)
    assert store.time_log.weeks() == (EARLIER, other)


def test_hours_are_added_class_by_class_and_never_changed(store: Store) -> None:
    store.time_log.add([(MONDAY, "operational", 32), (MONDAY, "tactical", 6), (EARLIER.week, "strategic", 5)])
    store.time_log.add([(MONDAY + timedelta(days=1), "strategic", 2)])
    assert store.time_log.weeks() == (LoggedWeek(EARLIER.week, 0, 0, 5), WEEK)
    with pytest.raises(BacklightError) as refused:
        store.time_log.add([(EARLIER.week, "tactical", 1), (MONDAY, "strategic", 4)])
    assert str(refused.value) == (
        "The week of 16 Nov 2026 already has 2 hours of strategic work: remove that week first, or leave it as it is."
    )
    assert store.time_log.weeks() == (LoggedWeek(EARLIER.week, 0, 0, 5), WEEK)


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (LoggedWeek(MONDAY), "has no hours"),
        (LoggedWeek(MONDAY, 100, 60, 9), "has 169 hours"),
        (LoggedWeek(MONDAY, -1, 9, 9), "has hours that are no number from 0 on"),
        (LoggedWeek(MONDAY, math.nan, 9, 9), "has hours that are no number from 0 on"),
        (LoggedWeek(MONDAY, math.inf, 9, 9), "has hours that are no number from 0 on"),
        (LoggedWeek(date(1999, 12, 31), 9, 9, 9), "cannot be that of 1999-12-31"),
        (LoggedWeek(date.max, 9, 9, 9), "cannot be that of 9999-12-31"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_all_that_came_with_it(store: Store, week: LoggedWeek, said: str) -> None:
    with pytest.raises(BacklightError, match=said):
        store.time_log.save([EARLIER, week])
    assert store.time_log.weeks() == ()


def test_another_class_is_refused(store: Store) -> None:
    with pytest.raises(BacklightError, match="use one of operational, tactical, strategic"):
        store.time_log.add([(MONDAY, "fun", 4)])


def test_removing_what_is_not_there_changes_nothing(store: Store) -> None:
    assert store.time_log.remove(MONDAY) == ()


def test_writers_at_once_keep_each_week_once(store: Store) -> None:
    weeks = [LoggedWeek(MONDAY, hours, 1, 1) for hours in range(1, 9)]
    with ThreadPoolExecutor(8) as writers:
        done = list(writers.map(lambda week: store.time_log.save([week]), weeks))
    kept = store.time_log.weeks()
    assert len(kept) == 1
    assert kept[0] in weeks
    assert sum(map(len, done)) == 1


HOURS = some.floats(0, 50, allow_subnormal=False).map(lambda hours: round(hours, 2))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(some.dictionaries(some.integers(0, 5), some.tuples(HOURS, HOURS, HOURS).filter(any), max_size=4))
def test_what_is_saved_comes_back_and_goes_again(store: Store, hours: dict[int, tuple[float, float, float]]) -> None:
    weeks = tuple(LoggedWeek(MONDAY + timedelta(weeks=place), *each) for place, each in sorted(hours.items()))
    done = store.time_log.save(weeks[::-1])
    assert store.time_log.weeks() == weeks
    store.time_log.undo(done)
    assert store.time_log.weeks() == ()


def test_the_classes_are_those_of_the_evidence() -> None:
    assert CLASSES == OF_EVIDENCE
