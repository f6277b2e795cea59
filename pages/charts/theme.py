"""The look of every chart, for both themes: Okabe and Ito's colours, which stay apart for colour-blind people.

Those used have a contrast of at least 3 to 1 on white and on the dark background alike. Text and grid colours are
left to Streamlit, which fits them to the theme that the reader has chosen.
"""

import html
from typing import Any

import plotly.graph_objects as go

# What components hand on without knowing the library.
Figure = go.Figure

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
GREY = "#7F868F"
# Further ones for areas that lie beside each other; they keep the same contrast.
PLUM, OLIVE, SKY, SAND = "#B0528F", "#8C7300", "#3B93CF", "#B08D62"
# From a little to much of what should not be; white text can be read on all of them.
SERIOUS = (SAND, "#B5804A", "#BD7330", "#C76718", ORANGE, "#A34700")
# Nothing, where a scale ends in ORANGE or BLUE: on a light page and on a dark one.
NOTHING_ON_LIGHT, NOTHING_ON_DARK = "#F6F1EC", "#2A2522"
INK_ON_LIGHT = "#1B232C"
INK_ON_DARK = "#E6EAEE"
PAPER_LIGHT = "#FFFFFF"
PAPER_DARK = "#12161B"

# Zoom, pan, back, and the picture as a file.
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2, "filename": "backlight"},
}
_HEIGHT = 480


def inert(text: str) -> str:
    """Text from an export, so that Plotly shows its tags instead of following them."""
    return html.escape(text, quote=False)


def empty_figure() -> go.Figure:
    """A figure with the house's axes and legend, and nothing in it yet."""
    axis = {"zeroline": False, "title": None}
    return go.Figure(
        layout={
            "height": _HEIGHT,
            "margin": {"l": 8, "r": 8, "t": 40, "b": 8},
            "hovermode": "x unified",
            "bargap": 0.25,
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis | {"rangemode": "tozero", "nticks": 7},
            "legend": {"orientation": "h", "x": 1, "xanchor": "right", "y": 1, "yanchor": "bottom", "title": None},
        }
    )
