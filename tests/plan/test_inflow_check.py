"""The 30-day check: inflow before and after by arithmetic, its interval, and what is too early or too few to tell."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.plan.inflow_check import dispersion, inflow_check, origin_of, rate_ratio, type_of
from tests.conftest import MakeDesk

STARTED = date(2026, 5, 1)


def arrivals(category: str, before_a_day: int, after_a_day: int, days_after: int = 31) -> list[dict[str, Any]]:
    """Tickets on each of the 100 days before and the days after the start."""
    rows = []
    for day in range(-100, days_after):
        for _ in range(before_a_day if day < 0 else after_a_day):
            opened = datetime.combine(STARTED, datetime.min.time()) + timedelta(days=day, hours=9)
            rows.append({"opened_at": opened, "resolved_at": opened, "status": "resolved", "category": category})
    return rows


def test_half_as_many_come_since(desk: MakeDesk) -> None:
    made = desk([*arrivals("Password", 4, 2), *arrivals("Other", 3, 3)])
    found = inflow_check(made.engine, "category", "Password", STARTED)
    assert found.verdict == "fewer"
    assert found.before_per_week == pytest.approx(4 * 7)
    assert found.after_per_week == pytest.approx(2 * 7)
    assert found.ratio == pytest.approx(0.5)
    assert found.rest == pytest.approx(1.0)
    assert found.sentence.startswith("28.0 a week before, 14.0 in the 30 days since: -50 % (95 % between -")
    assert found.sentence.endswith("fewer. Everything else: +0 %.")


def test_it_is_too_early_before_thirty_days(desk: MakeDesk) -> None:
    made = desk(arrivals("Password", 4, 2, days_after=11))
    found = inflow_check(made.engine, "category", "Password", STARTED)
    assert (found.verdict, found.ratio) == ("too early", None)
    assert found.sentence == "Too early to tell: 10 of 30 days are loaded; look again after 31 May 2026."


def test_few_tickets_and_short_records_are_not_told(desk: MakeDesk) -> None:
    made = desk([*arrivals("Other", 1, 1), arrivals("Rare", 1, 0)[50]])
    assert inflow_check(made.engine, "category", "Rare", STARTED).verdict == "too few"
    assert inflow_check(made.engine, "category", "Other", date(2026, 4, 1)).verdict == "cannot tell"


def test_the_same_flow_is_no_change(desk: MakeDesk) -> None:
    found = inflow_check(desk(arrivals("Password", 2, 2)).engine, "category", "Password", STARTED)
    assert found.verdict == "no change beyond chance"
    assert found.rest is None


def test_the_origin_names_the_type_and_comes_back() -> None:
    assert type_of(origin_of("category", "Password = reset")) == ("category", "Password = reset")
    assert type_of("problem 3") is None
    assert type_of("automation requester=Somebody") is None
    assert type_of("automation category=") is None


def test_a_cut_value_still_finds_its_tickets(desk: MakeDesk) -> None:
    long = "x" * 300
    named = type_of(origin_of("category", long))
    assert named is not None
    assert len(origin_of("category", long)) == 200
    found = inflow_check(desk(arrivals(long, 4, 2)).engine, *named, STARTED)
    assert found.ratio == pytest.approx(0.5)


def test_the_interval_is_that_of_two_poisson_rates() -> None:
    ratio, lo, hi = rate_ratio(100, 10, 50, 10, 1.0)
    half = 1.96 * np.sqrt(1 / 100 + 1 / 50)
    assert (ratio, lo, hi) == pytest.approx((0.5, 0.5 * np.exp(-half), 0.5 * np.exp(half)))
    assert rate_ratio(100, 10, 0, 10, 1.0)[:2] == (0.0, 0.0)


@given(st.integers(5, 1000), st.integers(0, 1000), st.floats(1, 20))
def test_the_interval_holds_the_ratio_and_widens_with_the_spread(before: int, after: int, spread: float) -> None:
    ratio, lo, hi = rate_ratio(before, 13, after, 30 / 7, spread)
    assert lo <= ratio <= hi
    _, narrow, wide = rate_ratio(before, 13, after, 30 / 7, 1.0)
    assert lo <= narrow
    assert wide <= hi


def test_chance_alone_is_rarely_called_a_change() -> None:
    random, called = np.random.default_rng(2), 0
    for _ in range(400):
        weeks = random.poisson(10, 13)
        _, lo, hi = rate_ratio(int(weeks.sum()), 13, int(random.poisson(10 * 30 / 7)), 30 / 7, dispersion(weeks))
        called += lo > 1 or hi < 1
    assert called / 400 <= 0.07
