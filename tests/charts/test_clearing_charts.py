"""The pictures of clearing: the fan with target and day, the ghost of the present course, and the chances."""

from datetime import date

import numpy as np
import pandas as pd

from analytics.forecast.clearing_course import ClearingCourse
from pages.charts.clearing import clearing_chance_figure, clearing_fan_figure


def _course(mean: float) -> ClearingCourse:
    days = pd.Series(pd.date_range("2026-01-04", periods=6, freq="7D"))
    level = np.array([100.0, mean, mean])
    bounds = {
        f"{side}{width}": level + sign * width / 10 for width in (50, 80, 95) for side, sign in (("lo", -1), ("hi", 1))
    }
    ahead = pd.DataFrame({"at": days[3:].to_numpy(), "mean": level, **bounds})
    chances = pd.DataFrame({"at": days[4:].to_numpy(), "probability": [0.25, 0.5], "reached": [0.25, 0.75]})
    known = pd.DataFrame({"at": days[:4].to_numpy(), "open": [90.0, 95, 98, 100]})
    return ClearingCourse(known, ahead, chances, 80, date(2026, 2, 3))


def test_the_fan_has_the_target_and_the_day() -> None:
    figure = clearing_fan_figure(_course(90))
    traces = {trace.name: trace for trace in figure.data if trace.name}
    assert set(traces) == {"95 % interval", "80 % interval", "50 % interval", "known", "expected", "at most 80"}
    assert list(traces["expected"].y) == [100, 90, 90]
    assert list(traces["80 % interval"].y) == [108, 98, 98]
    assert list(traces["at most 80"].y) == [80, 80]
    (down,) = figure.layout.shapes
    assert (down.x0, down.x1) == ("2026-02-03", "2026-02-03")
    assert {note.text for note in figure.layout.annotations} == {"3 Feb 2026"}
    assert traces["expected"].customdata[1].startswith("<b>90</b> expected on 1 Feb 2026")


def test_the_present_course_is_a_ghost_behind_the_changed_one() -> None:
    figure = clearing_fan_figure(_course(70), _course(90))
    ghost = [trace for trace in figure.data if trace.name == "on the present course"]
    assert [list(trace.y) for trace in ghost] == [[92, 82, 82], [108, 98, 98], [100, 90, 90]]
    assert [trace.showlegend for trace in ghost] == [False, False, True]
    assert figure.data[: len(ghost)] == tuple(ghost)


def test_the_chances_are_both_drawn() -> None:
    figure = clearing_chance_figure(_course(90))
    assert {trace.name: list(trace.y) for trace in figure.data} == {
        "has come down to it by then": [0.25, 0.75], "at or under it then": [0.25, 0.5],
    }  # fmt: skip
    assert figure.layout.yaxis.tickformat == ".0%"
