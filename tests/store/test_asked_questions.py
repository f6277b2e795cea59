"""The latest questions: our words for them, newest first, fifty at most, and forgotten when asked."""

import pytest

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.asked_questions import MOST_KEPT
from analytics.store.names import LONGEST_TEXT
from tests.store.conftest import Open

ADDRESS = {"kpi": ["mttr"], "category": ["Réseau 日本", "it's; DROP TABLE asked_questions --"]}


def test_the_newest_comes_first_with_its_address(store: Store, open_here: Open) -> None:
    store.asked_questions.keep("MTTR by group", {"kpi": ["mttr"]})
    store.asked_questions.keep("backlog where category is ![x](http://a)", ADDRESS)
    newest, older = open_here().asked_questions.latest()
    assert (newest.words, newest.address) == ("backlog where category is ![x](http://a)", ADDRESS)
    assert (older.words, older.asked_at <= newest.asked_at) == ("MTTR by group", True)


def test_asked_again_it_moves_to_the_front_with_its_latest_address(store: Store) -> None:
    for words, address in (("a", {}), ("b", {}), ("a", ADDRESS)):
        store.asked_questions.keep(words, address)
    assert [(asked.words, asked.address) for asked in store.asked_questions.latest()] == [("a", ADDRESS), ("b", {})]


def test_only_the_latest_are_kept(store: Store) -> None:
    for number in range(MOST_KEPT + 3):
        store.asked_questions.keep(f"question {number}", {})
    kept = [asked.words for asked in store.asked_questions.latest(1_000)]
    assert kept == [f"question {number}" for number in range(MOST_KEPT + 2, 2, -1)]
    assert len(store.asked_questions.latest(7)) == 7


def test_all_are_forgotten_when_asked(store: Store) -> None:
    store.asked_questions.keep("a", {})
    store.asked_questions.forget()
    store.asked_questions.forget()
    assert store.asked_questions.latest() == ()


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_TEXT + 1), "a\0b", "\ud800"])
def test_what_cannot_be_kept_is_refused_in_one_sentence(store: Store, words: str) -> None:
    with pytest.raises(BacklightError, match="question"):
        store.asked_questions.keep(words, {})
    assert store.asked_questions.latest() == ()
