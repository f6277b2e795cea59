"""Chasers: how the contacts were found, how long people had waited by then, and whose tickets they ask about."""

import streamlit as st

from analytics.diagnostic.chasing.chasers import Chasers, chasers
from analytics.diagnostic.evidence.users_chase import again_within
from analytics.diagnostic.gathered import numbers
from analytics.formatting import count_text, hours_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine
from pages.charts.chasers import asked_groups_figure, waits_figure
from pages.charts.theme import CONFIG
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.view import View
from pages.components.warehouse import store

_WAITS, _GROUPS = "chaser_waits", "chaser_groups"


def chasers_part(view: View, engine: Engine) -> None:
    """Draw what stands behind the share, up to the end of the view's window."""
    filters = view.filters.between(None, view.filters.end)
    found = asked(chasers, engine, filters, again_within(numbers(store())))
    if found.share is None:
        st.caption("With titles and requesters in the export, contacts that ask for news are counted here.")
        return
    if not found.chasers:
        st.caption("No title asks for news of an earlier ticket in this window, so there is nothing to draw.")
        return
    _how(found)
    if found.asked_about >= FEWEST_TICKETS:
        _waits(found)
    if len(found.groups):
        _groups(found, engine)


def _how(found: Chasers) -> None:
    kinds = found.kinds[found.kinds["chasers"] > 0]
    parts = [f"{words} ({count_text(count)})" for words, count in zip(kinds["words"], kinds["chasers"], strict=True)]
    inside = (
        f" Agents replied {found.inside.replies:.1f} times to a ticket (mean)."
        if found.inside.replies is not None
        else ""
    )
    st.caption(f"How they were found: {', '.join(parts)}.{inside}")


def _waits(found: Chasers) -> None:
    st.markdown("**How long had the ticket waited when somebody asked?**")
    bands = found.wait_bands
    parts = [f"{band}: {count_text(count)}" for band, count in zip(bands["band"], bands["contacts"], strict=True)]
    wait = found.median_wait_hours
    median = f" The median is {hours_text(wait)}." if wait is not None else ""
    st.plotly_chart(
        waits_figure(bands), config=CONFIG, key=_WAITS,
        alt=f"Contacts by how long the ticket asked about had waited. {', '.join(parts)}.{median}",
    )  # fmt: skip


def _groups(found: Chasers, engine: Engine) -> None:
    st.markdown("**Whose tickets do people ask about?**")
    first = found.groups.iloc[0]
    event = st.plotly_chart(
        asked_groups_figure(found.groups), config=CONFIG, key=_GROUPS, on_select="rerun", selection_mode="points",
        alt=(
            f"Contacts by the group that holds the ticket asked about. Most, {count_text(first['chasers'])}, are about "
            f"tickets of {first['assignment_group']}."
        ),
    )  # fmt: skip
    st.caption("The group holds the ticket now. A click on a bar opens the tickets that were asked about.")
    point = clicked(event, _GROUPS)
    if point is not None:
        open_selection("Tickets asked about", found.asked_selection(str(point["customdata"][0])), engine)
