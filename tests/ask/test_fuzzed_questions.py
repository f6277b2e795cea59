"""Ten thousand questions that nobody would ask: each is read or refused, and none becomes a statement."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ask.grammar import read_question
from analytics.ask.question import Question
from analytics.ask.question_address import question_address, question_of
from analytics.bound import MEASURES
from analytics.kpis import KPIS
from analytics.warehouse.schema import DIMENSIONS
from tests.ask.desk_words import AS_OF, desk_words
from tests.ask.test_questions import LIST

KNOWN = desk_words()
VALUES = [str(value) for name, values in KNOWN.values.items() for value in values[:8] if value and name in DIMENSIONS]
WORDS = sorted({word for _, expected in LIST for word in expected["text"].split() if len(word) < 30})
HOSTILE = [
    "'; DROP TABLE tickets; --", "<b>", "![x](http://e/x)", "${x}", "\x00", "\u202e", '"', "'", "\ud800", "%s", "()",
    "OR 1=1", "9" * 40, "-1", "1e309", "\\", "\U0001f525", "NaN", "\u0664", "or", "not not", "<", ">=", "by by",
    "top 0", ";",
]  # fmt: skip
known = st.sampled_from(WORDS) | st.sampled_from(VALUES)
pieces = known | known | st.sampled_from(HOSTILE) | st.text(max_size=5)
questions = st.lists(pieces, min_size=1, max_size=14).map(" ".join)
# What the conditions of a filter are made of: names of columns, parameters, operators, never a value.
CONDITION = re.compile(r"(?:[a-z_]+|:[a-z_]+[0-9]*|IN|IS|NOT|TRUE|NULL|OR|[(),<>= ]|> 0)+")


@settings(max_examples=10_000, deadline=None)
@given(questions)
def test_any_question_is_read_or_refused(text: str) -> None:
    reading = read_question(text, KNOWN)
    assert reading.text == text
    assert (reading.question is None) or (reading.refusal is None)
    assert reading.question or reading.refusal or not re.search(r"[^\W_]", text)
    assert all(0 <= term.start < term.end <= len(text) for term in reading.terms)
    for question in [reading.question, *(each.question for each in reading.alternatives)]:
        if question is not None:
            _check(question, text)


def _letters(text: str) -> str:
    """Without what the words leave out: space, and characters that cannot be printed."""
    return "".join(letter for letter in text.casefold() if letter.isprintable() and not letter.isspace())


def _check(question: Question, text: str) -> None:
    assert question.kpi in {kpi.name for kpi in KPIS}
    assert set(question.by) <= set(DIMENSIONS)
    for name, values in (*question.filters.where, *question.filters.without):
        assert set(values) <= {*KNOWN.values[name], None}
    assert all(bound.column in MEASURES for bound in question.filters.bounds)
    assert all(CONDITION.fullmatch(condition) for condition in question.filters.value_conditions())
    if question.filters.title_text:
        assert _letters(question.filters.title_text) in _letters(text)
    assert question_of(question_address(question), AS_OF) == question
