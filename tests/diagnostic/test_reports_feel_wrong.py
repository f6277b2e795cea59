"""Reports feel wrong: distances between definitions as arithmetic, and the tickets between them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from analytics.diagnostic.distances import Distance, distances
from analytics.diagnostic.evidence.reports_feel_wrong import NAME, reports_feel_wrong
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk

AS_OF = datetime.fromisoformat("2026-06-30 12:00")


def _ticket(days: float, hours: float | None, due_hours: float | None = 24, **more: Any) -> dict[str, Any]:
    """Opened so many days before the as-of time, resolved after `hours`, or still open."""
    opened = AS_OF - timedelta(days=days)
    ended = {"status": "new"} if hours is None else {"resolved_at": opened + timedelta(hours=hours), "status": "closed"}
    due = {"due_at": opened + timedelta(hours=due_hours)} if due_hours else {}
    usual = {"category": "Mail", "reopen_count": 0, "reassignment_count": 0}
    return {"opened_at": opened, **usual, **ended, **due, **more}


def _desk(ended: int, breached_open: int, **more: Any) -> list[dict[str, Any]]:
    """`ended` tickets resolved in time at 1 to n tenths of an hour, and some open past their due time."""
    return [
        *(_ticket(60 - place / 10, 0.1 * (place + 1), **more) for place in range(ended)),
        *(_ticket(40, None, **more) for _ in range(breached_open)),
        _ticket(0.5, 12, due_hours=None, **more),
    ]


def _found(desk: Desk, numbers: Numbers | None = None) -> Finding:
    return reports_feel_wrong(desk.engine, Filters(), numbers or Numbers(), Known())


def _of(desk: Desk, title: str) -> Distance:
    return next(one for one in distances(desk.engine, Filters()) if one.title == title and one.judged)


def test_breached_and_open_tickets_lie_between_the_two_sla_figures(desk: MakeDesk) -> None:
    made = desk(_desk(90, 10))
    sla = _of(made, "SLA adherence")
    assert sla.distance == pytest.approx(90 / 90 - 90 / 100)
    assert sla.selection is not None
    assert select_tickets(made.engine, sla.selection).total == 10
    found = _found(made)
    assert (found.verdict, found.threshold, found.unit) == ("agrees", 0.05, "ratio")
    said = "SLA adherence: 100.0 % of the tickets that ended, but 90.0 % counting the 10 breached and still open"
    assert f"{said}: 10.0 points apart." in found.sentence
    assert found.cost is not None
    assert found.cost.hours is None


def test_open_tickets_lie_between_the_two_shares_in_time(desk: MakeDesk) -> None:
    made = desk(_desk(99, 20))  # with the last one 100 ended, 20 are open and have been for 40 days
    time = _of(made, "Time to resolve")
    assert time.distance == pytest.approx(50 / 100 - 50 / 120)
    assert "50.0 % of those that ended took at most 5.0 h" in time.usual
    assert "41.7 % of all, with the 20 still open" in time.other
    assert time.selection is not None
    assert select_tickets(made.engine, time.selection).total == 20


def test_nothing_apart_and_nothing_missing_speaks_against_it(desk: MakeDesk) -> None:
    made = desk(_desk(100, 0))
    found = _found(made)
    assert found.verdict == "disagrees"
    assert found.value == pytest.approx(0, abs=1e-9)
    assert found.sentence.startswith("No two definitions are further apart than 0.0 points")
    assert found.sentence.endswith(
        "No KPI that can be computed lacks more than 5 % of the tickets that it should count."
    )


def test_unusable_tickets_alone_agree_in_part_and_are_named(desk: MakeDesk) -> None:
    made = desk([*_desk(80, 0), *(_ticket(30, 4, due_hours=None) for _ in range(20))])
    found = _found(made)
    # 20 and the last one have no due time
    assert (found.verdict, found.value) == ("partial", pytest.approx(21 / 101))
    assert "SLA adherence cannot use 21 % (no target known)." in found.sentence
    assert found.selection is not None
    assert select_tickets(made.engine, found.selection).total == 21
    assert _found(made, Numbers().with_threshold(NAME, "unusable_share", 0.3)).verdict == "disagrees"


def test_a_kpi_that_cannot_be_told_at_all_is_in_no_report(desk: MakeDesk) -> None:
    found = _found(desk([_ticket(days, 5, due_hours=None) for days in range(1, 60)]))
    assert found.verdict == "disagrees"
    assert "SLA adherence" not in found.sentence


def test_rules_on_contacts_are_judged_and_the_pace_is_shown_only(desk: MakeDesk) -> None:
    tickets = [_ticket(days % 80 + 1, 5, reopen_count=1 if days < 20 else 0) for days in range(100)]
    made = desk(tickets)
    by_contacts = _of(made, "First contact resolution")
    assert by_contacts.distance == pytest.approx(100 / 100 - 80 / 100)
    assert by_contacts.selection is not None
    assert select_tickets(made.engine, by_contacts.selection).total == 20
    shown = [one for one in distances(made.engine, Filters()) if not one.judged]
    assert {one.title for one in shown} == {"First contact resolution", "Mean time to resolve"}
    pace = next(one for one in shown if one.title == "First contact resolution")
    assert pace.distance == pytest.approx(1.0)  # none was resolved within an hour
    assert pace.source == "desk"
    assert _found(made).verdict == "agrees"


def test_mean_and_median_far_apart_do_not_decide(desk: MakeDesk) -> None:
    made = desk([_ticket(80 - day / 2, 1 if day % 10 else 500, due_hours=None) for day in range(60)])
    found = _found(made)
    assert found.verdict == "disagrees"
    rows = found.details[found.details["Apart"] == "not judged"]
    assert any("as a mean by the clock" in words for words in rows["As usually reported"])


def test_a_clean_up_lies_between_the_two_backlogs(desk: MakeDesk) -> None:
    steady = [_ticket(140 - day / 4, 5) for day in range(560)]
    old = [_ticket(140, (140 - 20) * 24 + 1, due_hours=None) for _ in range(60)]
    waiting = [_ticket(15, None, due_hours=1_000) for _ in range(40)]
    made = desk([*steady, *old, *waiting])
    backlog = _of(made, "Backlog")
    assert backlog.distance == pytest.approx(60 / (40 + 60), abs=0.03)
    found = _found(made)
    assert found.verdict == "agrees"
    assert "Backlog: 40 are open, but" in found.sentence


def test_nothing_to_compare_cannot_be_told(desk: MakeDesk) -> None:
    found = _found(desk([{"status": "new"}]))
    assert (found.verdict, found.value, found.sentence) == ("cannot tell", None, "")
    assert found.reason == "No KPI here can be counted in two ways."


def test_the_trend_is_of_the_two_sla_figures(desk: MakeDesk) -> None:
    found = _found(desk(_desk(90, 10)))
    # nine of ten of those judged in May had ended; the open ones were due on 22 May
    assert found.trend["value"].max() > 0
    assert found.trend["period"].is_monotonic_increasing
