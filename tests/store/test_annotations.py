"""Annotations of days: kept in order, limited in length, removed once."""

from datetime import date

import pytest

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.annotations import Annotation
from tests.store.conftest import Open

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 1)


def test_they_come_back_by_day_and_then_as_they_were_added(store: Store, open_here: Open) -> None:
    june = store.add_annotation(JUNE, "The tool was moved.")
    second, third = store.add_annotation(MAY, "b"), store.add_annotation(MAY, "a")
    expected = (
        Annotation(second, MAY, "b"),
        Annotation(third, MAY, "a"),
        Annotation(june, JUNE, "The tool was moved."),
    )
    assert store.annotations() == expected
    assert open_here().annotations() == expected


def test_the_space_around_a_text_goes_and_200_characters_fit(store: Store) -> None:
    store.add_annotation(MAY, "  " + "é" * 200 + "\n")
    assert [kept.text for kept in store.annotations()] == ["é" * 200]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The annotation is empty: write 1 to 200 characters of plain text."),
        (" \n\t", "The annotation is empty: write 1 to 200 characters of plain text."),
        ("x" * 201, "The annotation has 201 characters: write 1 to 200 characters of plain text."),
        ("a\0b", "The annotation holds a character that is not text: write 1 to 200 characters of plain text."),
        ("\ud800", "The annotation holds a character that is not text: write 1 to 200 characters of plain text."),
    ],
)
def test_other_texts_are_refused_in_one_sentence(store: Store, text: str, said: str) -> None:
    with pytest.raises(BacklightError) as refused:
        store.add_annotation(MAY, text)
    assert str(refused.value) == said
    assert store.annotations() == ()


def test_a_removed_one_is_gone_and_its_number_is_not_given_again(store: Store) -> None:
    first = store.add_annotation(MAY, "first")
    store.remove_annotation(first)
    store.remove_annotation(first)
    store.remove_annotation(99)
    second = store.add_annotation(MAY, "second")
    store.remove_annotation(first)
    assert store.annotations() == (Annotation(second, MAY, "second"),)


@pytest.mark.parametrize("text", ["'; DROP TABLE annotations; --", "<b>x</b> ![a](//b)", "=1+1", "%s :text ?"])
def test_hostile_text_comes_back_as_it_was(store: Store, text: str) -> None:
    store.add_annotation(MAY, text)
    assert [kept.text for kept in store.annotations()] == [text]
