"""Pivots by example: two dimensions, or one and time; what is not shown is counted."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analytics.explore.pivot import MOST_ROWS, pivot
from analytics.filters import Filters
from analytics.period import Grain
from tests.pages.desk_page import ticket
from tests.warehouse_of import Desk, desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    rows = [
        ticket(days, hours, assignment_group=group, priority=priority)
        for group, priority, days, hours, tickets in (
            ("Desk", 1, 5, 4, 6),
            ("Desk", 2, 5, 8, 7),
            ("Network", 1, 40, 100, 5),
            ("Network", 2, 5, 50, 3),
        )
        for _ in range(tickets)
    ]
    return desk_of([*rows, ticket(0, None, assignment_group="Desk", priority=None)], tmp_path)


def test_two_dimensions_make_a_matrix(desk: Desk) -> None:
    found = pivot(desk.engine, "mttr", Filters(), "assignment_group", "priority")
    assert found.row_labels == ("Desk", "Network")
    assert found.column_labels == ("1", "2")
    assert found.matrix().loc["Desk"].tolist() == [4, 8]
    assert found.matrix().loc["Network", "1"] == 100
    assert pd.isna(found.matrix().loc["Network", "2"])  # three tickets are too few for a value
    assert found.matrix("too_few").loc["Network", "2"]


def test_time_across_has_every_period(desk: Desk) -> None:
    found = pivot(desk.engine, "volume", Filters(), "assignment_group", "", Grain.WEEK)
    first, last = found.days(0), found.days(len(found.column_labels) - 1)
    assert first == (date(2026, 5, 18), date(2026, 5, 25))  # 40 days before 30 June is 21 May
    assert last == (date(2026, 6, 29), date(2026, 7, 6))
    assert len(found.column_labels) == (last[0] - first[0]).days // 7 + 1
    assert found.column_titles[0] == "18 May"
    assert found.matrix().sum().sum() == 6 + 7 + 5 + 3 + 1


def test_only_the_largest_rows_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    many = [ticket(3, category=f"C{number:02}") for number in range(MOST_ROWS + 4)]
    found = pivot(desk_of(many, tmp_path).engine, "volume", Filters(), "category", "priority")
    assert len(found.row_labels) == MOST_ROWS
    assert found.rows_left_out == 4


def test_nothing_to_show_is_no_fault(desk: Desk) -> None:
    nothing = Filters.of(date(2020, 1, 1), date(2020, 2, 1))
    for columns, grain in (("priority", None), ("", Grain.MONTH)):
        found = pivot(desk.engine, "mttr", nothing, "assignment_group", columns, grain)
        assert found.row_labels == ()
        assert found.matrix().empty


def test_a_stock_stands_at_the_end_of_each_period(desk: Desk) -> None:
    found = pivot(desk.engine, "backlog", Filters(), "assignment_group", "", Grain.MONTH)
    assert found.matrix().loc["Desk"].tolist()[-1] == 1  # the one still open
