"""The overview at a glance: six small panels in one native chart, drawn in a fraction of the time Plotly takes.

Each panel opens as a Plotly figure of its own, from `pages.charts.large`.
"""

from analytics.overview import Overview
from pages.charts.panels import Option, course_panel, ranking_panel
from pages.charts.theme import INK_ON_DARK, INK_ON_LIGHT

HEIGHT = 446
# Where each panel's drawing area is: left and width in per cent of the chart, top and height in pixels.
_COLUMNS = ((3.4, 28.6), (37.6, 28.6), (71.4, 28.2))
_ROWS = ((52, 138), (280, 138))
_TITLE_ABOVE = 42


def glance(shown: Overview, dark: bool) -> Option:
    """The chart as an ECharts option. The id of a series is its KPI's name, with `:unfinished` for the tail."""
    grain = shown.trends["mttr"].grain
    panels = [
        course_panel(
            shown, ("p90_time_to_resolve", "mttr", "median_time_to_resolve"), "Time to resolve", f"per {grain}"
        ),
        course_panel(shown, ("fcr",), "First contact resolution", f"per {grain}"),
        course_panel(shown, ("sla_adherence",), "SLA adherence", f"per {grain}"),
        ranking_panel(shown),
        course_panel(shown, ("backlog",), "Backlog", f"at the end of each {grain}"),
        course_panel(shown, ("inflow", "outflow"), "Inflow and outflow", f"per {grain}"),
    ]
    option: Option = {key: [] for key in ("grid", "xAxis", "yAxis", "title", "legend", "series")}
    for place, panel in enumerate(panels):
        _add(option, panel, place, INK_ON_DARK if dark else INK_ON_LIGHT)
    return option | {
        "animation": False,
        "tooltip": {"trigger": "axis", "confine": True, "axisPointer": {"type": "line"}},
    }


def _add(option: Option, panel: Option, place: int, ink: str) -> None:
    """Put a panel in its place."""
    row, column = divmod(place, len(_COLUMNS))
    (left, width), (top, height) = _COLUMNS[column], _ROWS[row]
    inset = panel.get("inset", 0)
    option["grid"].append({"left": f"{left + inset}%", "width": f"{width - inset}%", "top": top, "height": height})
    option["xAxis"].append(panel["xAxis"] | {"gridIndex": place})
    option["yAxis"].append(panel["yAxis"] | {"gridIndex": place})
    option["series"] += [line | {"xAxisIndex": place, "yAxisIndex": place} for line in panel["series"]]
    option["title"].append(_title(panel, left, top, ink))
    if len(panel["named"]) > 1:
        option["legend"].append(_legend(panel["named"], left + width, top, ink))


def _title(panel: Option, left: float, top: int, ink: str) -> Option:
    start = 0 if left == _COLUMNS[0][0] else left - _COLUMNS[0][0]
    rich = {"t": {"fontSize": 14, "fontWeight": "bold", "color": ink}, "n": {"fontSize": 12, "color": ink}}
    text = f"{{t|{panel['title']}}}  {{n|{panel['note']}}}"
    return {"text": text, "left": f"{start}%", "top": top - _TITLE_ABOVE, "padding": 0, "textStyle": {"rich": rich}}


def _legend(names: list[str], right: float, top: int, ink: str) -> Option:
    return {
        "data": names, "right": f"{100 - right}%", "top": top - _TITLE_ABOVE + 16, "padding": 0, "itemHeight": 8,
        "itemWidth": 18, "itemGap": 12, "selectedMode": False, "textStyle": {"fontSize": 11, "color": ink},
    }  # fmt: skip
