"""Words of time: what they mean with 30 June 2026, a Tuesday, as the as-of day."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ask.span import Span
from analytics.ask.times.time_words import read_times
from analytics.ask.words import words_of
from analytics.period import Grain

AS_OF = date(2026, 6, 30)
NIGHT = ("22:00", "23:00", "00:00", "01:00", "02:00", "03:00", "04:00", "05:00")
# text -> first day and the day after the last, and the code where the days are relative.
SPANS = {
    "last month": "2026-05-01 2026-06-01 last month",
    "in the last month": "2026-05-01 2026-06-01 last month",
    "previous quarter": "2026-01-01 2026-04-01 last quarter",
    "this quarter": "2026-04-01 2026-07-01 this quarter",
    "this week": "2026-06-29 2026-07-01 this week",
    "last week": "2026-06-22 2026-06-29 last week",
    "so far this year": "2026-01-01 2026-07-01 year to date",
    "ytd": "2026-01-01 2026-07-01 year to date",
    "year to date": "2026-01-01 2026-07-01 year to date",
    "in the last 90 days": "2026-04-02 2026-07-01 last 90 days",
    "past 6 weeks": "2026-05-20 2026-07-01 last 6 weeks",
    "last two weeks": "2026-06-17 2026-07-01 last 2 weeks",
    "past year": "2025-07-01 2026-07-01 last 12 months",
    "the past month": "2026-06-01 2026-07-01 last 30 days",
    "came in yesterday": "2026-06-29 2026-06-30 yesterday",
    "came in may": "2026-05-01 2026-06-01",
    "today": "2026-06-30 2026-07-01 today",
    "yesterday": "2026-06-29 2026-06-30 yesterday",
    "last monday": "2026-06-29 2026-06-30",
    "last tuesday": "2026-06-23 2026-06-24",
    "last weekend": "2026-06-27 2026-06-29",
    "Q2 2016": "2016-04-01 2016-07-01",
    "2016 Q2": "2016-04-01 2016-07-01",
    "Q2": "2026-04-01 2026-07-01",
    "Q3": "2025-07-01 2025-10-01",
    "second quarter of 2025": "2025-04-01 2025-07-01",
    "H1 2026": "2026-01-01 2026-07-01",
    "first half of last year": "2025-01-01 2025-07-01",
    "2016": "2016-01-01 2017-01-01",
    "May 2016": "2016-05-01 2016-06-01",
    "in may": "2026-05-01 2026-06-01",
    "mttr may": "2026-05-01 2026-06-01",
    "in july": "2025-07-01 2025-08-01",
    "june": "2026-06-01 2026-07-01",
    "february 2024": "2024-02-01 2024-03-01",
    "last june": "2025-06-01 2025-07-01",
    "week 14": "2026-03-30 2026-04-06",
    "week 40": "2025-09-29 2025-10-06",
    "2026-W14": "2026-03-30 2026-04-06",
    "2026-04": "2026-04-01 2026-05-01",
    "week of 6 may": "2026-05-04 2026-05-11",
    "2026-04-03": "2026-04-03 2026-04-04",
    "April 3rd": "2026-04-03 2026-04-04",
    "on 3 may 2026": "2026-05-03 2026-05-04",
    "3.4.2026": "2026-04-03 2026-04-04",
    "13/04/2026": "2026-04-13 2026-04-14",
    "1-15 April": "2026-04-01 2026-04-16",
    "between 1 April and 15 May": "2026-04-01 2026-05-16",
    "from march to may": "2026-03-01 2026-06-01",
    "from november to february": "2025-11-01 2026-03-01",
    "march 2026 to may 2026": "2026-03-01 2026-06-01",
    "march to may 2025": "2025-03-01 2025-06-01",
    "from march 2024 to may": "2024-03-01 2024-06-01",
    "april and may 2025": "2025-04-01 2025-06-01",
    "since March": "2026-03-01 2026-07-01",
    "since October": "2025-10-01 2026-07-01",
    "since week 14": "2026-03-30 2026-07-01",
    "from march onwards": "2026-03-01 2026-07-01",
    "after april": "2026-05-01 2026-07-01",
    "until june": "- 2026-07-01",
    "before 1 may": "- 2026-05-01",
    "before may": "- 2026-05-01",
    "3 months ago": "2026-03-01 2026-04-01",
    "the month before last": "2026-04-01 2026-05-01",
    "of all time": "- -",
    "05/2026": "2026-05-01 2026-06-01",
    "since the start of the year": "2026-01-01 2026-07-01 year to date",
    "between march and now": "2026-03-01 2026-07-01",
    "in the last couple of weeks": "2026-06-17 2026-07-01 last 2 weeks",
}
# text -> the other kinds of terms, as (kind, value).
TERMS: dict[str, list[tuple[str, object]]] = {
    "over time": [("grain", None)],
    "trend": [("grain", None)],
    "by week": [("grain", Grain.WEEK)],
    "week by week": [("grain", Grain.WEEK)],
    "per day": [("grain", Grain.DAY)],
    "tickets a month": [("grain", Grain.MONTH)],
    "monthly": [("grain", Grain.MONTH)],
    "annually": [("grain", Grain.YEAR)],
    "by service and month": [("grain", Grain.MONTH)],
    "each quarter": [("grain", Grain.QUARTER)],
    "on mondays": [("weekday", ("Monday",))],
    "weekend tickets": [("weekday", ("Saturday", "Sunday"))],
    "on saturdays and sundays": [("weekday", ("Saturday", "Sunday"))],
    "at weekends": [("weekday", ("Saturday", "Sunday"))],
    "friday to monday": [("weekday", ("Friday", "Saturday", "Sunday", "Monday"))],
    "between 9 and 12": [("hours", ("09:00", "10:00", "11:00"))],
    "between 9 and 12 o'clock": [("hours", ("09:00", "10:00", "11:00"))],
    "between 2 and 4 pm": [("hours", ("14:00", "15:00"))],
    "between 8 and 10 in the morning": [("hours", ("08:00", "09:00"))],
    "from 22:00 to 01:00": [("hours", ("22:00", "23:00", "00:00"))],
    "after 9 pm": [("hours", ("21:00", "22:00", "23:00"))],
    "at night": [("hours", NIGHT)],
    "in the morning": [("hours", ("06:00", "07:00", "08:00", "09:00", "10:00", "11:00"))],
    "older than 30 days": [("duration", 720.0)],
    "longer than 2 h": [("duration", 2.0)],
    "over 48h": [("duration", 48.0)],
    "more than a week": [("duration", 168.0)],
    "half an hour": [("duration", 0.5)],
    "as of 31 march": [("point", date(2026, 3, 31))],
    "at the end of May": [("point", date(2026, 5, 31))],
    "at the start of May": [("point", date(2026, 4, 30))],
    "right now": [("point", AS_OF)],
    "next month": [("future", Span(date(2026, 7, 1), date(2026, 8, 1)))],
    "next 3 months": [("future", Span(date(2026, 7, 1), date(2026, 10, 1)))],
    "will be in three months": [("future", Span(date(2026, 7, 1), date(2026, 10, 1)))],
    "expected within a quarter": [("future", Span(date(2026, 7, 1), date(2026, 10, 1)))],
    "will be in 2 months' time": [("future", Span(date(2026, 7, 1), date(2026, 8, 31)))],
    "a year from now": [("future", Span(date(2026, 7, 1), date(2027, 7, 1)))],
    "forecast 6 months": [("future", Span(date(2026, 7, 1), date(2027, 1, 1)))],
    "resolved in 3 months": [("duration", 2160.0)],
    "will be older than 3 months": [("duration", 2160.0)],
    "tomorrow": [("future", Span(date(2026, 7, 1), date(2026, 7, 2)))],
    "in december 2026": [("future", Span(date(2026, 12, 1), date(2027, 1, 1)))],
    "by the end of the year": [("future", Span(date(2026, 7, 1), date(2027, 1, 1)))],
    "03/04/2026": [("ambiguous", (Span(date(2026, 4, 3), date(2026, 4, 4)), Span(date(2026, 3, 4), date(2026, 3, 5))))],
    "from march": [("ambiguous", (Span(date(2026, 3, 1), date(2026, 4, 1)), Span(date(2026, 3, 1), date(2026, 7, 1))))],
}
LAST_MONTH = Span(date(2026, 5, 1), date(2026, 6, 1), "last month")
Q1 = Span(date(2026, 1, 1), date(2026, 4, 1))
# text -> the span compared, and with what.
COMPARED: dict[str, tuple[Span, object]] = {
    "last month compared with the previous period": (LAST_MONTH, "before"),
    "last month compared with the previous one": (LAST_MONTH, "before"),
    "last month vs the month before": (LAST_MONTH, "before"),
    "last month versus the same month last year": (LAST_MONTH, "year before"),
    "last month than a year ago": (LAST_MONTH, "year before"),
    "last month compared to last year": (LAST_MONTH, "year before"),
    "last month compared to a year ago": (LAST_MONTH, "year before"),
    "last month against Q1 2026": (LAST_MONTH, Q1),
    "last month than the 30 days before": (LAST_MONTH, "before"),
    "month on month": (LAST_MONTH, "before"),
    "this month vs last month": (Span(date(2026, 6, 1), date(2026, 7, 1), "this month"), "before"),
    "compared with last quarter": (Span(date(2026, 4, 1), date(2026, 7, 1), "this quarter"), "before"),
    "year over year": (Span(date(2026, 1, 1), date(2026, 7, 1), "year to date"), "year before"),
    "how did it change from march to may": (
        Span(date(2026, 5, 1), date(2026, 6, 1)),
        Span(date(2026, 3, 1), date(2026, 4, 1)),
    ),
    "change in sla between q1 and q2": (Span(date(2026, 4, 1), date(2026, 7, 1)), Q1),
    "yesterday vs the day before": (Span(date(2026, 6, 29), date(2026, 6, 30), "yesterday"), "before"),
    "q1 v q2": (Q1, Span(date(2026, 4, 1), date(2026, 7, 1))),
    "q1 vs q2": (Q1, Span(date(2026, 4, 1), date(2026, 7, 1))),
    "compare q1 and q2 2026": (Q1, Span(date(2026, 4, 1), date(2026, 7, 1))),
    "q3 vs q4 2024": (Span(date(2024, 7, 1), date(2024, 10, 1)), Span(date(2024, 10, 1), date(2025, 1, 1))),
}
NOTHING = (
    "", "mttr by team", "what may i ask", "may we see tickets", "priority 1-3", "more than 2000 tickets", "top 2000",
    "w60", "2026-13-45", "31.13.2026", "4 business hours", "by weekday", "by day of the week",
    "the second group", "page 12", "1850",
)  # fmt: skip
# Pieces of which random soup is made.
WORDS = [
    "last", "this", "next", "past", "may", "march", "q1", "q5", "week", "14", "53", "99", "2016", "0", "31", "30",
    "february", "of", "the", "in", "since", "until", "from", "to", "and", "between", "before", "after", "year",
    "month", "days", "ago", "h", "12:00", "pm", "night", "mondays", "on", "vs", "than", "compared", "with", "a",
    "trend", "by", "per", "03/04/2026", "end", "2026-02-30", "00/00/0000", "-", "<", ">", "half", "quarter",
    "first", "9999", "1970", "2199", "years", "5000",
]  # fmt: skip


def _terms(text: str) -> list[tuple[str, object]]:
    return [(term.kind, term.value) for term in read_times([word.text for word in words_of(text)], AS_OF)]


@pytest.mark.parametrize("text", SPANS)
def test_a_period_is_read(text: str) -> None:
    start, end, *code = SPANS[text].split(maxsplit=2)
    first, until = (None if day == "-" else date.fromisoformat(day) for day in (start, end))
    assert _terms(text) == [("span", Span(first, until, "".join(code)))]


@pytest.mark.parametrize("text", TERMS)
def test_a_term_is_read(text: str) -> None:
    assert _terms(text) == TERMS[text]


@pytest.mark.parametrize("text", COMPARED)
def test_a_comparison_is_read(text: str) -> None:
    span, compared = COMPARED[text]
    assert _terms(text) == [("span", span), ("compare", compared)]


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_about_time_is_no_term(text: str) -> None:
    assert _terms(text) == []


@pytest.mark.parametrize("text", SPANS)
def test_a_period_stands_on_its_own_words_in_a_sentence(text: str) -> None:
    alone = _terms(text)
    words = [word.text for word in words_of(f"sla of network {text} by team")]
    found = read_times(words, AS_OF)
    assert [(term.kind, term.value) for term in found] == alone
    assert found[0].first >= 3
    assert found[-1].last == len(words) - 3


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=25), st.dates())
def test_any_words_are_read(words: list[str], as_of: date) -> None:
    terms = read_times(words, as_of)
    assert all(0 <= term.first <= term.last < len(words) for term in terms)
    assert all(first.last < then.first or first.first == then.first for first, then in itertools.pairwise(terms))
    for term in terms:
        if isinstance(term.value, Span) and term.value.start and term.value.end:
            assert date(1970, 1, 1) <= term.value.start < term.value.end <= date(2200, 1, 1)
