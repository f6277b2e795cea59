"""Time in a question: the span, the grain, what it is compared with, weekdays and hours."""

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from analytics.ask.answering.span_words import span_words
from analytics.ask.answering.value_words import dimension_words
from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.span import ALL_TIME, Span
from analytics.ask.times.time_term import TimeTerm
from analytics.bound import Bound, Operator
from analytics.formatting import day_text
from analytics.kpis import find_kpi
from analytics.period import Grain


def read_spans(draft: Draft) -> None:
    """Spans, grains and comparisons into the draft; raises `Refused` for two periods and for a date of two readings."""
    for place, mark in enumerate(draft.marks):
        for term in mark.times if place not in draft.used else ():
            _read(draft, place, term)


def _read(draft: Draft, place: int, term: TimeTerm) -> None:
    match term.kind:
        case "span":
            _read_span(draft, place, cast(Span, term.value), term.assumed)
        case "point":
            _read_span(draft, place, Span(None, cast("date", term.value) + timedelta(days=1)), False)
        case "grain":
            _read_grain(draft, place, cast("Grain | None", term.value))
        case "compare":
            draft.compare = cast("Span | str", term.value)
            draft.use(place, "compare", _compare_words(draft.compare))
        case "year":
            draft.absorb(place)
        case "ambiguous":
            _read_ambiguous(draft, place, cast("tuple[Span, ...]", term.value))


def _read_span(draft: Draft, place: int, span: Span, is_assumed: bool) -> None:
    if span == Span(None, draft.known.as_of + timedelta(days=1)):
        draft.use(place, "period", f"as of {day_text(draft.known.as_of)}")
        return
    if draft.span not in (ALL_TIME, span) and draft.compare is None and draft.saying("compare", "versus"):
        draft.compare = replace(span, code="")
        draft.use(place, "compare", _compare_words(span))
        return
    if draft.span not in (ALL_TIME, span):
        raise Refused("Two periods are named, and one was expected: compare them with 'versus', or name one.")
    draft.span = span
    words = span_words(span, draft.known.as_of)
    draft.use(place, "period", words)
    if is_assumed:
        draft.notes.append(f"The period was taken to be {words}.")


def _read_grain(draft: Draft, place: int, grain: Grain | None) -> None:
    if grain is None:
        draft.has_trend = True
        draft.use(place, "grain", "over time")
        return
    if draft.grain not in (None, grain):
        raise Refused(f"Both by {draft.grain} and by {grain} are asked for: name one.")
    draft.grain = grain
    draft.use(place, "grain", f"by {grain}")


def _compare_words(compared: Span | str) -> str:
    if compared == "before":
        return "against the period before"
    return "against the same days a year before" if isinstance(compared, str) else f"against {span_words(compared)}"


def _read_ambiguous(draft: Draft, place: int, spans: tuple[Span, ...]) -> None:
    if not spans:
        raise Refused(f"'{draft.marks[place].text}' is not one period: name months or quarters that touch.")
    if len({span.start for span in spans}) == 1:
        _read_span(draft, place, spans[0], True)
        draft.other_spans.extend(spans[1:])
        return
    days = [day_text(span.start) for span in spans if span.start]
    iso = " or ".join(str(span.start) for span in spans if span.start)
    mark = draft.marks[place]
    raise Refused(f"'{mark.text}' could be {' or '.join(days)}: write {iso}.", spans=spans)


def read_clock(draft: Draft) -> None:
    """Weekdays and hours, of the ending where the question is about what was resolved, else of the opening."""
    for place, mark in enumerate(draft.marks):
        for term in mark.times:
            if term.kind in ("weekday", "hours"):
                name = f"{_side(draft)}_{'weekday' if term.kind == 'weekday' else 'hour'}"
                _read_clock_values(draft, place, name, cast("tuple[str, ...]", term.value))


def _side(draft: Draft) -> str:
    said_ended = draft.saying("ended", unused=False) and not draft.saying("opened")
    return "ended" if draft.kpi == "outflow" or said_ended else "opened"


def _read_clock_values(draft: Draft, place: int, name: str, values: tuple[str, ...]) -> None:
    before = draft.next(place, -1)
    is_unwanted = before is not None and draft.marks[before].says("except")
    draft.absorb(*([before] if before is not None and is_unwanted else []))
    listed = (draft.without if is_unwanted else draft.where).setdefault(name, [])
    listed.extend(value for value in dict.fromkeys(values) if value not in listed)
    verb = "is not" if is_unwanted else "is"
    draft.use(place, "except" if is_unwanted else "value", f"{dimension_words(name)} {verb} {' or '.join(values)}")


def read_future(draft: Draft) -> bool:
    """Whether a time after the as-of day is named; it is then no span of the question."""
    found = [place for place, mark in enumerate(draft.marks) if mark.time("future")]
    for place in found:
        draft.use(place, "intent", "what comes")
    return bool(found)


def opened_instead(draft: Draft) -> None:
    """`tickets opened in May` of a KPI that counts by another day: the days limit the opening."""
    if draft.span == ALL_TIME or (find_kpi(draft.kpi).anchor == "opened_on" and draft.kpi != "backlog"):
        return
    start, end = draft.span.start, draft.span.end
    draft.bounds += [Bound("opened_on", Operator.AT_LEAST, start)] if start else []
    draft.bounds += [Bound("opened_on", Operator.UNDER, end)] if end else []
    draft.span = ALL_TIME


def is_from(draft: Draft) -> bool:
    """`still open from last year`: opened then."""
    texts = [mark.text.split() for mark in draft.marks if mark.time("span") or mark.time("ambiguous")]
    return any(words[0] == "from" and not {"to", "until", "till", "on", "onwards"} & set(words) for words in texts)
