"""Ownership, by example and by property: every open ticket is in exactly one class."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.flow.owner_classes import CLASSES, UNNAMED
from analytics.flow.ownership import Ownership, ownership
from analytics.selection import select_tickets
from analytics.warehouse.engine import Engine
from tests.cli.command_line import CommandLine
from tests.conftest import MakeDesk
from tests.properties.desks import desks, examples, filters, opened
from tests.warehouse_of import Desk, reopened, window

AS_OF = datetime.fromisoformat("2026-06-30 12:00")


def _ticket(name: str, days: float, updated: float | None, **more: Any) -> dict[str, Any]:
    """Open, and opened (and updated) so many days before the as-of time."""
    times = {"updated_at": AS_OF - timedelta(days=updated)} if updated is not None else {}
    return {"ticket_id": name, "opened_at": AS_OF - timedelta(days=days), "status": "new", **times, **more}


OPEN = [
    _ticket("nobody", 20, 3),
    _ticket("group", 20, 3, assignment_group="Network"),
    _ticket("silent", 20, 14, assignment_group="Network", assignee="Ada"),
    _ticket("just moved", 20, 13.9, assignment_group="Network", assignee="Ada"),
    _ticket("left", 40, 35, assignment_group="Desk", assignee="Bob"),
    _ticket("new for Bob", 2, None, assignment_group="Desk", assignee="Bob"),
    _ticket("owned", 1, 0, assignment_group="Desk", assignee="Cyd"),
    _ticket("mute", 90, 90, source="other", assignment_group="Desk"),
]


def _by_class(engine: Engine, shown: Ownership) -> dict[str, set[str]]:
    return {
        held.name: set(select_tickets(engine, shown.selection([held.name])).frame["ticket_id"])
        for held in shown.classes
        if held.tickets
    }


def test_each_open_ticket_is_in_one_class(desk: MakeDesk) -> None:
    engine = desk(OPEN).engine
    shown = ownership(engine, Filters())
    assert _by_class(engine, shown) == {
        "cannot_tell": {"mute"}, "unassigned": {"nobody"}, "group_only": {"group"}, "assignee_inactive": {"left"},
        "silent": {"silent"}, "owned": {"just moved", "new for Bob", "owned"},
    }  # fmt: skip
    assert [held.name for held in shown.classes] == list(CLASSES)
    assert sum(held.tickets for held in shown.classes) == shown.tickets == 8
    assert {held.name: held.share for held in shown.classes}["owned"] == 3 / 8
    assert {held.name: held.median_age_days for held in shown.classes}["owned"] == pytest.approx(2)
    assert shown.unsure == 1  # of "new for Bob" no update is recorded


def test_aged_tickets_without_a_clear_owner(desk: MakeDesk) -> None:
    shown = ownership(desk(OPEN).engine, Filters())
    assert shown.aged is None
    assert "no ticket ended" in shown.line_reason
    aged = shown.aged_14  # nobody, group, silent, just moved, left; mute cannot be told
    assert (aged.tickets, aged.told, aged.without_owner, aged.share) == (6, 5, 4, 4 / 5)
    assert shown.sentence == (
        "Of 5 tickets open now and older than 14 days, 4 (80 %) have no clear owner. 2 of them have no assignee at all."
    )


def test_the_group_with_the_most_is_named_from_five_on(desk: MakeDesk) -> None:
    more = [_ticket(f"N{number}", 30, 1, assignment_group="Night shift") for number in range(5)]
    shown = ownership(desk([*OPEN, *more]).engine, Filters())
    assert shown.sentence.endswith("7 of them have no assignee at all, the largest number in Night shift (5).")
    assert shown.groups["value"].iloc[0] == "Night shift"
    assert shown.groups["aged_unowned"].sum() == shown.aged_14.without_owner
    chosen = shown.selection(UNNAMED, 14, ("Night shift",))
    assert chosen.words == "tickets open now, older than 14 days: unassigned or group only"


def test_past_the_desks_own_line(desk: MakeDesk) -> None:
    ended = [
        {"opened_at": AS_OF - timedelta(days=30 + i), "resolved_at": AS_OF - timedelta(days=i), "status": "closed"}
        for i in range(40)
    ]
    shown = ownership(desk([*OPEN, *ended]).engine, Filters())
    assert shown.aged is not None
    assert (shown.aged.older_than_days, shown.aged.tickets, shown.aged.told) == (pytest.approx(30), 2, 1)
    assert shown.aged.share is None  # one ticket is too few to speak of shares


def test_inactive_assignees_are_a_number_from_five_on_and_never_a_name(desk: MakeDesk) -> None:
    left = [_ticket(f"L{i}", 50, 40, assignee=f"Left {i}", assignment_group="Desk") for i in range(5)]
    few, many = (ownership(desk([*OPEN, *left[:n]]).engine, Filters()) for n in (3, 5))
    assert (few.inactive_assignees, many.inactive_assignees) == ("fewer than five", "6")  # with Bob
    told = f"{many.sentence} {many.basis.document()} {many.groups.to_dict()} {many.selection().words}"
    assert not [name for name in ("Left", "Bob", "Ada", "Cyd") if name in told]


def test_an_export_without_assignees_cannot_tell(desk: MakeDesk) -> None:
    shown = ownership(desk([{**ticket, "assignee": None} for ticket in OPEN]).engine, Filters())
    assert {held.name for held in shown.classes if held.tickets} == {"cannot_tell"}
    assert shown.sentence == "Who holds the 8 tickets open now cannot be told: the export has no assignees."


def test_silence_of_a_source_that_ended_before_cannot_be_told(desk: MakeDesk) -> None:
    asleep = _ticket("asleep", 100, 60, assignee="Ann", source="old", assignment_group="Desk")
    engine = desk([*OPEN, asleep]).engine
    assert "asleep" in _by_class(engine, ownership(engine, Filters()))["owned"]


def test_more_days_of_silence_make_fewer_silent(desk: MakeDesk) -> None:
    engine = desk(OPEN).engine
    assert "silent" not in _by_class(engine, ownership(engine, Filters(), 15))
    for days in (0, 99_999):
        with pytest.raises(BacklightError, match="make no sense"):
            ownership(engine, Filters(), days)


def test_a_past_window_shows_present_owners_and_judges_nobody_inactive(desk: MakeDesk) -> None:
    engine = desk(OPEN).engine
    shown = ownership(engine, window(end="2026-06-25"))
    classes = _by_class(engine, shown)
    assert (classes["owned"], classes["silent"]) == ({"silent", "just moved"}, {"left"})  # as of the 24th
    assert "assignee_inactive" not in classes
    assert any("assignee they have now" in caveat for caveat in shown.basis.caveats)


def test_nothing_open_and_nothing_loaded(desk: MakeDesk) -> None:
    shown = ownership(desk([]).engine, Filters())
    assert (shown.sentence, shown.tickets, len(shown.groups)) == ("No tickets are open now.", 0, 0)


people = st.lists(st.sampled_from([None, "Ada", "Bob"]), min_size=30, max_size=30)


@examples
@given(desks, people, filters(), st.integers(1, 60))
def test_the_classes_are_the_backlog(
    listed: list[dict[str, Any]], names: list[str | None], chosen: Filters, days: int
) -> None:
    with opened([{**ticket, "assignee": name} for ticket, name in zip(listed, names, strict=False)]) as desk:
        shown = ownership(desk.engine, chosen, days)
        assert sum(held.tickets for held in shown.classes) == shown.tickets == desk.value("backlog", chosen)
        assert shown.groups["tickets"].sum() == shown.tickets
        for held in shown.classes:
            assert select_tickets(desk.engine, shown.selection([held.name])).total == held.tickets
            assert shown.groups[held.name].sum() == held.tickets


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Path]:
    folder = tmp_path_factory.mktemp("demo")
    assert CommandLine(folder)("demo", "--tickets", "6000", "--seed", "3").code == 0
    return reopened(folder), folder


def test_the_planted_tickets_without_an_owner_are_listed_exactly(demo: tuple[Desk, Path]) -> None:
    made, folder = demo
    truths = json.loads((folder / "truths.json").read_text(encoding="utf-8"))["truths"]
    planted = next(truth for truth in truths if truth["kind"] == "tickets_without_owner")
    where, days = planted["where"], planted["where"]["older_than_days"]
    chosen = window(assignment_group=where["group"], source="ServiceNow", ticket_type="incident")
    found = select_tickets(made.engine, ownership(made.engine, chosen).selection(UNNAMED, days))
    assert planted["tickets"]
    assert sorted(found.frame["ticket_id"]) == sorted(planted["tickets"])
    everywhere = ownership(made.engine, window()).groups.set_index("value")["aged_unnamed"]
    assert everywhere.idxmax() == where["group"]


def test_silence_at_a_past_moment_is_that_of_the_event_log(demo: tuple[Desk, Path]) -> None:
    made, _ = demo
    end, days = date(2026, 3, 1), 14
    chosen = window(end=end.isoformat(), source="ServiceNow", ticket_type="incident")
    shown = ownership(made.engine, chosen, days)
    found = select_tickets(made.engine, shown.selection(["silent"])).frame["ticket_id"]
    assert sorted(found) == _silent_by_pandas(made, pd.Timestamp(end), pd.Timedelta(days=days))


def _silent_by_pandas(made: Desk, moment: pd.Timestamp, days: pd.Timedelta) -> list[str]:
    tickets = made.engine.query("SELECT * FROM tickets WHERE source = 'ServiceNow' AND ticket_type = 'incident'")
    events = made.engine.query("SELECT ticket_id, happened_at FROM ticket_events")
    last = events[events["happened_at"] <= moment].groupby("ticket_id")["happened_at"].max()
    there = tickets[(tickets["opened_on"] < moment) & (tickets["ended_on"].isna() | (tickets["ended_on"] >= moment))]
    held = there[there["assignee"].notna()]
    return sorted(name for name in held["ticket_id"] if last[name] <= moment - days)
