"""BreachRisk, by example and on desks whose truth is known. The as-of time is the newest event of the desk."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.breach_predictions import origins_of, predictions
from analytics.flow.breach_risk import breach_risk
from analytics.flow.calibration import calibration_of
from analytics.tickets import PEOPLE
from analytics.warehouse.engine import Engine
from tests.conftest import MakeDesk
from tests.properties.desks import ZONES, desks, examples, filters, opened
from tests.warehouse_of import window

NOW = datetime.fromisoformat("2026-06-30 12:00")


def _stream(seed: int, hours: dict[int, float], due: float = 48, tickets: int = 1500) -> list[dict[str, Any]]:
    """Tickets over 24 weeks, by priority exponential with these means, all due 48 hours after opening."""
    random = np.random.default_rng(seed)
    listed: list[dict[str, Any]] = [{"opened_at": NOW - timedelta(days=1), "updated_at": NOW, "priority": 5}]
    for _ in range(tickets):
        start = NOW - timedelta(hours=float(random.uniform(1, 24 * 7 * 24)))
        priority = int(random.choice(list(hours)))
        end = start + timedelta(hours=float(random.exponential(hours[priority])))
        known = {"resolved_at": end, "status": "resolved"} if end <= NOW else {"status": "new"}
        listed.append(
            {
                "opened_at": start,
                "priority": priority,
                "ticket_type": "incident",
                "due_at": start + timedelta(hours=due),
            }
            | known
        )
    return listed


def test_the_slow_priority_is_the_riskier_one(desk: MakeDesk) -> None:
    found = breach_risk(desk(_stream(2, {1: 12, 4: 96}, tickets=3000)).engine, Filters())
    assert found.trusted
    assert found.calibration.brier is not None
    assert found.calibration.climatology is not None
    assert found.calibration.brier < found.calibration.climatology
    by_priority = found.frame.groupby("priority")["probability"].mean()
    assert by_priority[4] > by_priority[1]
    assert found.frame["probability"].is_monotonic_decreasing
    assert set(found.frame["comparable"]) == {"priority and type"}


def test_the_probability_is_that_of_the_truth(desk: MakeDesk) -> None:
    """An exponential forgets its age: P = exp(-hours left / mean)."""
    found = breach_risk(desk(_stream(2, {1: 12, 4: 96}, tickets=3000)).engine, Filters())
    means = found.frame["priority"].map({1: 12.0, 4: 96.0})
    truth = np.exp(-found.frame["hours_left"] / means)
    assert (found.frame["probability"] - truth).abs().mean() < 0.05
    assert found.expected_misses == pytest.approx(truth.sum(), rel=0.15)


def test_calibration_stands_the_comparison_with_what_came(desk: MakeDesk) -> None:
    bins = breach_risk(desk(_stream(2, {1: 12, 4: 96}, tickets=3000)).engine, Filters()).calibration.frame
    weights = bins["tickets"] / bins["tickets"].sum()
    assert bins["tickets"].sum() > 100
    assert (weights * (bins["predicted"] - bins["missed"])).sum() == pytest.approx(0, abs=0.1)
    assert (weights * (bins["predicted"] - bins["missed"]).abs()).sum() < 0.2


def test_a_prediction_that_knows_nothing_is_withheld(desk: MakeDesk) -> None:
    """Each ticket ends at its own half-hour before or after it is due, by lot: age tells nothing."""
    listed = _stream(4, {3: 48})
    random = np.random.default_rng(4)
    for ticket in listed[1:]:
        end = ticket["due_at"] + timedelta(hours=float(random.choice([-0.5, 0.5])))
        ticket.pop("resolved_at", None)
        ticket |= {"status": "resolved", "resolved_at": end} if end <= NOW else {"status": "new"}
    found = breach_risk(desk(listed).engine, Filters())
    assert found.not_yet_due > 0
    if not found.trusted:
        assert found.frame["probability"].isna().all()
        assert found.expected_misses is None
        assert "cannot be told" in found.sentence
        assert found.frame["hours_left"].is_monotonic_increasing
    else:  # a hair better than the average by luck
        assert found.calibration.brier == pytest.approx(found.calibration.climatology, rel=0.05)


def test_too_few_predictions_are_no_test(desk: MakeDesk) -> None:
    found = breach_risk(desk(_stream(5, {1: 12}, tickets=20)).engine, Filters())
    assert not found.trusted
    assert "cannot be told" in found.sentence or "No open ticket" in found.sentence


def test_without_due_times_it_says_so(desk: MakeDesk) -> None:
    found = breach_risk(desk("ticket | status | opened\nA | new | 2026-03-02\nB | new | 2026-03-03").engine, Filters())
    assert found.frame.empty
    assert found.without_due == 2
    assert found.sentence == "No open ticket has a due time ahead of it."
    assert dict(found.basis.excluded) == {"without a due time": 2}


def test_what_is_past_due_or_over_is_not_in_the_list_and_nobody_is_named(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status    | assignee | opened           | resolved         | due              | updated
        A      | new       | Ada      | 2026-03-02 08:00 |                  | 2026-03-12 08:00 | 2026-03-10 08:00
        B      | new       | Ada      | 2026-03-02 08:00 |                  | 2026-03-09 08:00 |
        C      | resolved  | Ada      | 2026-03-02 08:00 | 2026-03-03 08:00 | 2026-03-12 08:00 |
        D      | cancelled | Ada      | 2026-03-02 08:00 | 2026-03-03 08:00 | 2026-03-12 08:00 |
        E      | new       | Ada      | 2026-03-02 08:00 |                  | 2026-03-10 20:00 |
    """)
    found = breach_risk(made.engine, window("2026-03-05"))  # the period does not matter
    assert found.frame[["ticket_id", "hours_left"]].to_numpy().tolist() == [["E", 12], ["A", 48]]
    assert not set(PEOPLE) & set(found.frame.columns)
    assert dict(found.basis.excluded) == {"already past the due time": 1}


def test_an_earlier_prediction_knows_only_what_was_known_then(desk: MakeDesk) -> None:
    """What happened after an origin does not change what was predicted there."""
    listed = _stream(6, {2: 30}, tickets=600)
    origin = NOW - timedelta(weeks=4)
    changed = [ticket | _later(ticket, origin) for ticket in listed]
    first, second = (_at(desk(tickets).engine, weeks=4) for tickets in (listed, changed))
    assert len(first) > 0
    pd.testing.assert_series_equal(first, second)


def _later(ticket: dict[str, Any], origin: datetime) -> dict[str, Any]:
    """Everything that ended after the origin ends an hour later instead."""
    if "resolved_at" not in ticket or ticket["resolved_at"] <= origin:
        return {}
    return {"resolved_at": min(ticket["resolved_at"] + timedelta(hours=1), NOW)}


def _at(engine: Engine, weeks: int) -> pd.Series:
    cells = predictions(engine, Filters(), origins_of(engine))
    there = cells[(cells["weeks_back"] == weeks) & cells["due_hours"].notna()]
    return there.groupby(["hours", "due_hours"])["probability"].first().sort_index()


@examples
@given(desks, st.sampled_from(ZONES), filters())
def test_it_counts_every_open_ticket_once(listed: list[dict[str, Any]], zone: str, chosen: Filters) -> None:
    with opened(listed, zone) as made:
        found = breach_risk(made.engine, chosen)
        backlog = made.value("backlog", chosen.between(None, None))
        cancelled = sum(t["status"] == "cancelled" and not t["closed_at"] for t in listed)
        assert (backlog or 0) - cancelled <= found.basis.used + found.basis.tickets_excluded <= (backlog or 0)
        assert len(found.frame) == min(found.not_yet_due, 100)
        assert found.frame["probability"].dropna().between(0, 1).all()


def test_the_score_by_hand() -> None:
    cells = pd.DataFrame(
        {"probability": [0.2, 0.8, 0.8, None], "missed": [0, 1, 0, 1], "tickets": [60, 30, 10, 5], "weeks_back": 1}
    )
    found = calibration_of(cells)
    assert found.predictions == 60 + 30 + 10
    assert found.brier == pytest.approx((60 * 0.2**2 + 30 * 0.2**2 + 10 * 0.8**2) / 100)
    assert found.climatology == pytest.approx(0.3 * 0.7)
    assert found.trusted
    assert found.frame[["predicted", "missed", "tickets"]].to_numpy().tolist() == [
        [pytest.approx(0.2), 0, 60], [pytest.approx(0.8), 30 / 40, 40],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("probability", "tickets", "words"),
    [(0.9, 100, "no better than"), (0.2, 10, "only 10 predictions"), (None, 10, "no ticket with a due time")],
)
def test_why_a_prediction_is_not_trusted(probability: float | None, tickets: int, words: str) -> None:
    cells = pd.DataFrame({"probability": [probability], "missed": [0], "tickets": [tickets]})
    found = calibration_of(cells)
    assert not found.trusted
    assert words in (found.reason or "")
