"""The five cards: value, change in words, target, and how many tickets they rest on."""

import streamlit as st

from analytics.headline import Headline
from analytics.overview import Overview
from analytics.signals import Signal
from analytics.warehouse.engine import Engine
from pages.charts.sparkline import sparkline
from pages.charts.theme import GREEN, GREY, ORANGE
from pages.components.kpi_actions import kpi_actions
from pages.components.signals_section import show_signal, signal_icon
from pages.components.view import View

# The trend whose course stands in the card, where it is not the KPI's own.
_SPARKLINES = {"volume": "inflow"}
# The page that looks into a card's figure; without a question of its own, it opens with its first one.
_WHY = {"mttr": "pages/resolution.py", "backlog": "pages/backlog.py"}
_COLORS = {True: GREEN, False: ORANGE, None: GREY}
_WORDS = {True: "green", False: "red"}


def cards(shown: Overview, view: View, engine: Engine) -> None:
    """One row of cards of equal height."""
    for column, line in zip(st.columns(len(shown.headlines), gap="small"), shown.headlines, strict=True):
        with column, st.container(border=True, height="stretch", gap=None, key=f"card_{line.kpi.name}"):
            _card(line, shown)
            _signal(shown.signals[line.kpi.name])
            kpi_actions(line.kpi, view, engine, line.basis if line.known else "Tickets", _WHY.get(line.kpi.name, ""))


def _signal(signal: Signal) -> None:
    """Whether it is a signal or noise, and the way to its weeks between their limits."""
    if st.button(
        f":{_WORDS[signal.better]}[{signal.caption}]" if signal.better is not None else signal.caption,
        key=f"signal_{signal.kpi.name}",
        type="tertiary",
        icon=signal_icon(signal),
        help=f"{signal.sentence} {signal.limits_words}".strip(),
    ):
        st.dialog(f"Signal or noise? {signal.title}", width="large")(show_signal)(signal)


def _card(line: Headline, shown: Overview) -> None:
    st.metric(
        line.kpi.title,
        line.value if line.known else f":gray[{line.value}]",
        line.change,
        delta_color="gray" if line.better is None else "green" if line.better else "red",
        delta_arrow="off" if line.higher is None else "up" if line.higher else "down",
    )
    course = shown.trends[_SPARKLINES.get(line.kpi.name, line.kpi.name)].sparkline
    picture = sparkline(course, _COLORS[line.better]) if line.known else ""
    if picture:
        st.image(picture, width="stretch")
    if not line.known:
        st.caption(line.basis[0].upper() + line.basis[1:])
    st.caption(line.target or "No target set")
