"""Answers that other parts of Backlight give: what they hold, and who owns what is open."""

from dataclasses import dataclass, field

import pandas as pd

from analytics.ask.answering.answer_leads import BACKLOG, NOT_NARROWED, Lead, view_lead
from analytics.ask.answering.value_words import capital, where_words
from analytics.ask.question import Question
from analytics.flow.basis import Basis
from analytics.flow.ownership import ownership
from analytics.forecast.days_ahead import DaysAhead
from analytics.measure import KpiResult
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Elsewhere:
    """A sentence with its basis and leads; where it is of measured rows, these and their results.

    `question` is the one answered, where days, a comparison or a split had to be chosen; None for the one asked.
    `ahead` is the forecast that the sentence tells, None where it tells none.
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
    ahead: DaysAhead | None = None


def told_of(question: Question, said: str, when: str = "") -> str:
    """What another part says, after when and of which tickets it says it."""
    scope = f"{when}{where_words(question.filters)}".strip()
    return f"{capital(scope)}: {said[0].lower()}{said[1:]}" if scope and said else said


def owners_answer(engine: Engine, question: Question) -> Elsewhere:
    """Who, if anyone, moves what is open."""
    found = ownership(engine, question.filters)
    leads = view_lead(engine, BACKLOG, "Who moves the open tickets", question.filters, show="Who moves it?")
    return Elsewhere(told_of(question, found.sentence), found.basis, leads, () if leads else (NOT_NARROWED,))
