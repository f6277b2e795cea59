"""Headlines: a number in words, against the period before and against its target."""

from datetime import date, datetime, timedelta

import pytest

from analytics.headline import Headline, comparable, comparison, headline
from analytics.measure import KpiResult
from tests.conftest import MakeDesk
from tests.warehouse_of import Ticket, window

MAY, APRIL = window("2026-05-01", "2026-05-31"), window("2026-04-01", "2026-05-01")


def _month(month: int, hours: list[float], late: int = 0) -> list[Ticket]:
    """A ticket for each of the hours to resolve, all opened at the start of the month; `late` of them breached."""
    opened = datetime(2026, month, 2)  # noqa: DTZ001 - as stored
    return [
        {"opened_at": opened, "resolved_at": opened + timedelta(hours=taken), "status": "resolved",
         "resolution_breached": number < late}
        for number, taken in enumerate(hours)
    ]  # fmt: skip


def _both(desk: MakeDesk, tickets: list[Ticket], kpi: str) -> tuple[KpiResult, KpiResult]:
    made = desk(tickets)
    return made.result(kpi, filters=MAY), made.result(kpi, filters=APRIL)


def _line(desk: MakeDesk, tickets: list[Ticket], kpi: str, target: float | None = None) -> Headline:
    now, before = _both(desk, tickets, kpi)
    return headline(now, before, target)


def test_fewer_hours_are_better_and_within_the_target(desk: MakeDesk) -> None:
    line = _line(desk, _month(4, [20] * 5) + _month(5, [10, 12, 14, 16, 18, 20]), "mttr", 24)
    mean = (10 + 12 + 14 + 16 + 18 + 20) / 6
    assert line.value == f"{mean:.1f} h"
    assert line.change == f"{(mean - 20) / 20 * 100:.1f} %, better"
    assert (line.higher, line.better) == (False, True)
    assert line.target == "Target: at most 24 h, met"
    assert line.basis == "6 tickets"


def test_a_lower_share_is_worse_in_points_and_misses_the_target(desk: MakeDesk) -> None:
    line = _line(desk, _month(4, [1] * 10, late=1) + _month(5, [1] * 10, late=3), "sla_adherence", 0.9)
    assert line.value == f"{(10 - 3) / 10 * 100:.1f} %"
    assert line.change == f"{(7 - 9) / 10 * 100:+.1f} points, worse"
    assert (line.higher, line.better) == (False, False)
    assert line.target == "Target: at least 90 %, missed"


def test_more_tickets_are_neither_better_nor_worse_and_have_no_target(desk: MakeDesk) -> None:
    line = _line(desk, _month(4, [1] * 4) + _month(5, [1] * 6), "volume", 5)
    assert line.change == f"{(6 - 4) / 4 * 100:+.1f} %, higher"
    assert (line.better, line.target) == (None, None)


def test_what_rounds_to_nothing_is_unchanged(desk: MakeDesk) -> None:
    line = _line(desk, _month(4, [10] * 5) + _month(5, [10, 10, 10, 10, 10.01]), "mttr")
    assert (line.change, line.higher, line.better) == ("unchanged", None, None)


def test_too_few_tickets_give_no_number_and_no_verdict(desk: MakeDesk) -> None:
    line = _line(desk, _month(4, [10] * 5) + _month(5, [100] * 4), "mttr", 24)
    assert (line.value, line.known, line.change) == ("too few", False, None)
    assert line.target == "Target: at most 24 h"
    assert line.basis == "4 tickets"


def test_too_few_tickets_before_are_not_compared_with(desk: MakeDesk) -> None:
    line = _line(desk, _month(4, [10] * 4) + _month(5, [100] * 5), "mttr")
    assert (line.value, line.change) == (f"{100 / 24:.1f} days", "too few before to compare")


def test_no_value_says_why(desk: MakeDesk) -> None:
    now, before = _both(desk, _month(4, [10] * 5), "mttr")
    line = headline(now, before, None, "still open (3 tickets)")
    assert (line.value, line.known, line.basis) == ("cannot tell", False, "still open (3 tickets)")
    assert headline(now, None, None).basis == "no tickets to measure"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-05-01", "2026-05-31", "Changes are against the 30 days before."),
        ("2026-05-20", "2026-05-21", "Changes are against the day before."),
        (None, None, ""),
    ],
)
def test_what_changes_are_against(start: str | None, end: str | None, words: str) -> None:
    assert comparison(window(start, end), date(2026, 1, 1)) == words


def test_a_period_that_the_data_does_not_cover_is_not_compared_with() -> None:
    may = window("2026-05-01", "2026-05-31")
    assert comparable(may, date(2026, 4, 1)) == window("2026-04-01", "2026-05-01")
    assert comparable(may, date(2026, 4, 2)) is None
    assert comparison(may, date(2026, 4, 2)) == "No change is shown: the data starts on 2 Apr 2026."
    assert comparison(may, None) == ""
