"""Periods and windows, by example: days, weeks from Monday, months, quarters, years; unfinished; too few."""

import pytest

from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.warehouse_of import window

# 2024-02-29 is a Thursday and a leap day; 2024-03-03 a Sunday; 2024-03-04 a Monday.
DESK = """
ticket | status   | opened           | resolved
A      | resolved | 2023-12-31 12:00 | 2024-02-29 10:00
B      | resolved | 2024-02-29 08:00 | 2024-03-01 08:00
C      | resolved | 2024-03-03 23:00 | 2024-03-04 01:00
D      | resolved | 2024-03-31 08:00 | 2024-04-01 08:00
"""


@pytest.mark.parametrize(
    ("grain", "expected"),
    [
        (Grain.DAY, {"2024-02-29": 1, "2024-03-01": 1, "2024-03-02": 0, "2024-03-03": 0, "2024-03-04": 1}),
        (Grain.WEEK, {"2024-02-26": 2, "2024-03-04": 1}),
        (Grain.MONTH, {"2024-02-01": 1, "2024-03-01": 2}),
        (Grain.QUARTER, {"2024-01-01": 3}),
        (Grain.YEAR, {"2024-01-01": 3}),
    ],
)
def test_the_period_is_the_day_on_which_it_starts(desk: MakeDesk, grain: Grain, expected: dict[str, int]) -> None:
    assert desk(DESK).by_period("outflow", grain, window("2024-02-01", "2024-03-31")) == expected


def test_a_week_starts_on_monday(desk: MakeDesk) -> None:
    made = desk(DESK)
    weeks = made.by_period("inflow", Grain.WEEK)
    assert weeks["2023-12-25"] == 1  # Sunday 31 December
    assert weeks["2024-02-26"] == 2  # Thursday 29 February and Sunday 3 March
    assert len(weeks) == 14  # every week, also those without a ticket


def test_a_year_and_a_quarter_over_new_year(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.by_period("inflow", Grain.YEAR) == {"2023-01-01": 1, "2024-01-01": 3}
    assert made.by_period("inflow", Grain.QUARTER) == {"2023-10-01": 1, "2024-01-01": 3}
    assert made.by_period("outflow", Grain.QUARTER) == {"2024-01-01": 3, "2024-04-01": 1}


def test_from_is_inclusive_and_to_is_exclusive(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("inflow", window("2024-02-29", "2024-03-03")) == 1
    assert made.value("inflow", window("2024-02-29", "2024-03-04")) == 2
    assert made.value("inflow", window("2024-03-01", "2024-03-03")) == 0
    assert made.value("inflow", window(end="2024-02-29")) == 1
    assert made.value("inflow", window("2024-02-29")) == 3


def test_a_period_without_a_ticket_has_a_row_whose_mean_cannot_be_told(desk: MakeDesk) -> None:
    frame = desk(DESK).result("mttr", grain=Grain.DAY, filters=window("2024-03-01", "2024-03-05")).frame
    assert frame["value"].isna().tolist() == [False, True, True, False]
    assert frame["denominator"].tolist() == [1, 0, 0, 1]
    assert frame["reason"].tolist() == [None, "no tickets to measure", "no tickets to measure", None]


def test_the_period_of_the_as_of_time_is_marked_unfinished(desk: MakeDesk) -> None:
    made = desk(DESK)  # the newest event is on 2024-04-01
    for kpi in ("mttr", "inflow", "outflow", "backlog"):
        frame = made.result(kpi, grain=Grain.MONTH).frame
        marked = {f"{period:%Y-%m}" for period in frame.loc[frame["unfinished"], "period"]}
        assert marked == ({"2024-04"} if kpi != "inflow" else set()), kpi


def test_fewer_than_five_tickets_are_too_few_to_act_on(desk: MakeDesk) -> None:
    line = "resolved | {group} | 2024-03-04 08:00 | 2024-03-04 09:00"
    lines = [line.format(group="four")] * 4 + [line.format(group="five")] * 5
    made = desk("\n".join(["status | group | opened | resolved", *lines]))
    frame = made.result("mttr", by=["assignment_group"]).frame.set_index("assignment_group")
    assert frame["too_few"].to_dict() == {"four": True, "five": False}
    assert frame["value"].to_dict() == {"four": 1, "five": 1}
    assert not made.result("mttr").too_few
    assert not made.result("volume", by=["assignment_group"]).frame["too_few"].any()  # a count is what it is


@pytest.mark.parametrize("kpi", ["mttr", "fcr", "sla_adherence", "reopen_rate", "first_response_time"])
def test_of_an_empty_selection_a_ratio_cannot_be_told(desk: MakeDesk, kpi: str) -> None:
    made = desk(DESK)
    nothing = window("1999-01-01", "1999-02-01")
    result = made.result(kpi, filters=nothing)
    assert result.value is None
    assert result.frame["reason"].tolist() == ["no tickets to measure"]
    assert not result.too_few
    assert made.result(kpi, filters=nothing, grain=Grain.MONTH).frame.empty
    assert made.result(kpi, filters=nothing, by=["category"]).frame.empty
