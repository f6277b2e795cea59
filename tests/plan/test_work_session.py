"""The work session's agenda and minutes: everything that is known, in plain text."""

from datetime import date

from analytics.filters import Filters
from analytics.flow.outlived import outlived
from analytics.plan.citizen_work import citizen_work
from analytics.plan.risk import RiskFacts, facts_of
from analytics.plan.work_session import agenda_text, minutes_text, step_text
from analytics.store.handed_work import Builder, HandedWork
from tests.conftest import MakeDesk
from tests.plan.test_citizen_work import OTHERS, requests

DAY = date(2026, 7, 1)
SAFE = RiskFacts(tuple({**dict(facts_of("").answers), "reversible": "yes"}.items()))


def agenda(desk: MakeDesk, works: list[HandedWork], builders: list[Builder]) -> str:
    engine = desk([*requests("Monthly report"), *requests("Data export"), *OTHERS]).engine
    return agenda_text(DAY, works, builders, citizen_work(engine, Filters()), outlived(engine, Filters()))


def test_an_empty_plan_still_has_an_agenda(desk: MakeDesk) -> None:
    text = agenda(desk, [], [])
    assert text.startswith("Work session on 1 Jul 2026\n\nThe backlog: 4 tickets open now.")
    assert "   - Monthly report: 26 requests, 2 open, medium risk (a guess)" in text
    assert "Nothing yet." in text
    assert "Nobody is named yet." in text
    assert "5. For each item: who, how, when, what" in text


def test_work_that_is_taken_on_is_no_new_candidate_and_says_where_it_stands(desk: MakeDesk) -> None:
    work = HandedWork(
        "Monthly report", "medium", risk_reasons=SAFE.json, step="prototype", who="Ada", unit="Sales",
        due_on=date(2026, 7, 31), follow_up_on=date(2026, 6, 30),
    )  # fmt: skip
    text = agenda(desk, [work], [Builder("Sales", "Ada", "No personal data.")])
    begun, new = text.split("2. New candidates")
    assert "   - Monthly report: step 2 of 5, prototype, medium risk" in begun
    assert "26 requests lately, 2 open" in begun
    assert "Ada, Sales, due 31 Jul 2026" in begun
    assert "to be looked at again since 30 Jun 2026" in begun
    assert "Monthly report" not in new
    assert "   - Data export: 26 requests" in new
    assert "   - Sales: Ada. No personal data." in new


def test_the_minutes_ask_who_how_when_and_what_of_each() -> None:
    work = HandedWork("Reports", "low", who="Ada", what="A form", due_on=DAY)
    assert minutes_text([work]) == "Reports\nWho: Ada\nHow:\nWhen: 1 Jul 2026\nWhat: A form"
    assert minutes_text([]) == "Who:\nHow:\nWhen:\nWhat:"
    assert step_text(work) == "step 1 of 5, identify"
