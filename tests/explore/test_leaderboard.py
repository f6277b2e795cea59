"""Leaderboards by example: values, tickets, shares and changes of a small desk, and what is never ranked."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.errors import BacklightError
from analytics.explore.leaderboard import Leaderboard, Ranked, leaderboard
from analytics.filters import Filters
from tests.pages.desk_page import ticket
from tests.warehouse_of import Desk, desk_of

NOW = Filters.of(date(2026, 6, 1), date(2026, 7, 1))
THEN = Filters.of(date(2026, 5, 2), date(2026, 6, 1))
# (group, tickets, hours of each) resolved in June, and in May; the as-of time is 30 June.
JUNE = (("Desk", 10, 4), ("Network", 6, 30), ("Field", 4, 100))
MAY = (("Desk", 5, 8), ("Network", 8, 20), ("Gone", 7, 1))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    rows = [
        ticket(days, hours, assignment_group=group)
        for month, days in ((JUNE, 15), (MAY, 45))
        for group, tickets, hours in month
        for _ in range(tickets)
    ]
    return desk_of([*rows, ticket(0, 0, assignment_group=None)], tmp_path)


def test_value_tickets_share_and_change_stand_side_by_side(desk: Desk) -> None:
    rows = _rows(leaderboard(desk.engine, "mttr", NOW, "assignment_group", THEN))
    assert rows.loc["Desk", ["value", "n", "before", "n_before", "change"]].tolist() == [4, 10, 8, 5, 4 - 8]
    assert rows.loc["Network", "change"] == pytest.approx(30 - 20)
    assert rows.loc["Desk", "share"] == pytest.approx(10 / (10 + 6 + 4 + 1))


def test_too_few_tickets_are_never_a_value_and_never_ranked(desk: Desk) -> None:
    board = leaderboard(desk.engine, "mttr", NOW, "assignment_group", THEN)
    rows = _rows(board)
    assert rows.loc["Field", "too_few"]
    assert pd.isna(rows.loc["Field", "value"])  # 4 tickets of 100 h would lead every list
    for order in Ranked:
        assert set(board.ranked(order)["label"].iloc[-2:]) == {"Field", "not recorded"}, order


@pytest.mark.parametrize(
    ("order", "first"),
    [
        (Ranked.TICKETS, ["Desk", "Network"]),
        (Ranked.HIGHEST, ["Network", "Desk"]),
        (Ranked.LOWEST, ["Desk", "Network"]),
        (Ranked.RISEN, ["Network", "Desk"]),
        (Ranked.FALLEN, ["Desk", "Network"]),
    ],
)
def test_order_by_tickets_value_and_change(desk: Desk, order: Ranked, first: list[str]) -> None:
    board = leaderboard(desk.engine, "mttr", NOW, "assignment_group", THEN)
    assert board.ranked(order)["label"].tolist()[:2] == first


def test_a_count_that_fell_to_nothing_is_a_fall(desk: Desk) -> None:
    board = leaderboard(desk.engine, "volume", NOW, "assignment_group", THEN)
    rows = _rows(board)
    assert rows.loc["Gone", ["value", "before", "change"]].tolist() == [0, 7, -7]
    assert board.ranked(Ranked.FALLEN)["label"].iloc[0] == "Gone"
    assert rows.loc["Field", "value"] == 4  # of a count, few are not too few
    assert not rows["too_few"].any()


def test_without_a_comparison_nothing_has_changed(desk: Desk) -> None:
    board = leaderboard(desk.engine, "mttr", NOW, "assignment_group", None)
    assert not board.compared
    assert board.frame["change"].isna().all()


def test_the_numbers_are_those_of_the_registry(desk: Desk) -> None:
    rows = _rows(leaderboard(desk.engine, "sla_adherence", NOW, "assignment_group", None))
    told = desk.by("sla_adherence", "assignment_group", NOW)
    assert {label: rows.loc[label, "value"] for label in rows.index} == {
        str(label): value for label, value in told.items() if value is not None
    }


def test_hours_of_the_day_stand_in_their_order_where_they_are_equal(tmp_path: Path) -> None:
    desk = desk_of([ticket(3 + hour / 24) for hour in (1, 5, 3)], tmp_path)
    board = leaderboard(desk.engine, "volume", Filters(), "opened_hour", None)
    assert board.ranked(Ranked.TICKETS)["label"].tolist() == ["07:00", "09:00", "11:00"]


def test_people_are_not_compared(desk: Desk) -> None:
    with pytest.raises(BacklightError, match="does not compare people"):
        leaderboard(desk.engine, "mttr", NOW, "assignee", None)


def _rows(board: Leaderboard) -> pd.DataFrame:
    return board.frame.set_index("label")


@pytest.mark.parametrize("kpi", ["mttr", "volume", "backlog"])
def test_a_period_without_a_ticket_is_no_fault(desk: Desk, kpi: str) -> None:
    """Neither as the one looked at nor as the one compared with."""
    long_ago = Filters.of(date(2020, 1, 1), date(2020, 2, 1))
    assert leaderboard(desk.engine, kpi, NOW, "assignment_group", long_ago).frame["n_before"].tolist() == [0] * len(
        leaderboard(desk.engine, kpi, NOW, "assignment_group", None).frame
    )
    assert leaderboard(desk.engine, kpi, long_ago, "assignment_group", None).ranked(Ranked.HIGHEST).empty
