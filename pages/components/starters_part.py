"""Starters: how early or late new joiners were ready, and where they wait."""

import pandas as pd
import streamlit as st

from analytics.diagnostic.evidence.starters_wait import fewest_starters, window_days
from analytics.diagnostic.gathered import numbers
from analytics.diagnostic.onboarding.starters import Starters, starters
from analytics.formatting import count_text, percent_text
from analytics.warehouse.engine import Engine
from pages.charts.starters import late_groups_figure, readiness_figure
from pages.charts.theme import CONFIG
from pages.components.results import asked
from pages.components.view import View
from pages.components.warehouse import store

_FEWEST_GROUPS = 2


def starters_part(view: View, engine: Engine) -> None:
    """Draw what stands behind the share, up to the end of the view's window."""
    limits = numbers(store())
    found = asked(starters, engine, view.filters.between(None, view.filters.end), window_days(limits))
    if found.due < fewest_starters(limits):
        st.caption("With requests for new joiners that say their first day, readiness is drawn here.")
        return
    _readiness(found)
    for groups, question, key in (
        (found.sites, "At which site do starters wait?", "starter_sites"),
        (found.departments, "In which department do starters wait?", "starter_departments"),
    ):
        if len(groups) >= _FEWEST_GROUPS and groups["late"].any():
            _groups(groups, question, key)


def _readiness(found: Starters) -> None:
    st.markdown("**How early, or how late?**")
    bands = found.bands
    parts = [f"{band}: {count_text(count)}" for band, count in zip(bands["band"], bands["starters"], strict=True)]
    st.plotly_chart(
        readiness_figure(bands), config=CONFIG, key="starter_readiness",
        alt=f"Starters by how early or late they were ready, in business days. {', '.join(parts)}.",
    )  # fmt: skip
    st.caption(" ".join(filter(None, (_p90_words(found), _asked_late_words(found)))))


def _p90_words(found: Starters) -> str:
    hours = found.p90_hours
    if hours is None:
        return ""
    side = "after" if hours > 0 else "before"
    size = f"{abs(hours):.1f} business hours" if abs(hours) >= 0.1 else "no time"
    return f"90 % were ready by {size} {side} the start of business on their first day."


def _asked_late_words(found: Starters) -> str:
    if not found.asked_late:
        return ""
    verb = "was" if found.asked_late == 1 else "were"
    return f"{count_text(found.asked_late)} {verb} asked for only after it."


def _groups(groups: pd.DataFrame, question: str, key: str) -> None:
    st.markdown(f"**{question}**")
    first = groups.iloc[0]
    share = percent_text(float(first["share"]))
    st.plotly_chart(
        late_groups_figure(groups), config=CONFIG, key=key,
        alt=f"{question} First {first['value']}: {share} of {int(first['starters'])} late.",
    )  # fmt: skip
    out = bool(groups["stands_out"].any())
    st.caption(
        f"{'Orange stands out beyond chance.' if out else 'None stands out beyond chance.'} Groups of fewer than 5 "
        "starters are not shown."
    )
