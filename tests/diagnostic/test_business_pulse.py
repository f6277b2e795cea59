"""What the tickets say of the business's four complaints, by small tables."""

from datetime import date, timedelta

import pytest

from analytics.diagnostic.judgement import RULES
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share import Share
from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.measure import measure
from analytics.query import compose
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import window

FRIDAY = "2026-03-27"


def judged(desk: MakeDesk, table: str, rule: str, filters: Filters | None = None):  # noqa: ANN201
    made = desk(table)
    found = RULES[rule](made.engine, filters or Filters(), Numbers(), Known())
    listed = [] if found.selection is None else select_tickets(made.engine, found.selection).frame["ticket_id"].tolist()
    return found, sorted(listed)


PEOPLE = """
    ticket | type     | requester | opened     | resolved
    1      | incident | ann       | 2026-03-02 | 2026-03-03
    2      | incident | ann       | 2026-03-08 | 2026-03-09
    3      | incident | bob       | 2026-03-02 | 2026-03-03
    4      | incident | bob       | 2026-03-09 | 2026-03-10
    5      | incident | cem       | 2026-03-02 | 2026-03-03
    6      | incident | dia       | 2026-03-02 | 2026-03-03
    7      | incident | eva       | 2026-03-02 | 2026-03-03
    8      | request  | eva       | 2026-03-03 | 2026-03-04
    9      | incident |           | 2026-03-03 | 2026-03-04
"""


def test_a_second_incident_within_seven_days_counts_a_request_does_not(desk: MakeDesk) -> None:
    found, tickets = judged(desk, PEOPLE, "problems_every_week")
    assert found.value == 1 / 5
    assert found.verdict == "partial"  # one of five may be chance
    assert tickets == ["1", "2"]
    assert dict(found.basis.excluded) == {"the requester is not recorded": 1}


def test_without_requesters_nothing_can_be_told(desk: MakeDesk) -> None:
    rows = "\n".join(f"    {n} | incident | 2026-03-0{n}" for n in range(1, 8))
    found, _ = judged(desk, f"ticket | type | opened\n{rows}", "problems_every_week")
    assert (found.verdict, found.value) == ("cannot tell", None)
    assert found.reason == "The requester is not recorded."


def reopened(count: int, of: int) -> str:
    rows = [f"{n} | closed | 2026-03-02 | 2026-03-03 | {int(n <= count)}" for n in range(1, of + 1)]
    return "ticket | status | opened | resolved | reopen_count\n" + "\n".join(rows)


@pytest.mark.parametrize(("count", "verdict"), [(0, "disagrees"), (2, "disagrees"), (4, "partial"), (12, "agrees")])
def test_reopened_tickets_are_held_against_five_in_a_hundred(desk: MakeDesk, count: int, verdict: str) -> None:
    found, tickets = judged(desk, reopened(count, 60), "wrong_answers")
    assert found.value == count / 60
    assert found.verdict == verdict
    assert len(tickets) == count


def test_the_same_share_as_the_kpi(desk: MakeDesk) -> None:
    made = desk(reopened(12, 60))
    found = RULES["wrong_answers"](made.engine, Filters(), Numbers(), Known())
    kpi = find_kpi("reopen_rate")
    assert found.value == measure(made.engine, compose(kpi, Filters.of(found.first, None))).value


DUE = """
    ticket | status | opened     | due        | resolved
    1      | closed | 2026-03-02 | 2026-03-05 | 2026-03-03
    2      | closed | 2026-03-02 | 2026-03-05 | 2026-03-06
    3      | new    | 2026-03-02 | 2026-03-05 |
    4      | closed | 2026-03-02 | 2026-03-05 | 2026-03-04
    5      | closed | 2026-03-02 | 2026-03-05 | 2026-03-04
    6      | closed | 2026-03-02 |            | 2026-03-09
"""


def test_a_date_that_passed_while_the_ticket_is_open_was_missed(desk: MakeDesk) -> None:
    found, tickets = judged(desk, DUE, "dates_not_kept")
    assert found.value == 2 / 5
    assert tickets == ["2", "3"]
    assert dict(found.basis.excluded) == {"no promised date is known": 1}


def test_only_the_days_of_the_rule_up_to_the_end_of_the_period_count(desk: MakeDesk) -> None:
    found, _ = judged(desk, DUE, "dates_not_kept", window(end="2026-03-05"))
    # By the end of 4 March tickets 1, 4 and 5 had been judged: too few.
    assert found.verdict == "cannot tell"
    assert str(found.last) == "2026-03-04"
    assert found.reason == "Too few: 3 tickets with a promised date in this window, and it takes 5."


ANSWERED = "ticket | opened | first_response\n" + "\n".join(
    # Monday to Friday of one week, 9 o'clock: answered after 1 business hour, two of them a week later.
    f"{n} | 2026-03-0{n + 1} 09:00 | 2026-03-{n + 1 + 7 * (n <= 2):02} 10:00"
    for n in range(1, 6)
)


def test_a_first_answer_is_late_by_business_hours(desk: MakeDesk) -> None:
    found, tickets = judged(desk, ANSWERED, "hard_to_reach")
    assert found.value == 2 / 5
    assert tickets == ["1", "2"]


@pytest.mark.parametrize(("part", "whole"), [(0, 5), (1, 5), (5, 5), (30, 1000)])
def test_the_interval_holds_the_share_and_stays_between_none_and_all(part: int, whole: int) -> None:
    share = Share(part, whole)
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_wilsons_interval_by_hand() -> None:
    # 10 of 100 at 95 %: centre (0.1 + 1.92) / (1 + 3.84 / 100) and so on; Wilson 1927 gives 0.0552 to 0.1744.
    share = Share(10, 100)
    assert (round(share.low, 4), round(share.high, 4)) == (0.0552, 0.1744)


def _a_feed_that_stops(after: int) -> str:
    """20 a day for 20 weeks, each reopened once; then `after` a week for 20 weeks more."""
    monday = date(2025, 6, 2)
    days = [monday + timedelta(days=day) for day in range(140) for _ in range(20)]
    days += [monday + timedelta(weeks=20 + week, days=n) for week in range(20) for n in range(after)]
    rows = [f"{n} | closed | {day} | {day + timedelta(days=1)} | 1" for n, day in enumerate(days)]
    return "ticket | status | opened | resolved | reopen_count\n" + "\n".join(rows)


def test_what_is_left_over_after_the_feed_stopped_says_nothing(desk: MakeDesk) -> None:
    found, _ = judged(desk, _a_feed_that_stops(2), "wrong_answers")
    assert (found.verdict, found.value, found.selection) == ("cannot tell", None, None)
    assert found.reason.startswith("New tickets all but stop in the week of 13 Oct 2025")


def test_an_earlier_end_looks_at_the_days_before_and_says_so(desk: MakeDesk) -> None:
    found, _ = judged(desk, _a_feed_that_stops(2), "wrong_answers", Filters(end=date(2025, 10, 13)))
    assert (found.verdict, found.value) == ("agrees", 1.0)
    assert any(caveat.startswith("The days end before the data does.") for caveat in found.basis.caveats)


def test_what_is_mostly_not_recorded_cannot_speak_against_it(desk: MakeDesk) -> None:
    rows = [f"{n} | closed | 2026-03-02 | 2026-03-03 | {0 if n <= 60 else ''}" for n in range(1, 131)]
    found, _ = judged(desk, "ticket | status | opened | resolved | reopen_count\n" + "\n".join(rows), "wrong_answers")
    assert (found.verdict, found.value) == ("cannot tell", None)
    assert found.reason == (
        "0 % (between 0 % and 6 %) of 60 ended tickets had been reopened, but of the other 70 reopenings are not "
        "counted in these exports: they cannot speak against it."
    )


def test_a_share_without_spread_is_said_without_its_ends() -> None:
    assert Share(96_000, 100_000).words == "96 %"
    assert Share(12, 60).words == "20 % (between 12 % and 32 %)"
