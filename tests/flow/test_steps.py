"""Steps, by example: open hours at each status and in each group, and the share on hold."""

import pytest

from analytics.filters import Filters
from analytics.flow.steps import step_selection, steps
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.flow.event_log import desk_of_log
from tests.warehouse_of import Desk, window

# Ticket 1: 2 h new, 3 h active, 5 h waiting, 2 h active. Ticket 2 was reopened: its first resolution is open time.
LOG = """
ticket | updated          | state              | group   | priority
1      | 2026-03-02 08:00 | New                | desk    | 2 - High
1      | 2026-03-02 10:00 | Active             | network | 2 - High
1      | 2026-03-02 13:00 | Awaiting User Info | network | 2 - High
1      | 2026-03-02 18:00 | Active             | network | 2 - High
1      | 2026-03-02 20:00 | Resolved           | network | 2 - High
1      | 2026-03-08 20:00 | Closed             | desk    | 2 - High
2      | 2026-03-03 08:00 | New                | desk    | 3 - Moderate
2      | 2026-03-03 09:00 | Resolved           | desk    | 3 - Moderate
2      | 2026-03-03 19:00 | Active             | desk    | 3 - Moderate
2      | 2026-03-03 21:00 | Resolved           | desk    | 3 - Moderate
3      | 2026-03-09 08:00 | Awaiting Vendor    | desk    | 3 - Moderate
4      | 2026-03-09 08:00 | New                | desk    | 3 - Moderate
5      | 2026-03-09 08:00 | New                | desk    | 3 - Moderate
5      | 2026-03-10 08:00 | New                | desk    | 4 - Low
"""
AS_OF_HOURS = 24  # from the opening of 3, 4 and 5 to the newest event


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of_log(LOG, tmp_path_factory.mktemp("log"))


def test_open_hours_by_status_in_the_tools_words(made: Desk) -> None:
    found = steps(made.engine, Filters())
    hours = dict(zip(found.statuses["value"], found.statuses["hours"], strict=True))
    assert found.status_field == "source_status"  # it knows two kinds of waiting
    assert hours == {
        "New": 2 + 1 + 2 * AS_OF_HOURS,
        "Active": 3 + 2 + 2,
        "Awaiting User Info": 5,
        "Awaiting Vendor": AS_OF_HOURS,
        "Resolved": 10,  # until ticket 2 was opened again; what came after the end counts nothing
    }
    assert found.statuses["value"].iloc[0] == "New"
    assert found.statuses["share"].sum() == pytest.approx(1)


def test_the_hours_of_the_groups_and_of_the_statuses_are_the_same_open_time(made: Desk) -> None:
    found = steps(made.engine, Filters())
    hours = dict(zip(found.groups["value"], found.groups["hours"], strict=True))
    assert hours == {"desk": 2 + 13 + 3 * AS_OF_HOURS, "network": 10}
    assert found.groups["hours"].sum() == found.statuses["hours"].sum()


def test_a_median_on_few_tickets_is_not_told(made: Desk) -> None:
    groups = steps(made.engine, Filters()).groups.set_index("value")
    assert groups.loc["desk", "median_hours"] == AS_OF_HOURS  # of 2, 13 and three times 24 hours
    assert groups["median_hours"].isna().to_dict() == {"desk": False, "network": True}


def test_the_share_on_hold(made: Desk) -> None:
    hours = 2 + 1 + 2 * AS_OF_HOURS + 7 + 5 + AS_OF_HOURS + 10
    assert steps(made.engine, Filters()).pending_share == pytest.approx((5 + AS_OF_HOURS) / hours)
    few = steps(made.engine, window(end="2026-03-09"))
    assert (few.basis.used, few.pending_share) == (2, None)


def test_pending_share_of_enough_tickets(tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = [
        f"{ticket} | 2026-03-02 {hour}:00 | {state} | desk"
        for ticket in range(1, 6)
        for hour, state in (("08", "New"), ("09", "Awaiting User Info"), ("12", "Resolved"))
    ]
    log = "\n".join(["ticket | updated | state | group", *lines])
    found = steps(desk_of_log(log, tmp_path_factory.mktemp("log")).engine, Filters())
    assert found.pending_share == 3 / 4
    assert found.pending_sentence == "Tickets were on hold for 75.0 % of their open time."


def test_stays_are_taken_by_the_day_they_began(made: Desk) -> None:
    found = steps(made.engine, window("2026-03-03", "2026-03-09"))
    assert dict(zip(found.statuses["value"], found.statuses["hours"], strict=True)) == {
        "New": 1,
        "Resolved": 10,
        "Active": 2,
    }
    assert found.basis.used == 1


@pytest.mark.parametrize("chosen", [Filters(), window("2026-03-03"), window(priority=3)])
def test_the_tickets_behind_each_step(made: Desk, chosen: Filters) -> None:
    found = steps(made.engine, chosen)
    for field, frame in ((found.status_field, found.statuses), ("assignment_group", found.groups)):
        for row in frame.itertuples():
            assert select_tickets(made.engine, step_selection(chosen, field, row.value)).total == row.tickets


def test_without_a_history_only_recorded_hours_on_hold_can_be_told(desk: MakeDesk) -> None:
    listed = "opened | resolved | pending_hours\n" + "\n".join(["2026-03-01 08:00 | 2026-03-01 18:00 | 4"] * 5)
    found = steps(desk(listed).engine, Filters())
    assert found.statuses.empty
    assert found.sentence.startswith("Cannot tell where tickets spend their time: no ticket here has a history")
    assert found.pending_share == 4 / 10
    assert "by the tool's own count" in found.pending_sentence


def test_with_nothing_recorded_nothing_is_told(desk: MakeDesk) -> None:
    found = steps(desk("opened\n2026-03-01").engine, Filters())
    assert (found.pending_share, found.pending_by) == (None, "")
    assert found.pending_sentence.startswith("Cannot tell")
