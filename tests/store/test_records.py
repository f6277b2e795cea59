"""Records that several people edit: no change is overwritten unseen, and all are kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.actions import Action
from analytics.store.errors import EditedMeanwhile
from analytics.store.problem_records import ProblemRecord
from tests.store.conftest import Open

DAY = date(2026, 6, 30)
PROBLEM = ProblemRecord("k", "Printer", "Ada", DAY, DAY)


def test_a_change_counts_up_the_version_and_is_kept_with_what_was_before(store: Store) -> None:
    number = store.actions.add(Action("Buy", who="Ada", due_on=DAY))
    assert store.actions.change(number, 1, who="Bob", due_on=None, what="Buy") == 2
    kept = store.actions.one(number)
    assert (kept.version, kept.entered) == (2, Action("Buy", who="Bob"))
    first, second = store.actions.changes(number)
    assert ("due_on", None, "2026-06-30") in first.fields
    assert set(second.fields) == {("who", "Ada", "Bob"), ("due_on", "2026-06-30", None)}
    assert kept.created_at <= second.changed_at == kept.changed_at <= datetime.now(UTC)


def test_a_version_that_is_not_the_newest_changes_nothing(store: Store) -> None:
    number = store.actions.add(Action("Buy"))
    store.actions.change(number, 1, who="Ada")
    for seen in (1, 3, 0, -1):
        with pytest.raises(
            EditedMeanwhile, match=r"Somebody else has changed this action .* your change of follow up on"
        ):
            store.actions.change(number, seen, follow_up_on=DAY)
    assert store.actions.one(number).entered == Action("Buy", who="Ada")
    assert len(store.actions.changes(number)) == 2


def test_saving_the_same_twice_harms_nothing_and_shows_nothing_new(store: Store) -> None:
    number = store.actions.add(Action("Buy"))
    store.actions.change(number, 1, who="Ada")
    store.actions.change(number, 2, how="By phone")
    # A second click on what was saved from version 1: it is there, and version 1 is still all that was seen.
    assert store.actions.change(number, 1, who="Ada") == 1
    with pytest.raises(EditedMeanwhile):
        store.actions.change(number, 1, how="")
    assert len(store.actions.changes(number)) == 3


FIELDS = st.sampled_from(["who", "how", "what"])
EDITS = st.lists(st.tuples(st.integers(0, 2), st.booleans(), FIELDS, st.sampled_from("abc")), max_size=14)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_whoever_edits_what_they_last_saw_wins_and_nobody_else(
    store: Store, edits: list[tuple[int, bool, str, str]]
) -> None:
    number = store.actions.add(Action("a"))
    now, version = {"what": "a", "who": "", "how": ""}, 1
    seen = dict.fromkeys(range(3), 1)
    for person, looks, field, value in edits:
        if looks:
            seen[person] = store.actions.one(number).version
        try:
            seen[person] = store.actions.change(number, seen[person], **{field: value})
        except EditedMeanwhile:
            assert seen[person] != version
            assert now[field] != value
        else:
            version += now[field] != value
            now[field] = value
    kept = store.actions.one(number)
    assert ({name: getattr(kept.entered, name) for name in now}, kept.version) == (now, version)
    replayed: dict[str, Any] = {}
    for change in store.actions.changes(number):
        for name, before, after in change.fields:
            assert replayed.get(name) == before
            replayed[name] = after
    assert {name: replayed[name] for name in now} == now


def _stress(store: Store, people: int, words: int) -> None:
    """Everybody appends their words to one action, again whenever somebody else came first."""
    number = store.actions.add(Action("what all edit"))

    def edit(person: int) -> int:
        refused, left = 0, words
        while left:
            seen = store.actions.one(number)
            try:
                store.actions.change(number, seen.version, how=f"{seen.entered.how} {person}.{left}".strip())
                left -= 1
            except EditedMeanwhile:
                refused += 1
        return refused

    with ThreadPoolExecutor(people) as pool:
        refused = sum(pool.map(edit, range(people)))
    kept, changes = store.actions.one(number), store.actions.changes(number)
    expected = sorted(f"{person}.{left}" for person in range(people) for left in range(1, words + 1))
    assert sorted(kept.entered.how.split()) == expected
    assert refused > 0, "nobody came between: the test tests nothing"
    assert [change.version for change in changes] == list(range(1, kept.version + 1))
    assert kept.version == 1 + people * words
    assert all(earlier.fields[0][2] == later.fields[0][1] for earlier, later in pairwise(changes[1:]))


def test_many_who_edit_one_action_at_once_overwrite_nothing(store: Store) -> None:
    _stress(store, people=12, words=4)


@pytest.mark.parametrize("dialect", ["postgresql"], indirect=True)
def test_a_server_set_to_be_stricter_and_less_durable_changes_nothing(open_here: Open) -> None:
    store = open_here()
    name = store.database.engine.url.database
    with store.database.writing() as connection:
        for setting in ("default_transaction_isolation = 'serializable'", "synchronous_commit = off"):
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET {setting}")
    again = open_here()
    with again.database.writing() as connection:
        shown = [
            connection.exec_driver_sql(f"SHOW {n}").scalar() for n in ("transaction_isolation", "synchronous_commit")
        ]
    assert shown == ["read committed", "on"]
    _stress(again, people=6, words=3)


def _together(store: Store, work: Callable[[Store, int], object]) -> None:
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda number: work(store, number), range(36)))


def test_many_who_dismiss_one_group_or_save_one_scenario_at_once_all_succeed(store: Store) -> None:
    _together(store, lambda store, n: store.problems.dismiss("k", f"reason {n}", DAY))
    _together(store, lambda store, n: store.save_scenario("plan", f"[{n}]"))
    assert len(store.problems.dismissed()) == 1
    assert len(store.scenarios()) == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"promised_percent": float("nan")}, "The promised percent is not a number"),
        ({"promised_percent": float("inf")}, "The promised percent is not a number"),
        ({"promised_percent": True}, "The promised percent is not a number"),
        ({"due_on": "2026-06-30"}, "The due on is not a date"),
        ({"due_on": datetime(2026, 6, 30, tzinfo=UTC)}, "The due on is not a date"),
        ({"what": "a\0b"}, "The action holds a character that is not text"),
        ({"who": "\ud800"}, "The who holds a character that is not text"),
        ({"who": None}, "The who is not text"),
        ({"filters": "a\0b"}, "The filters holds a character that is not text"),
        ({"filters": None}, "The filters is missing"),
        ({"kpi": "k" * 61}, "The kpi has 61 characters: use at most 60"),
        ({"statement": "s" * 61}, "The statement has 61 characters"),
        ({"how": "h" * 1_001}, "The how has 1,001 characters"),
        ({"status": "begun"}, "The status cannot be 'begun'"),
        ({"colour": "red"}, "The colour is not known"),
        ({"done_on": date(2026, 5, 1)}, "The action ends before it begins"),
    ],
)
def test_what_an_action_cannot_hold_is_refused_on_both_databases_alike(
    store: Store, fields: dict[str, Any], said: str
) -> None:
    number = store.actions.add(Action("Buy", started_on=DAY))
    with pytest.raises(BacklightError) as refused:
        store.actions.change(number, 1, **fields)
    assert str(refused.value).startswith(said)
    kept = store.actions.one(number)
    assert (kept.version, kept.entered) == (1, Action("Buy", started_on=DAY))
    assert len(store.actions.changes(number)) == 1


def test_a_new_action_that_ends_before_it_begins_is_refused(store: Store) -> None:
    with pytest.raises(BacklightError, match="ends before it begins"):
        store.actions.add(Action("Buy", started_on=DAY, done_on=date(2026, 5, 1)))
    assert store.actions.all() == ()


def test_how_a_record_is_numbered_and_dated_cannot_be_entered(store: Store) -> None:
    number = store.actions.add(Action("Buy"))
    store.actions.change(number, 1, id=99, version=99, created_at=None, who="Ada")
    assert (store.actions.one(number).version, store.actions.one(number).entered.who) == (2, "Ada")


def test_a_problem_record_is_kept_and_changed_like_an_action(store: Store) -> None:
    number = store.problems.add(PROBLEM)
    assert store.problems.change(number, 1, root_cause="A cable.", status="cause known") == 2
    with pytest.raises(EditedMeanwhile, match="this problem record"):
        store.problems.change(number, 1, status="fixed")
    for fields in ({"group_key": "k" * 65}, {"owner": " "}, {"root_cause_due_on": None}, {"status": "begun"}):
        with pytest.raises(BacklightError):
            store.problems.change(number, 2, **fields)
    with pytest.raises(BacklightError):
        store.problems.dismiss("k" * 65, "why", DAY)
    assert (store.problems.one(number).version, store.problems.dismissed()) == (2, ())


def test_a_number_that_no_record_has_is_one_sentence(store: Store) -> None:
    calls = (
        lambda: store.actions.one(7),
        lambda: store.actions.change(7, 1, who="Ada"),
        lambda: store.actions.comment(7, "x"),
    )
    for call in calls:
        with pytest.raises(BacklightError, match="There is no action 7"):
            call()
    assert store.actions.comments(7) == ()
