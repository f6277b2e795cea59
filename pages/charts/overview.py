"""The overview's one figure: how tickets are served above, how they flow below."""

import plotly.graph_objects as go

from analytics.overview import Overview
from pages.charts.flow import BACKLOG, CATEGORIES, add_flow
from pages.charts.service import FIRST_CONTACT, SLA, add_service
from pages.charts.theme import INK_ON_DARK, INK_ON_LIGHT, nth, panels

_ALONE = (FIRST_CONTACT, SLA, CATEGORIES, BACKLOG)


def overview_figure(shown: Overview, dark: bool) -> go.Figure:
    """Six panels; those with a single line need no legend."""
    grain = shown.trends["mttr"].grain.value
    titles = (
        ("Time to resolve", ""),
        ("First contact resolution", f"per {grain}"),
        ("SLA adherence", f"per {grain}"),
        ("Volume by category", "tickets opened"),
        ("Backlog", f"at the end of each {grain}"),
        ("Inflow and outflow", f"per {grain}"),
    )
    ink = INK_ON_DARK if dark else INK_ON_LIGHT
    figure = panels(titles, ink)
    add_service(figure, shown)
    add_flow(figure, shown, ink)
    figure.update_layout({nth("legend", panel): {"visible": False} for panel in _ALONE})
    return figure
