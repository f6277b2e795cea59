"""Numbers, periods and times as people read them."""

from datetime import date, datetime

import pytest

from analytics.formatting import (
    age_text,
    change_text,
    count_text,
    hours_text,
    moment_text,
    period_text,
    signed_text,
    size_text,
    tick_text,
    value_text,
)
from analytics.kpi import Unit
from analytics.period import Grain


@pytest.mark.parametrize(
    ("hours", "words"),
    [(0, "0 min"), (45 / 60, "45 min"), (2, "2.0 h"), (95.9, "95.9 h"), (4 * 24, "4.0 days"), (-3, "-3.0 h")],
)
def test_durations(hours: float, words: str) -> None:
    assert hours_text(hours) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1 / 3, Unit.RATIO, "33.3 %"), (1, Unit.RATIO, "100.0 %"), (1_340, Unit.TICKETS, "1,340"),
        (None, Unit.TICKETS, "cannot tell"), (float("nan"), Unit.HOURS, "cannot tell"),
    ],
)  # fmt: skip
def test_values(value: float | None, unit: Unit, words: str) -> None:
    assert value_text(value, unit) == words


def test_too_few_hides_a_number_but_unknown_stays_unknown() -> None:
    assert value_text(0.5, Unit.RATIO, too_few=True) == "too few"
    assert value_text(None, Unit.RATIO, too_few=True) == "cannot tell"


@pytest.mark.parametrize(
    ("value", "before", "unit", "words"),
    [
        (0.75, 0.5, Unit.RATIO, "+25.0 points"), (9, 12, Unit.HOURS, f"{(9 - 12) / 12 * 100:.1f} %"),
        (6, 4, Unit.TICKETS, "+50.0 %"), (6, 0, Unit.TICKETS, "from none"),
    ],
)  # fmt: skip
def test_changes(value: float, before: float, unit: Unit, words: str) -> None:
    assert change_text(value, before, unit) == words


@pytest.mark.parametrize(
    ("grain", "long", "short"),
    [
        (Grain.DAY, "2026-04-01", "1 Apr"), (Grain.WEEK, "week of 2026-04-01", "1 Apr"),
        (Grain.MONTH, "Apr 2026", "Apr 2026"), (Grain.QUARTER, "Q2 2026", "Q2 2026"), (Grain.YEAR, "2026", "2026"),
    ],
)  # fmt: skip
def test_periods(grain: Grain, long: str, short: str) -> None:
    assert (period_text(date(2026, 4, 1), grain), tick_text(date(2026, 4, 1), grain)) == (long, short)


def test_moments_counts_and_sizes() -> None:
    assert moment_text(datetime.fromisoformat("2026-06-03 07:05")) == "3 Jun 2026, 07:05"
    assert moment_text(None) == "unknown"
    assert count_text(24_918) == "24,918"
    assert [size_text(size) for size in (1, 740_000, 12_400_000)] == ["1 kB", "740 kB", "12.4 MB"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.5 / 24, "30 min"), (1.25, "30.0 h"), (8.2, "8.2 days"), (90, "90 days"), (1883.9, "1,883.9 days")],
)
def test_an_age_as_a_limit(days: float, words: str) -> None:
    assert age_text(days) == words


@pytest.mark.parametrize(
    ("number", "decimals", "words"),
    [(1340, 0, "+1,340"), (-12, 0, "-12"), (0, 0, "0"), (-0.04, 1, "0.0"), (0.4, 1, "+0.4")],
)
def test_nought_has_no_sign(number: float, decimals: int, words: str) -> None:
    assert signed_text(number, decimals) == words
