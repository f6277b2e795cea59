"""Signal or noise: the weekly KPIs between their limits, and which of them differ from normal variation."""

import numpy as np
import streamlit as st

from analytics.signals import Signal, signals
from analytics.warehouse.engine import Engine
from pages.charts.limits import limits_figure
from pages.charts.theme import CONFIG
from pages.components.baseline import resets_in_force, show_baseline
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View

_COLUMNS = 2
_ICONS = {True: ":material/trending_up:", False: ":material/trending_down:"}


def signals_section(view: View, engine: Engine) -> None:
    """All five as small charts, two in a row."""
    found = asked(signals, engine, view.filters, resets_in_force())
    with st.container(gap="xsmall"):
        st.markdown(_answer(found))
        if any(np.isfinite(signal.left_out).any() for signal in found.values()):
            st.caption(
                "Grey weeks lie at the edge of the export, where older tickets are missing or new ones all but stop: "
                "they are left out."
            )
    for first in range(0, len(found), _COLUMNS):
        shown = list(found.values())[first : first + _COLUMNS]
        for column, signal in zip(st.columns(_COLUMNS, gap="medium"), shown, strict=False):
            with column:
                _small(signal)


def show_signal(signal: Signal) -> None:
    """One of them at large, as a dialog shows it."""
    _chart(signal, f"large_{signal.kpi.name}", 380)
    show_baseline(signal, f"large_{signal.kpi.name}")
    basis_line(signal.title, signal.basis, f"large_limits_{signal.kpi.name}")


def signal_icon(signal: Signal) -> str:
    """A tick for normal, an arrow for the side of a signal, a question mark for what cannot be told."""
    if signal.limits.reason:
        return ":material/question_mark:"
    return _ICONS[signal.limits.side > 0] if signal.limits.side else ":material/check:"


def _small(signal: Signal) -> None:
    key = signal.kpi.name
    _chart(signal, key, 260)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        basis_line(signal.title, signal.basis, f"limits_{key}")
        with st.popover("Baseline", type="tertiary", icon=":material/tune:"):
            show_baseline(signal, key)


def _chart(signal: Signal, key: str, height: int) -> None:
    words = f"{signal.sentence} {signal.limits_words}".strip()
    st.markdown(f"{signal_icon(signal)} {words.replace(signal.title, f'**{signal.title}**', 1)}")
    if np.isfinite([signal.limits.values, signal.left_out]).any():
        st.plotly_chart(limits_figure(signal, height), config=CONFIG, key=f"limits_{key}", alt=words)


def _answer(found: dict[str, Signal]) -> str:
    """How many of the figures differ from normal, and which."""
    differing = [signal.title for signal in found.values() if signal.limits.side]
    told = sum(not signal.limits.reason for signal in found.values())
    if not told:
        reasons = {signal.limits.reason for signal in found.values()}
        why = reasons.pop() if len(reasons) == 1 else "limits need twelve finished weeks before the last four"
        return f"Cannot tell yet: {why}."
    if told == 1 and not differing:
        return "The one weekly figure that can be judged is within normal variation."
    if not differing:
        return f"All {told} weekly figures that can be judged are within normal variation."
    verb = "differs" if len(differing) == 1 else "differ"
    return f"{len(differing)} of {told} weekly figures {verb} from normal variation: {', '.join(differing)}."
