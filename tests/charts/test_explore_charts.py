"""Explore's charts: what is drawn is what was measured, and text of an export stays text."""

from datetime import date
from pathlib import Path

import pytest

from analytics.explore.contrast import SHARE, VALUE, contrast
from analytics.explore.leaderboard import Ranked, leaderboard
from analytics.explore.pivot import pivot
from analytics.explore.sides import Sides
from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.measure import measure
from analytics.period import Grain
from analytics.query import compose
from analytics.trend import trend
from pages.charts.explore_contrast import contrast_figure
from pages.charts.explore_split import MOST_LINES, split_bars, split_lines
from pages.charts.explore_trend import explore_trend_figure
from tests.pages.desk_page import ticket
from tests.warehouse_of import Desk, desk_of

HOSTILE = "<b>bold</b>"
ALL = Filters()
JUNE, MAY = Filters.of(date(2026, 6, 1), date(2026, 7, 1)), Filters.of(date(2026, 5, 2), date(2026, 6, 1))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    rows = [ticket(days, hours, assignment_group=group, category=f"C{days % 9}")
            for group, hours in ((HOSTILE, 2), ("Desk", 40)) for days in range(1, 60)]  # fmt: skip
    return desk_of(rows, tmp_path)


def test_bars_stand_in_order_with_the_value_before(desk: Desk) -> None:
    board = leaderboard(desk.engine, "mttr", JUNE, "assignment_group", MAY)
    rows = board.ranked(Ranked.HIGHEST)
    figure = split_bars(board, rows)
    assert list(figure.data[0].x) == rows["value"].tolist() == [40, 2]
    assert list(figure.data[1].x) == rows["before"].tolist()
    assert [list(place) for place in figure.data[0].customdata] == [[0], [1]]
    assert "<b>bold" not in " ".join([*figure.layout.yaxis.ticktext, *figure.data[0].hovertext])
    assert "&lt;b&gt;bold" in figure.layout.yaxis.ticktext[1]


def test_lines_are_few_and_each_point_knows_its_cell(desk: Desk) -> None:
    found = pivot(desk.engine, "volume", ALL, "category", "", Grain.MONTH)
    figure = split_lines(found)
    assert len(figure.data) == MOST_LINES < len(found.row_labels)
    first = figure.data[0]
    assert list(first.y) == found.matrix().iloc[0].tolist()
    assert list(first.customdata[1]) == [0, 1]


def test_a_hostile_name_is_no_tag_in_a_legend(desk: Desk) -> None:
    found = pivot(desk.engine, "volume", ALL, "assignment_group", "", Grain.MONTH)
    assert {line.name for line in split_lines(found).data} == {"&lt;b&gt;bold&lt;/b&gt;", "Desk"}


@pytest.mark.parametrize(("kpi", "drawn"), [("volume", "bar"), ("mttr", "scatter"), ("backlog", "scatter")])
def test_a_count_is_bars_and_a_measure_a_line(desk: Desk, kpi: str, drawn: str) -> None:
    course = trend(measure(desk.engine, compose(find_kpi(kpi), ALL, grain=Grain.MONTH)))
    assert explore_trend_figure(course).data[0].type == drawn


@pytest.mark.parametrize(("kpi", "kind"), [("mttr", VALUE), ("volume", SHARE)])
def test_differences_are_dots_with_their_interval(desk: Desk, kpi: str, kind: str) -> None:
    sides = Sides(ALL.only("assignment_group", "Desk"), ALL, nested=True, told=("assignment_group",))
    found = contrast(desk.engine, kpi, sides, ("category",))
    rows = found.frame[found.frame["kind"] == kind].head(3)
    dots = contrast_figure(found, rows).data[0]
    factor = 1 if kind == VALUE else 100
    assert list(dots.x) == pytest.approx((rows["difference"] * factor).tolist())
    ends = [x + reach for x, reach in zip(dots.x, dots.error_x.array, strict=True)]
    assert ends == pytest.approx((rows["hi"] * factor).tolist())


def test_nothing_to_draw_is_no_fault(desk: Desk) -> None:
    sides = Sides(ALL.only("assignment_group", "Desk"), ALL, nested=True, told=("assignment_group",))
    found = contrast(desk.engine, "mttr", sides, ())
    assert contrast_figure(found, found.frame.iloc[:0]).data[0].x == ()
