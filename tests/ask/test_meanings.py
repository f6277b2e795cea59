"""Words that change what a question means: each is understood, or the question is refused; none of them vanishes."""

from datetime import date

import pytest

from analytics.ask.grammar import read_question
from analytics.ask.question import Intent, Question, Threshold
from analytics.ask.span import Span
from analytics.bound import Bound, Operator
from tests.ask.desk_words import desk_words

KNOWN = desk_words()


def understood(text: str) -> Question:
    reading = read_question(text, KNOWN)
    assert reading.question is not None, reading.refusal
    return reading.question


@pytest.mark.parametrize(
    "text",
    [
        "MTTR - median", "MTTA by group", "fcr of Jane", "tickets by phone number", "FCR hours", "fcr over 3",
        "groups with more tickets than Network", "tickets both in Network and Infrastructure", "tickets I opened",
        "incidents that are also requests", "tickets moved from Network to Infrastructure", "mttr over 48",
        "sla over 3 days", "mttr over 80 %", "groups with backlog over 5 days", "sum of backlog over all days",
        "average SLA adherence of all groups", "rank of Network by MTTR", "number of MTTR", "what is an incident?",
        "top 3 groups for each category", "tickets in my group", "tickets resolved but not closed",
        "would MTTR fall without London?", "department Network volume", "tickets with priority below 3",
        "Network in May 2026 vs Infrastructure in April 2026 MTTR", "MTTR of open tickets", "value of tickets",
    ],
)  # fmt: skip
def test_a_word_that_changes_the_meaning_never_vanishes(text: str) -> None:
    reading = read_question(text, KNOWN)
    assert reading.question is None, reading.question
    assert reading.refusal is not None
    assert reading.refusal.suggestions


def test_a_forecast_holds_how_far_ahead_and_the_limit_asked_for() -> None:
    ahead = understood("forecast of inflow for the next 8 weeks")
    assert ahead.span == Span(date(2026, 7, 1), date(2026, 8, 26))
    in_months = understood("what will our backlog look like in three months?")
    assert in_months.span == Span(date(2026, 7, 1), date(2026, 10, 1))
    assert understood("when will the backlog be under 400").threshold == Threshold(Operator.UNDER, 400)
    cleared = understood("when will the backlog be cleared")
    assert (cleared.intent, cleared.threshold) == (Intent.FORECAST, Threshold(Operator.AT_MOST, 0))


def test_a_limit_without_a_split_is_kept() -> None:
    assert understood("is fcr over 60 % last month").threshold == Threshold(Operator.OVER, 0.6)


def test_exactly_so_many_are_two_limits() -> None:
    assert understood("tickets reopened twice").filters.bounds == (
        Bound("reopen_count", Operator.AT_MOST, 2), Bound("reopen_count", Operator.AT_LEAST, 2),
    )  # fmt: skip


def test_a_value_within_the_name_of_a_measure_is_read_and_the_reading_without_it_is_offered() -> None:
    reading = read_question("how quickly does the service desk respond", KNOWN)
    assert reading.question is not None
    assert reading.question.filters.where == (("assignment_group", ("Service Desk",)),)
    assert Question(kpi="first_response_time") in [other.question for other in reading.alternatives]


def test_an_exception_is_one_of_the_rows() -> None:
    question = understood("slaa by grup exept Network last quater")
    assert question.filters.without == (("assignment_group", ("Network",)),)


def test_the_previous_month_is_the_one_before_the_period_named() -> None:
    compared = understood("SLA in April 2026 compared with the previous month").compare
    assert compared is not None
    assert (compared.start, compared.end) == (date(2026, 3, 1), date(2026, 4, 1))


def test_from_may_is_may_and_since_may_is_offered() -> None:
    reading = read_question("tickets from May", KNOWN)
    assert reading.question is not None
    assert reading.question.filters.end == date(2026, 6, 1)
    assert date(2026, 7, 1) in [other.question.filters.end for other in reading.alternatives]


def test_priorities_joined_by_a_dash_are_a_range() -> None:
    assert understood("P1-P3 volume").filters.where == (("priority", (1, 2, 3)),)


def test_which_of_several_is_one() -> None:
    assert understood("which of the five sites had the best SLA").limit == 1
