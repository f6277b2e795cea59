"""The overview's chart: what is drawn is what was measured, in the unit that is written beside it."""

from datetime import date

import pytest

from analytics.filters import Filters
from analytics.overview import Overview, overview
from analytics.period import Grain
from pages.charts.glance import glance
from pages.charts.large import TITLES, large_figure
from tests.conftest import MakeDesk

DESK = """
ticket | category | reassignment_count | status   | resolution_breached | opened           | resolved
A      | Mail     | 0                  | resolved | no                  | 2026-03-02 08:00 | 2026-03-02 10:00
B      | Mail     | 0                  | resolved | no                  | 2026-03-02 08:00 | 2026-03-02 10:00
C      | Mail     | 0                  | resolved | no                  | 2026-03-02 08:00 | 2026-03-02 10:00
D      | Web      | 0                  | resolved | no                  | 2026-03-02 08:00 | 2026-03-02 10:00
E      | Web      | 0                  | resolved | yes                 | 2026-03-02 08:00 | 2026-03-02 18:00
F      | Web      |                    | new      |                     | 2026-03-10 08:00 |
"""


@pytest.fixture
def shown(desk: MakeDesk) -> Overview:
    window = Filters.of(date(2026, 3, 2), date(2026, 3, 16))
    return overview(desk(DESK).engine, window, Grain.WEEK, {"sla_adherence": 0.9})


def _series(shown: Overview, identity: str) -> list[object]:
    (found,) = [line for line in glance(shown, dark=False)["series"] if line["id"] == identity]
    return list(found["data"])


def test_hours_are_hours_and_ratios_per_cent(shown: Overview) -> None:
    assert _series(shown, "mttr")[0] == (2 + 2 + 2 + 2 + 10) / 5
    assert _series(shown, "sla_adherence")[0] == 100 * 4 / 5


def test_the_unfinished_week_is_a_tail_of_its_own(shown: Overview) -> None:
    assert _series(shown, "backlog") == [0.0, None]
    tail = _series(shown, "backlog:unfinished")
    assert tail == [{"value": 0.0, "symbol": "none"}, 1.0]


def test_unfinished_bars_are_paler_and_none_is_lost(shown: Overview) -> None:
    assert _series(shown, "inflow") == [5.0, {"value": 1.0, "itemStyle": {"opacity": 0.35}}]


def test_categories_are_ranked_with_their_share(shown: Overview) -> None:
    bars = _series(shown, "volume")
    assert [bar["value"] for bar in bars] == [3, 3]  # type: ignore[index]
    assert bars[0]["label"]["formatter"] == "3 (50%)"  # type: ignore[index]


def test_the_target_is_in_the_scale_of_its_panel(shown: Overview) -> None:
    (line,) = [line for line in glance(shown, dark=True)["series"] if line["id"] == "sla_adherence"]
    assert line["markLine"]["data"] == [{"yAxis": 90.0}]
    assert line["markLine"]["label"]["formatter"] == "target 90 %"


@pytest.mark.parametrize("name", TITLES)
def test_each_panel_opens_as_a_figure_of_the_same_numbers(shown: Overview, name: str) -> None:
    figure = large_figure(shown, name)
    drawn = [float(value) for trace in figure.data for value in (trace.x if name == "volume" else trace.y)]
    assert drawn
    if name == "volume":
        assert drawn == [3.0, 3.0]
    if name == "mttr":
        assert 3.6 in drawn


def test_the_ticks_of_a_large_figure_are_its_periods(shown: Overview) -> None:
    axis = large_figure(shown, "flow").layout.xaxis
    assert list(axis.ticktext) == ["2 Mar", "9 Mar"]
    assert [str(day)[:10] for day in axis.tickvals] == ["2026-03-02", "2026-03-09"]
