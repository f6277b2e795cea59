"""The answer to a question: measured by the registry, with everything that stands behind it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import pandas as pd

from analytics.ask.answering.answer_leads import Lead as Lead
from analytics.ask.answering.answer_leads import definition_lead
from analytics.ask.answering.answer_notes import answer_notes
from analytics.ask.answering.answer_sentence import measure_sentence, tickets_sentence
from analytics.ask.answering.answer_table import table_of
from analytics.ask.answering.data_reach import outside, within_reach
from analytics.ask.answering.definition_words import definition_sentence
from analytics.ask.answering.elsewhere import Elsewhere, owners_answer
from analytics.ask.answering.forecast_answer import forecast_answer
from analytics.ask.answering.measured import measured
from analytics.ask.answering.why import why_answer
from analytics.ask.question import Intent, Order, Question
from analytics.ask.span import before
from analytics.errors import BacklightError
from analytics.flow.basis import Basis
from analytics.forecast.days_ahead import DaysAhead
from analytics.kpi import Kpi
from analytics.measure import Account, KpiResult, notes
from analytics.query import Query, compose
from analytics.warehouse.engine import Engine


class Shape(StrEnum):
    """The picture that fits: a number, bars of a split, a line over time, lines of a split, a matrix of two splits."""

    NUMBER = "number"
    BARS = "bars"
    LINE = "line"
    LINES = "lines"
    MATRIX = "matrix"
    NONE = "none"


@dataclass(frozen=True)
class Answer:
    """`sentence` has the number in it and may quote an export: inert text only.

    `table` is what is shown, in its order, cut to the limit and threshold: `period` and the dimensions asked for,
    `value`, `numerator`, `denominator`, `too_few`, `reason`, with a comparison `before` and `change` (in the KPI's
    unit; for a ratio as a difference of shares), `unfinished` with a grain. `result` is the measured split, `whole`
    the KPI without a split, `before` the split over the compared span. `rows_left_out` says in words how many rows
    the table does not have and why (limit, threshold, too few). `notes` are what the data does to the KPI's meaning.
    A question that is no measure has a sentence and leads; `table` is then empty, or holds what the sentence is of.
    `ahead` are the numbers of a forecast's sentence.
    """

    question: Question
    kpi: Kpi
    sentence: str
    shape: Shape
    table: pd.DataFrame
    result: KpiResult | None
    whole: KpiResult | None
    before: KpiResult | None
    basis: Basis
    as_of: datetime | None
    rows_left_out: str = ""
    notes: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    ahead: DaysAhead | None = None


def answer(engine: Engine, question: Question) -> Answer:
    """Measure and say it. Raises `BacklightError` for what the registry cannot do, such as a split by a person."""
    match question.intent:
        case Intent.MEASURE | Intent.TICKETS if reason := outside(engine, question):
            return _not_told(engine, question, reason)
        case Intent.MEASURE:
            return _measure(engine, _with_comparison(question))
        case Intent.TICKETS:
            return _tickets(engine, question)
        case Intent.DEFINITION:
            return _definition(engine, question)
        case Intent.WHY:
            return _elsewhere(engine, question, why_answer(engine, question))
        case Intent.FORECAST:
            return _elsewhere(engine, question, forecast_answer(engine, question))
        case Intent.OWNERS:
            return _elsewhere(engine, question, owners_answer(engine, question))


def _measure(engine: Engine, asked: Question) -> Answer:
    question, reach = within_reach(engine, asked)
    if asked.compare and not question.compare and question.order in (Order.RISEN, Order.FALLEN):
        return _not_told(engine, question, reach[-1])
    found = measured(engine, question)
    table = table_of(found)
    return Answer(
        question, found.kpi, measure_sentence(found, table), shape_of(question), table.frame, found.now.split,
        found.now.whole, found.before.split if found.before else None,
        basis_of(found.kpi, found.now.split.query, found.kept, found.as_of), found.as_of, table.left_out,
        (*reach, *answer_notes(found)),
    )  # fmt: skip


def _not_told(engine: Engine, question: Question, reason: str) -> Answer:
    """Nothing is known of these days, which is not the same as nothing."""
    kpi, query = question.measured, compose(question.measured, question.filters)
    return Answer(
        question, kpi, reason, Shape.NONE, pd.DataFrame(), None, None, None,
        basis_of(kpi, query, Account(0, ()), engine.as_of), engine.as_of,
    )  # fmt: skip


def _with_comparison(question: Question) -> Question:
    """An order by change is against the period before, where nothing else is named."""
    if question.compare or question.order not in (Order.RISEN, Order.FALLEN):
        return question
    earlier = before(question.span)
    if earlier is None:
        raise BacklightError(
            "What rose or fell most can only be told against another period: name one, such as 'last month'."
        )
    return replace(question, compare=earlier)


def _tickets(engine: Engine, question: Question) -> Answer:
    """How many there are: the tickets themselves are listed by whoever shows them."""
    found = measured(engine, replace(question, by=(), grain=None, compare=None, order=None, threshold=None))
    table = table_of(found)
    return Answer(
        question, found.kpi, tickets_sentence(found), Shape.NUMBER, table.frame, found.now.split, found.now.whole, None,
        basis_of(found.kpi, found.now.split.query, found.kept, found.as_of), found.as_of, "", answer_notes(found),
    )  # fmt: skip


def _definition(engine: Engine, question: Question) -> Answer:
    """What a KPI means; nothing is measured."""
    kpi, query = question.measured, compose(question.measured, question.filters)
    return Answer(
        question, kpi, definition_sentence(kpi), Shape.NONE, pd.DataFrame(), None, None, None,
        basis_of(kpi, query, Account(0, ()), engine.as_of), engine.as_of, "", tuple(notes(engine, kpi)),
        (definition_lead(kpi),),
    )  # fmt: skip


def _elsewhere(engine: Engine, question: Question, said: Elsewhere) -> Answer:
    """An answer that another part of Backlight gives."""
    shape = Shape.BARS if len(said.table) and said.result else Shape.NONE
    return Answer(
        said.question or question, question.measured, said.sentence, shape, said.table, said.result, said.whole,
        said.before, said.basis, engine.as_of, "", said.notes, said.leads, said.ahead,
    )  # fmt: skip


def shape_of(question: Question) -> Shape:
    """The picture that fits a measured question."""
    if question.grain:
        ranked = question.order or question.limit or question.threshold
        return Shape.LINES if question.by else Shape.BARS if ranked else Shape.LINE
    shapes = {0: Shape.NUMBER, 1: Shape.BARS, 2: Shape.MATRIX}
    return shapes.get(len(question.by), Shape.NONE)


def basis_of(kpi: Kpi, query: Query, kept: Account, as_of: datetime | None) -> Basis:
    """What stands behind a measured KPI."""
    return Basis(
        kpi.definition, query.sql, query.parameters, as_of, kept.used, kept.excluded, kpi.caveats, kpi.source,
        query.filters.sentence(kpi.verb),
    )  # fmt: skip
