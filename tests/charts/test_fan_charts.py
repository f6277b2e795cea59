"""The pictures of a forecast: named bands, every number on hover, edges, and nothing where there is nothing to show."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from analytics.flow.edges import COLLAPSE, Mark
from analytics.forecast.decomposition import decomposition
from analytics.forecast.expectation import BACKLOG, INFLOW
from analytics.forecast.fan import BANDS
from analytics.forecast.fitted import fitted
from analytics.forecast.forecast import Forecast, forecast_of
from analytics.forecast.outlook import outlook, replayed
from analytics.forecast.second_opinion import second_opinion
from analytics.period import Grain
from pages.charts.backtest import coverage_figure, error_figure
from pages.charts.decomposition import decomposition_figure
from pages.charts.fan import fan_figure
from pages.charts.fitted import ages_figure, ahead_figure
from tests.forecast.histories import BASIS, history_of, simulated

WEEKS = 120


@pytest.fixture(scope="module")
def found() -> Forecast:
    return forecast_of(simulated(1, WEEKS), 13, BASIS)


def _named(figure: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data if trace.name}


def test_the_fan_has_three_named_bands_around_the_expected_course(found: Forecast) -> None:
    figure = fan_figure(outlook(found, BACKLOG, None, None), 300)
    traces = _named(figure)
    assert set(traces) == {"95 % interval", "80 % interval", "50 % interval", "expected", "known"}
    fan = found.fans[BACKLOG]
    for level in (50, 80, 95):
        assert list(traces[f"{level} % interval"].y)[1:] == list(fan.bound(f"hi{level}"))
    assert list(traces["expected"].y)[1:] == pytest.approx(list(fan.mean))
    # The fan opens where the known level ends.
    assert traces["expected"].y[0] == traces["known"].y[-1]
    assert traces["expected"].x[0] == traces["known"].x[-1]


def test_a_point_ahead_says_all_its_numbers(found: Forecast) -> None:
    line = _named(fan_figure(outlook(found, INFLOW, None, None), 300))["expected"]
    fan = found.fans[INFLOW]
    said = line.customdata[-1]
    assert said.startswith(f"<b>{fan.mean[-1]:,.0f}</b> expected in the week of ")
    for level in (50, 80, 95):
        assert f"{level} %: {fan.bound(f'lo{level}')[-1]:,.0f} to {fan.bound(f'hi{level}')[-1]:,.0f}" in said


def test_the_day_on_which_the_forecast_begins_is_a_line(found: Forecast) -> None:
    shown = outlook(found, BACKLOG, None, None)
    figure = fan_figure(shown, 300)
    assert [str(shape.x0) for shape in figure.layout.shapes] == [str(shown.begins)]
    assert [note.text for note in figure.layout.annotations] == [shown.begins_words]


def test_what_is_untested_and_what_is_left_out_is_marked(found: Forecast) -> None:
    assert found.history is not None
    longer = forecast_of(found.history, 26, BASIS)
    texts = [note.text for note in fan_figure(outlook(longer, BACKLOG, None, None), 300).layout.annotations]
    assert "untested" in texts
    days = found.history.periods[[80, 110]].astype(object)
    history = replace(found.history, marks=(Mark(COLLAPSE, days[0], days[1], "."),))
    figure = fan_figure(outlook(replace(found, history=history), BACKLOG, None, None), 300)
    (shade,) = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert (str(shade.x0), str(shade.x1)) == (str(days[0]), str(days[1]))
    assert COLLAPSE in [note.text for note in figure.layout.annotations]


def test_without_a_fan_there_is_the_past_alone(found: Forecast) -> None:
    figure = fan_figure(outlook(replace(found, fans={}, refused="No."), BACKLOG, None, None), 300)
    assert set(_named(figure)) == {"known"}
    assert not figure.layout.shapes


def test_without_intervals_there_is_the_expected_course_alone(found: Forecast) -> None:
    fan = found.fans[BACKLOG]
    bare = replace(found, fans={BACKLOG: replace(fan, bands=np.full((len(BANDS), 13), np.nan))})
    figure = fan_figure(outlook(bare, BACKLOG, None, None), 300)
    assert set(_named(figure)) == {"known", "expected"}
    assert "%" not in _named(figure)["expected"].customdata[-1]


def test_a_replay_has_what_came(found: Forecast) -> None:
    shown = replayed(found, BACKLOG, 3)
    line = _named(fan_figure(shown, 300))["what came"]
    assert list(line.y) == list(shown.came["value"])


def test_a_clean_up_is_marked_where_tickets_leave() -> None:
    rows = [(week, week + 1, 20) for week in range(WEEKS)]
    found = forecast_of(history_of(rows, WEEKS, clean_ups=[100]), 4, BASIS)
    assert len(_named(fan_figure(outlook(found, BACKLOG, None, None), 300))["clean-up"].x) == 1
    assert "clean-up" not in _named(fan_figure(outlook(found, INFLOW, None, None), 300))


def test_the_legend_shows_each_band_as_it_looks_over_the_wider_ones(found: Forecast) -> None:
    figure = fan_figure(outlook(found, BACKLOG, None, None), 300)
    keys = [trace for trace in figure.data if trace.showlegend is not False and str(trace.name).endswith("interval")]
    assert [trace.name for trace in keys] == ["95 % interval", "80 % interval", "50 % interval"]
    shades = [float(str(trace.fillcolor).rstrip(")").split(",")[-1]) for trace in keys]
    assert shades == pytest.approx([0.22, 1 - 0.78 * 0.75, 1 - 0.78 * 0.75 * 0.65], abs=0.001)


def test_a_level_far_above_nought_is_drawn_from_its_foot_and_says_so(found: Forecast) -> None:
    shown = outlook(found, BACKLOG, None, None)
    level = {"mean": 900.0} | dict.fromkeys(BANDS, 900.0)
    high = replace(shown, known=shown.known.assign(value=880.0), ahead=shown.ahead.assign(**level))
    figure = fan_figure(high, 300)
    assert figure.layout.yaxis.rangemode == "normal"
    assert "does not begin at 0" in [note.text for note in figure.layout.annotations]
    low = fan_figure(replace(high, ahead=high.ahead.assign(lo95=0.0)), 300)
    assert low.layout.yaxis.rangemode == "tozero"


def test_a_wild_interval_runs_out_of_the_picture(found: Forecast) -> None:
    shown = outlook(found, INFLOW, None, None)
    assert fan_figure(shown, 300).layout.yaxis.range is None
    wide = replace(shown, ahead=shown.ahead.assign(hi95=10_000.0))
    assert fan_figure(wide, 300).layout.yaxis.range == (0, wide.ceiling)


def test_the_second_opinion_is_drawn_over_ours(found: Forecast) -> None:
    assert found.history is not None
    other = second_opinion(found.history, INFLOW, 13)
    traces = _named(fan_figure(outlook(found, INFLOW, None, None), 300, other=other))
    assert list(traces["second opinion"].y) == list(other.mean)
    assert list(traces["second opinion"].x) == list(traces["expected"].x)
    assert list(traces["its 80 %"].y) == list(other.hi80)


def test_the_back_test_by_steps(found: Forecast) -> None:
    assert found.tested is not None
    steps = found.tested.backtests[BACKLOG].by_horizon()
    errors, shares = _named(error_figure(steps, "week", "tickets")), coverage_figure(steps, "week")
    assert list(errors["ours"].y) == list(steps["error"])
    assert list(errors["'as now'"].y) == list(steps["naive_error"])
    assert list(_named(shares)["within 80 %"].y) == list(steps["coverage80"])
    assert [shape.y0 for shape in shares.layout.shapes] == [0.5, 0.8, 0.95]


def test_what_was_fitted(found: Forecast) -> None:
    numbers = fitted(found)
    assert numbers is not None
    (bars,) = ages_figure(numbers, "week").data
    assert list(bars.y) == list(numbers.ages["share"])
    lines = _named(ahead_figure(numbers, Grain.WEEK))
    assert list(lines["pace of closing"].y) == list(numbers.ahead["pace"])
    assert list(lines["what comes in"].y) == list(numbers.ahead["busy"])


def test_the_parts_of_a_series_have_a_row_each(found: Forecast) -> None:
    assert found.history is not None
    apart = decomposition(found.history, INFLOW)
    traces = _named(decomposition_figure(apart))
    assert {name: trace.yaxis for name, trace in traces.items()} == {
        "value": "y", "trend": "y", "season": "y2", "rest": "y3",
    }  # fmt: skip
    assert list(traces["season"].y) == list(apart.frame["season"])
