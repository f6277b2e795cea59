"""New joiners who wait, by example. Business hours are Monday to Friday, 08:00 to 18:00."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.diagnostic.evidence.starters_wait import starters_wait
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.onboarding.starters import _without_small, starters
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, window

UNDATED = "The export does not say by when anything is needed, such as a first day."
MONDAY = "2026-03-02"
WINDOW = 180


def _starter(needed: str | None, done: str | None, number: int = 0, **more: Any) -> dict[str, Any]:
    ended = {"resolved_at": datetime.fromisoformat(done), "status": "resolved"} if done else {"status": "in_progress"}
    return {
        "ticket_id": f"S{number}", "ticket_type": "request", "category": "Onboarding", "title": "Laptop and accounts",
        "opened_at": datetime.fromisoformat("2026-02-16 10:00"), "site": "Leeds", "department": "Sales",
        **({"needed_by": datetime.fromisoformat(needed)} if needed else {}), **ended, **more,
    }  # fmt: skip


def _as_of(moment: str = "2026-03-31 12:00") -> dict[str, Any]:
    return {
        "ticket_id": "LAST",
        "ticket_type": "incident",
        "title": "Printer",
        "opened_at": datetime.fromisoformat(moment),
    }


def _each(desk: MakeDesk, cases: dict[str, tuple[str, str, float]], zone: str = "UTC") -> dict[str, tuple[int, float]]:
    """Case -> whether it was late, and business hours after the morning; each case is a site."""
    tickets = [_starter(needed, done, n, site=case) for n, (case, (needed, done, _)) in enumerate(cases.items())]
    engine = desk([*tickets, _as_of()], zone).engine
    found = {case: starters(engine, window(site=case), WINDOW) for case in cases}
    return {case: (one.late, one.hours[0]) for case, one in found.items()}


def test_the_first_morning_is_the_start_of_business(desk: MakeDesk) -> None:
    cases = {
        "a date alone: by the start of business": (MONDAY, "2026-03-02 08:00", 0.0),
        "half an hour late": (MONDAY, "2026-03-02 08:30", 0.5),
        "Sunday evening is before Monday morning": (MONDAY, "2026-03-01 20:00", 0.0),
        "Friday noon: six business hours early": (MONDAY, "2026-02-27 12:00", -6.0),
        "the next day": ("2026-03-02 08:00", "2026-03-03 09:00", 10.0 + 1),
        "the first morning counts, not the time written": ("2026-03-02 17:00", "2026-03-02 12:00", 4.0),
        "a Saturday: the next business morning": ("2026-02-28", "2026-03-02 07:00", 0.0),
        "a Saturday, and late": ("2026-02-28", "2026-03-02 11:00", 3.0),
        "after hours: the whole day is lost": (MONDAY, "2026-03-02 19:00", 10.0),
        "late within the first minute": (MONDAY, "2026-03-02 08:00:20", 1 / 60),
    }
    found = _each(desk, cases)
    for case, (_, _, hours) in cases.items():
        late, waited = found[case]
        assert (late, round(waited, 6)) == (int(hours > 0), round(hours, 6)), case


def test_the_morning_is_that_of_the_reporting_time_zone(desk: MakeDesk) -> None:
    # Midnight of 2 March in New York is 05:00 UTC, its start of business 13:00 UTC.
    cases = {
        "ready": ("2026-03-02 05:00", "2026-03-02 12:59", 0.0), "late": ("2026-03-02 05:00", "2026-03-02 13:30", 0.5),
    }  # fmt: skip
    assert _each(desk, cases, "America/New_York") == {"ready": (0, 0.0), "late": (1, 0.5)}


def test_open_and_past_due_is_late_and_not_yet_due_is_not_counted(desk: MakeDesk) -> None:
    due = _starter("2026-03-30", None, 1)
    ahead = _starter("2026-04-06", None, 2)
    dropped = _starter("2026-03-02", None, 3) | {"status": "cancelled"}
    found = starters(desk([due, ahead, dropped, _as_of()]).engine, Filters(), WINDOW)
    assert (found.due, found.late, found.still_open) == (1, 1, 1)
    assert found.hours == (10 + 4,)  # Monday, and Tuesday until noon, which is the as-of time


def test_the_end_of_the_filters_is_the_day_that_is_looked_from(desk: MakeDesk) -> None:
    made = desk([_starter(MONDAY, "2026-03-05 09:00"), _as_of()])
    # By the end of Tuesday it was not done yet.
    found = starters(made.engine, window(end="2026-03-04"), WINDOW)
    assert (found.still_open, found.hours) == (1, (20.0,))
    assert starters(made.engine, window(end="2026-03-02"), WINDOW).due == 0


WORDS: tuple[tuple[dict[str, str], bool], ...] = (
    ({"category": "HR", "title": "New starter in Sales"}, True),
    ({"category": "HR", "subcategory": "Joiners, movers, leavers"}, True),
    ({"category": "Personal", "title": "Eintritt neuer Mitarbeiter zum 1. April"}, True),
    ({"category": "RH", "title": "Arrivée d'un collaborateur"}, True),
    ({"category": "RH", "title": "NOUVEL ARRIVANT"}, True),
    ({"category": "RRHH", "title": "Nuevo ingreso en ventas"}, True),
    ({"category": "HR", "title": "Nuovo assunto"}, True),
    ({"category": "RH", "title": "Admissão de funcionário"}, True),
    ({"category": "HR", "title": "Nieuwe medewerker"}, True),
    ({"category": "HR", "title": "Nowy pracownik"}, True),
    ({"category": "HR", "title": "Nyanställd på lagret"}, True),
    ({"category": "HR", "service": "Employee onboarding"}, True),
    ({"category": "Mail", "title": "Storm-starter cannot run"}, False),
    ({"category": "Cars", "title": "Starter motor broken"}, False),
    ({"category": "HR", "title": "Offboarding"}, False),
    ({"category": "Onboarding", "ticket_type": "task"}, False),  # a task of a request that counts already
)


def test_words_for_a_new_joiner(desk: MakeDesk) -> None:
    tickets = [
        _starter(MONDAY, "2026-03-03 09:00", n, **{"title": "Things", **words}) for n, (words, _) in enumerate(WORDS)
    ]
    made = desk([*tickets, _as_of()])
    found = select_tickets(made.engine, starters(made.engine, Filters(), WINDOW).selection).frame["ticket_id"]
    assert set(found) == {f"S{n}" for n, (_, is_starter) in enumerate(WORDS) if is_starter}


def _many(late: int, ready: int, **more: Any) -> list[dict[str, Any]]:
    done = ["2026-03-03 10:00"] * late + ["2026-02-26 10:00"] * ready
    return [_starter(MONDAY, moment, n, **more) for n, moment in enumerate(done)]


def _judged(desk: Desk, numbers: Numbers | None = None) -> Finding:
    return starters_wait(desk.engine, Filters(), numbers or Numbers(), Known())


def test_the_verdict_needs_more_than_chance(desk: MakeDesk) -> None:
    found = _judged(desk([*_many(8, 22), _as_of()]))
    assert (found.verdict, found.value, found.threshold) == (AGREES, 8 / 30, 0.10)
    assert found.sentence == (
        "8 of 30 starters were not ready by their first morning: 27 % (between 14 % and 44 %). 8 still waited on the "
        "second."
    )
    assert _judged(desk([*_many(4, 26), _as_of()])).verdict == PARTIAL  # 13 %, at least 5 %
    assert _judged(desk([*_many(2, 28), _as_of()])).verdict == DISAGREES
    ready = _judged(desk([*_many(0, 30), _as_of()]))
    assert (ready.verdict, ready.selection) == (DISAGREES, None)
    assert ready.sentence == "All of the 30 starters were ready by their first morning."
    raised = Numbers((("starters_wait.late_share", 0.5),))
    assert _judged(desk([*_many(8, 22), _as_of()]), raised).verdict == DISAGREES


def test_the_tickets_behind_it_are_the_late_ones(desk: MakeDesk) -> None:
    made = desk([*_many(8, 22), _as_of()])
    selection = _judged(made).selection
    assert selection is not None
    assert sorted(select_tickets(made.engine, selection).frame["ticket_id"]) == [f"S{n}" for n in range(8)]


def test_the_hours_that_starters_lose(desk: MakeDesk) -> None:
    cost = _judged(desk([*_many(8, 22), _as_of()])).cost
    assert cost is not None
    # Ten business hours on Monday and two on Tuesday, each; over a window four times as long, as they are few.
    monthly = 8 * 12 / (4 * WINDOW) * 365.25 / 12
    assert (cost.low, cost.hours, cost.high) == pytest.approx((monthly * 0.25, monthly * 0.5, monthly))
    assert cost.whose == "users"


def test_a_forgotten_request_counts_for_ten_days(desk: MakeDesk) -> None:
    forgotten = _judged(desk([*_many(0, 22), _starter("2026-03-02", None, 99), _as_of()])).cost
    assert forgotten is not None
    assert forgotten.high == pytest.approx(10 * 10 / (4 * WINDOW) * 365.25 / 12)  # of 22 business days


def test_a_site_that_stands_out(desk: MakeDesk) -> None:
    elsewhere = [one | {"ticket_id": f"L{one['ticket_id']}", "site": "London"} for one in _many(2, 28)]
    found = _judged(desk([*_many(8, 2), *elsewhere, _as_of()]))
    assert found.details["Site"].tolist() == ["Leeds", "London"]
    assert found.details["Stands out"].tolist() == ["yes", ""]
    assert found.sentence.endswith("One site stands out: 80 % of its 10 starters, against 6.7 % elsewhere.")
    assert "Leeds" not in found.sentence


def test_why_it_cannot_be_told(desk: MakeDesk) -> None:
    reasons = {
        f"{UNDATED} 3 requests for new joiners were found.":
            [_starter(None, "2026-03-03 10:00", n) for n in range(3)],
        "None of the 2 requests for new joiners says by when it is needed.":
            [*(_starter(None, None, n) for n in range(2)), _starter(MONDAY, None, 9, category="Mail")],
        "No request for a new joiner was found in this window by the words for it.":
            [_starter(MONDAY, None, 9, category="Mail")],
        "There were 4 first mornings of starters in this window, and it takes 10.": _many(2, 2),
    }  # fmt: skip
    for reason, tickets in reasons.items():
        found = _judged(desk([*tickets, _as_of()]))
        assert (found.verdict, found.value, found.details.empty) == (CANNOT_TELL, None, True)
        assert found.reason == reason.replace("takes 10.", "takes 10 to tell.")
        assert found.cost is not None
        assert found.cost.hours is None


def test_few_starters_are_looked_for_further_back(desk: MakeDesk) -> None:
    # A year before the last day: within 4 x 180 days, not within 180.
    old = [
        _starter("2025-03-31", "2025-04-02 10:00", n, opened_at=datetime.fromisoformat("2025-03-03 09:00"))
        for n in range(12)
    ]
    found = starters(desk([*old, _as_of()]).engine, Filters(), WINDOW)
    assert (found.due, found.days) == (12, 4 * WINDOW)
    now = [*_many(0, 100), *old]
    found = starters(
        desk([*(one | {"ticket_id": f"T{n}"} for n, one in enumerate(now)), _as_of()]).engine, Filters(), WINDOW
    )
    assert (found.due, found.days) == (100, WINDOW)


def test_bands_and_the_ninetieth_percentile(desk: MakeDesk) -> None:
    found = starters(desk([*_many(8, 22), _as_of()]).engine, Filters(), WINDOW)
    bands = found.bands
    assert bands["starters"].sum() == found.due
    assert bands.loc[bands["is_late"], "starters"].sum() == found.late
    assert dict(zip(bands["band"], bands["starters"], strict=True))["1 to 2 days late"] == 8
    assert found.p90_hours == 12


@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=8))
def test_no_small_group_can_be_found_by_subtraction(sizes: list[int]) -> None:
    frame = pd.DataFrame({"value": [f"Site {n}" for n in range(len(sizes))], "starters": sizes, "late": 0})
    shown = _without_small(frame)
    hidden = sum(sizes) - int(shown["starters"].sum())
    assert (shown["starters"] >= 5).all()
    assert hidden == 0 or hidden >= 5 or shown.empty


def test_the_window_ends_with_the_last_day(desk: MakeDesk) -> None:
    found = _judged(desk([*_many(8, 22), _as_of()]))
    assert found.last == datetime.fromisoformat("2026-03-31").date()
    assert found.first == found.last - timedelta(days=4 * WINDOW - 1)
