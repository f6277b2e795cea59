"""Comparisons in words: `compared with last quarter`, `versus the same month last year`, `year over year`."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.ask.named_periods import NUMBER, PERIOD, UNIT, leaves_the_year_open, named, names_a_year
from analytics.ask.span import BEFORE, YEAR_BEFORE, Span, span_of
from analytics.ask.time_term import Form, Found, Meaning, TimeTerm, form

_WITH = r"(?:(?:as )?compared? (?:with|to|against)|in comparison (?:with|to)|relative to|versus|vs?|against|than"
_FILLED = r"(?: (?:that|those|it|what it was|the one|in|of|for|was|had|we had))*(?: the)?"
_AGAINST = rf"{_WITH}){_FILLED}"
_FROM = rf"{_WITH}|over|on|from){_FILLED}"
_PREVIOUS = (
    r"(?:previous|prior|preceding|last|earlier) (?:period|one)"
    rf"|(?:period|day|{UNIT}|days|weeks|months) before(?: that)?"
)
_EARLIER = rf"{NUMBER} (?:days|weeks|months|quarters|years) (?:before|earlier)(?: that)?"
_COMPARING = r"(?:compar(?:e|ing)|comparison of|comparison between|(?:difference|change) between)(?: the)?"
_AND = r"(?:and|with|to|vs?|versus|against)(?: the)?"
_VERSUS = r"(?:vs?|versus|against|compared (?:with|to))(?: the)?"
_SAME = r"same (?:day|week|month|quarter|period|time|weeks|months|days|span)s?"
_A_YEAR = r"(?:(?:a|one) year (?:ago|earlier|before)|year (?:ago|earlier))"
_LAST_YEAR = rf"(?:last year|previous year|prior year|year before|{_A_YEAR})"
Kind = tuple[str, Meaning] | None


def _before(_match: Found, _as_of: date) -> Kind:
    return "compare", BEFORE


def _year_before(_match: Found, _as_of: date) -> Kind:
    return "compare", YEAR_BEFORE


def _target(match: Found, _as_of: date) -> Kind:
    """The words of the period compared with; `settled` makes days or a code of them once all periods are known."""
    return "target", match["target"]


def _two_periods(match: Found, _as_of: date) -> Kind:
    return "pair", f"{match['first']}|{match['target']}"


COMPARED_FORMS: tuple[Form, ...] = (
    form(rf"{_FROM} (?:{_PREVIOUS}|{_EARLIER})", _before),
    form(r"(?:as )?compared? (?:with|to) before|(?:than|vs|versus) (?:before|previously)", _before),
    form(
        r"(?:week|month|quarter|period) (?:on|over) (?:week|month|quarter|period)|mom|wow|qoq|m o m|w o w|q o q",
        _before,
    ),
    form(r"(?:year (?:on|over|by) year|yoy|y o y|y y)(?: (?:change|comparison|growth))?", _year_before),
    form(rf"(?:{_FROM} )?(?:the )?{_SAME}(?: (?:in|of))?(?: the)? {_LAST_YEAR}", _year_before),
    form(rf"{_FROM} (?:{_A_YEAR}|(?:this|that|the same) time last year|year before)", _year_before),
    form(rf"{_AGAINST} (?P<target>{PERIOD})", _target),
    form(rf"{_COMPARING} (?P<first>{PERIOD}) {_AND} (?P<target>{PERIOD})", _two_periods),
    form(rf"(?:in |for )?(?P<first>{PERIOD}) {_VERSUS} (?P<target>{PERIOD})", _two_periods),
)
# Only where the words before tell of a change; elsewhere both are the ends of one period.
MOVED = form(rf"(?:between|from) (?P<target>{PERIOD}) (?:to|and) (?P<first>{PERIOD})", _two_periods)


def settled(terms: Sequence[TimeTerm], as_of: date) -> list[TimeTerm]:
    """The terms with every comparison as days or a code; what is compared is added where only the words imply it."""
    spread = [part for term in terms for part in _unpaired(term, as_of)]
    main = next((term.value for term in spread if term.kind == "span" and isinstance(term.value, Span)), None)
    done: list[TimeTerm] = []
    for term in spread:
        if term.kind == "target":
            done.extend(_settled_target(term, main, as_of))
        elif term.kind == "compare" and main is None:
            code = "year to date" if term.value == YEAR_BEFORE else "last month"
            done.extend([replace(term, kind="span", value=span_of(code, as_of), assumed=True), term])
        else:
            done.append(term)
    return [term for term in done if term.value is not None or term.kind in ("grain", "future")]


def _unpaired(term: TimeTerm, as_of: date) -> list[TimeTerm]:
    if term.kind != "pair":
        return [term]
    first, target = str(term.value).split("|")
    year = names_a_year(f"{target}")
    whole = f"{first} {year}" if year and leaves_the_year_open(first) else first
    return [replace(term, kind="span", value=named(whole, as_of)), replace(term, kind="target", value=target)]


def _settled_target(term: TimeTerm, main: Span | None, as_of: date) -> list[TimeTerm]:
    if main and re.fullmatch(_A_YEAR, str(term.value)):
        return [replace(term, kind="compare", value=YEAR_BEFORE)]
    found = named(str(term.value), as_of)
    if found is None:
        return []
    if main is None:
        unit = found.code.removeprefix("last ")
        now = span_of(f"this {unit}", as_of) if found.code.startswith("last ") else None
        now = now or (span_of("today", as_of) if found.code == "yesterday" else None)
        if now is None:
            return [replace(term, kind="compare", value=Span(found.start, found.end))]
        return [replace(term, kind="span", value=now, assumed=True), replace(term, kind="compare", value=BEFORE)]
    return [replace(term, kind="compare", value=_against(found, main))]


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
