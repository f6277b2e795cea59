"""What comes, as an answer: over exactly the days asked about, or why that is not said."""

from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from analytics.ask.answering.ahead_words import PRORATED, ahead_sentence
from analytics.ask.answering.answer_leads import FORECAST, NOT_NARROWED, view_lead
from analytics.ask.answering.days_asked import USUAL_WEEKS, days_asked
from analytics.ask.answering.elsewhere import Elsewhere, told_of
from analytics.ask.question import Question
from analytics.ask.span import Span
from analytics.bound import Operator
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.forecast.clearing import clearing
from analytics.forecast.days_ahead import DaysAhead, days_ahead
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.history import MOST_AHEAD, History
from analytics.forecast.outlook import TITLES, outlook
from analytics.forecast.week_shares import week_shares
from analytics.measure import measure
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine

SERIES = {"backlog": BACKLOG, "volume": INFLOW, "inflow": INFLOW, "outflow": OUTFLOW}
# How far ahead the page looks, in weeks; the usual one stands in no address.
_STEPS = (4, 8, USUAL_WEEKS, 26, MOST_AHEAD[Grain.WEEK])
# A forecast that begins in the week of the data's end begins now.
_NEAR_DAYS = 7


def forecast_answer(engine: Engine, question: Question) -> Elsewhere:
    """What comes, or why that is not said; a threshold on the backlog asks when it will be at or under it."""
    series = SERIES.get(question.kpi)
    if series is None:
        return _not_forecast(engine, question)
    if series == BACKLOG and question.threshold:
        limit = question.threshold
        under = limit.operator in (Operator.UNDER, Operator.AT_LEAST)
        return _clearing(engine, question, ceil(limit.value) - 1 if under else int(limit.value))
    found = _reaching(engine, question)
    said, ahead, notes = _told(engine, question, found, series)
    reach = {} if found.horizon == USUAL_WEEKS else {"horizon": str(found.horizon)}
    told = _with_lead(engine, question, found, said, "What lies ahead", show="What lies ahead?", **reach)
    told = replace(told, notes=(*told.notes, *notes), ahead=ahead)
    return _also_clearing(engine, question, told) if series == BACKLOG else told


def _reaching(engine: Engine, question: Question) -> Forecast:
    """The forecast that reaches the last day asked about, by a step of the page, so that both have the same numbers."""
    filters, span = _open_ended(engine, question), question.span
    over = span.end is not None and engine.as_of is not None and span.end <= engine.as_of.date() + timedelta(days=1)
    if engine.as_of is None or over or not (span.start or span.end):
        return forecast(engine, filters, USUAL_WEEKS)
    end = span.end or (span.start or date.min) + timedelta(weeks=USUAL_WEEKS)
    found = forecast(engine, filters, _step(Grain.WEEK.start(engine.as_of.date()), end))
    # Records that end early make the way longer.
    farther = _step(found.history.ends, end) if found.history else 0
    return forecast(engine, filters, farther) if farther > found.horizon else found


def _step(begins: date, end: date) -> int:
    weeks = (end - begins).days / 7
    return next((step for step in _STEPS if step >= weeks), _STEPS[-1]) if weeks > 0 else USUAL_WEEKS


def _told(
    engine: Engine, question: Question, found: Forecast, series: str
) -> tuple[str, DaysAhead | None, tuple[str, ...]]:
    """The sentence, its numbers and what is to be read beside."""
    past, as_of = found.history, engine.as_of
    if past is None or as_of is None or series not in found.fans:
        return outlook(found, series, None, as_of).sentence if past else found.sentence, None, ()
    reaches = found.last_day + timedelta(days=1)
    asked = days_asked(question.span, as_of.date(), past.ends, reaches, series == BACKLOG)
    if asked.start is None or asked.end is None:
        return asked.said, None, ()
    ahead = days_ahead(found, series, week_shares(engine, question.filters, past), asked.start, asked.end)
    if series != BACKLOG and question.span == Span():
        said = outlook(found, series, None, as_of).sentence
        return f"{TITLES[series]}: {said[0].lower()}{said[1:]}", ahead, ()
    now = _open_now(engine, question, past) if series == BACKLOG and not asked.instead else None
    said = ahead_sentence(ahead, past, now)
    said = f"{asked.instead}, {said[0].lower()}{said[1:]}" if asked.instead else said
    return " ".join(filter(None, (said, asked.said))), ahead, (PRORATED,) if ahead.is_prorated else ()


def _open_now(engine: Engine, question: Question, past: History) -> int | None:
    """The backlog as of now, None where the forecast begins long before it: the two are then no one course."""
    if engine.as_of is None or (engine.as_of.date() - past.ends).days >= _NEAR_DAYS:
        return None
    value = measure(engine, compose(question.measured, question.filters.between(None, None))).value
    return None if value is None else int(value)


def _also_clearing(engine: Engine, question: Question, told: Elsewhere) -> Elsewhere:
    """With the way to when the backlog is under a number, which is the next question."""
    days = _open_ended(engine, question)
    further = view_lead(engine, FORECAST, "When the backlog clears", days, show="When does it clear?")
    return replace(told, leads=(*told.leads, *further))


def _clearing(engine: Engine, question: Question, target: int) -> Elsewhere:
    found = forecast(engine, _open_ended(engine, question), MOST_AHEAD[Grain.WEEK])
    said = clearing(found, max(target, 0)).sentence
    return _with_lead(
        engine, question, found, said, "When the backlog clears", show="When does it clear?",
        open_target=str(max(target, 0)),
    )  # fmt: skip


def _with_lead(engine: Engine, question: Question, found: Forecast, said: str, label: str, **shown: str) -> Elsewhere:
    leads = view_lead(engine, FORECAST, label, _open_ended(engine, question), **shown)
    left = () if leads else (NOT_NARROWED,)
    return Elsewhere(told_of(question, said), found.basis, leads, (*found.notes, *left))


def _open_ended(engine: Engine, question: Question) -> Filters:
    """From the end of the data on; a period of the past asks for the forecast that could have been made at its end."""
    end = question.filters.end
    past = end is not None and engine.as_of is not None and end <= engine.as_of.date()
    return question.filters.between(None, end if past else None)


def _not_forecast(engine: Engine, question: Question) -> Elsewhere:
    """Only flows and the level are forecast: nothing is guessed for the rest."""
    kpi = question.measured
    said = f"{kpi.title} is not forecast: what comes in, what goes out and what is open is. Ask for one of these."
    basis = Basis(kpi.definition, "", {}, engine.as_of, 0)
    leads = view_lead(engine, FORECAST, "What lies ahead", _open_ended(engine, question), show="What lies ahead?")
    return Elsewhere(said, basis, leads)
