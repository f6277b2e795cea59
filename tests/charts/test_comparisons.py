"""The charts of case mix and of what moved MTTR: what is drawn is what was found."""

from typing import Any

import pandas as pd
import pytest

from pages.charts.case_mix import case_mix_figure
from pages.charts.mttr_change import mttr_change_bars

GROUPS = pd.DataFrame(
    {
        "label": ["<b>Slow</b>", "Quick"],
        "tickets": [1200, 40],
        "raw_hours": [10.0, 0.0],
        "adjusted_hours": [20.0, 1.0],
        "lo_hours": [15.0, 0.0],
        "hi_hours": [30.0, 4.0],
        "lo": [1.5, 0.2],
    }
)
PARTS = pd.DataFrame(
    {"label": ["Mail", "<img src=x>"], "place": [0, 1], "mix": [-3.0, 1.0], "rate": [10.0, -2.0], "part": [7.0, -1.0]}
)


def _trace(figure: Any, name: str) -> Any:
    return next(trace for trace in figure.data if trace.name and trace.name.startswith(name))


def test_a_dumbbell_has_both_figures_and_the_interval() -> None:
    figure = case_mix_figure(GROUPS, 5.0)
    adjusted, raw = _trace(figure, "like with like"), _trace(figure, "as measured")
    assert list(adjusted.x) == [20.0, 1.0]
    assert raw.x[0] == 10.0
    assert list(adjusted.error_x.array) == [30.0 - 20.0, 4.0 - 1.0]
    assert adjusted.error_x.arrayminus[0] == 20.0 - 15.0
    assert adjusted.marker.color[0] != adjusted.marker.color[1]  # only one is clearly slow
    assert list(_trace(figure, "all together").x) == [5.0, 5.0]
    assert [row for (row,) in adjusted.customdata] == [0, 1]


def test_nought_hours_stand_at_the_edge_of_a_scale_without_nought() -> None:
    figure = case_mix_figure(GROUPS, 0.0)
    assert min(x for trace in figure.data for x in trace.x if x is not None) > 0


def test_bars_are_mix_and_rate_and_a_mark_is_their_sum() -> None:
    figure = mttr_change_bars(PARTS, dark=False)
    assert list(_trace(figure, "mix").x) == [-3.0, 1.0]
    assert list(_trace(figure, "rate").x) == [10.0, -2.0]
    assert list(_trace(figure, "together").x) == [-3.0 + 10.0, 1.0 - 2.0]
    ticks = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    assert ticks[0] == "0"
    assert all(words.startswith("-" if value < 0 else "+") for value, words in ticks.items() if value)


@pytest.mark.parametrize("figure", [case_mix_figure(GROUPS, 5.0), mttr_change_bars(PARTS, dark=True)])
def test_names_stay_text(figure: Any) -> None:
    shown = [*figure.layout.yaxis.ticktext, *(str(word) for trace in figure.data for word in trace.hovertext or ())]
    assert not [word for word in shown if "<b>Slow" in word or "<img" in word]
