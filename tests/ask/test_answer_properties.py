"""What holds of every answer, whatever the desk: sums, order, limits, thresholds, changes, and plain JSON."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ask.answer import Answer, answer
from analytics.ask.answering.answer_table import held
from analytics.ask.ask_document import answer_document
from analytics.ask.question import Intent, Order, Question, Threshold
from analytics.ask.question_words import question_words
from analytics.ask.span import Span, before
from analytics.ask.understood import understood
from analytics.bound import Operator
from analytics.filters import Filters
from analytics.kpi import Count, Unit
from analytics.kpis import KPIS
from tests.properties.desks import GRAINS, SPLITS, desks, examples, filters, opened

KPI_NAMES = [kpi.name for kpi in KPIS]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """A measured question over the random desks' days."""
    chosen: Filters = draw(filters())
    if chosen.start and not chosen.end:
        chosen = chosen.between(chosen.start, chosen.start + timedelta(days=30))
    span = Span(chosen.start, chosen.end)
    compare = draw(st.sampled_from([None, before(span)]))
    orders = [None, Order.HIGHEST, Order.LOWEST, *([Order.RISEN, Order.FALLEN] if compare else [])]
    limits = st.builds(Threshold, st.sampled_from(list(Operator)), st.sampled_from((0.5, 3.0, 24.0)))
    return Question(
        kpi=draw(st.sampled_from(KPI_NAMES)),
        by=tuple(draw(st.lists(st.sampled_from(SPLITS), unique=True, max_size=2))),
        grain=draw(st.one_of(st.none(), st.none(), st.sampled_from(GRAINS))),
        filters=chosen,
        compare=compare,
        order=draw(st.sampled_from(orders)),
        limit=draw(st.one_of(st.none(), st.integers(1, 3))),
        threshold=draw(st.one_of(st.none(), st.none(), limits)),
    )


@examples
@given(desks, st.lists(questions(), min_size=12, max_size=12))
def test_every_answer(listed: list[dict[str, Any]], asked: list[Question]) -> None:
    with opened(listed) as desk:
        for question in asked:
            found = answer(desk.engine, question)
            _is_said(found)
            _is_plain_json(found)
            if found.result is None:
                assert "data" in found.sentence
                assert found.table.empty
                continue
            _changes(found)
            if question.by or question.grain:
                _is_cut_as_asked(found)
            if not (question.limit or question.threshold or question.grain):
                _adds_up(found)


def _is_said(found: Answer) -> None:
    assert found.sentence.endswith(".")
    assert "nan" not in found.sentence.replace("nance", "")
    assert "  " not in found.sentence
    assert question_words(found.question)


def _is_plain_json(found: Answer) -> None:
    document = answer_document(found) | understood(found.question)
    assert json.loads(json.dumps(document, allow_nan=False)) == document


def _changes(found: Answer) -> None:
    table = found.table
    if "change" not in table:
        return
    told = table["change"].notna()
    assert (table["change"] - (table["value"] - table["before"]))[told].abs().max() < 1e-9 or not told.any()
    assert not (told & table["too_few"].astype(bool)).any()


def _is_cut_as_asked(found: Answer) -> None:
    """A trend with a split has lines for its rows: these are looked at by themselves."""
    question, table = found.question, found.table
    if question.grain and question.by:
        assert len(table[list(question.by)].drop_duplicates()) <= min(question.limit or 8, 8)
        return
    told = table[table["value"].notna() & ~table["too_few"].astype(bool)]
    if question.limit:
        assert len(table) <= question.limit
        assert len(table) == len(told)
    if question.threshold:
        assert all(held(question.threshold, value) for value in table["value"])
    _is_in_order(question, table)


def _is_in_order(question: Question, table: pd.DataFrame) -> None:
    order = question.order
    if order is None or question.grain:
        return
    column = "change" if order in (Order.RISEN, Order.FALLEN) else "value"
    can_be_ranked = table["value"].notna() & ~table["too_few"].astype(bool) & table[column].notna()
    ranked = table.loc[can_be_ranked, column]
    assert list(ranked) == sorted(ranked, reverse=order in (Order.HIGHEST, Order.RISEN))
    assert not can_be_ranked.iloc[len(ranked) :].any()


def _adds_up(found: Answer) -> None:
    """The parts of a split sum to the whole: counts their values, ratios both of their sums."""
    if found.whole is None or not found.question.by:
        return
    whole = found.whole.frame.iloc[0]
    names = ["numerator"] if isinstance(found.kpi.value, Count) or found.kpi.is_stock else ["numerator", "denominator"]
    for name in names if "value" not in found.whole.query.sql else []:
        assert found.table[name].sum() == pytest.approx(0.0 if pd.isna(whole[name]) else whole[name]), name


@examples
@given(desks, st.lists(questions(), min_size=2, max_size=2))
def test_every_intent_is_answered(listed: list[dict[str, Any]], asked: list[Question]) -> None:
    with opened(listed) as desk:
        for question in (replace(one, intent=intent) for one in asked for intent in Intent):
            found = answer(desk.engine, question)
            _is_said(found)
            _is_plain_json(found)
            if question.intent is Intent.WHY and "part" in found.table:
                _parts_make_the_change(found)


def _parts_make_the_change(found: Answer) -> None:
    assert found.whole is not None
    now, then = found.whole.value, found.table["before"].sum()
    if found.kpi.unit is Unit.TICKETS and now is not None:
        assert found.table["part"].sum() == pytest.approx(now - then)
    assert found.table["mix"].sum() + found.table["level"].sum() == pytest.approx(found.table["part"].sum())


@examples
@given(desks, questions())
def test_the_same_question_without_a_cut_has_the_same_first_rows(listed: list[dict[str, Any]], asked: Question) -> None:
    question = replace(asked, by=("priority",), grain=None, threshold=None, limit=None, order=Order.HIGHEST)
    with opened(listed) as desk:
        every, top = (answer(desk.engine, one) for one in (question, replace(question, limit=2)))
    assert (every.result is None) == (top.result is None)
    if every.result is not None:
        assert list(every.table["value"].head(len(top.table))) == list(top.table["value"])
