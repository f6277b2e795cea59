"""Comparisons in words: `compared with last quarter`, `versus the same month last year`, `year over year`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from analytics.ask.span import BEFORE, YEAR_BEFORE, Span, months_back, span_of
from analytics.ask.times.named_periods import NUMBER, PAIR, PERIOD, UNIT, leaves_the_year_open, named, names_a_year
from analytics.ask.times.time_lexicon import lexicon
from analytics.ask.times.time_term import Form, Found, Meaning, TimeTerm, form
from analytics.period import Grain

_WITH = (
    r"(?:(?:as )?compared? (?:with|to|against)|in comparison (?:with|to)|relative to|versus|vs?|against|than"
    r"|(?:differ(?:s|ed)?|different) from"
)
_FILLED = r"(?: (?:that|those|it|what it was|the one|in|of|for|was|had|we had))*(?: the)?"
_AGAINST = rf"{_WITH}){_FILLED}"
_FROM = rf"{_WITH}|over|on|from){_FILLED}"
_PREVIOUS = (
    r"(?:previous|prior|preceding|last|earlier)(?: (?:period|one))?"
    rf"|(?:period|day|{UNIT}|days|weeks|months|one|ones) before(?: that| it)?"
)
_EARLIER = rf"{NUMBER} (?:days|weeks|months|quarters|years) (?:before|earlier)(?: that)?"
_COMPARING = r"(?:compar(?:e|ing)|comparison of|comparison between|difference between)(?: the)?"
_AND = r"(?:and|with|to|vs?|versus|against)(?: the)?"
_VERSUS = r"(?:vs?|versus|against|compared (?:with|to))(?: the)?"
_SAME = r"same (?P<same>day|week|month|quarter|period|time|weeks|months|days|span)s?"
# Days by which the period just before may be named too long or too short: the 30 days before May.
_NEARLY = 2
_A_YEAR = r"(?:(?:a|one) year (?:ago|earlier|before)|year (?:ago|earlier))"
_LAST_YEAR = rf"(?:last year|previous year|prior year|year before|{_A_YEAR})"
_SPAN = f"(?:{PAIR}|{PERIOD})"
Kind = tuple[str, Meaning] | None


def _before(_match: Found, _as_of: date) -> Kind:
    return "compare", BEFORE


def _year_before(_match: Found, _as_of: date) -> Kind:
    return "compare", YEAR_BEFORE


def _same_year_before(match: Found, _as_of: date) -> Kind:
    """A year before, and which length of time was named: `settled` needs it where no period is."""
    return "same", match["same"]


def _target(match: Found, _as_of: date) -> Kind:
    """The words of the period compared with; `settled` makes days or a code of them once all periods are known."""
    return "target", match["target"]


def _two_periods(match: Found, _as_of: date) -> Kind:
    return "pair", f"{match['first']}|{match['target']}"


COMPARED_FORMS: tuple[Form, ...] = (
    form(rf"{_FROM} {_PREVIOUS}", _before),
    form(rf"{_FROM} (?P<target>{_EARLIER})", _target),
    form(rf"{_AGAINST} (?P<target>(?:previous|prior|preceding) {UNIT})", _target),
    form(r"(?:as )?compared? (?:with|to) before|(?:than|vs|versus) (?:before|previously)", _before),
    form(
        r"(?:week|month|quarter|period) (?:on|over) (?:week|month|quarter|period)|mom|wow|qoq|m o m|w o w|q o q",
        _before,
    ),
    form(r"(?:year (?:on|over|by) year|yoy|y o y|y y)(?: (?:change|comparison|growth))?", _year_before),
    form(rf"(?:{_FROM} )?(?:the )?{_SAME}(?: (?:in|of))?(?: the)? {_LAST_YEAR}", _same_year_before),
    form(rf"{_FROM} (?:{_A_YEAR}|(?:this|that|the same) time last year|year before)", _year_before),
    form(rf"{_AGAINST} (?P<target>{_SPAN})", _target),
    form(rf"{_COMPARING} (?P<first>{PERIOD}) {_AND} (?P<target>{PERIOD})", _two_periods),
    form(rf"(?:in |for )?(?P<first>{_SPAN}) {_VERSUS} (?P<target>{_SPAN})", _two_periods),
)
# Only where the words before tell of a change; elsewhere both are the ends of one period.
MOVED = form(rf"(?:between|from) (?P<target>{PERIOD}) (?:to|and) (?P<first>{PERIOD})", _two_periods)


def settled(terms: Sequence[TimeTerm], as_of: date) -> list[TimeTerm]:
    """The terms with every comparison as days or a code; what is compared is added where only the words imply it."""
    terms = _with_the_year(terms)
    spread = [part for term in terms for part in _unpaired(term, as_of)]
    main = next((term.value for term in spread if term.kind == "span" and isinstance(term.value, Span)), None)
    point = next((term.value for term in spread if term.kind == "point" and isinstance(term.value, date)), None)
    done: list[TimeTerm] = []
    for found in spread:
        term = replace(found, kind="compare", value=YEAR_BEFORE) if found.kind == "same" else found
        if term.kind == "target":
            done.extend(_settled_target(term, main, as_of))
        elif term.kind == "compare" and main is None and point:
            back = months_back(point + timedelta(days=1), 12 if term.value == YEAR_BEFORE else 1)
            done.append(replace(term, value=Span(None, back)))
        elif term.kind == "compare" and main is None:
            code = _implied(found)
            done.extend([replace(term, kind="span", value=span_of(code, as_of), assumed=True), term])
        else:
            done.append(term)
    return [term for term in done if term.value is not None or term.kind in ("grain", "future")]


def _implied(term: TimeTerm) -> str:
    """The period that a comparison without one is of: `same month last year` is of this month."""
    if term.kind == "same" and term.value in ("week", "month", "quarter"):
        return f"this {term.value}"
    return "year to date" if term.kind == "same" or term.value == YEAR_BEFORE else "last month"


def _with_the_year(terms: Sequence[TimeTerm]) -> Sequence[TimeTerm]:
    """`Q1 versus Q2 volume 2026`: a year that stands apart is that of both."""
    years = [term for term in terms if term.kind == "span" and isinstance(term.value, Span) and _year_of(term.value)]
    pair = next((term for term in terms if term.kind == "pair"), None)
    if pair is None or len(years) != 1:
        return terms
    first, target = str(pair.value).split("|")
    if not (leaves_the_year_open(first) and leaves_the_year_open(target)):
        return terms
    year = _year_of(cast(Span, years[0].value))
    whole = replace(pair, value=f"{first} {year}|{target} {year}", first=pair.first)
    return [whole if term is pair else replace(term, kind="year") if term is years[0] else term for term in terms]


def _year_of(span: Span) -> str:
    """The year that the span is the whole of; empty for another, and for one by its code."""
    whole = span.start and span.end and (span.start, span.end) == (
        date(span.start.year, 1, 1), date(span.start.year + 1, 1, 1),
    )  # fmt: skip
    return str(span.start.year) if whole and span.start and not span.code else ""


def _unpaired(term: TimeTerm, as_of: date) -> list[TimeTerm]:
    if term.kind != "pair":
        return [term]
    first, target = str(term.value).split("|")
    year = names_a_year(f"{target}")
    is_same = year and target in (f"{first} {year}", f"{year} {first}")
    whole = f"{first} {year}" if year and not is_same and leaves_the_year_open(first) else first
    return [replace(term, kind="span", value=named(whole, as_of)), replace(term, kind="target", value=target)]


def _settled_target(term: TimeTerm, main: Span | None, as_of: date) -> list[TimeTerm]:
    if main and re.fullmatch(_A_YEAR, str(term.value)):
        return [replace(term, kind="compare", value=YEAR_BEFORE)]
    relative = _relative(str(term.value), main)
    if relative:
        return [replace(term, kind="compare", value=relative)]
    if re.fullmatch(_EARLIER, str(term.value)):
        return _settled_target(replace(term, value="last month"), main, as_of)
    found = named(str(term.value), as_of)
    if found is None:
        return [replace(term, kind="ambiguous", value=())]
    if main is None:
        unit = found.code.removeprefix("last ")
        now = span_of(f"this {unit}", as_of) if found.code.startswith("last ") else None
        now = now or (span_of("today", as_of) if found.code == "yesterday" else None)
        if now is None:
            return [replace(term, kind="compare", value=Span(found.start, found.end))]
        return [replace(term, kind="span", value=now, assumed=True), replace(term, kind="compare", value=BEFORE)]
    return [replace(term, kind="compare", value=_against(found, main))]


def _relative(text: str, main: Span | None) -> Meaning:
    """What `the previous month` and `two months before` mean beside a period that was named."""
    if main is None or main.start is None or main.end is None:
        return None
    previous = re.fullmatch(rf"(?:previous|prior|preceding) (?P<unit>{UNIT})", text)
    if previous:
        grain = Grain(previous["unit"])
        is_whole = grain.start(main.start) == main.start and grain.next(main.start) >= main.end
        first = grain.start(main.start - timedelta(days=1))
        return BEFORE if is_whole else Span(first, grain.next(first))
    earlier = re.fullmatch(
        rf"(?P<n>{NUMBER}) (?P<unit>day|week|month|quarter|year)s (?:before|earlier)(?: that)?", text
    )
    if earlier is None:
        return None
    count, unit = lexicon().number(earlier["n"]), earlier["unit"]
    start, end = (_moved(day, count, unit) for day in (main.start, main.end))
    if start is None or end is None:
        return None
    return BEFORE if abs((end - main.start).days) <= _NEARLY else Span(start, end)


def _moved(day: date, count: int, unit: str) -> date | None:
    months = {"month": 1, "quarter": 3, "year": 12}.get(unit)
    return months_back(day, count * months) if months else day - timedelta(days=count * (7 if unit == "week" else 1))


def _against(target: Span, main: Span) -> Meaning:
    """What `vs last year` means: for this year the year before, for a shorter span the same days a year earlier."""
    unit = target.code.removeprefix("last ")
    if (target.start, target.end) == (main.start, main.end) or main.code in (f"this {unit}", f"{unit} to date"):
        return BEFORE
    if target.code == "yesterday" and main.code == "today":
        return BEFORE
    if target.code == "last year" and main.start and main.end and (main.end - main.start).days <= 190:
        return YEAR_BEFORE
    return Span(target.start, target.end)
