"""Re-prioritisation, by example, and the drift of the mix where there is no history."""

from datetime import date, timedelta
from math import exp
from pathlib import Path
from typing import Any

import pytest

from analytics.filters import Filters
from analytics.flow.reprioritisation import changed_selection, reprioritisation
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.flow.event_log import desk_of_log
from tests.warehouse_of import Desk, window

LOG = """
ticket | updated          | state  | group   | priority
1      | 2026-03-02 08:00 | New    | desk    | 3 - Moderate
1      | 2026-03-02 09:00 | Active | desk    | 1 - Critical
1      | 2026-03-02 10:00 | Active | desk    | 2 - High
2      | 2026-03-02 08:00 | New    | desk    | 3 - Moderate
2      | 2026-03-05 08:00 | Active | desk    | 4 - Low
3      | 2026-03-03 08:00 | New    | desk    | 3 - Moderate
3      | 2026-03-03 09:00 | Active | desk    | 3 - Moderate
4      | 2026-03-03 08:00 | New    | desk    | 3 - Moderate
5      | 2026-03-04 08:00 | New    | desk    | 3 - Moderate
6      | 2026-03-04 08:00 | New    | network | 3 - Moderate
6      | 2026-03-04 09:00 | Active | network | 2 - High
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of_log(LOG, tmp_path_factory.mktemp("log"))


def test_changed_raised_and_lowered(made: Desk) -> None:
    found = reprioritisation(made.engine, Filters())
    assert (found.tickets, found.changed, found.changes) == (6, 3, 2 + 1 + 1)  # the first value known is no change
    assert (found.raised, found.lowered) == (2, 2)  # 1 is the most urgent; ticket 1 was both
    assert found.share == 3 / 6
    assert found.changes_per_changed == 4 / 3
    assert found.sentence.startswith("50.0 % of the 6 tickets opened had their priority changed, 1.3 times each")
    assert found.drift is None


def test_small_groups_are_not_shown(made: Desk) -> None:
    groups = reprioritisation(made.engine, Filters()).groups
    assert groups["assignment_group"].tolist() == ["desk"]  # the network has one ticket
    assert groups["share"].tolist() == [2 / 5]


def test_tickets_are_taken_by_the_day_they_were_opened(made: Desk) -> None:
    found = reprioritisation(made.engine, window("2026-03-03", "2026-03-05"))
    assert (found.tickets, found.changed) == (4, 1)
    assert found.share is None


def test_the_tickets_behind_it(made: Desk) -> None:
    assert select_tickets(made.engine, changed_selection(Filters())).total == 3
    assert select_tickets(made.engine, changed_selection(Filters(), "desk")).total == 2
    assert select_tickets(made.engine, changed_selection(window("2026-03-03"))).total == 1


def _log(groups: dict[str, tuple[int, int]]) -> str:
    """Tickets and how many of them were changed, by group."""
    lines, number = ["ticket | updated | state | group | priority"], 0
    for group, (tickets, changed) in groups.items():
        for place in range(tickets):
            number += 1
            lines.append(f"{number} | 2026-03-02 08:00 | New | {group} | 3 - Moderate")
            lines.append(f"{number} | 2026-03-02 09:00 | Active | {group} | {2 if place < changed else 3} - High")
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("groups", "says"),
    [
        (
            {"desk": (40, 10), "network": (40, 4)},
            "Most often in desk: 25.0 % of its tickets, against 10.0 % elsewhere.",
        ),
        ({"desk": (40, 1), "network": (8, 4)}, ""),  # the small ones change more, and are too small to be named
        ({"desk": (40, 0), "network": (40, 0)}, ""),
    ],
)
def test_a_group_is_named_only_where_it_changes_more_than_the_others(
    groups: dict[str, tuple[int, int]], says: str, tmp_path: Path
) -> None:
    assert reprioritisation(desk_of_log(_log(groups), tmp_path).engine, Filters()).group_sentence == says


def _listed(first: date, priorities: dict[int, int]) -> list[dict[str, Any]]:
    return [
        {"opened_at": f"{first}", "priority": priority} for priority, count in priorities.items() for _ in range(count)
    ]


def test_without_a_history_the_drift_of_the_mix_is_a_proxy(desk: MakeDesk) -> None:
    first = date(2026, 3, 1)
    listed = _listed(first, {1: 10, 3: 40}) + _listed(first + timedelta(days=10), {1: 30, 2: 10, 3: 60})
    found = reprioritisation(desk(listed).engine, window("2026-03-11", "2026-03-21"))
    assert found.drift is not None
    assert found.drift.distance == pytest.approx((abs(0.3 - 0.2) + abs(0.1 - 0) + abs(0.6 - 0.8)) / 2)
    assert found.drift.p_value == pytest.approx(exp(-8.25 / 2))  # chi-squared 8.25 with 2 degrees of freedom
    assert "As a proxy" in found.sentence
    assert "more than chance makes likely (100 tickets, 50 before)" in found.sentence


def test_too_few_for_the_drift(desk: MakeDesk) -> None:
    few = desk(_listed(date(2026, 3, 1), {1: 50}) + _listed(date(2026, 3, 11), {1: 5}))
    found = reprioritisation(few.engine, window("2026-03-11", "2026-03-21"))
    assert found.drift is not None
    assert found.drift.distance is None
    assert found.sentence.endswith("this period or the one before has fewer than 30 tickets.")
    nothing = reprioritisation(desk("opened\n2026-03-01").engine, Filters())
    assert "no ticket here has a priority" in nothing.sentence
