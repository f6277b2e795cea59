"""Answers that other parts of Backlight give: what comes, and who owns what is open."""

from dataclasses import dataclass, field, replace
from math import ceil

import pandas as pd

from analytics.ask.answering.answer_leads import BACKLOG, FORECAST, NOT_NARROWED, Lead, view_lead
from analytics.ask.answering.value_words import capital, where_words
from analytics.ask.question import Question
from analytics.bound import Operator
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.ownership import ownership
from analytics.forecast.clearing import clearing
from analytics.forecast.expectation import BACKLOG as LEVEL
from analytics.forecast.expectation import INFLOW, OUTFLOW
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.history import MOST_AHEAD
from analytics.forecast.outlook import TITLES, outlook
from analytics.measure import KpiResult
from analytics.period import Grain
from analytics.warehouse.engine import Engine

SERIES = {"backlog": LEVEL, "volume": INFLOW, "inflow": INFLOW, "outflow": OUTFLOW}
# How far ahead the page looks, in weeks; the usual one stands in no address.
_STEPS, _WEEKS = (4, 8, 13, 26, 52), 13


@dataclass(frozen=True)
class Elsewhere:
    """A sentence with its basis and leads; where it is of measured rows, these and their results.

    `question` is the one answered, where days, a comparison or a split had to be chosen; None for the one asked.
    """

    sentence: str
    basis: Basis
    leads: tuple[Lead, ...] = ()
    notes: tuple[str, ...] = ()
    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    result: KpiResult | None = None
    whole: KpiResult | None = None
    before: KpiResult | None = None
    question: Question | None = None


def told_of(question: Question, said: str, when: str = "") -> str:
    """What another part says, after when and of which tickets it says it."""
    scope = f"{when}{where_words(question.filters)}".strip()
    return f"{capital(scope)}: {said[0].lower()}{said[1:]}" if scope and said else said


def owners_answer(engine: Engine, question: Question) -> Elsewhere:
    """Who, if anyone, moves what is open."""
    found = ownership(engine, question.filters)
    leads = view_lead(engine, BACKLOG, "Who moves the open tickets", question.filters, show="Who moves it?")
    return Elsewhere(told_of(question, found.sentence), found.basis, leads, () if leads else (NOT_NARROWED,))


def forecast_answer(engine: Engine, question: Question) -> Elsewhere:
    """What comes, or why that is not said; a threshold on the backlog asks when it will be at or under it."""
    series = SERIES.get(question.kpi)
    if series is None:
        return _not_forecast(engine, question)
    if series == LEVEL and question.threshold:
        limit = question.threshold
        under = limit.operator in (Operator.UNDER, Operator.AT_LEAST)
        return _clearing(engine, question, ceil(limit.value) - 1 if under else int(limit.value))
    weeks = _weeks(engine, question)
    found = forecast(engine, _open_ended(engine, question), weeks)
    said = outlook(found, series, None, engine.as_of).sentence if found.history else found.sentence
    said = said if series == LEVEL or series not in found.fans else f"{TITLES[series]}: {said[0].lower()}{said[1:]}"
    reach = {} if weeks == _WEEKS else {"horizon": str(weeks)}
    told = _with_lead(engine, question, found, said, "What lies ahead", show="What lies ahead?", **reach)
    told = replace(told, notes=(*told.notes, *_reach_note(engine, question, weeks)))
    return _also_clearing(engine, question, told) if series == LEVEL else told


def _reach_note(engine: Engine, question: Question, weeks: int) -> tuple[str, ...]:
    """Where the days asked about end before the forecast does."""
    end = question.filters.end
    if end is None or engine.as_of is None or not 0 < (end - engine.as_of.date()).days < 7 * weeks:
        return ()
    return (f"The forecast is told to its usual reach of {weeks} weeks; its page shows the weeks on the way.",)


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


def _weeks(engine: Engine, question: Question) -> int:
    """How far ahead: as far as the question's days reach, in the steps of the page."""
    if question.filters.end is None or engine.as_of is None:
        return _WEEKS
    ahead = (question.filters.end - engine.as_of.date()).days / 7
    return next((weeks for weeks in _STEPS if weeks >= ahead), _STEPS[-1]) if ahead > 0 else _WEEKS


def _not_forecast(engine: Engine, question: Question) -> Elsewhere:
    """Only flows and the level are forecast: nothing is guessed for the rest."""
    kpi = question.measured
    said = f"{kpi.title} is not forecast: what comes in, what goes out and what is open is. Ask for one of these."
    basis = Basis(kpi.definition, "", {}, engine.as_of, 0)
    leads = view_lead(engine, FORECAST, "What lies ahead", _open_ended(engine, question), show="What lies ahead?")
    return Elsewhere(said, basis, leads)
