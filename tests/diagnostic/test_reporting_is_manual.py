"""Reporting is manual: which of the five KPIs a text table of tickets can give, how fresh it is, and answer times."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from analytics.diagnostic.evidence.reporting_is_manual import NAME, reporting_is_manual
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.five_kpis import five_kpis
from analytics.diagnostic.freshness import Freshness, freshness
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.usable import usable
from analytics.filters import Filters
from analytics.kpis import KPIS
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk

DAY = datetime.fromisoformat("2026-06-01 09:00")


def _tickets(count: int = 10, **more: Any) -> list[dict[str, Any]]:
    """So many tickets, a day apart, resolved after five hours; with everything that the five KPIs need."""
    whole = {"status": "resolved", "category": "Mail", "reopen_count": 0, "reassignment_count": 0}
    return [
        {
            **whole, "opened_at": DAY + timedelta(days=day), "resolved_at": DAY + timedelta(days=day, hours=5),
            "due_at": DAY + timedelta(days=day, hours=8), **more,
        }
        for day in range(count)
    ]  # fmt: skip


def _found(desk: Desk, known: Known | None = None, numbers: Numbers | None = None) -> Finding:
    return reporting_is_manual(desk.engine, Filters(), numbers or Numbers(), known or Known())


def test_all_five_can_be_computed_but_how_fresh_is_not_known(desk: MakeDesk) -> None:
    found = _found(desk(_tickets()))
    assert (found.verdict, found.value, found.threshold, found.unit) == ("partial", 5, 5, "KPIs")
    assert found.sentence.startswith(
        "All 5 core KPIs can be computed from the loaded tickets. How fresh they are cannot"
    )
    assert found.details["Can be computed"].tolist() == ["yes"] * 5
    assert found.cost is not None
    assert (found.cost.low, found.cost.hours, found.cost.high) == (2 * 0.5, 4 * 0.75, 8 * 1.5)


def test_fresh_tickets_speak_against_it_as_far_as_tickets_can(desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = desk(_tickets())
    for days, verdict in ((0, "disagrees"), (7, "disagrees"), (8, "partial")):
        newest = date(2026, 6, 10)
        fresh = Freshness(newest, newest + timedelta(days=days))
        monkeypatch.setattr("analytics.diagnostic.evidence.reporting_is_manual.freshness", lambda _, told=fresh: told)
        found = _found(made)
        assert found.verdict == verdict
        age, kpis = (days, 7, "days old"), (5, 5, "KPIs")
        assert (found.value, found.threshold, found.unit) == (age if verdict == "partial" else kpis)
        assert (f"{days} days before the import" in found.sentence) == (days > 1)
        assert found.sentence.endswith("How slides are made, no ticket tells.") == (verdict == "disagrees")


def test_without_due_times_one_is_missing_and_named(desk: MakeDesk) -> None:
    made = desk(_tickets(due_at=None))
    found = _found(made)
    assert (found.verdict, found.value) == ("agrees", 4)
    assert "4 of the 5 core KPIs" in found.sentence
    assert "not SLA adherence (no target known: 100 % of tickets unusable)" in found.sentence
    assert found.selection is not None
    assert select_tickets(made.engine, found.selection).total == 10
    assert found.cost is not None
    assert found.cost.hours == pytest.approx(4 * 0.75 * 1 / 5)
    four = Numbers().with_threshold(NAME, "kpis_wanted", 4)
    assert _found(made, numbers=four).verdict == "partial"


def test_under_half_usable_or_under_five_tickets_does_not_count(desk: MakeDesk) -> None:
    few_due = [*_tickets(4), *_tickets(6, due_at=None)]
    assert _found(desk(few_due)).value == 4
    assert _found(desk(few_due), numbers=Numbers().with_threshold(NAME, "usable_share", 0.05)).value == 4  # 4 tickets
    half_due = [*_tickets(5), *_tickets(5, due_at=None)]
    assert _found(desk(half_due)).value == 5
    assert _found(desk(half_due), numbers=Numbers().with_threshold(NAME, "usable_share", 0.6)).value == 4


def test_by_service_where_no_category_is_recorded(desk: MakeDesk) -> None:
    titles = [one.title for one in five_kpis(desk(_tickets(category=None, service="Mail")).engine, Filters(), 0.5)]
    assert "Ticket volume by service" in titles
    none = five_kpis(desk(_tickets(category=None)).engine, Filters(), 0.5)
    assert [one.title for one in none if not one.is_told] == ["Ticket volume by category"]


def test_open_and_cancelled_tickets_are_not_missed(desk: MakeDesk) -> None:
    more = [{"opened_at": DAY, "status": "cancelled"}, {"opened_at": DAY, "status": "new"}] * 20
    found = {one.title: one.behind for one in five_kpis(desk([*_tickets(), *more]).engine, Filters(), 0.5)}
    assert found["Mean time to resolve"].unusable == 0
    assert found["SLA adherence"].unusable == 0
    assert found["Ticket volume by category"].missing == (("no category", 40),)


def test_the_tickets_shown_are_those_that_were_counted(desk: MakeDesk) -> None:
    odd = """
    opened           | resolved         | closed           | status    | due              | category
    2026-06-01 09:00 | 2026-06-01 12:00 |                  | resolved  |                  | Mail
    2026-06-01 09:00 |                  | 2026-06-02 12:00 | closed    | 2026-06-03 12:00 | Mail
    2026-06-01 09:00 | 2026-05-31 12:00 |                  | resolved  | 2026-06-03 12:00 |
                     | 2026-06-01 12:00 |                  | resolved  |                  | Mail
                     |                  |                  | cancelled |                  | Mail
    2026-06-01 09:00 |                  |                  | cancelled |                  | Mail
    2026-06-01 09:00 |                  |                  | new       |                  | Mail
    """
    made = desk(odd)
    for kpi in KPIS:
        found = usable(made.engine, kpi, Filters())
        assert select_tickets(made.engine, found.selection()).total == found.unusable, kpi.name
    mttr = usable(made.engine, KPIS[0], Filters())
    assert mttr.used == 1
    assert dict(mttr.missing) == {
        "no opening time": 2, "ended without a resolution time": 1, "resolved before it was opened": 1
    }  # fmt: skip


def test_answer_times_are_told_by_their_middle(desk: MakeDesk) -> None:
    made = desk(_tickets())
    assert "not known yet" in _found(made).sentence
    assert "Half of the latest 3 pages took at most 0.4 seconds" in _found(made, Known((), (9.0, 0.4, 0.2))).sentence
    assert "Half of the latest 2 pages took at most 0.1 seconds" in _found(made, Known((), (0.01, 0.02))).sentence


def test_nothing_opened_lately_cannot_be_told(desk: MakeDesk) -> None:
    found = _found(desk([{"status": "new"}]))
    assert (found.verdict, found.value) == ("cannot tell", None)
    assert found.reason == "No ticket was opened in this window, so there is nothing to report on."


def test_freshness_is_never_negative_and_may_be_unknown(desk: MakeDesk) -> None:
    assert Freshness(date(2026, 6, 2), date(2026, 6, 1)).days == 0
    assert Freshness(date(2026, 6, 1), date(2026, 6, 9)).days == 8
    assert freshness(desk(_tickets()).engine).days is None  # made without an import
