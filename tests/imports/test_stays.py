"""Stays by example: changes counted, returns with the hours away, and no hours after a ticket's end."""

from typing import Any

import pytest

from tests.flow.event_log import desk_of_log
from tests.warehouse_of import Desk

# 1 goes away and back; 2 passes through a group at one moment; 3 comes back after its end; 4 has no group in between;
# 5 goes on to a third group.
LOG = """
ticket | updated          | state    | group
1      | 2026-03-02 08:00 | New      | desk
1      | 2026-03-02 10:00 | Active   | network
1      | 2026-03-02 15:00 | Active   | desk
1      | 2026-03-02 18:00 | Resolved | desk
2      | 2026-03-02 08:00 | New      | desk
2      | 2026-03-02 09:00 | Active   | network
2      | 2026-03-02 09:00 | Active   | servers
2      | 2026-03-02 11:00 | Active   | desk
3      | 2026-03-02 08:00 | New      | desk
3      | 2026-03-02 09:00 | Active   | network
3      | 2026-03-02 12:00 | Resolved | network
3      | 2026-03-03 12:00 | Closed   | desk
3      | 2026-03-04 12:00 | Closed   | network
4      | 2026-03-02 08:00 | New      | desk
4      | 2026-03-02 09:00 | Active   | network
4      | 2026-03-02 12:00 | Active   |
4      | 2026-03-02 14:00 | Active   | desk
5      | 2026-03-02 08:00 | New      | desk
5      | 2026-03-02 09:00 | Active   | network
5      | 2026-03-02 10:00 | Active   | servers
5      | 2026-03-05 08:00 | Active   | servers
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of_log(LOG, tmp_path_factory.mktemp("log"))


def _of(made: Desk, ticket: int, *columns: str, field: str = "assignment_group") -> list[tuple[Any, ...]]:
    frame = made.engine.query(
        f"SELECT {', '.join(columns)} FROM stays JOIN tickets USING (ticket_key) "
        "WHERE field = :of_field AND ticket_id = :ticket ORDER BY entered_at, change_number",
        {"of_field": field, "ticket": f"INC{ticket:07d}"},
    )
    frame = frame.astype(object).where(frame.notna(), None)
    return list(frame.itertuples(index=False, name=None))


COLUMNS = ("value", "change_number", "returned", "away_hours", "stay_hours")


def test_away_and_back(made: Desk) -> None:
    assert _of(made, 1, *COLUMNS) == [
        ("desk", 0, False, None, 10 - 8),
        ("network", 1, False, None, 15 - 10),
        ("desk", 2, True, 15 - 10, 18 - 15),  # open until its resolution
    ]


def test_what_is_passed_through_at_one_moment_is_a_change_without_hours(made: Desk) -> None:
    assert _of(made, 2, *COLUMNS)[:3] == [
        ("desk", 0, False, None, 9 - 8),
        ("network", 1, False, None, 0),
        ("servers", 2, False, None, 11 - 9),
    ]
    assert _of(made, 2, "value", "previous_value", "change_number", "returned")[3] == ("desk", "servers", 3, False)


def test_after_the_end_there_are_changes_but_no_hours(made: Desk) -> None:
    assert _of(made, 3, *COLUMNS) == [
        ("desk", 0, False, None, 9 - 8),
        ("network", 1, False, None, 12 - 9),  # until its resolution, not until it left for the desk
        ("desk", 2, True, 12 - 9, None),
        ("network", 3, True, None, None),
    ]


def test_nothing_in_between_is_no_change_and_no_hours_away(made: Desk) -> None:
    assert _of(made, 4, "value", "previous_value", "change_number", "returned", "away_hours") == [
        ("desk", None, 0, False, None),
        ("network", "desk", 1, False, None),
        (None, "network", 1, False, None),
        ("desk", "network", 2, True, 12 - 9),  # the two hours without a group were not with the network
    ]


def test_on_to_a_third_is_no_return_and_the_same_again_no_stay(made: Desk) -> None:
    as_of = 3 * 24 + 8  # the last update, counted from midnight of the first day
    assert _of(made, 5, *COLUMNS) == [
        ("desk", 0, False, None, 9 - 8),
        ("network", 1, False, None, 10 - 9),
        ("servers", 2, False, None, as_of - 10),
    ]


def test_each_field_counts_its_own_changes(made: Desk) -> None:
    found = _of(made, 1, "value", "change_number", "stay_hours", field="source_status")
    assert found == [("New", 0, 10 - 8), ("Active", 1, 18 - 10), ("Resolved", 2, None)]
