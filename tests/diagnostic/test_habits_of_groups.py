"""Priorities that change and tickets that circulate, by example: small event logs."""

import random
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from analytics.diagnostic.evidence.circulation import circulation
from analytics.diagnostic.evidence.priorities_change import priorities_change
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.flow.event_log import desk_of_log
from tests.warehouse_of import Desk

FIRST = datetime.fromisoformat("2026-03-02 08:00")
_HEADER = "ticket | updated | state | group | priority | moves"
HIGH, LOW = "2 - High", "4 - Low"


def _life(number: int, groups: list[str], priorities: list[str]) -> list[str]:
    """A ticket's lines, an hour apart, and its end."""
    steps = max(len(groups), len(priorities))
    groups, priorities = ([*each, *[each[-1]] * (steps - len(each))] for each in (groups, priorities))
    opened = FIRST + timedelta(hours=number)
    moves = [sum(a != b for a, b in pairwise(groups[: n + 1])) for n in range(steps)]
    lines = [
        f"{number} | {opened + timedelta(hours=n):%Y-%m-%d %H:%M} | {'New' if n == 0 else 'Active'} | {groups[n]} | "
        f"{priorities[n]} | {moves[n]}"
        for n in range(steps)
    ]
    ended = opened + timedelta(hours=steps)
    return [*lines, f"{number} | {ended:%Y-%m-%d %H:%M} | Resolved | {groups[-1]} | {priorities[-1]} | {moves[-1]}"]


@pytest.fixture(scope="module")
def restless(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """40 tickets of Servers, 20 of them re-prioritised; 160 of Desk, none. 6 of Servers came back from Network."""
    lines = [_HEADER]
    for number in range(1, 41):
        groups = ["Servers", "Network", "Servers"] if number <= 6 else ["Servers"]
        lines += _life(number, groups, [LOW, HIGH] if number % 2 else [LOW])
    for number in range(41, 201):
        lines += _life(number, ["Desk"], [LOW])
    return desk_of_log("\n".join(lines), tmp_path_factory.mktemp("restless"))


def test_a_group_with_the_habit_is_enough_and_its_tickets_are_listed(restless: Desk) -> None:
    found = priorities_change(restless.engine, Filters(), Numbers(), Known())
    assert (found.verdict, found.value) == (AGREES, 20 / 40)
    assert found.sentence.startswith("10 % (between 6.6 % and 15 %) of 200 tickets")
    assert found.sentence.endswith("1 group changes more than 10 % of its tickets, beyond chance: 50 %.")
    assert found.details.iloc[0]["Group"] == "Servers"
    assert found.selection is not None
    assert select_tickets(restless.engine, found.selection).total == 20


def test_a_desk_without_the_habit_speaks_against_it(tmp_path: Path) -> None:
    lines = [line for number in range(1, 41) for line in _life(number, ["Desk"], [LOW])]
    made = desk_of_log("\n".join([_HEADER, *lines]), tmp_path)
    found = priorities_change(made.engine, Filters(), Numbers(), Known())
    assert (found.verdict, found.value) == (DISAGREES, 0.0)
    assert found.sentence == "None of 40 tickets opened in a year had its priority changed."


def test_a_pair_that_plays_ping_pong_is_named_with_its_tickets(restless: Desk) -> None:
    found = circulation(restless.engine, Filters(), Numbers(), Known())
    assert (found.verdict, found.value) == (AGREES, 6)
    assert found.sentence.startswith("1 pair of groups sends tickets back and forth: 6 of 12 hand-offs")
    assert set(found.details.iloc[0][["One group", "The other"]]) == {"Servers", "Network"}
    assert found.selection is not None
    assert select_tickets(restless.engine, found.selection).total == 6


def test_fewer_tickets_than_the_threshold_are_no_pair(restless: Desk) -> None:
    seven = Numbers().with_threshold("circulation", "fewest_tickets", 7.0)
    found = circulation(restless.engine, Filters(), seven, Known())
    assert (found.verdict, found.value, found.selection) == (DISAGREES, 6, None)


def test_a_pair_with_few_returns_for_its_hand_offs_is_not_named(restless: Desk) -> None:
    """6 of the 12 hand-offs between the two were returns: half, and no more than that."""
    half, more = (Numbers().with_threshold("circulation", "least_share", share) for share in (0.5, 0.51))
    assert circulation(restless.engine, Filters(), half, Known()).verdict == AGREES
    found = circulation(restless.engine, Filters(), more, Known())
    assert (found.verdict, found.value, found.selection) == (DISAGREES, 0, None)
    assert found.sentence.endswith("no pair of groups did so with 5 tickets and 51 % of its hand-offs.")


def test_without_booked_work_what_circulation_costs_cannot_be_told(restless: Desk) -> None:
    cost = circulation(restless.engine, Filters(), Numbers(), Known()).cost
    assert cost is not None
    assert cost.hours is None
    assert cost.reason.startswith("no work is booked")


def _mixes(before: list[int], now: list[int]) -> list[dict[str, object]]:
    """400 tickets in each of two years, their priorities drawn from the digits given."""
    draw, end = random.Random(5), datetime.fromisoformat("2026-06-30 12:00")
    spans = [(range(365, 730), before), (range(365), now)]
    return [
        {"opened_at": end - timedelta(days=day), "priority": draw.choice(digits)}
        for days, digits in spans
        for day in days
    ]


def test_without_a_history_a_mix_that_moved_is_partial_at_most(desk: MakeDesk) -> None:
    found = priorities_change(desk(_mixes([3, 3, 3, 1], [1, 1, 3])).engine, Filters(), Numbers(), Known())
    assert found.verdict == PARTIAL
    assert found.value is not None
    assert found.value > 0.10
    assert found.sentence.startswith("No history shows changes of priority. As a proxy")


def test_without_a_history_a_mix_that_stayed_says_nothing(desk: MakeDesk) -> None:
    found = priorities_change(desk(_mixes([1, 3], [1, 3])).engine, Filters(), Numbers(), Known())
    assert (found.verdict, found.value) == (CANNOT_TELL, None)
    assert found.reason.startswith("No history shows changes of priority")


def test_without_a_history_of_groups_circulation_cannot_be_told(desk: MakeDesk) -> None:
    found = circulation(desk(_mixes([1, 3], [1, 3])).engine, Filters(), Numbers(), Known())
    assert (found.verdict, found.reason) == (CANNOT_TELL, "No ticket here has a history of its groups.")
