"""The period as a chip: relative to the as-of day, between two days, or all time."""

from datetime import date, timedelta

import streamlit as st

from analytics.ask.span import Span, span_of
from pages.components.chip import chip_choice
from pages.components.chip_address import Parameters, on_change, over_days

_CODES = (
    "today", "yesterday", "this week", "last week", "this month", "last month", "this quarter", "last quarter",
    "this year", "last year", "last 7 days", "last 30 days", "last 90 days", "last 12 months", "year to date",
)  # fmt: skip
_ALL, _DATES = "all", "dates"
_DAY = timedelta(days=1)
_LONGEST_AGO, _LAST = date(1970, 1, 1), date(2199, 12, 31)


def period_chip(parameters: Parameters, span: Span, as_of: date) -> None:
    """Always shown, since a number is always of some time; days have two more controls."""
    dated = not span.code and (span.start or span.end)
    options = {_ALL: "all time"} | {
        code: code for code in dict.fromkeys([*_CODES, *([span.code] if span.code else [])])
    }
    options[_DATES] = "from a day to a day"
    chip_choice(
        "period", "Period", options, _DATES if dated else span.code or _ALL, 190,
        lambda code: _chosen(parameters, span, code, as_of), must=True,
    )  # fmt: skip
    if dated:
        _day("from", "First day", parameters, span)
        _day("to", "Last day", parameters, span)


def _chosen(parameters: Parameters, span: Span, code: str, as_of: date) -> Parameters:
    if code in ("", _ALL):
        return over_days(parameters)
    if code != _DATES:
        return over_days(parameters, code)
    given = span if span.start and span.end else span_of("last 30 days", as_of) or span
    return over_days(parameters, start=str(given.start or as_of), end=str(given.end or as_of + _DAY))


def _day(name: str, label: str, parameters: Parameters, span: Span) -> None:
    """One side of the days; cleared, that side is open. The last day is shown, the day after it is kept."""
    key = f"chip_{name}"
    shown = span.start if name == "from" else span.end - _DAY if span.end else None
    st.session_state[key] = shown

    def change(text: str) -> Parameters:
        first, last = span.start, span.end - _DAY if span.end else None
        given = date.fromisoformat(text) if text else None
        first, last = (given, last) if name == "from" else (first, given)
        if first and last and first > last:
            first, last = last, first
        return over_days(parameters, start=str(first or ""), end=str(last + _DAY) if last else "")

    st.date_input(
        label, value=None, key=key, format="YYYY-MM-DD", label_visibility="collapsed", width=165,
        min_value=_LONGEST_AGO, max_value=_LAST, on_change=on_change(key, change),
    )  # fmt: skip
