"""The grammar: a question in words -> a reading."""

import re
from collections.abc import Iterator
from dataclasses import replace

from analytics.ask.answering.span_words import span_words
from analytics.ask.answering.value_words import dimension_words
from analytics.ask.parsing.assembly import assembled
from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.mark import Mark, marks_of
from analytics.ask.parsing.nearest import nearest
from analytics.ask.parsing.phrase_book import phrase_book
from analytics.ask.parsing.spelling import spelled
from analytics.ask.question import Intent, Question
from analytics.ask.reading import Alternative, Reading, Refusal
from analytics.ask.span import ALL_TIME
from analytics.ask.suggestions import suggested_questions
from analytics.ask.times.time_words import read_times
from analytics.ask.vocabulary import Vocabulary
from analytics.ask.words import words_of
from analytics.errors import BacklightError
from analytics.formatting import day_text
from analytics.kpis import find_kpi

_LONGEST = 500
_FEW, _NEAREST = 5, 2
_PHONES = ("phone", "telephone", "call", "calls")
_ODD = re.compile(r"[=*^|{}\[\]~\\;]|\d ?\+ ?\d|(?<![\w-])-\d")
_HARMLESS = re.compile(r'"[^"]*"|[<>=]=|=[<>]|\d\+(?! ?\d)|(?<=[A-Za-z]) ?= ?(?=[\w"])')
_DASH = re.compile(r" [-\u2010-\u2014\u2212] ")


def read_question(text: str, known: Vocabulary) -> Reading:
    """What the text asks, by the vocabulary alone: every word that carries meaning is understood, or it is refused."""
    if not text.strip():
        return Reading(text, None)
    marks: tuple[Mark, ...] = ()
    try:
        marks = marked(text, known)
        draft, question = assembled(marks, known)
    except (Refused, BacklightError) as refused:
        return Reading(text, None, refusal=Refusal(str(refused), _answerable(nearest(marks, known, refused), known)))
    terms = tuple(sorted(draft.terms, key=lambda term: (term.start, term.end)))
    corrected = [f"'{term.typed}' was read as {term.words}." for term in terms if term.typed]
    notes = tuple(dict.fromkeys([*corrected, *draft.notes, *_assumed(question, known)]))
    return Reading(text, question, terms, _alternatives(marks, draft, question, known), None, notes)


def marked(text: str, known: Vocabulary) -> tuple[Mark, ...]:
    """The text as marks; raises `Refused` for one that is too long or holds signs that mean nothing here."""
    if len(text) > _LONGEST:
        raise Refused(f"The question is longer than {_LONGEST} letters: ask for one thing at a time.")
    odd = _ODD.search(_HARMLESS.sub("", text))
    if odd:
        raise Refused(f"'{odd[0]}' has no meaning in a question: ask in words.")
    words = words_of(text)
    if not words:
        raise Refused("There is no word in it that means anything here.")
    terms = read_times(["_" if word.quoted else word.text for word in words], known.as_of)
    timed = {place for term in terms for place in range(term.first, term.last + 1)}
    words, typed = spelled(words, known.lexicon, timed)
    marks = marks_of(text, words, typed, known.lexicon, known.as_of)
    _check_minus(text, marks)
    return marks


def _check_minus(text: str, marks: tuple[Mark, ...]) -> None:
    """Refuses `MTTR - median`: a dash between two measures takes one from the other."""
    for dash in _DASH.finditer(text):
        before = [mark for mark in marks if mark.end <= dash.start() + 1][-1:]
        after = [mark for mark in marks if mark.start >= dash.end() - 1][:1]
        if all(mark.of("kpi") or mark.of("variant") for mark in (*before, *after)) and before and after:
            raise Refused("Measures are not taken from each other: ask for one of them.")


def _assumed(question: Question, known: Vocabulary) -> Iterator[str]:
    """What was assumed about time."""
    first, last = known.first_day, known.last_day
    if first is None or last is None or question.intent in (Intent.DEFINITION, Intent.FORECAST):
        return
    spans = f"the data spans {day_text(first)} to {day_text(last)}"
    start, end = question.span.start, question.span.end
    if question.span == ALL_TIME:
        if question.measured.is_stock and not question.grain:
            yield f"No period was named: it is as of {day_text(known.as_of)}, the newest day in the data."
        else:
            yield f"All time: {spans}."
    elif (start and start > last) or (end and end <= first):
        yield f"No ticket can be in that period: {spans}."
    elif question.span.code:
        yield f"Time is relative to {day_text(known.as_of)}, the newest day in the data."


def _alternatives(
    marks: tuple[Mark, ...], draft: Draft, question: Question, known: Vocabulary
) -> tuple[Alternative, ...]:
    """The nearest other readings."""
    found: list[Alternative] = []
    for place, names in draft.options.items():
        for choice, name in enumerate(names):
            other = _chosen(marks, known, {**draft.choices, place: choice})
            if other:
                found.append(Alternative(f"'{marks[place].text}' as {dimension_words(name)}", other))
    found += [Alternative(span_words(span), question.over(span)) for span in draft.other_spans]
    found += [Alternative("of all tickets", other) for other in _without_inner(draft, question)]
    is_plain = question.intent in (Intent.OWNERS, Intent.DEFINITION)
    found += [Alternative("tickets by phone", other) for other in _by_phone(marks, question, known)]
    near = [] if is_plain else phrase_book().near[question.kpi][:_NEAREST]
    found += [Alternative(find_kpi(name).title, replace(question, kpi=name, threshold=None)) for name in near]
    different = [each for each in found if each.question != question]
    return tuple({each.question: each for each in reversed(different)}.values())[::-1][:_FEW]


def _without_inner(draft: Draft, question: Question) -> Iterator[Question]:
    """`how quickly does the service desk respond`: the whole desk may be meant."""
    for place, mark in enumerate(draft.marks):
        name = draft.chosen.get(place) if mark.is_inner else None
        if name:
            filters = question.filters
            where = {key: values for key, values in filters.where if key != name}
            yield replace(question, filters=replace(filters, where=tuple(where.items())))


def _by_phone(marks: tuple[Mark, ...], question: Question, known: Vocabulary) -> Iterator[Question]:
    """`calls last month`: those of the phone may be meant."""
    phones = tuple(value for value in known.values.get("channel", ()) if str(value).casefold() in _PHONES)
    filters = question.filters
    called = any(mark.says("ticket") and mark.text in ("call", "calls") for mark in marks)
    is_open = "channel" not in dict(filters.where) and question.intent is not Intent.DEFINITION
    if phones and called and is_open:
        where = tuple(sorted((*filters.where, ("channel", phones))))
        yield replace(question, filters=replace(filters, where=where))


def _chosen(marks: tuple[Mark, ...], known: Vocabulary, choices: dict[int, int]) -> Question | None:
    try:
        return assembled(marks, known, choices)[1]
    except (Refused, BacklightError):
        return None


def _answerable(texts: Iterator[str], known: Vocabulary) -> tuple[str, ...]:
    """The first few of the texts that read to a question, then those suggested to everybody."""
    found: list[str] = []
    for text in texts:
        if len(found) == _FEW:
            break
        if text not in found and _reads(text, known):
            found.append(text)
    return tuple(dict.fromkeys([*found, *suggested_questions(known)]))[:_FEW]


def _reads(text: str, known: Vocabulary) -> bool:
    try:
        assembled(marked(text, known), known)
    except (Refused, BacklightError):
        return False
    return True
