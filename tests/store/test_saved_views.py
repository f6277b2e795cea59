"""Saved views: kept under a person's name, replaced, pinned, deleted and brought back."""

from datetime import UTC, datetime

import pytest

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.names import LONGEST_NOTE
from tests.store.conftest import Open

HOSTILE = ["'; DROP TABLE saved_views; --", "<b>x</b> ![a](//b)", "=1+1", "Plan für 日本", "é" * LONGEST_NOTE]
ADDRESS = {"kpi": ["mttr"], "by": ["assignment_group", "priority"], "not_site": ["not recorded", "Ü%_'"]}


def test_they_come_back_by_name_with_their_page_and_address(store: Store, open_here: Open) -> None:
    before = datetime.now(UTC)
    assert store.saved_views.save("  slow   groups\n", "ask", ADDRESS) == "slow groups"
    store.saved_views.save("a", "explore", {})
    first, second = open_here().saved_views.all()
    assert (first.name, first.page, first.address) == ("a", "explore", {})
    assert (second.name, second.page, second.address) == ("slow groups", "ask", ADDRESS)
    assert before <= second.created_at == second.changed_at <= datetime.now(UTC)


def test_the_same_name_replaces_what_was_kept_but_not_when_it_was_made(store: Store) -> None:
    views = store.saved_views
    views.save("v", "ask", ADDRESS)
    (made,) = views.all()
    views.save(" v ", "explore", {"kpi": ["fcr"]})
    (changed,) = views.all()
    assert (changed.page, changed.address, changed.created_at) == ("explore", {"kpi": ["fcr"]}, made.created_at)
    assert changed.changed_at > made.changed_at


def test_the_pinned_ones_come_in_the_order_of_pinning(store: Store) -> None:
    views = store.saved_views
    for name in ("a", "b", "c"):
        views.save(name, "ask", ADDRESS, pinned=name == "c")
    views.pin("a", True)
    assert [view.name for view in views.pinned()] == ["c", "a"]
    views.pin("c", False)
    views.pin("nobody", True)
    assert [view.name for view in views.pinned()] == ["a"]


def test_saving_a_pinned_one_again_leaves_it_pinned(store: Store) -> None:
    views = store.saved_views
    views.save("a", "ask", ADDRESS, pinned=True)
    (pinned,) = views.pinned()
    views.save("a", "ask", {})
    (again,) = views.pinned()
    assert (again.address, again.pinned_at) == ({}, pinned.pinned_at)


def test_a_deleted_one_comes_back_as_it_was(store: Store) -> None:
    views = store.saved_views
    views.save("a", "ask", ADDRESS, pinned=True)
    (kept,) = views.all()
    views.delete("a")
    views.delete("a")
    assert views.all() == ()
    views.restore(kept)
    assert views.all() == (kept,)


def test_it_does_not_come_back_over_another_of_its_name(store: Store) -> None:
    views = store.saved_views
    views.save("a", "ask", ADDRESS)
    (kept,) = views.all()
    views.delete("a")
    views.save("a", "explore", {})
    views.restore(kept)
    assert [view.page for view in views.all()] == ["explore"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_addresses_come_back_as_they_were(store: Store, text: str) -> None:
    store.saved_views.save(text, "ask", {text: [text, ""]})
    (kept,) = store.saved_views.all()
    assert (kept.name, kept.address) == (text, {text: [text, ""]})


@pytest.mark.parametrize("name", ["", " \n", "x" * (LONGEST_NOTE + 1), "a\0b", "\ud800"])
def test_other_names_are_refused_in_one_sentence(store: Store, name: str) -> None:
    with pytest.raises(BacklightError, match="name of a saved view"):
        store.saved_views.save(name, "ask", ADDRESS)
    assert store.saved_views.all() == ()


@pytest.mark.parametrize("text", ["\0", "\ud800"])
def test_an_address_is_kept_whole_or_refused(store: Store, text: str) -> None:
    try:
        store.saved_views.save("a", "ask", {"title": [text]})
    except BacklightError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either is right, as long as nothing is lost
    assert [view.address for view in store.saved_views.all()] in ([], [{"title": [text]}])
