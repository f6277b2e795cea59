"""The pictures of verdict and trend: what is drawn is what was measured, and texts are inert."""

from datetime import date, timedelta

import pytest

from analytics.flow.backlog_trend import BacklogTrend, backlog_trend
from analytics.flow.verdict import verdict
from pages.charts.backlog_trend import backlog_trend_figure
from pages.charts.verdict import net_flow_figure
from tests.conftest import MakeDesk
from tests.flow.streams import MONDAY, tickets_of
from tests.warehouse_of import window

HOSTILE = '<a href="http://127.0.0.1:9">x</a>'
TICKETS = [
    *tickets_of([(12, 10)] * 20, assignment_group=HOSTILE),
    *tickets_of([(3, 3)] * 20, assignment_group="Desk"),
]


@pytest.fixture
def trend(desk: MakeDesk) -> BacklogTrend:
    return backlog_trend(desk(TICKETS).engine, window("2024-03-04", "2024-04-15"), "assignment_group")


def test_the_areas_are_the_parts_and_know_their_tickets(trend: BacklogTrend) -> None:
    figure = backlog_trend_figure(trend)
    areas = [trace for trace in figure.data if trace.stackgroup]
    assert [list(area.y) for area in areas] == [trend.parts[column].tolist() for column in trend.parts]
    assert [tuple(row[:2]) for row in areas[1].customdata][:2] == [(0, 1), (1, 1)]


def test_text_of_an_export_and_of_a_person_is_inert(trend: BacklogTrend) -> None:
    notes = [(date(2024, 3, 20), f"{HOSTILE} {'long ' * 40}"), (date(2025, 1, 1), "out of the window")]
    drawn = backlog_trend_figure(trend, notes).to_json()
    assert "<a href" not in drawn
    assert "&lt;a href" in drawn.replace("\\u003c", "<").replace("\\u0026", "&")
    assert "out of the window" not in drawn
    (points,) = [trace for trace in backlog_trend_figure(trend, notes).data if trace.name == "note"]
    assert points.text[0].endswith("…")
    level = trend.frame.set_index("period")["open"]
    assert list(points.y) == [level.loc["2024-03-20"]]


def test_marks_are_bands_within_the_picture(desk: MakeDesk) -> None:
    found = backlog_trend(desk(tickets_of([(12, 10)] * 20)).engine, window("2024-01-01", "2024-03-04"))
    ramp = next(mark for mark in found.marks if mark.kind == "ramp-up")
    bands = [shape for shape in backlog_trend_figure(found).layout.shapes if shape.type == "rect"]
    assert (bands[0].x0, bands[0].x1) == (str(ramp.start), str(min(ramp.end, date(2024, 3, 3))))


def test_a_clean_up_is_a_line_with_a_point(desk: MakeDesk) -> None:
    friday = MONDAY + timedelta(weeks=24, days=4)
    old = [{"opened_at": f"{MONDAY} 09:00", "resolved_at": f"{friday} 16:00", "status": "resolved"} for _ in range(45)]
    found = backlog_trend(desk([*tickets_of([(10, 10)] * 40), *old]).engine, window())
    figure = backlog_trend_figure(found)
    (points,) = [trace for trace in figure.data if trace.name == "clean-up"]
    assert points.text[0] == "clean-up on 21 Jun 2024: 55 closed, about 10 usual"
    assert list(points.x) == [friday - timedelta(days=4)]  # the week's point


def test_net_flow_has_its_mean_and_interval(desk: MakeDesk) -> None:
    found = verdict(desk(TICKETS).engine, window("2024-02-05", "2024-05-20"))
    figure = net_flow_figure(found)
    assert list(figure.data[0].y) == found.frame["net"].tolist()
    band, line = figure.layout.shapes
    assert (band.y0, band.y1) == (found.lo, found.hi)
    assert line.y0 == found.drift_per_week


def test_net_flow_of_few_weeks_has_no_mean(desk: MakeDesk) -> None:
    figure = net_flow_figure(verdict(desk(TICKETS).engine, window("2024-04-01", "2024-05-06")))
    assert not figure.layout.shapes
    assert len(figure.data[0].y) == 5


def test_clean_ups_of_one_week_are_one_mark(desk: MakeDesk) -> None:
    monday = MONDAY + timedelta(weeks=24)
    old = [
        {"opened_at": f"{MONDAY} 09:00", "resolved_at": f"{monday + timedelta(days=day)} 16:00", "status": "resolved"}
        for day in (3, 4)
        for _ in range(25)
    ]
    found = backlog_trend(desk([*tickets_of([(10, 10)] * 40), *old]).engine, window())
    assert len(found.closures.frame) == 2
    (points,) = [trace for trace in backlog_trend_figure(found).data if trace.name == "clean-up"]
    assert list(points.x) == [monday]
    assert points.text[0].count("clean-up on") == 2


def test_days_are_named_day_before_month_and_the_axis_ends_with_them(trend: BacklogTrend) -> None:
    axis = backlog_trend_figure(trend).layout.xaxis
    first, last = trend.frame["period"].iloc[0], trend.frame["period"].iloc[-1]
    assert first - timedelta(days=1) < axis.range[0] < first
    assert last < axis.range[1] < last + timedelta(days=1)
    assert axis.tickformatstops[0].value.startswith("%-d %b")
