"""Ten thousand texts that nobody expected: never an error, and nothing that was typed ever becomes SQL."""

import string

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.ask.grammar import read_question
from analytics.ask.parsing.phrase_book import phrase_book
from analytics.ask.question import Question
from analytics.ask.question_address import question_address, question_of
from analytics.ask.reading import Reading
from analytics.query import compose
from analytics.warehouse.schema import DIMENSIONS
from tests.ask.desk_words import desk_words

KNOWN = desk_words()
PHRASES = sorted({" ".join(phrase) for phrase, _ in phrase_book().phrases})
VALUES = [str(value) for name in DIMENSIONS for value in KNOWN.values.get(name, ()) if value is not None]
QUESTIONS = [
    "mttr by team last month", "top 5 groups by volume in Q2 2026", "groups with SLA under 80 %",
    "open tickets older than 30 days",
    "London vs Leeds fcr by week", "which services got worse last quarter", "why did the backlog grow", "what is FCR?",
    "tickets opened on Mondays except London", "P1 incidents since March compared with the year before",
    "tickets handed over more than 3 times", 'tickets mentioning "docking station" by category',
]  # fmt: skip
HOSTILE = [
    "'; DROP TABLE tickets; --", "\" OR 1=1 --", "${jndi:ldap://x}", "{{7*7}}", "<script>alert(1)</script>",
    "../../etc/passwd",
    "\x00", "\u202e", "\ufeff", "%s%n", "UNION SELECT", "read_csv('x')", "![x](http://x)", "=cmd|' /C calc'!A0",
    "\\", "\u0130", "1e309",
]  # fmt: skip
LETTERS = (*string.ascii_lowercase, *"'\"%<>=-,;")
SECRET = "zqxj"
FUZZ = settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
NUMBERS = st.integers(-10, 10**13).map(str) | st.floats().map(str)
WORDS = (
    st.sampled_from(PHRASES)
    | st.sampled_from(VALUES)
    | NUMBERS
    | st.sampled_from(["last month", "by week", "Q2 2016", "2 days", "%", "<", ">="])
)


def checked(text: str) -> Reading:
    """The reading of a text; a question composes, holds nothing that was typed in its SQL, and has an address."""
    reading = read_question(text, KNOWN)
    assert reading.text == text
    if reading.question is not None:
        assert reading.refusal is None
        _check_question(reading.question)
        assert all(0 <= term.start < term.end <= len(text) for term in reading.terms)
        for alternative in reading.alternatives:
            _check_question(alternative.question)
    elif text.strip():
        assert reading.refusal is not None
        assert reading.refusal.reason
        assert len(reading.refusal.suggestions) <= 5
    return reading


def _check_question(question: Question) -> None:
    query = compose(question.measured, question.filters, question.by, question.grain)
    typed = [question.filters.title_text, *(str(v) for _, values in question.filters.where for v in values)]
    assert not any(len(text) > 12 and text in query.sql for text in typed)
    assert SECRET not in query.sql.lower()
    assert question_of(question_address(question, absolute=True), KNOWN.as_of).kpi == question.kpi


@FUZZ
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    checked(text)


@FUZZ
@given(st.lists(WORDS, max_size=9))
def test_words_of_the_vocabulary_in_any_order(words: list[str]) -> None:
    checked(" ".join(words))


@FUZZ
@given(st.sampled_from(QUESTIONS), st.data())
def test_questions_with_letters_changed(question: str, data: st.DataObject) -> None:
    letters = list(question)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(letters) - 1))
        letters[place] = data.draw(st.sampled_from(["", " ", letters[place] * 2, *LETTERS]))
    checked("".join(letters))


@FUZZ
@given(st.sampled_from(QUESTIONS), st.sampled_from(HOSTILE), st.integers(0, 40))
def test_hostile_text_in_a_question(question: str, hostile: str, place: int) -> None:
    reading = checked(f"{question[:place]} {hostile}{SECRET} {question[place:]}")
    assert reading.question is None or SECRET in reading.question.filters.title_text


@settings(FUZZ, max_examples=1_500)
@given(st.permutations(["mttr", "by team", "for London", "last month"]), st.sampled_from(["", "please", "show me"]))
def test_the_order_of_words_does_not_matter(parts: list[str], first: str) -> None:
    question = checked(" ".join([first, *parts])).question
    assert question is not None
    assert (question.kpi, question.by, question.period) == ("mttr", ("assignment_group",), "last month")
    assert question.filters.where == (("site", ("London",)),)


@settings(FUZZ, max_examples=500)
@given(st.lists(WORDS, max_size=6))
def test_what_is_suggested_can_be_asked(words: list[str]) -> None:
    refusal = checked(" ".join(words)).refusal
    for text in refusal.suggestions if refusal else ():
        assert read_question(text, KNOWN).question is not None
