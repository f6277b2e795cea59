"""Spans: what a code means as of a day, and the span before."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.ask.span import ALL_TIME, Span, before, span_of, year_before

AS_OF = date(2026, 6, 30)
CODES = {
    "today": ("2026-06-30", "2026-07-01"),
    "yesterday": ("2026-06-29", "2026-06-30"),
    "this week": ("2026-06-29", "2026-07-01"),
    "last week": ("2026-06-22", "2026-06-29"),
    "this month": ("2026-06-01", "2026-07-01"),
    "month to date": ("2026-06-01", "2026-07-01"),
    "last month": ("2026-05-01", "2026-06-01"),
    "last quarter": ("2026-01-01", "2026-04-01"),
    "quarter to date": ("2026-04-01", "2026-07-01"),
    "this year": ("2026-01-01", "2026-07-01"),
    "last year": ("2025-01-01", "2026-01-01"),
    "last 1 days": ("2026-06-30", "2026-07-01"),
    "last 90 days": ("2026-04-02", "2026-07-01"),
    "last 2 weeks": ("2026-06-17", "2026-07-01"),
    "last 3 months": ("2026-04-01", "2026-07-01"),
    "last 2 quarters": ("2026-01-01", "2026-07-01"),
    "last 5 years": ("2021-07-01", "2026-07-01"),
}
NO_CODES = (
    "", "month", "last", "last month to date", "this month to date", "last 0 days", "last 90 day", "last -1 days",
    "last 99999 days", "last ٣ days", "next month", "LAST MONTH", "last 60 years", "last  month", "last 1e3 days",
)  # fmt: skip
kinds = st.sampled_from(["days", "weeks", "months", "quarters", "years"])
codes = st.sampled_from(sorted(CODES)) | st.builds("last {} {}".format, st.integers(1, 9999), kinds)
days = st.dates(date(1970, 1, 1), date(2199, 12, 31))


def _span(start: str, end: str, code: str = "") -> Span:
    return Span(date.fromisoformat(start), date.fromisoformat(end), code)


@pytest.mark.parametrize("code", CODES)
def test_a_code_means_its_days(code: str) -> None:
    assert span_of(code, AS_OF) == _span(*CODES[code], code)


@pytest.mark.parametrize("code", NO_CODES)
def test_what_is_no_code_is_no_span(code: str) -> None:
    assert span_of(code, AS_OF) is None


def test_months_roll_from_the_same_day_of_the_month() -> None:
    assert span_of("last 3 months", date(2026, 5, 18)) == _span("2026-02-19", "2026-05-19", "last 3 months")
    # The last day of a month counts as one: three months up to the end of February are December to February.
    assert span_of("last 3 months", date(2026, 2, 28)) == _span("2025-12-01", "2026-03-01", "last 3 months")
    assert span_of("last 1 months", date(2026, 3, 30)) == _span("2026-03-01", "2026-03-31", "last 1 months")


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (_span("2026-05-01", "2026-06-01"), "2026-04-01", "2026-05-01"),
        (_span("2026-04-01", "2026-07-01"), "2026-01-01", "2026-04-01"),
        (_span("2025-01-01", "2026-01-01"), "2024-01-01", "2025-01-01"),
        (_span("2026-01-01", "2026-07-01"), "2025-07-01", "2026-01-01"),
        (_span("2026-06-22", "2026-06-29"), "2026-06-15", "2026-06-22"),
        (_span("2026-05-01", "2026-05-19"), "2026-04-01", "2026-04-19"),
        (_span("2026-03-01", "2026-03-31"), "2026-02-01", "2026-03-01"),
        (_span("2026-05-02", "2026-05-19"), "2026-04-15", "2026-05-02"),
        (_span("2026-04-01", "2026-04-02"), "2026-03-31", "2026-04-01"),
        (_span("2026-01-01", "2026-05-19", "year to date"), "2025-01-01", "2025-05-19"),
        (_span("2026-01-01", "2026-07-01", "this year"), "2025-01-01", "2025-07-01"),
        (_span("2026-04-01", "2026-05-19", "this quarter"), "2026-01-01", "2026-02-19"),
        (_span("2026-04-01", "2026-06-01", "quarter to date"), "2026-01-01", "2026-03-01"),
        (_span("2026-06-29", "2026-07-01", "this week"), "2026-06-22", "2026-06-24"),
        (_span("2026-06-01", "2026-07-01", "last 30 days"), "2026-05-02", "2026-06-01"),
    ],
)
def test_before_is_the_period_of_the_same_kind(span: Span, start: str, end: str) -> None:
    assert before(span) == _span(start, end, "before")


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        (_span("2026-05-01", "2026-06-01"), "2025-05-01", "2025-06-01"),
        (_span("2025-02-01", "2025-03-01"), "2024-02-01", "2024-03-01"),
        (_span("2024-02-29", "2024-03-01"), "2023-02-28", "2023-03-01"),
        (_span("2026-06-22", "2026-06-29"), "2025-06-23", "2025-06-30"),
        (_span("2026-06-29", "2026-07-01", "week to date"), "2025-06-30", "2025-07-02"),
        (_span("2026-05-04", "2026-05-19"), "2025-05-04", "2025-05-19"),
    ],
)
def test_a_year_before_are_the_same_days(span: Span, start: str, end: str) -> None:
    assert year_before(span) == _span(start, end, "year before")


@pytest.mark.parametrize("span", [ALL_TIME, Span(AS_OF), Span(None, AS_OF), Span(AS_OF, AS_OF)])
def test_nothing_is_before_an_open_or_empty_span(span: Span) -> None:
    assert before(span) is None
    assert year_before(span) is None


@given(codes, st.dates())
def test_a_code_comes_back_with_its_span(code: str, as_of: date) -> None:
    found = span_of(code, as_of)
    if found is None:
        return
    assert found.code == code
    assert found.start
    assert found.end
    assert date(1970, 1, 1) <= found.start < found.end <= as_of + timedelta(days=1)


@given(days, st.integers(1, 1_000), codes)
def test_before_ends_where_the_span_begins_or_earlier(start: date, length: int, code: str) -> None:
    for span in (Span(start, start + timedelta(days=length)), span_of(code, start)):
        for earlier in (span and before(span), span and year_before(span)):
            if span is None or earlier is None:
                continue
            assert span.start
            assert span.end
            assert earlier.start
            assert earlier.end
            assert earlier.start < earlier.end
            assert earlier.end <= span.start or earlier.code == "year before"
            assert earlier.end < span.end
            assert abs((earlier.end - earlier.start) - (span.end - span.start)) <= timedelta(days=6)


@given(days, st.integers(1, 400))
def test_before_touches_a_span_that_begins_within_a_month(start: date, length: int) -> None:
    span = Span(start, start + timedelta(days=length))
    earlier = before(span)
    if earlier and start.day != 1:
        assert earlier.end == start


@given(st.text(max_size=30), st.dates())
def test_any_text_and_any_day_is_answered(code: str, as_of: date) -> None:
    found = span_of(code, as_of)
    assert found is None or found.code == code
