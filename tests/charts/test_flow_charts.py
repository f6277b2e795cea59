"""The charts of the flow page: what they draw is what the results say, and names of an export stay inert."""

import pandas as pd
import pytest

from analytics.flow.basis import Basis
from analytics.flow.cycle_times import CycleTimes
from pages.charts.bounce_price import bounce_price_figure
from pages.charts.cycle_times import cycle_times_figure
from pages.charts.handoffs import flows_figure, matrix_figure
from pages.charts.reprioritisation import groups_figure, mix_figure
from pages.charts.steps import MOST_BARS, steps_figure

HOSTILE = "<b>network</b>"
BASIS = Basis("", "", {}, None, 0)
MATRIX = pd.DataFrame(
    [("desk", HOSTILE, 8), (HOSTILE, "desk", 2), ("desk", "rest", 3), ("rest", "rest", 50)],
    columns=["from_group", "to_group", "handoffs"],
)


def test_flows_are_as_broad_as_the_hand_offs_without_those_among_the_rest() -> None:
    (trace,) = flows_figure(MATRIX, "rest", "#000000", "#FFFFFF").data
    assert list(trace.link.value) == [8, 2, 3]
    assert not any("<" in label for label in (*trace.node.label, *trace.node.customdata))
    ends = [
        (trace.node.label[a], trace.node.label[b]) for a, b in zip(trace.link.source, trace.link.target, strict=True)
    ]
    assert ends[2] == ("desk", "rest")


def test_the_matrix_knows_both_groups_of_each_dot() -> None:
    (trace,) = matrix_figure(MATRIX, "rest").data
    assert [list(pair) for pair in trace.customdata][:2] == [["desk", HOSTILE], [HOSTILE, "desk"]]
    assert list(trace.text) == ["8", "2", "3", "50"]
    assert max(trace.marker.size) == 8  # the rest is no larger than the largest pair
    assert not any("<b>n" in text for text in trace.hovertext)


def test_the_price_has_a_point_with_its_interval_for_each_number_of_hand_offs() -> None:
    course = pd.DataFrame(
        {"handoffs": [0, 1], "tickets": [50, 20], "hours": [2.0, 9.0], "lo": [1.0, 6.0], "hi": [3.0, 12.0]}
    )
    (trace,) = bounce_price_figure(course).data
    assert (list(trace.x), list(trace.y), list(trace.error_y.array)) == ([0, 1], [2, 9], [1, 3])
    assert list(trace.customdata[1]) == ["9.0 h", "6.0 h", "12.0 h", "20"]


def _cycle_times(hours: list[float]) -> CycleTimes:
    points = pd.DataFrame(
        {"ticket_key": range(len(hours)), "ticket_id": [HOSTILE] * len(hours), "ended_on": pd.Timestamp("2026-03-01")}
    )
    lines = ((0.5, 2.0), (0.85, 30.0), (0.95, 90.0)) if hours else ()
    return CycleTimes(points.assign(hours=hours), lines, len(hours), BASIS)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_the_scatter_has_three_lines(logarithmic: bool) -> None:
    scatter, *lines = cycle_times_figure(_cycle_times([0.0, 2.0, 90.0]), logarithmic).data
    assert [line.name for line in lines] == ["50 % within 2.0 h", "85 % within 30.0 h", "95 % within 90.0 h"]
    assert [set(line.y) for line in lines] == [{2.0}, {30.0}, {90.0}]
    assert min(scatter.y) == (1 / 60 if logarithmic else 0)
    assert scatter.customdata[0][0] == "&lt;b&gt;network&lt;/b&gt;"
    assert scatter.customdata[0][1] == "0 min"


def test_an_empty_scatter_has_no_lines() -> None:
    assert len(cycle_times_figure(_cycle_times([]), logarithmic=False).data) == 1


def test_steps_are_cut_to_the_largest_and_say_where_the_median_cannot_be_told() -> None:
    frame = pd.DataFrame(
        {"value": [f"{HOSTILE} {n}" for n in range(20)], "hours": 10.0, "tickets": 9, "stays": 9, "share": 0.05}
    ).assign(median_hours=[None, *[4.0] * 19], p85_hours=8.0)
    figure = steps_figure(frame)
    (trace,) = figure.data
    assert len(trace.x) == MOST_BARS
    assert trace.text[:2] == ("5 %", "5 %, median 4.0 h")
    assert trace.customdata[3][0] == f"{HOSTILE} 3"
    assert not any("<" in text for text in figure.layout.yaxis.ticktext)


def test_groups_and_the_mix_of_priorities() -> None:
    groups = pd.DataFrame(
        {"assignment_group": [HOSTILE], "tickets": [10], "changed": [3], "share": [0.3], "changes": [4]}
    )
    (bars,) = groups_figure(groups).data
    assert (list(bars.x), bars.text) == ([0.3], ("30.0 % of 10",))
    assert bars.customdata[0][0] == HOSTILE
    before, now = mix_figure(pd.DataFrame({"priority": [1, 3], "before": [10, 30], "now": [20, 20]})).data
    assert (list(before.y), list(now.y)) == ([0.25, 0.75], [0.5, 0.5])
