"""The words of a forecast: how many tickets will come in or go out over the days told, or be open at their end."""

from datetime import timedelta
from math import isfinite

from analytics.ask.answering.span_words import span_words
from analytics.ask.span import Span
from analytics.forecast.days_ahead import DaysAhead
from analytics.forecast.expectation import BACKLOG, INFLOW
from analytics.forecast.history import History
from analytics.formatting import count_text, day_text

PRORATED = (
    "The forecast is by whole weeks, from Monday: of a week that these days cut, the part is taken that its days "
    "usually have, so the number is approximate."
)


def ahead_sentence(told: DaysAhead, past: History, now: int | None) -> str:
    """`About 862 tickets will come in from 1 Jul 2026 to 31 Jul 2026, 80 % between 790 and 940; ...`."""
    if told.series == BACKLOG:
        begin = f"The backlog is {count_text(now)} now; at" if now is not None else "At"
        will = "it will be" if now is not None else "the backlog will be"
        last = day_text(told.end - timedelta(days=1))
        return f"{begin} the present pace {will} about {told.mean:,.0f} at the end of {last}{_interval(told)}."
    noun = "ticket" if round(told.mean) == 1 else "tickets"
    verb = "come in" if told.series == INFLOW else "go out"
    when = span_words(Span(told.start, told.end))
    return f"About {told.mean:,.0f} {noun} will {verb} {when}{_interval(told)}{_pace(told, past)}."


def _interval(told: DaysAhead) -> str:
    if not isfinite(told.low):
        return "; how far off is not known"
    return f", 80 % between {told.low:,.0f} and {told.high:,.0f}"


def _pace(told: DaysAhead, past: History) -> str:
    """Tickets a week beside those of as many weeks before; nothing where less than two are told."""
    weeks = (told.end - told.start).days / 7
    if weeks < 2:
        return ""
    before = getattr(past, told.series)[-round(weeks) :]
    known = f"in the last {len(before)} weeks"
    return f"; that is {_rate(told.mean / weeks)} a week, after {_rate(before.mean())} a week {known}"


def _rate(mean: float) -> str:
    return f"{mean:,.0f}" if mean >= 10 else f"{mean:,.1f}"
