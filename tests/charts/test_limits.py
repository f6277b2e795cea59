"""The chart of limits: the weeks that were judged, each signal marked, and no band where there are no limits."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from analytics.filters import Filters
from analytics.signals import Signal, signals
from pages.charts.limits import limits_figure
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE
from tests.conftest import MakeDesk

MONDAY = datetime.fromisoformat("2025-06-30 09:00")


def _desk(hours: list[float]) -> list[dict[str, Any]]:
    """Six tickets a week, resolved in so many hours."""
    opened = [MONDAY + timedelta(weeks=week) for week in range(len(hours)) for _ in range(6)]
    listed = [
        {"opened_at": day, "resolved_at": day + timedelta(hours=hours[i // 6]), "status": "resolved"}
        for i, day in enumerate(opened)
    ]
    return [*listed, {"opened_at": MONDAY + timedelta(weeks=len(hours)), "status": "new"}]


def _signal(desk: MakeDesk, name: str, hours: list[float], **how: Any) -> Signal:
    return signals(desk(_desk(hours)).engine, Filters(), **how)[name]


def _trace(signal: Signal, name: str) -> Any:
    (found,) = [trace for trace in limits_figure(signal).data if trace.name == name]
    return found


@pytest.mark.parametrize(("last", "color"), [(60.0, ORANGE), (1.0, GREEN), (20.0, BLUE)])
def test_a_signal_is_marked_by_what_it_means(desk: MakeDesk, last: float, color: str) -> None:
    line = _trace(_signal(desk, "mttr", [20, 22] * 10 + [last]), "Mean time to resolve")
    assert list(line.y) == pytest.approx([20, 22] * 10 + [last])
    assert line.marker.color[-1] == color
    assert set(line.marker.color[:-1]) == {BLUE}
    assert line.customdata[-1][1] == "week 47 (17 Nov 2025)"


def test_the_band_is_between_the_limits_and_only_where_they_are(desk: MakeDesk) -> None:
    signal = _signal(desk, "mttr", [20, 22] * 20, resets=(("mttr", date(2025, 9, 1)),))
    band, mean = _trace(signal, "normal"), _trace(signal, "mean")
    # The reset is in the tenth week; before it nothing was judged that still is in force.
    assert str(band.x[0])[:10] >= "2025-09-01"
    assert len(band.x) == len(mean.x) == 40 - 9
    assert band.y[-1] == pytest.approx(signal.limits.upper[-1])
    assert [str(shape.x0) for shape in limits_figure(signal).layout.shapes] == ["2025-09-01"]


def test_a_desk_too_young_has_its_weeks_and_no_band(desk: MakeDesk) -> None:
    signal = _signal(desk, "volume", [20] * 6)
    assert list(_trace(signal, "Ticket volume").y) == [6] * 6
    assert len(_trace(signal, "normal").x) == 0
    assert not limits_figure(signal).layout.shapes


def test_net_flow_has_its_sign(desk: MakeDesk) -> None:
    figure = limits_figure(_signal(desk, "backlog", [20, 22] * 10))
    assert list(figure.layout.yaxis.ticktext) == ["0"]  # as many end as come, week by week
    figure = limits_figure(_signal(desk, "backlog", [20, 22] * 8 + [500, 22, 22, 22]))
    assert {"-5", "0", "+5"} <= set(figure.layout.yaxis.ticktext)


def test_weeks_at_the_edge_of_the_export_are_grey_and_have_no_band(desk: MakeDesk) -> None:
    listed = [ticket for ticket in _desk([20, 22] * 10)[:-1] for _ in range(5)]
    trickle = [{"opened_at": MONDAY + timedelta(weeks=week), "status": "new"} for week in range(20, 31)]
    signal = signals(desk([*listed, *trickle]).engine, Filters())["volume"]
    grey = _trace(signal, "left out")
    assert [value for value in grey.y if value == value] == [30, *[1] * 10]
    assert grey.line.color == GREY
    assert len(_trace(signal, "normal").x) == 19
    assert not limits_figure(signal).layout.shapes
