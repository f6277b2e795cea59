"""One ticket's timeline, by example: a small event log imported as a file, and tickets without a history."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.ticket_facts import sla_sentence, ticket_facts
from analytics.ticket_timeline import CONCEALED, MOST_EVENTS, TicketTimeline, ticket_timeline
from pages.charts.ticket_timeline import CHANGES, TIMES, ticket_timeline_figure
from tests.flow.event_log import desk_of_log
from tests.warehouse_of import Desk, desk_of, known, tickets_in

LOG = """
    ticket | updated          | state       | group   | assigned_to | priority
    1      | 2026-03-02 08:00 | New         | Desk    |             | 3 - Moderate
    1      | 2026-03-02 09:00 | In Progress | Desk    | Ann Example | 3 - Moderate
    1      | 2026-03-02 12:00 | In Progress | Network | Bob Example | 3 - Moderate
    1      | 2026-03-03 08:00 | On Hold     | Network | Bob Example | 2 - High
    1      | 2026-03-04 08:00 | In Progress | Desk    | Ann Example | 2 - High
    1      | 2026-03-04 10:00 | Resolved    | Desk    | Ann Example | 2 - High
    1      | 2026-03-05 10:00 | Closed      | Desk    | Ann Example | 2 - High
    2      | 2026-03-05 08:00 | New         | Desk    |             | 3 - Moderate
    2      | 2026-03-05 20:00 | In Progress | Desk    |             | 3 - Moderate
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of_log(LOG, tmp_path_factory.mktemp("log"))


def _found(desk: Desk, number: str, **more: Any) -> TicketTimeline:
    found = ticket_timeline(desk.engine, number, **more)
    assert found is not None
    return found


def _bars(found: TicketTimeline, lane: str) -> list[tuple[Any, float]]:
    shown = found.stays[found.stays["lane"] == lane]
    return [(value, round(hours, 2)) for value, hours in zip(shown["value"], shown["hours"], strict=True)]


def test_where_it_stayed_and_for_how_long(log: Desk) -> None:
    found = _found(log, "INC0000001")
    assert _bars(found, "Group") == [("Desk", 4), ("Network", 20 + 24), ("Desk", 2 + 24)]
    assert _bars(found, "Status") == [
        ("new", 1), ("in_progress", 23), ("pending", 24), ("in_progress", 2), ("resolved", 24),
    ]  # fmt: skip
    assert _bars(found, "Priority") == [("3", 24), ("2", 24 + 2 + 24)]
    assert found.has_history
    assert found.hand_offs == 2
    assert found.facts["reassignment_count"] == 2


def test_what_happened_in_order_and_how_long_after(log: Desk) -> None:
    events = _found(log, "INC0000001").events
    told = [
        (row.after, row.what, known(row.before), known(row.now))
        for row in events.itertuples()
        if row.what in ("Opened", "Group", "Status", "Priority", "Resolved", "Closed")
    ]
    assert told[0] == ("", "Opened", None, None)
    assert ("60 min", "Status", "New", "In Progress") in told
    assert ("4.0 h", "Group", "Desk", "Network") in told
    assert ("24.0 h", "Priority", "3", "2") in told
    assert ("50.0 h", "Status", "In Progress", "Resolved") in told
    assert [what for _, what, _, _ in told if what in ("Resolved", "Closed")] == ["Resolved", "Closed"]
    assert events["happened_at"].is_monotonic_increasing


def test_names_of_people_are_concealed_unless_they_are_shown(log: Desk) -> None:
    concealed, shown = _found(log, "INC0000001"), _found(log, "INC0000001", people=True)
    assert "Example" not in concealed.events.to_csv() + str(concealed.facts) + str(ticket_facts(concealed))
    assignees = concealed.events[concealed.events["what"] == "Assignee"]
    assert list(assignees["now"]) == [CONCEALED] * 3
    assert [known(value) for value in assignees["before"]] == [None, CONCEALED, CONCEALED]
    assert list(shown.events.loc[shown.events["what"] == "Assignee", "now"]) == [
        "Ann Example", "Bob Example", "Ann Example",
    ]  # fmt: skip
    assert ("Assignee", "Ann Example") in ticket_facts(shown)


def test_an_open_ticket_stays_until_the_as_of_time(log: Desk) -> None:
    found = _found(log, "INC0000002")
    assert log.engine.as_of == datetime.fromisoformat("2026-03-05 20:00")
    assert _bars(found, "Group") == [("Desk", 12)]
    assert _bars(found, "Status") == [("new", 12)]
    assert found.hand_offs == 0


def test_an_unknown_ticket_is_none(log: Desk) -> None:
    assert ticket_timeline(log.engine, "INC9") is None
    assert ticket_timeline(log.engine, "INC0000001", "another tool") is None
    assert ticket_timeline(log.engine, "'; DROP TABLE tickets; --") is None


def test_a_history_of_one_ticket_is_not_another_s(tmp_path: Path) -> None:
    desk = desk_of_log(LOG.replace("2      |", "11     |"), tmp_path)
    assert len(_found(desk, "INC0000011").stays) == 2


TABLE = """
    ticket|source|status   |opened          |first_response  |resolved        |closed          |due
    A     |desk  |closed   |2026-03-02 08:00|2026-03-02 09:00|2026-03-02 20:00|2026-03-04 20:00|2026-03-03 08:00
    B     |desk  |resolved |2026-03-02 08:00|                |2026-03-04 08:00|                |2026-03-03 08:00
    C     |desk  |new      |2026-03-04 08:00|                |                |                |2026-03-05 08:00
    D     |desk  |new      |2026-03-02 08:00|                |                |                |2026-03-03 20:00
    E     |desk  |resolved |2026-03-02 08:00|                |2026-03-02 09:00|                 |
    F     |desk  |cancelled|2026-03-02 08:00|                |                |2026-03-02 09:00|2026-03-03 08:00
    G     |desk  |new      |2026-03-02 08:00|                |                |                 |
    A     |other |new      |2026-03-03 08:00|                |                |                 |
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of(tickets_in(TABLE), tmp_path_factory.mktemp("plain"))


def test_without_a_history_there_are_only_the_times_it_names(plain: Desk) -> None:
    found = _found(plain, "A")
    assert not found.has_history
    assert found.hand_offs is None
    assert list(found.events["what"]) == ["Opened", "First response", "Resolved", "Due", "Closed"]
    assert _bars(found, "Ticket") == [
        ("until the first response", 1), ("after the first response", 11), ("resolved, not yet closed", 48),
    ]  # fmt: skip
    assert _bars(_found(plain, "B"), "Ticket") == [("open", 48)]
    assert _bars(_found(plain, "D"), "Ticket") == [("open", 60)], "open until the as-of time"


def test_a_number_that_two_sources_have(plain: Desk) -> None:
    assert _found(plain, "A").facts["source"] == "desk"
    assert _found(plain, "A", source="other").facts["opened_at"] == datetime.fromisoformat("2026-03-03 08:00")


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("A", "Target met, 12.0 h before it was due."),
        ("B", "Target missed by 24.0 h."),
        ("C", "Still open, due in 12.0 h."),
        ("D", "Still open, 24.0 h past its due time."),
        ("E", "Whether the target was met cannot be told: the data has no due time for this ticket."),
        ("F", "The ticket was cancelled, so its target is not judged."),
        ("G", "Still open, without a due time."),
    ],
)
def test_whether_it_kept_its_target(plain: Desk, number: str, sentence: str) -> None:
    assert plain.engine.as_of == datetime.fromisoformat("2026-03-04 20:00")
    assert sla_sentence(_found(plain, number)) == sentence


def test_a_target_that_only_the_source_can_tell(tmp_path: Path) -> None:
    opened = datetime.fromisoformat("2026-03-02 08:00")
    told = {"opened_at": opened, "status": "resolved", "resolved_at": opened.replace(hour=20)}
    desk = desk_of(
        [told | {"resolution_breached": True}, told | {"resolution_breached": True, "due_at": opened.replace(day=9)},
         told | {"resolution_breached": False}, {"opened_at": opened, "status": "new", "resolution_breached": True}],
        tmp_path,
    )  # fmt: skip
    said = [sla_sentence(_found(desk, f"T{n}")) for n in (1, 2, 3, 4)]
    assert said == ["Target missed, says the source."] * 2 + [
        "Target met, says the source.", "Still open, and its source says that the target was missed.",
    ]  # fmt: skip


def test_facts_say_what_is_not_recorded_and_nothing_of_what_no_export_has(plain: Desk) -> None:
    facts = dict(ticket_facts(_found(plain, "D")))
    assert facts["Priority"] == "not recorded"
    assert facts["First response"] == "none recorded"
    assert facts["Opened"] == "2 Mar 2026, 08:00"
    assert not {"Category", "Service", "Hand-offs", "Reopenings", "Work booked", "Closed"} & set(facts)


def test_hand_offs_that_the_history_counts_differently(log: Desk) -> None:
    found = _found(log, "INC0000001")
    assert dict(ticket_facts(found))["Hand-offs"] == "2"
    other = TicketTimeline({**found.facts, "reassignment_count": 5}, found.events, found.stays, True, 2, None)
    assert dict(ticket_facts(other))["Hand-offs"] == "5 (the history has 2)"


def test_times_are_those_of_the_reporting_zone(tmp_path: Path) -> None:
    desk = desk_of(tickets_in(TABLE), tmp_path, "America/Sao_Paulo")
    found = _found(desk, "A")
    assert dict(ticket_facts(found))["Opened"] == "2 Mar 2026, 05:00"
    assert found.stays["entered_at"].iloc[0] == datetime.fromisoformat("2026-03-02 05:00")
    assert _bars(_found(desk, "D"), "Ticket") == [("open", 60)]


def test_how_long_it_took_is_told_in_hours_that_passed(tmp_path: Path) -> None:
    """On 29 March 2026 London had 23 hours; on 25 October it had 25."""
    table = """
        ticket | status   | opened           | resolved         | due
        spring | resolved | 2026-03-28 12:00 | 2026-03-29 12:00 | 2026-03-29 00:00
        autumn | resolved | 2026-10-24 12:00 | 2026-10-25 12:00 | 2026-10-25 00:30
        open   | new      | 2026-10-24 12:00 |                  | 2026-10-25 00:30
    """
    desk = desk_of(tickets_in(table), tmp_path, "Europe/London")
    for number, late in (("spring", 12), ("autumn", 11.5), ("open", 11.5)):
        found = _found(desk, number)
        assert found.late_hours == late
        assert _bars(found, "Ticket") == [("open", 24)]
        assert "24.0 h" in set(found.events["after"]) or number == "open"
    hours_on_the_wall = {
        number: _found(desk, number).stays["milliseconds"].iloc[0] / 3_600_000 for number in ("spring", "autumn")
    }
    assert hours_on_the_wall == {"spring": 25, "autumn": 23}


def test_a_ticket_of_which_no_time_is_known(tmp_path: Path) -> None:
    desk = desk_of([{"title": "x", "status": "new"}, {"opened_at": "2026-03-02", "status": "new"}], tmp_path)
    found = _found(desk, "T1")
    assert found.stays.empty
    assert found.events.empty
    assert sla_sentence(found) == "Still open, without a due time."
    assert dict(ticket_facts(found))["Opened"] == "cannot tell"
    ticket_timeline_figure(found.events, found.stays)


def test_the_picture_has_a_lane_each_and_every_bar_in_its_place(log: Desk, plain: Desk) -> None:
    found = _found(log, "INC0000001")
    figure = ticket_timeline_figure(found.events, found.stays)
    assert set(figure.layout.yaxis.categoryarray) == {CHANGES, "Priority", "Status", "Group", TIMES}
    assert figure.layout.yaxis.categoryarray[-1] == TIMES, "on top"
    (groups,) = [trace for trace in figure.data if trace.type == "bar" and set(trace.y) == {"Group"}]
    assert list(groups.base) == ["2026-03-02 08:00:00", "2026-03-02 12:00:00", "2026-03-04 08:00:00"]
    assert list(groups.x) == [4 * 3_600_000, 44 * 3_600_000, 26 * 3_600_000]
    assert not figure.layout.shapes
    due = ticket_timeline_figure(_found(plain, "A").events, _found(plain, "A").stays)
    assert [shape.x0 for shape in due.layout.shapes] == ["2026-03-03 08:00:00"]


def test_hostile_values_are_inert_in_the_picture() -> None:
    moment = pd.Timestamp("2026-03-02 08:00")
    hostile = "<a href='http://127.0.0.1:9'>x</a>"
    events = pd.DataFrame(
        {"happened_at": [moment], "after": [""], "what": ["Group"], "before": [None], "now": [hostile]}
    )
    stays = pd.DataFrame(
        {"lane": ["Group"], "value": [hostile], "entered_at": [moment], "left_at": [moment + pd.Timedelta(hours=1)],
         "hours": [1.0], "milliseconds": [3.6e6]}
    )  # fmt: skip
    drawn = ticket_timeline_figure(events, stays).to_json()
    assert "<a href" not in drawn.replace("\\u003c", "<")
    assert "&lt;a href" in drawn


def test_a_ticket_with_an_endless_history_is_cut(tmp_path: Path) -> None:
    lines = [
        f"1 | 2026-03-{2 + n // 1440:02} {n // 60 % 24:02}:{n % 60:02} | New | G{n % 2} | | 3 - Moderate"
        for n in range(MOST_EVENTS + 500)
    ]
    desk = desk_of_log("\n".join(["ticket | updated | state | group | assigned_to | priority", *lines]), tmp_path)
    found = _found(desk, "INC0000001")
    assert MOST_EVENTS - 10 <= len(found.events) <= MOST_EVENTS + 10
    assert found.hand_offs == MOST_EVENTS + 500 - 1
