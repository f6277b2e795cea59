"""Handed work, builders and sessions: kept, changed by version, never overwritten unseen, with their history."""

from datetime import date
from threading import Barrier, Thread

import pytest

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.errors import BadEntry, BadNote, EditedMeanwhile, NoSuchRecord
from analytics.store.handed_work import LONGEST_PAGE, STEPS, Builder, HandedWork, WorkSession
from tests.store.conftest import Open

DAY = date(2026, 6, 1)
HOSTILE = "![x](http://127.0.0.1:9/x.png) **bold** '; DROP TABLE handed_work; --"


def test_work_comes_back_as_it_was_entered(store: Store, open_here: Open) -> None:
    entered = HandedWork(
        HOSTILE, "high", '{"where": {}}', '{"answers": {}}', "prototype", "Sales", "Ada", "By hand", DAY, "A form", DAY
    )
    number = store.handed_work.add(entered)
    kept = open_here().handed_work.one(number)
    assert (kept.entered, kept.version) == (entered, 1)
    assert [one.id for one in store.handed_work.all()] == [number]


def test_builders_and_sessions_come_back_too(store: Store) -> None:
    builder = Builder("Sales", "Ada", "No personal data")
    session = WorkSession(DAY, "1. Look", "Ada does it", date(2026, 7, 1))
    assert store.builders.one(store.builders.add(builder)).entered == builder
    assert store.work_sessions.one(store.work_sessions.add(session)).entered == session


def test_a_change_of_an_older_version_is_refused_and_nothing_is_lost(store: Store) -> None:
    number = store.handed_work.add(HandedWork("Reports", "low"))
    assert store.handed_work.change(number, 1, who="Ada") == 2
    with pytest.raises(EditedMeanwhile):
        store.handed_work.change(number, 1, who="Grace")
    assert store.handed_work.one(number).entered.who == "Ada"
    assert store.handed_work.change(number, 2, step="repeat") == 3
    changes = store.handed_work.changes(number)
    assert [change.version for change in changes] == [1, 2, 3]
    assert changes[1].fields == (("who", "", "Ada"),)
    assert changes[2].fields == (("step", "identify", "repeat"),)


def test_of_many_who_change_the_same_version_at_once_one_succeeds(store: Store) -> None:
    number = store.work_sessions.add(WorkSession(DAY, "1. Look"))
    barrier, done = Barrier(8), list[int]()

    def change(place: int) -> None:
        barrier.wait()
        try:
            store.work_sessions.change(number, 1, minutes=f"By {place}")
            done.append(place)
        except EditedMeanwhile:
            pass

    threads = [Thread(target=change, args=(place,)) for place in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert store.work_sessions.one(number).entered.minutes == f"By {done[0]}"


def test_a_builder_is_removed_only_as_it_was_seen(store: Store) -> None:
    number = store.builders.add(Builder("Sales", "Ada"))
    store.builders.change(number, 1, boundaries="No money")
    with pytest.raises(EditedMeanwhile):
        store.builders.remove(number, 1)
    store.builders.remove(number, 2)
    assert store.builders.all() == ()
    with pytest.raises(NoSuchRecord):
        store.builders.remove(number, 2)


@pytest.mark.parametrize(
    ("work", "said"),
    [
        (HandedWork("  ", "low"), "The title is empty"),
        (HandedWork("x" * 201, "low"), "The title has 201 characters"),
        (HandedWork("x", "low", step="done"), "The step cannot be 'done'"),  # type: ignore[arg-type]
        (HandedWork("x", "none"), "The risk cannot be 'none'"),  # type: ignore[arg-type]
        (HandedWork("x", "low", how="\0"), "The how holds a character that is not text"),
    ],
)
def test_what_cannot_be_kept_is_said(store: Store, work: HandedWork, said: str) -> None:
    with pytest.raises(BacklightError, match=said):
        store.handed_work.add(work)
    assert store.handed_work.all() == ()


def test_builders_need_a_name_and_sessions_an_agenda_and_a_later_follow_up(store: Store) -> None:
    for builder in (Builder("", "Ada"), Builder("Sales", " ")):
        with pytest.raises(BadNote):
            store.builders.add(builder)
    with pytest.raises(BadNote):
        store.work_sessions.add(WorkSession(DAY, "x" * (LONGEST_PAGE + 1)))
    with pytest.raises(BadEntry, match="is before the session"):
        store.work_sessions.add(WorkSession(DAY, "1. Look", "", date(2026, 5, 1)))


def test_a_day_that_was_entered_earlier_counts_too(store: Store) -> None:
    number = store.work_sessions.add(WorkSession(DAY, "1. Look", "", date(2026, 7, 1)))
    for wrong in ({"held_on": date(2026, 7, 2)}, {"follow_up_on": date(2026, 5, 31)}):
        with pytest.raises(BadEntry, match="is before the session"):
            store.work_sessions.change(number, 1, **wrong)
    kept = store.work_sessions.one(number)
    assert (kept.version, kept.entered.held_on, kept.entered.follow_up_on) == (1, DAY, date(2026, 7, 1))
    assert store.work_sessions.change(number, 1, held_on=date(2026, 7, 1)) == 2


def test_the_five_steps_are_those_of_the_brief() -> None:
    assert STEPS == ("identify", "prototype", "gather insights", "deliver value", "repeat")
