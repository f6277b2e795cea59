"""Scenarios in the store: kept under a person's name, replaced, deleted and brought back."""

from datetime import UTC, datetime

import pytest

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.names import LONGEST
from tests.store.conftest import Open

HOSTILE = ["'; DROP TABLE scenarios; --", "<b>x</b> ![a](//b)", "=1+1", "Plan für 日本", "é" * 60]
FREEZE = '[{"kind": "freeze", "start": "2026-12-21", "last": "2027-01-03", "share": 0.0}]'


def test_they_come_back_by_name_with_when_they_were_made(store: Store, open_here: Open) -> None:
    before = datetime.now(UTC)
    assert store.save_scenario("  winter   freeze\n", FREEZE) == "winter freeze"
    store.save_scenario("a", "[]")
    first, second = open_here().scenarios()
    assert (first.name, second.name, second.changes) == ("a", "winter freeze", FREEZE)
    assert before <= second.created_at == second.changed_at <= datetime.now(UTC)


def test_the_same_name_replaces_the_changes_and_keeps_when_it_was_made(store: Store) -> None:
    store.save_scenario("plan", "[]")
    (made,) = store.scenarios()
    store.save_scenario(" plan ", FREEZE)
    (changed,) = store.scenarios()
    assert (changed.changes, changed.created_at) == (FREEZE, made.created_at)
    assert changed.changed_at > made.changed_at


def test_a_deleted_one_is_gone_and_can_come_back_as_it_was(store: Store) -> None:
    store.save_scenario("plan", FREEZE)
    (kept,) = store.scenarios()
    store.delete_scenario("plan")
    store.delete_scenario("plan")
    assert store.scenarios() == ()
    store.save_scenario(kept.name, kept.changes, kept.created_at)
    (back,) = store.scenarios()
    assert (back.name, back.changes, back.created_at) == (kept.name, kept.changes, kept.created_at)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_comes_back_as_it_was(store: Store, name: str) -> None:
    store.save_scenario(name, "[]")
    assert [kept.name for kept in store.scenarios()] == [name]


@pytest.mark.parametrize("name", ["", " \n", "x" * (LONGEST + 1), "a\0b", "\ud800"])
def test_other_names_are_refused_in_one_sentence(store: Store, name: str) -> None:
    with pytest.raises(BacklightError, match=f"^The name of a scenario .*: write 1 to {LONGEST} characters"):
        store.save_scenario(name, "[]")
    assert store.scenarios() == ()
