"""Outlived, by example: very old, and quiet or without a requester who is still heard of."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from analytics.filters import Filters
from analytics.flow.outlived import Outlived, outlived
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.properties.desks import desks, examples, filters, opened
from tests.warehouse_of import Desk

AS_OF = datetime.fromisoformat("2026-06-30 12:00")


def _ticket(name: str, days: float, updated: float | None = None, requester: str | None = None) -> dict[str, Any]:
    """Open, and opened (and updated) so many days before the as-of time."""
    times = {"updated_at": AS_OF - timedelta(days=updated)} if updated is not None else {}
    asked = {"requester": requester} if requester else {}
    return {"ticket_id": name, "opened_at": AS_OF - timedelta(days=days), "status": "new", **times, **asked}


def _ended() -> list[dict[str, Any]]:
    """Thirty tickets that took 100 days, so that the line is at 100; the last ended at the as-of time."""
    return [
        {
            "ticket_id": f"E{i}", "opened_at": AS_OF - timedelta(days=100 + i), "status": "resolved",
            "resolved_at": AS_OF - timedelta(days=i), "requester": "Zoe",
        }
        for i in range(30)
    ]  # fmt: skip


OPEN = [
    _ticket("young", 99, 98, "Ann"),
    _ticket("quiet", 400, 91, "Zoe"),
    _ticket("busy", 400, 89, "Zoe"),
    _ticket("gone", 400, 181, "Bob"),
    _ticket("heard elsewhere", 400, 50, "Cyd"),
    _ticket("no update told", 400, None, "Zoe"),
    _ticket("nobody", 400, 10),
]


def _ids(desk: Desk, shown: Outlived, which: str) -> set[str]:
    return set(select_tickets(desk.engine, shown.selection(which)).frame["ticket_id"])


def test_each_very_old_ticket_has_its_reason(desk: MakeDesk) -> None:
    made = desk([*_ended(), *OPEN])
    shown = outlived(made.engine, Filters())
    assert (shown.tickets, shown.old, shown.older_than_days) == (7, 6, pytest.approx(100))
    assert _ids(made, shown, "quiet") == {"quiet", "gone"}
    assert _ids(made, shown, "gone") == _ids(made, shown, "both") == {"gone"}  # of Bob nothing for 181 days
    assert _ids(made, shown, "either") == {"quiet", "gone"}
    assert (shown.quiet, shown.gone, shown.both, shown.either) == (2, 1, 1, 2 + 1 - 1)
    assert (shown.quiet_unknown, shown.gone_unknown) == (1, 1)
    assert shown.sentence.startswith("2 of 7 tickets open now (29 %) probably outlived their purpose: older than 100 d")
    assert "not recorded for 1, and the requester is not recorded for 1" in shown.unknown
    assert "no activity for 90 days" in shown.selection("quiet").words


def test_no_name_of_a_person_is_in_anything_shown(desk: MakeDesk) -> None:
    shown = outlived(desk([*_ended(), *OPEN]).engine, Filters())
    told = f"{shown.sentence} {shown.unknown} {shown.basis.document()} {shown.selection('gone').words}"
    assert not [name for name in ("Bob", "Zoe", "Ann", "Cyd") if name in told]


def test_under_ninety_days_nothing_is_very_old(desk: MakeDesk) -> None:
    quick = [{**ticket, "opened_at": ticket["resolved_at"] - timedelta(days=1)} for ticket in _ended()]
    made = desk([*quick, _ticket("A", 89, 89, "Bob"), _ticket("B", 91, 91, "Zoe")])
    shown = outlived(made.engine, Filters())
    assert shown.older_than_days == 90
    assert _ids(made, shown, "either") == {"B"}


def test_where_nobody_asked_lately_nobody_is_gone(desk: MakeDesk) -> None:
    silent = [{**ticket, "requester": None} for ticket in _ended()]
    shown = outlived(desk([*silent, *OPEN[1:2], OPEN[3]]).engine, Filters())
    assert (shown.old, shown.gone, shown.gone_unknown) == (2, 0, 2)


def test_without_an_update_or_a_requester_anywhere_it_cannot_be_told(desk: MakeDesk) -> None:
    bare = [{**ticket, "requester": None} for ticket in _ended()]
    shown = outlived(desk([*bare, _ticket("A", 400), _ticket("B", 300)]).engine, Filters())
    assert (shown.either, shown.quiet_unknown, shown.gone_unknown) == (0, 2, 2)
    assert "none can be told to have outlived its purpose" in shown.sentence


def test_without_a_line_very_old_cannot_be_told(desk: MakeDesk) -> None:
    shown = outlived(desk(OPEN).engine, Filters())
    assert shown.sentence.startswith("Which tickets outlived their purpose cannot be told: no ticket ended")
    assert (shown.tickets, shown.old, shown.either) == (7, 0, 0)


def test_a_source_whose_export_ended_long_ago_only_looks_silent(desk: MakeDesk) -> None:
    asleep = [{**_ticket("old export", 400, 300, "Zoe"), "source": "other"}]
    shown = outlived(desk([*_ended(), *asleep]).engine, Filters())
    assert (shown.old, shown.quiet, shown.quiet_unknown) == (1, 0, 1)


def test_nothing_loaded(desk: MakeDesk) -> None:
    assert outlived(desk([]).engine, Filters()).tickets == 0


@examples
@given(desks, filters())
def test_the_reasons_are_found_among_the_very_old(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        shown = outlived(desk.engine, chosen)
        assert shown.tickets == desk.value("backlog", chosen)
        assert shown.both <= min(shown.quiet, shown.gone) <= shown.old <= shown.tickets
        if not shown.reason:
            for which in ("quiet", "gone", "both", "either"):
                assert select_tickets(desk.engine, shown.selection(which)).total == getattr(shown, which)
