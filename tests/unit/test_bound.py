"""Bounds: read from text, written back to the last digit, said in words, and refused in one sentence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.bound import MEASURES, Bound, Operator, read_bound
from analytics.errors import BacklightError
from analytics.warehouse.schema import TICKETS

_DAYS = st.integers(0, 40_000).map(lambda n: date(1970, 1, 1) + timedelta(days=n))
_NUMBERS = st.floats(-1e11, 1e11, allow_nan=False)
BOUNDS = st.sampled_from(sorted(MEASURES)).flatmap(
    lambda column: st.builds(
        Bound, st.just(column), st.sampled_from(Operator), _DAYS if MEASURES[column].dated else _NUMBERS
    )
)


@given(BOUNDS)
def test_a_bound_comes_back_from_its_text_as_it_was(bound: Bound) -> None:
    assert read_bound(bound.text) == bound


@given(BOUNDS)
def test_a_limit_is_a_parameter_and_never_in_the_sql(bound: Bound) -> None:
    assert bound.condition("bound_0") == f"{bound.column} {bound.operator} :bound_0"


@pytest.mark.parametrize(
    ("text", "bound", "words"),
    [
        ("resolution_hours>48", Bound("resolution_hours", Operator.OVER, 48), "time to resolve is over 48 h"),
        ("pending_hours <= 1.5", Bound("pending_hours", Operator.AT_MOST, 1.5), "time on hold is at most 1.5 h"),
        ("reopen_count>=3", Bound("reopen_count", Operator.AT_LEAST, 3), "reopenings are at least 3"),
        ("handle_hours<1234567", Bound("handle_hours", Operator.UNDER, 1_234_567), "work booked is under 1234567 h"),
        ("opened_on<2026-03-31", Bound("opened_on", Operator.UNDER, date(2026, 3, 31)), "opened before 2026-03-31"),
        ("ended_on<=2026-03-31", Bound("ended_on", Operator.AT_MOST, date(2026, 3, 31)), "ended by 2026-03-31"),
        ("opened_on>2026-03-31", Bound("opened_on", Operator.OVER, date(2026, 3, 31)), "opened after 2026-03-31"),
        ("opened_on>=2026-03-31", Bound("opened_on", Operator.AT_LEAST, date(2026, 3, 31)), "opened from 2026-03-31"),
    ],
)  # fmt: skip
def test_how_it_is_written_and_said(text: str, bound: Bound, words: str) -> None:
    assert read_bound(text) == bound
    assert bound.words == words


@pytest.mark.parametrize(
    "text",
    [
        "", ">", "resolution_hours", "resolution_hours>", ">48", "resolution_hours=48", "resolution_hours==48",
        "resolution_hours>nan", "resolution_hours>inf", "resolution_hours>-1e300", "resolution_hours>2026-03-31",
        "opened_on<48", "opened_on<2026-02-30", "resolution_hours>48;DROP TABLE tickets", "RESOLUTION_HOURS>1",
        "resolution_hours>48\nOR 1=1", "resolution_hours>:zone", "resolution_hours>0x10", "resolution_hours>é",
    ],
)  # fmt: skip
def test_what_is_no_bound_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(BacklightError, match=r"is not a bound: .*\.$"):
        read_bound(text)


@pytest.mark.parametrize("text", ["resolution_hour>48", "assignee>1", "ticket_id<2", "title>1"])
def test_another_column_is_refused_with_those_there_are(text: str) -> None:
    with pytest.raises(BacklightError, match="There is no column to bound"):
        read_bound(text)


def test_every_measure_is_a_column_of_tickets_of_its_kind() -> None:
    types = {column.name: column.type for column in TICKETS if not column.person}
    assert {name: types[name] == "DATE" for name in MEASURES} == {name: m.dated for name, m in MEASURES.items()}
    assert {types[name] for name in MEASURES} <= {"DATE", "DOUBLE", "INTEGER"}
