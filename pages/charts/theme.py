"""The look of every chart, for both themes: Okabe and Ito's colours, which stay apart for colour-blind people.

Those used have a contrast of at least 3 to 1 on white and on the dark background alike. Text and grid colours are
left to Streamlit, which fits them to the theme that the reader has chosen.
"""

import html
from typing import Any

import plotly.graph_objects as go

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
GREY = "#7F868F"
INK_ON_LIGHT = "#1B232C"
INK_ON_DARK = "#E6EAEE"

# Plotly's own toolbar and double clicks are of no use on small fixed panels.
CONFIG: dict[str, Any] = {"displayModeBar": False, "doubleClick": False, "scrollZoom": False, "showTips": False}
# Three panels side by side, each with room for its axis, under the columns of the page.
PANELS: tuple[tuple[float, float], ...] = ((0.042, 0.315), (0.384, 0.657), (0.726, 1.0))
HEIGHT = 190


def inert(text: str) -> str:
    """Text from an export, so that Plotly shows its tags instead of following them."""
    return html.escape(text, quote=False)


def row_of_panels() -> go.Figure:
    """An empty figure of three panels."""
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 18, "b": 24, "autoexpand": False},
        "showlegend": True,
        "hovermode": "x",
        "dragmode": False,
        "bargap": 0.25,
        "font": {"size": 12},
        "hoverlabel": {"align": "left"},
    }
    for number in range(1, len(PANELS) + 1):
        layout |= _axes(number) | {nth("legend", number): _legend(number)}
    return go.Figure(layout=layout)


def nth(kind: str, number: int) -> str:
    """Plotly's name for the axis or legend of a panel: `x`, `x2` ...; `xaxis`, `xaxis2` ..."""
    return kind if number == 1 else f"{kind}{number}"


def _axes(number: int) -> dict[str, Any]:
    plain = {"fixedrange": True, "zeroline": False, "automargin": False, "title": None}
    return {
        nth("xaxis", number): plain
        | {"domain": PANELS[number - 1], "anchor": nth("y", number), "showgrid": False, "nticks": 6},
        nth("yaxis", number): plain | {"domain": (0, 1), "anchor": nth("x", number), "nticks": 5, "rangemode": "tozero"},
    }


def _legend(number: int) -> dict[str, Any]:
    return {
        "orientation": "h", "x": PANELS[number - 1][1], "xanchor": "right", "y": 1.0, "yanchor": "bottom",
        "itemclick": False, "itemdoubleclick": False, "title": None, "font": {"size": 11},
    }  # fmt: skip
