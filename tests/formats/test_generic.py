"""Layouts that nobody described: what is guessed, how sure, and when Backlight says that it cannot."""

from collections.abc import Callable
from datetime import datetime, timedelta

import duckdb
import pytest

from analytics.errors import BacklightError
from analytics.warehouse.formats import NotRecognised, Recognition, profile, propose, recognise
from tests.formats.raw_table import Table

Guess = Callable[..., Recognition]

START = datetime(2026, 1, 5, 9, 0)  # noqa: DTZ001


def times(count: int, layout: str = "%Y-%m-%d %H:%M", hours: int = 0) -> list[str]:
    return [(START + timedelta(hours=7 * place + hours)).strftime(layout) for place in range(count)]


def headers(found: Recognition) -> dict[str, str]:
    return {name: rule.headers[0] for name, rule in found.format.columns.items()}


@pytest.fixture
def guess(connection: duckdb.DuckDBPyConnection, table: Table) -> Guess:
    def guessing(header: str, *rows: list[str | None]) -> Recognition:
        return recognise(profile(connection, "raw", table(header, *rows)))

    return guessing


def test_an_unseen_list(guess: Guess) -> None:
    opened, done = times(40), times(40, hours=3)
    rows = [
        [f"HD-{n}", opened[n], done[n], "Solved", "P2", "Network", "Printer jam", "Yes" if n % 2 else "No", "3"]
        for n in range(40)
    ]
    found = guess("TicketRef,DateLogged,SolvedOn,CurrentStatus,Prio,Resolver Group,Subject,SLA Met,Reassigned", *rows)
    assert found.generic
    assert headers(found) == {
        "ticket_id": "TicketRef",
        "opened_at": "DateLogged",
        "resolved_at": "SolvedOn",
        "status": "CurrentStatus",
        "priority": "Prio",
        "assignment_group": "Resolver Group",
        "title": "Subject",
        "resolution_breached": "SLA Met",
        "reassignment_count": "Reassigned",
    }
    assert "no" in found.format.columns["resolution_breached"].true
    assert found.format.event_time == ""
    assert found.format.has_resolution_time
    assert min(found.confidence.values()) > 0.5
    assert found.score > 0.7


def test_a_log_of_status_changes(guess: Guess) -> None:
    steps = ["Queued", "Accepted", "Accepted", "Completed"]
    stamps = times(120, "%Y-%m-%dT%H:%M:%S+01:00")
    rows = [[f"1-{n // 4 + 700}", stamps[n], steps[n % 4], "In Progress", f"V{n % 3}"] for n in range(120)]
    found = guess("SR Number,Change Date+Time,Status,Sub Status,Involved ST", *rows)
    assert headers(found) == {
        "ticket_id": "SR Number",
        "updated_at": "Change Date+Time",
        "status": "Status",
        "assignment_group": "Involved ST",
    }
    assert found.format.event_time == "updated_at"
    assert not found.format.has_resolution_time
    assert found.format.status["completed"] == "resolved"
    assert "unmatched" not in found.format.status


def test_a_log_of_activities(guess: Guess) -> None:
    steps = ["Assign seriousness", "Take in charge ticket", "Wait", "Resolve ticket", "Closed"]
    stamps = times(100, "%Y/%m/%d %H:%M:%S.000")
    rows = [
        [f"Case {n // 5}", steps[n % 5], "Value 1", stamps[n], "Variant 1", "Variant 1", "Value 2"] for n in range(100)
    ]
    found = guess("Case ID,Activity,Resource,Complete Timestamp,Variant,Variant,workgroup", *rows)
    assert headers(found)["status"] == "Activity"
    assert headers(found)["updated_at"] == "Complete Timestamp"
    assert headers(found)["assignment_group"] == "workgroup"
    assert found.format.event_time == "updated_at"
    assert found.confidence["status"] > 0.9


def test_a_few_duplicates_make_no_log(guess: Guess) -> None:
    opened, done = times(60, "%m/%d/%Y"), times(60, "%m/%d/%Y", hours=50)
    rows = [[opened[n], "Completed", done[n], f"11-0000{min(n, 57)}", "Sanitation"] for n in range(60)]
    header = "Creation_Date,Status,Completion_Date,Service_Request_Number,Type_of_Service_Request"
    found = guess(header, *rows)
    assert found.format.event_time == ""
    assert headers(found)["resolved_at"] == "Completion_Date"
    assert headers(found)["category"] == "Type_of_Service_Request"
    assert found.format.default_ticket_type == "request"


def test_a_category_that_holds_ticket_types_is_the_type(guess: Guess) -> None:
    opened = times(30, "%d/%m/%Y %H:%M")
    rows = [
        [
            f"IM{n:07}",
            "incident" if n % 3 else "request for information",
            "server",
            "4",
            opened[n],
            "3,87,16,91,111",
            "2",
        ]
        for n in range(30)
    ]
    found = guess("Incident_ID,Category,CI_Cat,Priority,Open_Time,Handle_Time_hrs,No_of_Reassignments", *rows)
    assert headers(found) == {
        "ticket_id": "Incident_ID",
        "ticket_type": "Category",
        "category": "CI_Cat",
        "priority": "Priority",
        "opened_at": "Open_Time",
        "reassignment_count": "No_of_Reassignments",
    }


def test_names_that_say_nothing_are_judged_by_their_values(guess: Guess) -> None:
    opened = times(30)
    rows = [[f"AB{n:05}", opened[n], "whatever"] for n in range(30)]
    found = guess("Spalte1,Spalte2,Spalte3", *rows)
    assert headers(found) == {"ticket_id": "Spalte1", "opened_at": "Spalte2"}
    assert found.confidence["ticket_id"] < 0.5
    assert found.score < 0.5
    assert any("Least certain: Spalte1" in limit for limit in found.format.limits)


def test_words_that_are_not_known_stay_unknown(guess: Guess) -> None:
    rows = [[f"A-{n}", stamp, "closed unsuccessfully, maybe"] for n, stamp in enumerate(times(5))]
    found = guess("Id,Created,Status", *rows)
    assert headers(found)["status"] == "Status"
    assert "closed unsuccessfully, maybe" not in found.format.status
    assert found.confidence["status"] < 0.7


def test_a_duration_without_a_unit_is_left_out(guess: Guess) -> None:
    rows = [[f"A-{n}", stamp, "17", "90"] for n, stamp in enumerate(times(5))]
    found = guess("Id,Created,Time Spent,Handle time minutes", *rows)
    assert found.format.columns["handle_hours"].unit == "minutes"
    assert headers(found)["handle_hours"] == "Handle time minutes"


def test_the_same_layout_has_the_same_name(guess: Guess) -> None:
    first = guess("Id,Created,Status", ["A-1", "2026-01-05", "Open"])
    again = guess("Id,Created,Status", ["B-7", "2026-02-05", "Closed"])
    other = guess("Id,Created,State", ["B-7", "2026-02-05", "Closed"])
    assert first.format.name == again.format.name != other.format.name
    assert first.format.name.startswith("generic-")


def test_no_ticket_number_is_said_plainly(guess: Guess) -> None:
    with pytest.raises(NotRecognised, match=r"a ticket number.*--as.*Data page"):
        guess("Created,Colour", ["2026-01-05", "red"], ["2026-01-05", "red"])


def test_no_date_is_said_plainly(guess: Guess) -> None:
    with pytest.raises(BacklightError, match="date on which a ticket was opened"):
        guess("Ticket number,Colour", ["A-1", "red"], ["A-2", "red"])


def test_propose_never_consults_the_known_formats(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    header = table("number,opened_at,state", ["INC0001", "2026-01-05 10:00:00", "New"])
    assert propose(profile(connection, "raw", header)).generic


def test_a_header_that_says_utc_is_utc(guess: Guess) -> None:
    row = ["A-1", "2026-01-05 10:00", "Open"]
    assert guess("Id,Created At (UTC),Status", row).format.time_zone == "utc"
    assert guess("Id,Created At,Status", row).format.time_zone == "local"
