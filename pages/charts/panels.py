"""The panels of the overview's small chart, as parts of an ECharts option: their series and their two axes."""

from collections.abc import Sequence
from typing import Any

from analytics.headline import goal_text
from analytics.kpi import Unit
from analytics.overview import Overview
from analytics.ticks import Scale, scale
from analytics.trend import Point, Trend
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE

Option = dict[str, Any]

_MOST_BARS = 26
_MOST_NAMED = 60
# A click opens tickets; it must not recolour anything, nor make the rest fade.
_CLICKABLE: Option = {
    "selectedMode": "single",
    "emphasis": {"disabled": True},
    "cursor": "pointer",
    "select": {"itemStyle": {"borderWidth": 0}},
}


_NAMES = {
    "p90_time_to_resolve": ("p90", ORANGE, "dashed"),
    "mttr": ("mean", BLUE, "solid"),
    "median_time_to_resolve": ("median", GREEN, "dotted"),
    "fcr": ("resolved at first contact", BLUE, "solid"),
    "sla_adherence": ("met", BLUE, "solid"),
    "backlog": ("open", BLUE, "solid"),
    "inflow": ("inflow", ORANGE, "solid"),
    "outflow": ("outflow", BLUE, "solid"),
}


def course_panel(shown: Overview, kpis: tuple[str, ...], title: str, note: str) -> Option:
    """One or more courses over time on one scale."""
    courses = [shown.trends[name] for name in kpis]
    unit = courses[0].result.kpi.unit
    target = shown.targets.get("mttr" if "mttr" in kpis else kpis[0])
    most = max([course.most for course in courses] + [target or 0])
    written = scale(unit, most)
    series = [line for course in courses for line in _course(course, written)]
    if target is not None and unit is not Unit.TICKETS:
        series[0]["markLine"] = _target(target, goal_text(target, unit), written)
    lows = [low for low in (*(course.least for course in courses), target) if low is not None]
    return {
        "title": title,
        "note": note
        if any(course.least is not None for course in courses)
        else f"no {courses[0].grain} with enough tickets",
        "named": [_NAMES[name][0] for name in kpis],
        "series": series,
        "xAxis": _period_axis(courses[0]),
        "yAxis": _value_axis(unit, written, min(lows, default=1.0)),
    }


def _course(course: Trend, written: Scale) -> list[Option]:
    """A series whose points are the periods, and one more for an unfinished tail."""
    kpi = course.result.kpi.name
    name, color, dash = _NAMES[kpi]
    finished, tail = course.finished(written), course.unfinished(written)
    form = {"tooltip": {"valueFormatter": f"%,.{written.decimals}f{written.suffix.replace('%', '%%')}"}}
    if _are_bars(course):
        return [_bars(kpi, name, color, course, written) | form]
    drawn = [_line(kpi, name, color, dash, finished) | form]
    return [*drawn, _tail(f"{kpi}:unfinished", name, color, tail) | form] if course.frame["unfinished"].any() else drawn


def _are_bars(course: Trend) -> bool:
    """Counts are bars, unless these would be too thin to be told apart."""
    return course.result.kpi.name in ("inflow", "outflow") and len(course.frame) <= _MOST_BARS


def _line(identity: str, name: str, color: str, dash: str, points: Sequence[object]) -> Option:
    return {
        "id": identity, "name": name, "type": "line", "data": list(points), "connectNulls": False, "symbol": "circle",
        "symbolSize": 6 if len(points) <= _MOST_BARS else 3, "showAllSymbol": len(points) <= _MOST_NAMED,
        "lineStyle": {"color": color, "width": 2, "type": dash}, "itemStyle": {"color": color}, **_CLICKABLE,
    }  # fmt: skip


def _tail(identity: str, name: str, color: str, points: Sequence[Point]) -> Option:
    """From the last fact, whose own mark stays, to what may still change."""
    known = [place for place, value in enumerate(points) if value is not None]
    drawn: list[object] = list(points)
    if len(known) > 1:
        drawn[known[0]] = {"value": points[known[0]], "symbol": "none"}
    outline = {"color": "rgba(0,0,0,0)", "borderColor": color, "borderWidth": 2}
    hollow = {"symbolSize": 7, "itemStyle": outline, "select": {"itemStyle": outline}}
    return _line(identity, f"{name}, unfinished", color, "dotted", drawn) | hollow


def _bars(identity: str, name: str, color: str, course: Trend, written: Scale) -> Option:
    pale = {"opacity": 0.35}
    values = [
        fact if fact is not None else {"value": open_end, "itemStyle": pale}
        for fact, open_end in zip(course.finished(written), course.unfinished(written), strict=True)
    ]
    return {
        "id": identity, "name": name, "type": "bar", "data": values, "barGap": "0%", "barCategoryGap": "30%",
        "itemStyle": {"color": color, "opacity": 0.9}, **_CLICKABLE,
    }  # fmt: skip


def _target(target: float, text: str, written: Scale) -> Option:
    label = {"formatter": f"target {text}", "position": "insideStartTop", "color": GREY, "fontSize": 11}
    line = {"color": GREY, "type": "dashed", "width": 1.5}
    return {
        "silent": True, "symbol": "none", "label": label, "lineStyle": line,
        "data": [{"yAxis": round(target * written.factor, 4)}],
    }  # fmt: skip


def _period_axis(course: Trend) -> Option:
    label = {"hideOverlap": True, "fontSize": 11, "showMinLabel": True}
    ticks = {"axisTick": {"show": False}, "splitLine": {"show": False}}
    return {
        "type": "category", "data": list(course.frame["tick"]), "boundaryGap": _are_bars(course), "axisLabel": label,
        **ticks,
    }  # fmt: skip


def _value_axis(unit: Unit, written: Scale, least: float) -> Option:
    axis: Option = {
        "type": "value",
        "splitNumber": 3,
        "axisLabel": {"formatter": f"{{value}}{written.suffix}", "fontSize": 11},
    }
    if unit is Unit.RATIO:
        # Lines need no zero; half to all is where ratios of a desk live, and lower ones stretch the axis.
        return axis | {"max": 100, "min": min(50, int(least * 4) * 25), "interval": 25}
    return axis | {"min": 0, "minInterval": 1 if unit is Unit.TICKETS else 0}


def ranking_panel(shown: Overview) -> Option:
    """Bars with the largest category on top, each with its count behind it."""
    ranked = shown.categories
    labels = [f"{value:,.0f} ({share:.0%})" for value, share in zip(ranked["value"], ranked["share"], strict=True)]
    bars = [
        {
            "value": value,
            "itemStyle": {"color": GREY if len(values) > 1 else BLUE},
            "label": {"formatter": _plain(text)},
        }
        for value, values, text in zip(ranked["value"], ranked["values"], labels, strict=True)
    ]
    return {
        "title": "Volume by category",
        "note": "tickets opened",
        "named": ["tickets"],
        "inset": 8.0,
        "series": [
            {
                "id": "volume", "name": "tickets opened", "type": "bar", "data": bars, "barCategoryGap": "22%",
                "barMaxWidth": 16, "label": {"show": True, "position": "right", "fontSize": 11}, **_CLICKABLE,
            }
        ],
        "xAxis": {"type": "value", "show": False, "max": _room(ranked["value"].max() if len(ranked) else 1)},
        "yAxis": {
            "type": "category", "inverse": True, "data": [str(label) for label in ranked["label"]],
            "axisTick": {"show": False}, "axisLine": {"show": False},
            "axisLabel": {"width": 128, "overflow": "truncate", "fontSize": 12, "interval": 0},
        },
    }  # fmt: skip


def _room(most: float) -> float:
    """Space behind the longest bar for its count."""
    return float(most) * 1.45


def _plain(text: str) -> str:
    """Text that ECharts' templates leave as it is."""
    return text.replace("{", "(").replace("}", ")")
