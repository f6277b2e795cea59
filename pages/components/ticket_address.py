"""The address of the Tickets page: what it asks for beside the filter bar, and changes to it in one step."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.ask.span import Span, span_of
from analytics.errors import BacklightError
from analytics.filters import read_date
from analytics.warehouse.engine import Engine
from analytics.window import Preset
from pages.components.address import asked_texts
from pages.components.explore_address import period_address

SELECTION, TITLE, TICKET, TICKET_SOURCE = "selection", "title", "ticket", "ticket_source"
COLUMNS, SORT, SIZE, PAGE = "columns", "sort", "size", "page"
PERIOD, FROM, TO = "period", "from", "to"
_PRESETS = tuple(preset.value for preset in Preset)


def change(**texts: Sequence[str]) -> None:
    """Put texts under names, nothing to take a name away: all at once, one entry in the browser's history."""
    kept = {name: asked_texts(name) for name in st.query_params if name not in texts}
    st.query_params.from_dict(kept | {name: list(listed) for name, listed in texts.items() if listed})


def asked_text(name: str) -> str:
    """The one text asked for under a name, empty for none."""
    return next(iter(asked_texts(name)), "")


def asked_number(name: str, default: int) -> int:
    """The whole number from 1 asked for, else the default."""
    text = asked_text(name)
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) else default


def period_of_a_question(engine: Engine) -> list[str]:
    """Turn a question's period into one of the filter bar: a code such as `last month`, or `from` and `to`.

    The sentences say what of it could not be read and was left out. They quote the address.
    """
    code = asked_text(PERIOD)
    start, end = asked_text(FROM), asked_text(TO)
    if (not code or code in _PRESETS) and not (start or end):
        return []
    newest = engine.as_of.date() if engine.as_of else date(2000, 1, 1)
    span, unread = span_of(code, newest) if code and code not in _PRESETS else None, []
    if code and code not in _PRESETS and span is None:
        unread.append(f"the period '{code}'")
    if span is None and (start or end):
        span, unread = _days(start, end, unread)
    named = {PERIOD: [], "dates": [], **period_address(span, newest)} if span else {}
    change(**{FROM: [], TO: [], **named})
    return unread


def _days(start: str, end: str, unread: list[str]) -> tuple[Span | None, list[str]]:
    try:
        found = Span(read_date(start, FROM) if start else None, read_date(end, TO) if end else None)
    except BacklightError as error:
        return None, [*unread, str(error)]
    if found.start and found.end and found.start >= found.end:
        return None, [*unread, f"the days from {start} to {end}, of which the end is exclusive"]
    return found, unread
