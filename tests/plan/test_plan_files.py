"""The plan as table, calendar and page: complete, inert, and the same event by the same name each time."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from analytics.plan.inflow_check import origin_of
from analytics.plan.plan_calendar import plan_calendar
from analytics.plan.plan_document import plan_document
from analytics.plan.plan_state import Plan, plan_of
from analytics.plan.plan_table import plan_csv
from analytics.store import Store, open_store
from analytics.store.actions import Action
from analytics.store.handed_work import Builder, HandedWork, WorkSession
from analytics.store.problem_records import ProblemRecord
from tests.conftest import MakeDesk

TODAY = date(2026, 7, 10)
FORMULA = "=HYPERLINK(1)"
HOSTILE = '<script>alert(1)</script><img src="http://127.0.0.1:9/x.png"> & "quoted"'
DESK = """
ticket | opened           | resolved
A      | 2026-06-29 12:00 | 2026-06-30 12:00
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path)
    made.actions.add(
        Action(FORMULA, who="Ada", due_on=date(2026, 7, 1), follow_up_on=date(2026, 8, 1), statement="users_chase")
    )
    made.actions.add(
        Action(HOSTILE, status="done", kpi="mttr", started_on=date(2026, 6, 1), done_on=date(2026, 6, 2), how=HOSTILE)
    )
    made.actions.comment(1, "Half\nof it")
    made.problems.add(ProblemRecord("k", "VPN drops", "Grace", date(2026, 7, 3), date(2026, 7, 10)))
    return made


def planned(desk: MakeDesk, store: Store) -> Plan:
    return plan_of(desk(DESK).engine, store, TODAY)


def test_the_table_has_a_row_for_each_and_no_formula(desk: MakeDesk, store: Store) -> None:
    rows = list(csv.DictReader(io.StringIO(plan_csv(planned(desk, store)).decode("utf-8-sig"))))
    assert [(row["kind"], row["no"]) for row in rows] == [("action", "1"), ("action", "2"), ("problem record", "1")]
    assert rows[0]["what"] == f"'{FORMULA}"
    assert (rows[0]["overdue"], rows[0]["comments"]) == ("yes", "Half\nof it")
    assert rows[1]["verdict"] == "too early to tell"
    assert (rows[2]["title"], rows[2]["root_cause_due_on"]) == ("VPN drops", "2026-07-10")


def test_an_empty_plan_has_its_headings(desk: MakeDesk, tmp_path: Path) -> None:
    empty = plan_of(desk(DESK).engine, open_store(tmp_path / "none"), TODAY)
    assert plan_csv(empty).decode("utf-8-sig").startswith("kind,no,what,who")
    assert "No action is planned yet." in plan_document(empty)
    assert not Calendar.from_ical(plan_calendar(empty)).walk("VEVENT")


def test_the_calendar_holds_what_is_due_all_day_under_names_that_stay(desk: MakeDesk, store: Store) -> None:
    events = Calendar.from_ical(plan_calendar(planned(desk, store))).walk("VEVENT")
    told = {str(event["summary"]): (event.decoded("dtstart"), event.decoded("dtend")) for event in events}
    assert told == {
        f"Due: {FORMULA}": (date(2026, 7, 1), date(2026, 7, 2)),
        f"Look again: {FORMULA}": (date(2026, 8, 1), date(2026, 8, 2)),
        "Root cause due: VPN drops": (date(2026, 7, 10), date(2026, 7, 11)),
    }
    names = {str(event["uid"]) for event in events}
    assert len(names) == 3
    store.actions.change(1, 1, due_on=date(2026, 9, 1), what="Another")
    again = Calendar.from_ical(plan_calendar(planned(desk, store))).walk("VEVENT")
    assert {str(event["uid"]) for event in again} == names
    assert {int(str(event["sequence"])) for event in again} == {1, 2}


def test_the_page_and_the_calendar_hold_the_work_of_the_business_and_what_is_automated(
    desk: MakeDesk, store: Store
) -> None:
    assert "What does the business build?" not in plan_document(planned(desk, store))
    assert "What is automated?" not in plan_document(planned(desk, store))
    work = HandedWork(HOSTILE, "low", step="prototype", unit="Sales", who="Ada", due_on=date(2026, 7, 8),
                      follow_up_on=date(2026, 8, 8))  # fmt: skip
    store.handed_work.add(work)
    store.builders.add(Builder("Sales", "Grace", f"No money {HOSTILE}"))
    store.work_sessions.add(WorkSession(date(2026, 7, 1), "1. Look", "Older minutes"))
    store.work_sessions.add(WorkSession(date(2026, 7, 6), "1. Look", f"Ada does it {HOSTILE}", date(2026, 7, 9)))
    store.actions.add(Action("Automate: resets", origin=origin_of("category", "Resets")))
    page = plan_document(planned(desk, store))
    for said in ("What does the business build?", "Ada, Sales", "Due 8 Jul 2026, overdue by 2 days.", "No money",
                 "Step 2 of 5, prototype", "Minutes of the session of 6 Jul 2026", "Ada does it", "What is automated?",
                 "To be looked at again since 9 Jul 2026.", "Not started yet."):  # fmt: skip
        assert said in page
    assert "Older minutes" not in page
    assert "<img" not in page
    assert "<script" not in page
    events = Calendar.from_ical(plan_calendar(planned(desk, store))).walk("VEVENT")
    told = {(str(event["summary"]), event.decoded("dtstart")) for event in events}
    assert {
        (f"Due: {HOSTILE}", date(2026, 7, 8)),
        (f"Look again: {HOSTILE}", date(2026, 8, 8)),
        ("Look again: work session of 6 Jul 2026", date(2026, 7, 9)),
    } <= told


def test_the_page_holds_everything_itself_and_every_text_is_inert(desk: MakeDesk, store: Store) -> None:
    page = plan_document(planned(desk, store))
    assert "<script" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert page.count("http") == page.count("http://127.0.0.1:9/x.png") + page.count("http-equiv")
    assert "People regularly ask the desk about a ticket that they already raised." in page
    assert "overdue by 9 days" in page
    assert "Half\nof it" in page
    assert "VPN drops" in page
    assert "Tickets as of 30 Jun 2026, 12:00." in page
