"""First contact resolution, by example: which rule the columns allow, and what each rule says."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

FLAG = """
ticket | status    | first_contact_resolved | reply_count | reassignment_count | opened           | resolved
A      | resolved  | yes                    | 7           | 3                  | 2026-03-02 08:00 | 2026-03-02 09:00
B      | resolved  | no                     | 1           | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
C      | resolved  | yes                    |             |                    | 2026-03-02 08:00 | 2026-03-02 09:00
D      | cancelled | yes                    |             |                    | 2026-03-02 08:00 | 2026-03-02 09:00
E      | pending   | yes                    |             |                    | 2026-03-02 08:00 |
"""

REPLIES = """
ticket | status   | reply_count | reopen_count | reassignment_count | opened           | resolved
A      | resolved | 1           | 0            | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
B      | resolved | 0           | 0            | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
C      | resolved | 2           | 0            | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
D      | resolved | 1           | 1            | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
E      | resolved | 1           | 0            | 1                  | 2026-03-02 08:00 | 2026-03-02 09:00
F      | resolved | 1           |              |                    | 2026-03-02 08:00 | 2026-03-02 09:00
"""

GROUPS = """
ticket | status   | reopen_count | reassignment_count | opened           | resolved
A      | resolved | 0            | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
B      | resolved |              | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
C      | resolved | 0            | 1                  | 2026-03-02 08:00 | 2026-03-02 09:00
D      | resolved | 1            | 0                  | 2026-03-02 08:00 | 2026-03-02 09:00
E      | resolved | 0            |                    | 2026-03-02 08:00 | 2026-03-02 09:00
"""


def test_the_tools_own_flag_beats_everything_else(desk: MakeDesk) -> None:
    made = desk(FLAG)
    assert made.value("fcr") == 2 / 3  # A and C of A, B, C
    assert made.excluded("fcr") == {"cancelled, merged or spam": 1, "still open": 1}
    assert made.notes("fcr") == ["desk: the tool's own flag (3 tickets)."]


def test_else_at_most_one_reply_not_reopened_and_one_group(desk: MakeDesk) -> None:
    made = desk(REPLIES)
    assert made.value("fcr") == 3 / 6  # A, B, and F as far as its columns tell
    assert made.notes("fcr") == [
        "desk: a proxy: at most one reply (1 tickets).",  # F
        "desk: a proxy: at most one reply, not reopened, one group (5 tickets).",
    ]


def test_else_not_reopened_and_one_group(desk: MakeDesk) -> None:
    made = desk(GROUPS)
    assert made.value("fcr") == 2 / 4  # A and B of A, B, C, D
    assert made.excluded("fcr") == {"no column tells whether the first contact resolved it": 1}  # E
    assert made.notes("fcr") == [
        "desk: a proxy: not reopened, one group (3 tickets).",
        "desk: a proxy: one group (1 tickets).",  # B
    ]


def test_else_it_cannot_be_told(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | resolved
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 09:00
    """)
    assert made.value("fcr") is None
    assert made.account("fcr").used == 0
    assert made.excluded("fcr") == {"no column tells whether the first contact resolved it": 1}
    assert made.notes("fcr") == []


def test_each_source_has_its_own_rule_and_says_so(desk: MakeDesk) -> None:
    made = desk("""
        ticket | source | status   | first_contact_resolved | reply_count | reassignment_count | opened     | resolved
        A      | one    | resolved | yes                    |             |                    | 2026-03-02 | 2026-03-03
        B      | two    | resolved |                        | 3           | 0                  | 2026-03-02 | 2026-03-03
        C      | three  | resolved |                        |             | 0                  | 2026-03-02 | 2026-03-03
    """)
    assert made.value("fcr") == 2 / 3
    assert made.notes("fcr") == [
        "one: the tool's own flag (1 tickets).",
        "three: a proxy: one group (1 tickets).",
        "two: a proxy: at most one reply, one group (1 tickets).",
    ]


def test_a_ticket_counts_in_the_period_in_which_it_ended(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status | reassignment_count | opened     | resolved   | closed
        A      | closed | 0                  | 2026-01-30 | 2026-02-02 | 2026-03-02
        B      | closed | 1                  | 2026-01-30 |            | 2026-03-02
    """)
    assert made.value("fcr", window("2026-01-01", "2026-02-01")) is None
    assert made.value("fcr", window("2026-02-01", "2026-03-01")) == 1 / 1
    assert made.value("fcr", window("2026-03-01", "2026-04-01")) == 0 / 1


def test_a_ticket_without_an_opening_time_is_used_by_no_kpi(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | reassignment_count | resolved
        A      | resolved | 0                  | 2026-03-02
    """)
    assert made.value("fcr") is None
    assert made.excluded("fcr") == {"no opening time": 1}
