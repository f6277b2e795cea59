"""A question as the address of Explore or of Tickets, whose filter bar names the period in its own words, and back."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from analytics.ask.question import Question
from analytics.ask.question_address import question_address, question_of
from analytics.ask.span import Span, span_of
from analytics.filters import read_date
from analytics.window import Preset

# Periods that the filter bar has too, so that a link opened later moves along with the data.
PRESET_CODES = {
    Preset.DAYS_30: "last 30 days",
    Preset.DAYS_90: "last 90 days",
    Preset.MONTHS_12: "last 52 weeks",
    Preset.QUARTER: "this quarter",
}
PIVOT, SHOW = "Pivot", "show"
# Where the filter bar's dates end; a side that is open is written as one of them.
_FIRST, _LAST = date(1970, 1, 1), date(2199, 12, 31)
_ONLY_ASKED = ("from", "to", "limit", "threshold", "intent")
_ONLY_SPLIT = ("by", "grain", "compare", "order")
_OF_THE_BAR = ("period", "dates", SHOW, "full")


def explore_address(question: Question, as_of: date | None = None) -> dict[str, list[str]]:
    """The query parameters with which `pages/explore.py` shows a question; `as_of` is the day of the newest event.

    A period is one of the filter bar's presets or its dates. Limit, threshold and intent are not Explore's.
    """
    asked = question_address(question)
    kept = {name: texts for name, texts in asked.items() if name not in _ONLY_ASKED}
    shown = {SHOW: [PIVOT]} if question.by else {}
    return kept | period_address(question.span, as_of) | shown


def tickets_address(question: Question, as_of: date | None = None) -> dict[str, list[str]]:
    """The query parameters with which `pages/tickets.py` lists the tickets behind a question."""
    address = explore_address(question, as_of)
    return {name: texts for name, texts in address.items() if name not in (*_ONLY_SPLIT, SHOW)}


def period_address(span: Span, as_of: date | None = None) -> dict[str, list[str]]:
    """`period`, and `dates` where no preset of the filter bar is meant."""
    if span.start is None and span.end is None:
        return {"period": [Preset.ALL.value]}
    preset = next((preset for preset, code in PRESET_CODES.items() if code == span.code), None)
    if preset:
        return {"period": [preset.value]}
    last = span.end - timedelta(days=1) if span.end else as_of or _LAST
    days = sorted((span.start or _FIRST, last))
    return {"period": [Preset.DATES.value], "dates": list(dict.fromkeys(day.isoformat() for day in days))}


def explore_question(address: Mapping[str, Sequence[str]], as_of: date) -> Question:
    """The number that an address of Explore shows, split where it is the pivot; raises `BacklightError` as it reads.

    Without a period it is the filter bar's usual one. A comparison and the order of leaderboards are not kept.
    """
    left_out = ("grain", "compare", "order") if PIVOT in address.get(SHOW, ()) else _ONLY_SPLIT
    kept = {name: list(texts) for name, texts in address.items() if name not in (*_OF_THE_BAR, *left_out)}
    preset = next(iter(address.get("period", ())), Preset.DAYS_90.value)
    code = next((code for known, code in PRESET_CODES.items() if known.value == preset), "")
    if code and span_of(code, as_of):
        return question_of(kept | {"period": [code]}, as_of)
    days = sorted(read_date(text, "dates") for text in address.get("dates", ())) if preset == Preset.DATES.value else []
    if not days:
        return question_of(kept, as_of)
    ends = {"from": days[0], "to": days[-1] + timedelta(days=1)}
    return question_of(kept | {name: [day.isoformat()] for name, day in ends.items()}, as_of)
