"""Changes break things, by example: links by quarter, possible incidents on the same item, and how changes ended."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from scipy import stats

from analytics.diagnostic.changes.change_incidents import QUARTER_DAYS, change_incidents
from analytics.diagnostic.changes.change_records import change_records, outcome_failed
from analytics.diagnostic.evidence.changes_break_things import changes_break_things
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, Ticket, window

AS_OF = datetime.fromisoformat("2026-06-30 12:00")
_UNTOLD = (
    "No change records are loaded, and only 2 tickets name a change as the cause, which says nothing of the others."
)
CHANGED = datetime.fromisoformat("2026-03-10 20:00")


def _incident(opened: datetime, **more: Any) -> Ticket:
    done = {"resolved_at": opened + timedelta(hours=4), "status": "resolved"}
    return {"opened_at": opened, "ticket_type": "incident", **done, **more}


def _change(ended: datetime, number: str, **more: Any) -> Ticket:
    fields = {"ticket_type": "change", "status": "closed", "change_tier": "normal", "change_outcome": "Successful"}
    opened = ended - timedelta(days=1)
    return {"ticket_id": number, "opened_at": opened, "planned_end_at": ended, **fields, **more}


def _background(items: int = 5) -> list[Ticket]:
    """540 days with an incident a day, over items in turn; a change a week on the first, which does not break it."""
    days = [AS_OF - timedelta(days=day) for day in range(540)]
    incidents = [_incident(day, configuration_item=f"SRV-{place % items}") for place, day in enumerate(days)]
    changes = [
        _change(AS_OF - timedelta(days=7 * week + 3), f"CHG{week}", configuration_item="SRV-0") for week in range(60)
    ]
    return [*incidents, *changes]


def _linked(ago_days: float, change: str = "CHG1", **more: Any) -> Ticket:
    return _incident(AS_OF - timedelta(days=ago_days), caused_by_change_id=change, **more)


def _told(made: Desk, filters: Filters | None = None, numbers: Numbers | None = None) -> Finding:
    return changes_break_things(made.engine, filters or Filters(), numbers or Numbers(), Known())


def test_links_above_the_threshold_agree_and_their_tickets_are_listed(desk: MakeDesk) -> None:
    made = desk([*_background(), *(_linked(10 * place, ticket_id=f"INC{place}") for place in range(1, 7))])
    found = _told(made)
    assert (found.verdict, found.value, found.threshold) == (AGREES, 6 / 4, 1)
    assert found.sentence.startswith("6 incidents are linked to a change in the last 4 quarters, 1.5 a quarter")
    assert found.selection is not None
    listed = select_tickets(made.engine, found.selection).frame["ticket_id"]
    assert set(listed) == {f"INC{place}" for place in range(1, 7)}
    assert found.details.iloc[0]["Change"] == "CHG1"
    assert found.details.iloc[0]["Incidents linked"] == 6
    assert list(found.trend["value"]) == [0, 0, 0, 6]


def test_links_older_than_four_quarters_do_not_count(desk: MakeDesk) -> None:
    old = [_linked(4 * QUARTER_DAYS + 5 + place) for place in range(10)]
    found = _told(desk([*_background(), *old]))
    assert (found.verdict, found.value) == (DISAGREES, 0.0)


def test_fewer_than_five_links_are_no_number_to_act_on(desk: MakeDesk) -> None:
    limit = Numbers().with_threshold("changes_break_things", "incidents_per_quarter", 0.0)
    found = _told(desk([*_background(), *(_linked(place) for place in range(1, 4))]), numbers=limit)
    assert found.verdict == CANNOT_TELL
    assert found.reason == "Too few: 3 incidents are linked to a change in this time."


def test_a_burst_on_the_changed_item_is_called_possible_and_no_more(desk: MakeDesk) -> None:
    burst = [
        _incident(CHANGED + timedelta(hours=2 * place + 1), configuration_item="SRV-9", ticket_id=f"INC{place}")
        for place in range(8)
    ]
    culprit = _change(CHANGED, "CHG-BAD", configuration_item="SRV-9", change_outcome="Unsuccessful")
    made = desk([*_background(), *burst, culprit])
    found = _told(made)
    assert (found.verdict, found.value, found.unit) == (PARTIAL, 8 / 4, "possible incidents a quarter")
    assert "8 incidents not linked are possibly caused by 1 change" in found.sentence
    assert found.selection is not None
    assert set(select_tickets(made.engine, found.selection).frame["ticket_id"]) == {f"INC{n}" for n in range(8)}
    assert list(found.details["Change"]) == ["CHG-BAD"]


def test_the_same_burst_without_a_change_on_that_item_is_nothing(desk: MakeDesk) -> None:
    burst = [_incident(CHANGED + timedelta(hours=2 * place), configuration_item="SRV-9") for place in range(8)]
    found = _told(desk([*_background(), *burst]))
    assert found.verdict == DISAGREES
    assert "after none came more than expected" in found.sentence


def test_a_week_that_is_busy_everywhere_suspects_no_change(desk: MakeDesk) -> None:
    flood = [
        _incident(CHANGED + timedelta(hours=place / 4), configuration_item=f"SRV-{place % 20}") for place in range(280)
    ]
    culprit = _change(CHANGED, "CHG-BUSY", configuration_item="SRV-3")
    found = _told(desk([*_background(20), *flood, culprit]))
    assert found.verdict == DISAGREES


def test_the_chance_of_a_burst_is_the_exact_conditional_one(desk: MakeDesk) -> None:
    """By hand: 2 in the 90 days before and 6 in the 3 after; given 8, each is after with chance 3 / 93."""
    before = [_incident(CHANGED - timedelta(days=days), configuration_item="SRV-9") for days in (20, 40)]
    after = [_incident(CHANGED + timedelta(hours=5 * n + 1), configuration_item="SRV-9") for n in range(6)]
    made = desk([*_background(), *before, *after, _change(CHANGED, "CHG-BAD", configuration_item="SRV-9")])
    suspects = change_incidents(made.engine, Filters(), 3).suspects.frame
    (row,) = suspects.itertuples()
    assert (row.change, row.after) == ("CHG-BAD", 6)
    assert row.expected == pytest.approx(2 * 3 / 90)
    assert stats.binom.sf(5, 8, 3 / 93) < 0.01 / 60


@pytest.mark.parametrize(
    ("tickets", "reason"),
    [
        (
            [_incident(AS_OF - timedelta(days=day)) for day in range(200)],
            "No change records are loaded, and no ticket names a change that caused it.",
        ),
        (
            [
                *(_incident(AS_OF - timedelta(days=day)) for day in range(400)),
                *(_linked(390, change=f"C{place}") for place in range(2)),
            ],
            _UNTOLD,
        ),
        (
            [*(_incident(AS_OF - timedelta(days=day)) for day in range(200)), _change(AS_OF - timedelta(days=30), "C")],
            "Changes are recorded for less than a quarter (91 days).",
        ),
        (
            [
                *(_incident(AS_OF - timedelta(days=day)) for day in range(200)),
                _change(AS_OF - timedelta(days=190), "C"),
            ],
            "No incident is linked to a change, and too few name the item that was changed.",
        ),
    ],
)
def test_it_says_when_it_cannot_tell(desk: MakeDesk, tickets: list[Ticket], reason: str) -> None:
    found = _told(desk(tickets))
    assert (found.verdict, found.value, found.reason) == (CANNOT_TELL, None, reason)


def test_incidents_are_those_of_the_filters_and_changes_are_of_all(desk: MakeDesk) -> None:
    mine = [_linked(place, site="Leeds") for place in range(1, 7)]
    others = [_linked(place, site="Dublin") for place in range(1, 4)]
    made = desk([*_background(), *mine, *others])
    assert _told(made, window(site="Leeds")).value == 6 / 4
    assert _told(made, window(site="Dublin")).verdict == DISAGREES


def test_the_cost_is_links_a_month_times_the_hours_assumed(desk: MakeDesk) -> None:
    cost = _told(desk([*_background(), *(_linked(place) for place in range(1, 9))])).cost
    assert cost is not None
    money = cost.money(1.0)  # at a rate of one, the hours themselves
    assert money is not None
    low, hours, high = money
    a_month = 8 / (4 * QUARTER_DAYS / (365 / 12))
    assert hours == pytest.approx(a_month * 2.0)
    assert low < a_month * 0.5 < hours < a_month * 6 < high


def test_booked_hours_come_before_assumed_ones(desk: MakeDesk) -> None:
    cost = _told(desk([*_background(), *(_linked(place, handle_hours=3.0) for place in range(1, 9))])).cost
    assert cost is not None
    assert cost.hours == pytest.approx(8 / (4 * QUARTER_DAYS / (365 / 12)) * 3)
    assert "booked on 8 of them" in cost.formula


def test_failure_share_by_tier_leaves_out_what_is_not_known(desk: MakeDesk) -> None:
    ends = ["Unsuccessful", "BACKED OUT ", "Successful", "implemented", "success", "who knows", None]
    changes = [
        _change(AS_OF - timedelta(days=place + 1), f"CHG{place}", change_tier="emergency", change_outcome=end)
        for place, end in enumerate(ends)
    ]
    calm = [_change(AS_OF - timedelta(days=place + 1), f"STD{place}", change_tier="standard") for place in range(4)]
    made = desk([*changes, *calm])
    tiers = change_records(made.engine, window("2026-06-01", "2026-07-01")).tiers.set_index("tier")
    assert list(tiers.index) == ["standard", "emergency"]
    assert tiers.loc["emergency", ["changes", "known", "failed"]].tolist() == [7, 5, 2]
    assert tiers.loc["emergency", "share"] == 2 / 5
    assert tiers["share"].isna()["standard"]  # four known: too few


def test_a_cancelled_change_never_happened(desk: MakeDesk) -> None:
    made = desk([_change(AS_OF - timedelta(days=2), "A", status="cancelled"), _change(AS_OF - timedelta(days=2), "B")])
    assert list(change_records(made.engine, window("2026-06-01", "2026-07-01")).frame["change"]) == ["B"]


@pytest.mark.parametrize(
    ("outcome", "failed"),
    [("Unsuccessful", True), ("Rolled back", True), ("Successful with issues", False), ("", None), ("perhaps", None)],
)
def test_an_outcome_is_read_by_the_words_of_the_data_file(outcome: str, failed: bool | None) -> None:
    assert outcome_failed(outcome) is failed
