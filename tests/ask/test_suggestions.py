"""Suggested questions: good ones, on the data's own values, each of which can be asked."""

import pytest

from analytics.ask.grammar import read_question
from analytics.ask.suggestions import suggested_questions
from analytics.ask.vocabulary import Vocabulary
from tests.ask.desk_words import AS_OF, desk_words

BARE = Vocabulary({}, AS_OF, AS_OF, AS_OF, frozenset({"volume", "backlog", "inflow", "outflow"}))


@pytest.mark.parametrize("known", [desk_words(), BARE], ids=["desk", "bare"])
def test_every_suggestion_reads_to_a_question(known: Vocabulary) -> None:
    suggested = suggested_questions(known)
    assert len(set(suggested)) == len(suggested) >= (6 if known is not BARE else 4)
    assert len(suggested) <= 8
    for text in suggested:
        assert read_question(text, known).question is not None, text


def test_only_kpis_that_the_data_can_tell_are_suggested() -> None:
    kpis = {question.kpi for text in suggested_questions(BARE) if (question := read_question(text, BARE).question)}
    assert kpis <= BARE.measurable


def test_the_biggest_group_is_named() -> None:
    assert any('"Service Desk"' in text for text in suggested_questions(desk_words()))
