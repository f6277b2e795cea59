"""The look of every chart, for both themes: Okabe and Ito's colours, which stay apart for colour-blind people.

Those used have a contrast of at least 3 to 1 on white and on the dark background alike. Text and grid colours are
left to Streamlit, which fits them to the theme that the reader has chosen.
"""

import html
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

# What components hand on without knowing the library.
Figure = go.Figure

BLUE = "#0072B2"
ORANGE = "#D55E00"
GREEN = "#009E73"
GREY = "#7F868F"
INK_ON_LIGHT = "#1B232C"
INK_ON_DARK = "#E6EAEE"

# Plotly's own toolbar and double clicks are of no use on small fixed panels.
CONFIG: dict[str, Any] = {"displayModeBar": False, "doubleClick": False, "scrollZoom": False, "showTips": False}
# Two rows of three panels, each with room for its axis on the left and its title above.
_COLUMNS = ((0.042, 0.315), (0.384, 0.657), (0.726, 1.0))
_ROWS = ((0.572, 0.905), (0.0, 0.36))
_TITLES_AT = (1.0, 0.455)
HEIGHT = 456


def inert(text: str) -> str:
    """Text from an export, so that Plotly shows its tags instead of following them."""
    return html.escape(text, quote=False)


def panels(titles: Sequence[tuple[str, str]], ink: str) -> go.Figure:
    """An empty figure of six panels, each with a title in `ink` and a note beside it.

    One figure of six panels is loaded and drawn faster than six figures.
    """
    layout: dict[str, Any] = {
        "height": HEIGHT,
        "margin": {"l": 0, "r": 0, "t": 4, "b": 24, "autoexpand": False},
        "showlegend": True,
        "hovermode": "x",
        "dragmode": False,
        "bargap": 0.25,
        "font": {"size": 12},
        "hoverlabel": {"align": "left"},
    }
    for number in range(1, len(titles) + 1):
        layout |= _axes(number) | {nth("legend", number): _legend(number)}
    figure = go.Figure(layout=layout)
    for number, (title, note) in enumerate(titles, 1):
        _add_title(figure, number, title, note, ink)
    return figure


def nth(kind: str, number: int) -> str:
    """Plotly's name for the axis or legend of a panel: `x`, `x2` ...; `xaxis`, `xaxis2` ..."""
    return kind if number == 1 else f"{kind}{number}"


def _place(panel: int) -> tuple[tuple[float, float], tuple[float, float], float]:
    """Where a panel is: left to right, bottom to top, and its title's height."""
    row, column = divmod(panel - 1, len(_COLUMNS))
    return _COLUMNS[column], _ROWS[row], _TITLES_AT[row]


def _axes(panel: int) -> dict[str, Any]:
    plain = {"fixedrange": True, "zeroline": False, "automargin": False, "title": None}
    across, up, _ = _place(panel)
    x = plain | {"domain": across, "anchor": nth("y", panel), "showgrid": False}
    y = plain | {"domain": up, "anchor": nth("x", panel), "nticks": 5, "rangemode": "tozero"}
    return {nth("xaxis", panel): x, nth("yaxis", panel): y}


def _legend(panel: int) -> dict[str, Any]:
    (_, right), (_, top), _ = _place(panel)
    return {
        "orientation": "h", "x": right, "xanchor": "right", "y": top, "yanchor": "bottom", "font": {"size": 11},
        "itemclick": False, "itemdoubleclick": False, "title": None, "bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip


def _add_title(figure: go.Figure, panel: int, title: str, note: str, ink: str) -> None:
    (left, _), _, top = _place(panel)
    start = 0 if left == _COLUMNS[0][0] else left - _COLUMNS[0][0]
    figure.add_annotation(
        text=f"<b>{title}</b>  <span style='font-size:12px'>{note}</span>", xref="paper", yref="paper", x=start, y=top,
        xanchor="left", yanchor="top", showarrow=False, font={"size": 14, "color": ink}, align="left",
    )  # fmt: skip
