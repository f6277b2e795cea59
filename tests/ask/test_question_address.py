"""A question and its address: there and back again, relative and absolute; and what is no question is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ask.question import Intent, Order, Question, Threshold
from analytics.ask.question_address import question_address, question_of
from analytics.ask.span import ALL_TIME, Span, before, span_of, year_before
from analytics.bound import MEASURES, Bound, Operator
from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.kpis import KPIS
from analytics.period import Grain
from analytics.warehouse.schema import DIMENSIONS

AS_OF = date(2026, 6, 30)
CODES = (
    "today",
    "yesterday",
    "last week",
    "this month",
    "last quarter",
    "year to date",
    "last 90 days",
    "last 3 months",
)
WORDS = ("Network", "it's; DROP TABLE tickets --", "a&b=c", "Réseau 日本", "..", "not_priority", "<0.8", "50 %", "x\ny")
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))
thresholds = st.builds(Threshold, st.sampled_from(list(Operator)), st.sampled_from((0.8, 48.0, 5.0)))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """A relative span, days, a half-open span, or all time."""
    kind = draw(st.sampled_from(("code", "days", "since", "until", "all")))
    if kind == "code":
        return span_of(draw(st.sampled_from(CODES)), AS_OF) or ALL_TIME
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(1, 800)))
    return {"days": Span(start, end), "since": Span(start), "until": Span(None, end)}.get(kind, ALL_TIME)


def _values(name: str) -> st.SearchStrategy[Any]:
    known = st.integers(1, 5) if name == "priority" else st.sampled_from(WORDS)
    return st.lists(st.one_of(st.none(), known), min_size=1, max_size=3, unique=True)


@st.composite
def chosen(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Values of some dimensions."""
    names = draw(st.lists(st.sampled_from(DIMENSIONS), unique=True, max_size=2))
    return {name: draw(_values(name)) for name in names}


@st.composite
def bounds(draw: st.DrawFn) -> Bound:
    """A limit on any column that can have one."""
    column = draw(st.sampled_from(sorted(MEASURES)))
    limit = draw(days) if MEASURES[column].dated else float(draw(st.integers(0, 9_999)))
    return Bound(column, draw(st.sampled_from(list(Operator))), limit)


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Any question at all."""
    span = draw(spans())
    compared = [None, before(span), year_before(span), Span(date(2020, 5, 1), date(2020, 6, 1)), Span(date(2021, 1, 1))]
    filters = Filters.of(
        span.start, span.end, draw(chosen()), draw(chosen()), draw(st.lists(bounds(), max_size=2)),
        draw(st.sampled_from(("", "vpn", "a b & c=d"))),
    )  # fmt: skip
    return Question(
        kpi=draw(st.sampled_from(KPIS)).name,
        by=tuple(draw(st.lists(st.sampled_from(DIMENSIONS), unique=True, max_size=2))),
        grain=draw(st.one_of(st.none(), st.sampled_from(list(Grain)))),
        filters=filters,
        period=span.code,
        compare=draw(st.sampled_from(compared)),
        order=draw(st.one_of(st.none(), st.sampled_from(list(Order)))),
        limit=draw(st.one_of(st.none(), st.integers(1, 1_000))),
        threshold=draw(
            st.one_of(
                st.none(), st.builds(Threshold, st.sampled_from(list(Operator)), st.sampled_from((0.8, 48.0, 5.0)))
            )
        ),
        intent=draw(st.sampled_from(list(Intent))),
    )


def _through_a_link(address: dict[str, list[str]]) -> dict[str, list[str]]:
    return parse_qs(urlencode(address, doseq=True), keep_blank_values=True)


@given(questions())
def test_the_address_brings_the_question_back(asked: Question) -> None:
    assert question_of(_through_a_link(question_address(asked)), AS_OF) == asked


@given(questions(), st.integers(1, 900))
def test_an_absolute_address_means_the_same_days_whenever_it_is_opened(asked: Question, later: int) -> None:
    address = _through_a_link(question_address(asked, absolute=True))
    compare = replace(asked.compare, code="") if asked.compare else None
    assert question_of(address, AS_OF + timedelta(days=later)) == replace(asked, period="", compare=compare)


@given(questions())
def test_the_order_of_parameters_does_not_matter(asked: Question) -> None:
    address = question_address(asked)
    assert question_of(dict(reversed(address.items())), AS_OF) == asked


def test_a_relative_address_moves_with_the_data() -> None:
    asked = question_of({"kpi": ["volume"], "period": ["last month"], "compare": ["before"]}, AS_OF)
    later = question_of(question_address(asked), date(2026, 8, 12))
    assert (later.filters.start, later.filters.end) == (date(2026, 7, 1), date(2026, 8, 1))
    assert later.compare == Span(date(2026, 6, 1), date(2026, 7, 1), "before")


BAD: dict[str, str] = {
    "kpi=nonsense": "There is no KPI 'nonsense'",
    "by=category": "There is no KPI ''",
    "kpi=mttr&by=assignee": "does not compare people",
    "kpi=mttr&by=colour": "There is no dimension 'colour'",
    "kpi=mttr&grain=hour": "'hour' is not known here",
    "kpi=mttr&period=soon": "'soon' is not a period",
    "kpi=mttr&from=x": "'x' for from is not a date",
    "kpi=mttr&from=2026-02-01&to=2026-01-01": "is empty",
    "kpi=mttr&compare=later": "'later' is nothing to compare with",
    "kpi=mttr&compare=x..y": "is not a date",
    "kpi=mttr&compare=2026-02-01..2026-01-01": "is empty",
    "kpi=mttr&order=up": "'up' is not known here",
    "kpi=mttr&limit=0": "'0' is not a number of rows",
    "kpi=mttr&limit=9999999999999": "is not a number of rows",
    "kpi=mttr&limit=٣": "is not a number of rows",
    "kpi=mttr&threshold=8": "is not a threshold",
    "kpi=mttr&threshold=<1e400": "is not a threshold",
    "kpi=mttr&threshold=<1e": "is not a threshold",
    "kpi=mttr&intent=guess": "'guess' is not known here",
    "kpi=mttr&bound=title>3": "There is no column to bound 'title'",
    "kpi=mttr&priority=9": "'9' is not a priority",
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_question_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BacklightError) as refused:
        question_of(parse_qs(text, keep_blank_values=True), AS_OF)
    assert BAD[text] in str(refused.value)
    assert str(refused.value).endswith((".", "?"))
