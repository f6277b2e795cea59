"""SLA adherence, by example. The as-of time is the newest event of the desk: here 2026-03-10 12:00."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | opened           | resolved         | closed           | due              | updated
A      | resolved  | 2026-03-02 08:00 | 2026-03-02 10:00 |                  | 2026-03-02 12:00 |
B      | resolved  | 2026-03-02 08:00 | 2026-03-02 13:00 |                  | 2026-03-02 12:00 |
C      | resolved  | 2026-03-02 08:00 | 2026-03-02 12:00 |                  | 2026-03-02 12:00 |
D      | new       | 2026-03-02 08:00 |                  |                  | 2026-03-05 12:00 |
E      | new       | 2026-03-02 08:00 |                  |                  | 2026-03-20 12:00 | 2026-03-10 12:00
F      | new       | 2026-03-02 08:00 |                  |                  |                  |
G      | resolved  | 2026-03-02 08:00 | 2026-03-04 10:00 |                  |                  |
H      | cancelled | 2026-03-02 08:00 | 2026-03-02 10:00 |                  | 2026-03-02 12:00 |
I      | closed    | 2026-03-02 08:00 |                  | 2026-03-03 10:00 | 2026-03-03 12:00 |
"""


def test_met_of_met_and_breached_where_open_past_due_is_breached(desk: MakeDesk) -> None:
    result = desk(DESK).result("sla_adherence")
    assert result.value == 3 / 5  # met: A, C (on the second), I; breached: B, D
    assert result.tickets == 5


def test_not_yet_due_and_no_target_are_left_out_never_met(desk: MakeDesk) -> None:
    assert desk(DESK).excluded("sla_adherence") == {
        "cancelled, merged or spam": 1,  # H
        "still open and not yet due": 2,  # E, and F as long as it is open
        "no target known": 1,  # G
    }


def test_judged_in_the_period_of_the_end_or_of_the_due_day_while_open(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("sla_adherence", window("2026-03-02", "2026-03-03")) == 2 / 3  # A, B, C
    assert made.value("sla_adherence", window("2026-03-03", "2026-03-04")) == 1 / 1  # I, by its closing
    assert made.value("sla_adherence", window("2026-03-05", "2026-03-06")) == 0 / 1  # D, on its due day
    assert made.value("sla_adherence", window("2026-03-06")) is None


def test_the_flag_of_the_source_beats_the_due_time(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | resolution_breached | opened           | resolved         | due
        A      | resolved | yes                 | 2026-03-02 08:00 | 2026-03-02 09:00 | 2026-03-02 12:00
        B      | resolved | no                  | 2026-03-02 08:00 | 2026-03-02 13:00 | 2026-03-02 12:00
        C      | resolved | no                  | 2026-03-02 08:00 | 2026-03-02 13:00 |
        D      | resolved |                     | 2026-03-02 08:00 | 2026-03-02 13:00 | 2026-03-02 12:00
    """)
    assert made.value("sla_adherence") == 2 / 4  # B and C


def test_an_open_ticket_is_never_met_whatever_the_flag_says(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status | resolution_breached | opened           | due              | updated
        A      | new    | no                  | 2026-03-02 08:00 | 2026-03-20 12:00 | 2026-03-10 12:00
        B      | new    | no                  | 2026-03-02 08:00 |                  |
        C      | new    | no                  | 2026-03-02 08:00 | 2026-03-05 12:00 |
        D      | new    | yes                 | 2026-03-02 08:00 | 2026-03-20 12:00 |
        E      | new    | yes                 | 2026-03-02 08:00 |                  |
    """)
    result = made.result("sla_adherence")
    assert (result.value, result.tickets) == (0, 3)  # C is past due; D and E are breached by the flag
    assert made.excluded("sla_adherence") == {"still open and not yet due": 2}
    # A breach without a due time in the past is known on the as-of day only.
    assert made.value("sla_adherence", window("2026-03-10", "2026-03-11")) == 0 / 2
    assert made.value("sla_adherence", window("2026-03-05", "2026-03-06")) == 0 / 1


def test_due_at_the_very_as_of_time_is_not_yet_past(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status | opened           | due              | updated
        A      | new    | 2026-03-02 08:00 | 2026-03-10 12:00 | 2026-03-10 12:00
        B      | new    | 2026-03-02 08:00 | 2026-03-10 11:59 |
    """)
    assert made.result("sla_adherence").tickets == 1


def test_finished_at_an_unknown_time_is_neither_met_nor_without_a_target(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | due              | updated
        A      | resolved | 2026-03-02 08:00 | 2026-03-04 12:00 | 2026-03-03 12:00
    """)
    assert made.value("sla_adherence") is None
    assert made.excluded("sla_adherence") == {"ended at an unknown time": 1}


def test_without_any_target_it_cannot_be_told(desk: MakeDesk) -> None:
    result = desk("""
        ticket | status   | opened           | resolved
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 09:00
    """).result("sla_adherence")
    assert result.value is None
    assert result.frame["reason"].tolist() == ["no tickets to measure"]


def test_a_ticket_without_an_opening_time_is_used_by_no_kpi(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | resolved         | due
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 09:00
    """)
    assert made.value("sla_adherence") is None
    assert made.excluded("sla_adherence") == {"no opening time": 1}
