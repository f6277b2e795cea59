"""The figures of the bridge, the map and the flow: what is drawn is what was measured."""

import pytest

from analytics.flow.accumulation import accumulation
from analytics.flow.bridge import bridge
from analytics.flow.bridge_tickets import STEPS, step_tickets, value_tickets
from analytics.flow.contributions import PARTS, contributions
from analytics.flow.cumulative_flow import cumulative_flow
from analytics.selection import select_tickets
from analytics.warehouse.engine import Engine
from pages.charts.accumulation import heat_map, treemap
from pages.charts.contributions import contribution_bars
from pages.charts.cumulative_flow import flow_bands, net_flow_bars
from pages.charts.waterfall import waterfall
from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | category  | type     | opened           | resolved
A      | resolved  | <b>Web    | incident | 2026-02-01 08:00 | 2026-02-02 08:00
B      | resolved  | <b>Web    | incident | 2026-02-03 08:00 | 2026-03-02 08:00
C      | new       | Mail      | request  | 2026-03-03 08:00 |
D      | new       | Mail      | request  | 2026-03-04 08:00 |
E      | cancelled |           | request  | 2026-03-05 08:00 | 2026-03-06 08:00
"""
MARCH = window("2026-03-01", "2026-03-29")


@pytest.fixture
def engine(desk: MakeDesk) -> Engine:
    return desk(DESK).engine


def test_the_waterfall_goes_from_start_to_end(engine: Engine) -> None:
    found = bridge(engine, MARCH)
    (trace,) = waterfall(found).data
    assert list(trace.y) == [1, 3, 0, -1, -1, 1 + 3 - 1 - 1]
    assert [step for (step,) in trace.customdata] == list(STEPS)
    assert list(trace.text) == ["1", "+3", "0", "-1", "-1", "2"]


def test_the_tickets_behind_each_step_are_as_many_as_it_says(engine: Engine) -> None:
    found = bridge(engine, MARCH)
    for step in STEPS:
        assert select_tickets(engine, step_tickets(MARCH, step)).total == getattr(found, step), step


def test_the_bars_of_a_value_are_its_parts(engine: Engine) -> None:
    split = contributions(engine, MARCH, "category")
    lines = split.largest()
    figure = contribution_bars(split, lines, dark=False)
    bars = {trace.name.partition(":")[0]: list(trace.x) for trace in figure.data}
    assert bars["change"] == lines["change"].tolist() == [2, -1]
    drawn = zip(*(bars[part.replace("_", "-")] for part in PARTS), strict=True)
    assert [sum(parts) for parts in drawn] == [2, -1]
    assert list(figure.layout.yaxis.ticktext) == ["Mail  <b>+2</b>", "&lt;b&gt;Web  <b>-1</b>"]


def test_lines_beyond_the_most_are_one(engine: Engine) -> None:
    split = contributions(engine, MARCH, "category")
    lines = split.largest(most=1)
    assert lines["label"].tolist() == ["Mail", "other (1)"]
    assert lines["place"].tolist() == [0, -1]
    assert lines["change"].sum() == split.change
    grown, shrunk = (
        select_tickets(engine, value_tickets(MARCH, "category", value, change)).total
        for value, change in (("Mail", 2), ("<b>Web", -1))
    )
    assert (grown, shrunk) == (2, 1)


def test_unknown_parts_are_not_drawn_as_nought(engine: Engine) -> None:
    split = contributions(engine, window("2026-02-02", "2026-03-29"), "category")
    (trace,) = contribution_bars(split, split.largest(), dark=True).data
    assert trace.name == "change"


def test_the_heat_map_holds_the_cells_and_points_to_be_clicked(engine: Engine) -> None:
    found = accumulation(engine, MARCH, "category", "ticket_type")
    cells, points = heat_map(found, "change", dark=False).data
    drawn = {
        (found.rows.labels[row], found.columns.labels[column]): cells.z[row][column]
        for row, column in points.customdata
    }
    assert drawn == {("Mail", "request"): 2, ("<b>Web", "incident"): -1}
    labels = heat_map(found, "change", dark=False).layout.yaxis.ticktext
    assert "&lt;b&gt;Web" in labels


def test_the_areas_of_the_treemap_are_the_open_tickets(engine: Engine) -> None:
    found = accumulation(engine, MARCH, "category", "ticket_type")
    (trace,) = treemap(found, "tickets", dark=True).data
    leaves = {name: value for name, value in zip(trace.ids, trace.values, strict=True) if ":" in name}
    assert sum(leaves.values()) == found.tickets
    assert set(trace.parents) <= {"", *trace.ids}


def test_the_bands_of_the_flow_stack_up_to_what_arrived(engine: Engine) -> None:
    found = cumulative_flow(engine, MARCH)
    heights = [sum(band) for band in zip(*(trace.y for trace in flow_bands(found, True).data), strict=True)]
    assert heights == found.frame["arrived_since"].tolist()
    (alone,) = flow_bands(found, False).data
    assert list(alone.y) == found.frame["backlog"].tolist()


def test_a_cut_week_is_paler(engine: Engine) -> None:
    found = cumulative_flow(engine, MARCH)
    (bars,) = net_flow_bars(found).data
    assert list(bars.y) == found.weeks["net"].tolist()
    assert [opacity < 0.5 for opacity in bars.marker.opacity] == found.weeks["partial"].tolist()


def test_an_age_of_too_few_tickets_is_not_shown(engine: Engine) -> None:
    found = accumulation(engine, MARCH, "category", "ticket_type")
    cells, _ = heat_map(found, "median_age_days", dark=False).data
    assert {text for row in cells.text for text in row} == {"", "too few"}
    (trace,) = treemap(found, "median_age_days", dark=False).data
    assert set(trace.text) == {"too few"}


def test_no_change_has_no_sign(engine: Engine) -> None:
    lines = contributions(engine, MARCH, "category").largest()
    figure = contribution_bars(contributions(engine, MARCH, "category"), lines.assign(change=0), dark=False)
    assert all("<b>0</b>" in text for text in figure.layout.yaxis.ticktext)
    assert "+" not in figure.layout.xaxis.tickformat
