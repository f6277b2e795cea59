"""Why a KPI changed: the backlog by its bridge, the time to resolve by its own change, the rest by who made it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.ask.answering.answer_leads import BACKLOG, EXPLORE, NOT_NARROWED, RESOLUTION, Lead, view_lead
from analytics.ask.answering.change_parts import ChangeParts, change_parts, most_telling
from analytics.ask.answering.elsewhere import Elsewhere, told_of
from analytics.ask.answering.span_words import span_words
from analytics.ask.answering.value_words import title_words
from analytics.ask.answering.why_words import parts_sentence, whole_change
from analytics.ask.question import Intent, Order, Question
from analytics.ask.question_address import question_address
from analytics.ask.span import Span, before
from analytics.extent import bounded
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.bridge import bridge
from analytics.flow.bridge_sentences import bridge_sentences, change_sentence
from analytics.flow.contributions import Contributions, contributions
from analytics.flow.mttr_change import mttr_change
from analytics.flow.telling import tellings
from analytics.kpi import Kpi, Statistic
from analytics.measure import Account, KpiResult, account, measure
from analytics.query import compose
from analytics.warehouse.engine import Engine

# What a desk can act on, asked in this order.
DIMENSIONS = ("category", "service", "assignment_group", "ticket_type", "priority")
_DAYS = 90
_NO_PERIOD = f"No period was named: these are the last {_DAYS} days."

_OWN_DAYS = "What moved it is always told against as many days just before, as on the page that shows all of it."


def why_answer(engine: Engine, question: Question) -> Elsewhere:
    """Who made the change over the question's days, in a sentence, with the way to the page that shows all of it."""
    asked, notes = _with_days(engine, question)
    if question.kpi == "backlog":
        found = _backlog(engine, asked)
    elif question.kpi == "mttr":
        found = _mttr(engine, asked)
    elif isinstance(question.measured.value, Statistic):
        found = _statistic(engine, asked)
    else:
        found = _parts(engine, asked)
    return replace(found, notes=(*notes, *found.notes))


def _with_days(engine: Engine, question: Question) -> tuple[Question, tuple[str, ...]]:
    """The question with a bounded period and one to compare with."""
    notes: tuple[str, ...] = ()
    filters = question.filters
    if filters.start is None and filters.end is None and engine.as_of:
        end = engine.as_of.date() + timedelta(days=1)
        filters, notes = filters.between(end - timedelta(days=_DAYS), end), (_NO_PERIOD,)
    asked = replace(question, filters=bounded(engine, filters))
    return replace(asked, compare=question.compare or before(asked.span)), notes


def _backlog(engine: Engine, question: Question) -> Elsewhere:
    question = _between_levels(question)
    filters = question.filters
    found = bridge(engine, filters)
    split = _contributions(engine, question) if found.basis.used else None
    said = " ".join(bridge_sentences(found, split)) if split else change_sentence(found)
    said = told_of(question, said, span_words(question.span))
    shown = {"bridge_by": split.dimension} if split else {}
    leads = view_lead(engine, BACKLOG, "Why the backlog changed", filters, show="Why did it change?", **shown)
    left = () if leads else (NOT_NARROWED,)
    if split is None:
        return Elsewhere(said, found.basis, leads, left, question=question)
    result = measure(engine, compose(question.measured, filters, [split.dimension]))
    asked = replace(question, by=(split.dimension,))
    return Elsewhere(said, found.basis, leads, left, _levels(split), result, question=asked)


def _levels(split: Contributions) -> pd.DataFrame:
    """The contributions as rows of a level: its value at the end, and before at the start."""
    frame = split.frame
    columns = {
        split.dimension: frame["value"], "value": frame["end"].astype(float), "numerator": frame["end"].astype(float),
        "denominator": np.nan, "too_few": False, "reason": None, "before": frame["start"].astype(float),
        "change": frame["change"].astype(float), "opened": frame["opened"], "ended": frame["ended"],
    }  # fmt: skip
    return pd.DataFrame(columns, index=frame.index)


def _between_levels(question: Question) -> Question:
    """Over the days between the two levels compared: from the end of the compared days to the end of those asked of."""
    earlier, span = question.compare, question.span
    if not (earlier and earlier.end and span.end) or earlier.end >= span.end or earlier.end == span.start:
        return question
    return question.over(Span(earlier.end, span.end))


def _contributions(engine: Engine, question: Question) -> Contributions | None:
    """By the dimension asked for, else by the one that tells most."""
    named = question.by[:1] or tuple(telling.dimension for telling in tellings(engine, question.filters))[:1]
    return contributions(engine, question.filters, named[0]) if named else None


def _mttr(engine: Engine, question: Question) -> Elsewhere:
    """The page's own split; its period before is as long as the one asked about."""
    filters = question.filters
    named = question.by[:1] or _dimensions(engine, filters)[:1] or DIMENSIONS[2:3]
    found = mttr_change(engine, filters, named[0])
    leads = view_lead(
        engine, RESOLUTION, "What moved the time to resolve", filters, show="What moved it", moved_by=named[0]
    )
    said = " ".join(part for part in (found.sentence, found.largest) if part)
    said = told_of(question, said, span_words(question.span))
    earlier = question.compare
    same = not earlier or (earlier.start, earlier.end) == (found.before.start, found.before.end)
    notes = (() if same else (_OWN_DAYS,)) + (() if leads else (NOT_NARROWED,))
    return Elsewhere(said, found.basis, leads, notes)


def _dimensions(engine: Engine, filters: Filters) -> tuple[str, ...]:
    """Those that tell the tickets apart: with several values, and not narrowed to one."""
    one = {name for name, values in filters.where if len(values) == 1}
    listed = [name for name in (DIMENSIONS[2], DIMENSIONS[0], *DIMENSIONS) if name not in one]
    counts = ", ".join(f"count(DISTINCT {name}) AS {name}" for name in DIMENSIONS)
    found = engine.query(f"SELECT {counts} FROM tickets").iloc[0]
    return tuple(name for name in dict.fromkeys(listed) if found[name] > 1)


def _statistic(engine: Engine, question: Question) -> Elsewhere:
    """A median does not add up: its change is told, but no part of it is anyone's."""
    now, then = _both(engine, question)
    kpi = question.measured
    why = f"A {'median' if 'median' in kpi.name else 'percentile'} does not add up, so its change cannot be shared out"
    told = whole_change(now, then, question)
    leads = view_lead(engine, RESOLUTION, "What moved the time to resolve", question.filters, show="What moved it")
    mean = "; the mean's can: see what moved the time to resolve" if leads else ""
    left = () if leads else (NOT_NARROWED,)
    return Elsewhere(f"{told} {why}{mean}.", _basis(engine, kpi, now), leads, left, whole=now, before=then)


def _parts(engine: Engine, question: Question) -> Elsewhere:
    """Who made the change of a count or a ratio, by the dimension asked for or the most telling one."""
    kpi, (now, then) = question.measured, _both(engine, question)
    told = whole_change(now, then, question)
    if now.value is None or then.value is None or now.too_few or then.too_few:
        return Elsewhere(told, _basis(engine, kpi, now))
    names = question.by[:1] or _dimensions(engine, question.filters)
    with ThreadPoolExecutor(4) as pool:
        splits = list(pool.map(lambda name: _split(engine, question, name), names))
    found = most_telling([split for split, _, _ in splits]) if len(splits) > 1 else splits[0][0] if splits else None
    if found is None:
        return Elsewhere(f"{told} No dimension tells who made it.", _basis(engine, kpi, now), whole=now)
    result, earlier = next((after, once) for split, after, once in splits if split is found)
    return Elsewhere(
        f"{told} {parts_sentence(found)}".strip(), _basis(engine, kpi, result), _explore(question, found), (),
        found.frame, result, now, earlier, replace(question, by=(found.dimension,)),
    )  # fmt: skip


def _both(engine: Engine, question: Question) -> tuple[KpiResult, KpiResult]:
    span = question.compare or Span()
    kpi, earlier = question.measured, question.filters.between(span.start, span.end)
    return measure(engine, compose(kpi, question.filters)), measure(engine, compose(kpi, earlier))


def _split(engine: Engine, question: Question, name: str) -> tuple[ChangeParts, KpiResult, KpiResult]:
    span = question.compare or Span()
    kpi, earlier = question.measured, question.filters.between(span.start, span.end)
    now, then = (measure(engine, compose(kpi, filters, [name])) for filters in (question.filters, earlier))
    return change_parts(now, then), now, then


def _explore(question: Question, found: ChangeParts) -> tuple[Lead, ...]:
    """The same split, ordered by change, where every value opens its tickets."""
    order = Order.RISEN if found.change > 0 else Order.FALLEN
    asked = replace(question, by=(found.dimension,), order=order, intent=Intent.MEASURE, limit=None, threshold=None)
    label = f"Every value's change of {title_words(question.measured)}"
    return (Lead(EXPLORE, label, question_address(asked)),)


def _basis(engine: Engine, kpi: Kpi, result: KpiResult) -> Basis:
    kept: Account = account(engine, kpi, result.query.filters)
    parameters: Mapping[str, Any] = result.query.parameters
    return Basis(
        kpi.definition, result.query.sql, parameters, engine.as_of, kept.used, kept.excluded, kpi.caveats, kpi.source,
        result.query.filters.sentence(kpi.verb),
    )  # fmt: skip
