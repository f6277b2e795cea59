"""What to automate: volume, effort and steadiness by arithmetic; stabilise before automating."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.plan.automation import (
    Candidate,
    automation_candidates,
    last_weeks_end,
    time_spread,
    volume_spread,
)
from tests.conftest import MakeDesk

START = datetime.fromisoformat("2026-03-30")  # a Monday
UNTIL = date(2026, 6, 29)
COUNTS = st.lists(st.integers(0, 500), min_size=2, max_size=26)


def tickets(category: str, weekly: list[int], hours: list[float], **more: Any) -> list[dict[str, Any]]:
    """So many tickets in each of the weeks from 30 Mar 2026 on, resolved in these hours by turns."""
    made: list[dict[str, Any]] = []
    for week, count in enumerate(weekly):
        for number in range(count):
            opened = START + timedelta(days=7 * week + number % 7)
            resolved = opened + timedelta(hours=hours[len(made) % len(hours)])
            made.append(
                {"opened_at": opened, "resolved_at": resolved, "status": "resolved", "category": category} | more
            )
    return made


def busy(desk: MakeDesk) -> list[Candidate]:
    rows = [
        *tickets("Password", [10] * 13, [1.0, 1.0, 1.2, 0.9]),
        *tickets("Campaign", [40, 0, 0, 0, 40, 0, 0, 0, 40, 0, 0, 0, 10], [1.5, 1.6]),
        *tickets("Mixed", [5] * 13, [2.0, 300.0, 2.0]),
        *tickets("Rare", [2] * 13, [3.0]),
        *tickets("Slow", [8] * 13, [200.0]),
        *tickets("Slower", [8] * 13, [400.0]),
        *tickets("Slowest", [8] * 13, [500.0]),
        *tickets("Last", [8] * 13, [600.0]),
    ]
    return list(automation_candidates(desk(rows).engine, Filters(), UNTIL).candidates)


def test_each_type_has_its_volume_effort_and_steadiness(desk: MakeDesk) -> None:
    found = {str(one.value): one for one in busy(desk)}
    assert list(found) == ["Password", "Campaign", "Mixed", "Rare"]
    password = found["Password"]
    assert password.tickets == 13 * 10
    assert password.per_week == 130 / 13
    assert password.median_hours == 1.0
    assert password.booked_per_week is None
    assert (password.steadiness, password.why) == ("steady", "steady: can be automated")
    assert found["Campaign"].why == "stabilise first: volume comes and goes"
    assert found["Mixed"].why == "stabilise first: time to resolve differs widely"
    assert (found["Rare"].tickets, found["Rare"].steadiness) == (26, "too few")


def test_the_sentence_counts_them(desk: MakeDesk) -> None:
    rows = [*tickets("Password", [10] * 13, [1.0]), *tickets("Slow", [10] * 13, [300.0])]
    found = automation_candidates(desk(rows).engine, Filters(), UNTIL)
    assert found.sentence == (
        "1 frequent simple type makes 50 % of what came in over the last 13 weeks: 1 steady enough to automate."
    )
    assert found.basis.used == 130


def test_hours_booked_are_effort_where_they_are_recorded(desk: MakeDesk) -> None:
    rows = [
        *tickets("Password", [10] * 13, [100.0], handle_hours=0.5),
        *tickets("Slow", [10] * 13, [1.0], handle_hours=4.0),
    ]
    (found,) = automation_candidates(desk(rows).engine, Filters(), UNTIL).candidates
    assert (found.value, found.median_hours, found.booked_per_week) == ("Password", 0.5, 10 * 0.5)


def test_without_types_it_is_said_why(desk: MakeDesk) -> None:
    found = automation_candidates(desk(tickets("One", [10] * 13, [1.0])).engine, Filters(), UNTIL)
    assert found.candidates == ()
    assert found.sentence.startswith("What to automate cannot be told. No types can be told apart")


def test_the_selection_finds_the_tickets_that_were_counted(desk: MakeDesk) -> None:
    rows = [*tickets("Password", [10] * 14, [1.0]), *tickets("Slow", [10] * 13, [300.0])]
    made = desk(rows)
    found = automation_candidates(made.engine, Filters(), UNTIL)
    chosen = found.selection(Filters(), "Password")
    counted = made.engine.query(f"SELECT count(*) AS n FROM tickets WHERE {chosen.condition}", dict(chosen.parameters))
    assert int(counted["n"].iloc[0]) == found.candidates[0].tickets == 130


def test_the_spread_is_what_chance_does_not_explain() -> None:
    # Mean 10, variance ((20 - 10)^2 + 3 (20/3 - 10)^2) / 3 by hand.
    weekly = np.array([20.0, 20 / 3, 20 / 3, 20 / 3])
    variance = (100 + 3 * (10 / 3) ** 2) / 3
    spread, beyond = volume_spread(weekly)
    assert spread == pytest.approx(np.sqrt(variance - 10) / 10)
    assert beyond == (3 * variance / 10 > 7.815)  # the 95 % quantile of chi-squared with 3 degrees of freedom
    assert volume_spread(np.zeros(13)) == (None, False)


@given(COUNTS)
def test_the_spread_is_never_negative_and_equal_weeks_have_none(counts: list[int]) -> None:
    spread, beyond = volume_spread(np.array(counts, dtype=float))
    assert spread is None or spread >= 0
    assert volume_spread(np.full(8, 7.0)) == (0.0, False)
    assert isinstance(beyond, bool)


def test_chance_alone_is_rarely_beyond_chance() -> None:
    random = np.random.default_rng(1)
    called = [volume_spread(random.poisson(12, 13).astype(float))[1] for _ in range(500)]
    assert sum(called) / 500 <= 0.08


def test_the_spread_of_time_is_that_of_the_middle_half() -> None:
    assert time_spread(1.0, 2.0, 1.0 + 1.349 * 2) == pytest.approx(1.0)
    assert time_spread(2.0, 2.0, 2.0) == 0


def test_only_whole_weeks_are_looked_at() -> None:
    assert last_weeks_end(date(2026, 6, 30), None) == date(2026, 6, 29)
    assert last_weeks_end(date(2026, 6, 28), None) == date(2026, 6, 29)
    assert last_weeks_end(date(2026, 6, 30), date(2026, 6, 10)) == date(2026, 6, 8)
