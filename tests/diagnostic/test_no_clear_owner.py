"""No clear owner, by example: whose aged tickets count, in all and by group, and when it cannot be told."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from analytics.diagnostic.evidence.no_clear_owner import no_clear_owner
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.group_shares import groups_above
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share import Share
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, Ticket

_NONE_OF_9 = (
    "Too few to tell. None of 9 open tickets older than 14 days lacks a name, or has that of somebody who no longer "
    "acts on any ticket."
)
AS_OF = datetime.fromisoformat("2026-06-30 12:00")


def _open(days: float, group: str = "Desk", assignee: str | None = "ann", **more: object) -> Ticket:
    updated = AS_OF - timedelta(days=1)
    fields = {"opened_at": AS_OF - timedelta(days=days), "updated_at": updated, "status": "new"}
    return {**fields, "assignment_group": group, **({"assignee": assignee} if assignee else {}), **more}


def _now() -> Ticket:
    """Opened at the as-of time, so that the data ends there."""
    return _open(0, updated_at=AS_OF)


def _told(made: Desk, numbers: Numbers | None = None) -> Finding:
    return no_clear_owner(made.engine, Filters(), numbers or Numbers(), Known())


def test_aged_tickets_of_a_team_alone_or_of_nobody_are_without_owner(desk: MakeDesk) -> None:
    owned = [_open(20 + day) for day in range(20)]
    team = [_open(20 + day, assignee=None, ticket_id=f"T-{day}") for day in range(8)]
    nobody = [{**_open(20, assignee=None, ticket_id="N"), "assignment_group": None}]
    young = [_open(3, assignee=None) for _ in range(30)]
    made = desk([*owned, *team, *nobody, *young, _now()])
    found = _told(made)
    assert (found.verdict, found.value) == (AGREES, 9 / 29)
    assert found.selection is not None
    listed = select_tickets(made.engine, found.selection).frame["ticket_id"]
    assert set(listed) == {"N", *(f"T-{day}" for day in range(8))}


def test_an_owner_who_acts_nowhere_is_none_and_one_who_is_silent_here_is_one(desk: MakeDesk) -> None:
    long_ago = AS_OF - timedelta(days=40)
    gone = [_open(60, assignee="bob", updated_at=long_ago) for _ in range(10)]
    waiting = [_open(60, assignee="ann", updated_at=long_ago) for _ in range(20)]  # ann acts elsewhere
    found = _told(desk([*gone, *waiting, _now()]))
    assert (found.verdict, found.value) == (AGREES, 10 / 30)
    assert "20 have a name on them, and nothing has happened for 14 days" in found.sentence


def test_one_group_above_the_threshold_is_enough(desk: MakeDesk) -> None:
    fine = [_open(20 + day / 10) for day in range(200)]
    bad = [_open(30, "Servers", None if place < 8 else "cem") for place in range(16)]
    found = _told(desk([*fine, *bad, _now()]))
    assert found.value == 8 / 216  # below the threshold of 10 %
    assert found.verdict == AGREES
    assert "1 group is above 10 % beyond chance" in found.sentence
    assert found.details.iloc[0]["Group"] == "Servers"


def test_none_without_owner_speaks_against_it(desk: MakeDesk) -> None:
    found = _told(desk([*(_open(20) for _ in range(40)), _now()]))
    assert (found.verdict, found.value) == (DISAGREES, 0.0)
    assert found.sentence == (
        "None of 40 open tickets older than 14 days lacks a name, or has that of somebody who no longer acts on any "
        "ticket."
    )


def test_the_owners_of_now_cannot_speak_for_an_earlier_day(desk: MakeDesk) -> None:
    made = desk([*(_open(40) for _ in range(40)), _now()])
    earlier = Filters(end=(AS_OF - timedelta(days=10)).date())
    found = no_clear_owner(made.engine, earlier, Numbers(), Known())
    assert (found.verdict, found.value, found.selection) == (CANNOT_TELL, None, None)
    assert found.reason == (
        "None of 40 tickets open at the end of 19 Jun 2026 and older than 14 days then lacks a name now. But what "
        "belonged to nobody then may have an owner since."
    )
    assert "with the owner that they have now" in found.basis.caveats[-1]


def test_no_aged_ticket_speaks_against_it(desk: MakeDesk) -> None:
    found = _told(desk([*(_open(2, assignee=None) for _ in range(40)), _now()]))
    assert found.verdict == DISAGREES
    assert found.sentence.startswith("None of 41 open tickets is older than 14 days")


@pytest.mark.parametrize(
    ("tickets", "reason"),
    [
        ([_open(20, assignee=None)] * 3 + [_now()], "Too few: only 3 open tickets are older than 14 days."),
        (
            [_open(20, assignee=None)] * 4 + [_open(20)] * 5 + [_now()],
            "Too few: 4 of 9 open tickets older than 14 days have no owner.",
        ),
        ([_open(20, assignee=None)] * 30, "The export has no assignees."),
        (
            [_open(20, resolved_at=AS_OF, status="resolved")] * 30,
            "No ticket is open, so none can be old and without an owner.",
        ),
        (
            [_open(20)] * 9 + [_now()],
            _NONE_OF_9,
        ),
    ],
)
def test_it_says_when_it_cannot_tell(desk: MakeDesk, tickets: list[Ticket], reason: str) -> None:
    found = _told(desk([dict(ticket) for ticket in tickets]))
    assert (found.verdict, found.reason) == (CANNOT_TELL, reason)


def test_the_age_is_a_threshold(desk: MakeDesk) -> None:
    made = desk([*(_open(10, assignee=None) for _ in range(30)), *(_open(1) for _ in range(5)), _now()])
    assert _told(made).verdict == DISAGREES
    older = Numbers().with_threshold("no_clear_owner", "aged_days", 7.0)
    assert _told(made, older).verdict == AGREES


def test_groups_are_judged_by_an_interval_that_allows_for_their_number() -> None:
    alone = groups_above(pd.Series([5]), pd.Series([20]), 0.10, 10)
    among = groups_above(pd.Series([5] + [0] * 40), pd.Series([20] * 41), 0.10, 10)
    assert Share(5, 20).low > 0.10
    assert alone.tolist() == [True]
    assert not among.any()
    assert not groups_above(pd.Series([9]), pd.Series([9]), 0.10, 10).any()
