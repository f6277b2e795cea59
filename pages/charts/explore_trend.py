"""A KPI over time as Explore draws it: bars for what happens in a period, a line for what is measured or stands."""

import plotly.graph_objects as go

from analytics.kpi import Count
from analytics.trend import Trend
from pages.charts.course import add_bars, add_line, name_periods, set_values
from pages.charts.theme import BLUE, empty_figure

_HEIGHT = 230


def explore_trend_figure(course: Trend) -> go.Figure:
    """The figure; points are in the order of the trend's frame, an unfinished period paler or dotted."""
    figure = empty_figure()
    title = course.result.kpi.title
    if isinstance(course.result.kpi.value, Count):
        add_bars(figure, course, title, BLUE)
    else:
        add_line(figure, course, title, BLUE)
    figure.update_layout(height=_HEIGHT, showlegend=False, hovermode="closest", margin={"t": 12, "b": 8})
    name_periods(figure, course)
    set_values(figure, course)
    return figure
