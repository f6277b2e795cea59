"""Who, if anyone, moves the open tickets? Each in one class, by group, and the tickets behind."""

from typing import Any

import streamlit as st

from analytics.flow.owner_classes import CLASSES, UNOWNED
from analytics.flow.ownership import SILENT_DAYS, Aged, Ownership, ownership
from analytics.formatting import age_text, count_text
from analytics.warehouse.engine import Engine
from pages.charts.ownership import MOST_ROWS, class_bars
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts, write
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection, selection_button
from pages.components.view import View

SILENT, _LONGEST = "silent_days", 365


def ownership_section(view: View, engine: Engine) -> None:
    """Draw it as of the end of the view's window."""
    shown = asked(ownership, engine, view.filters, _asked_days())
    st.text(shown.sentence)
    with st.container(gap="xsmall"):
        if shown.told:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                _choose_days()
                _aged_facts(shown)
            _bars(shown, engine)
            _buttons(shown, engine)
        elif shown.tickets:
            st.caption("Import an export with a column for the assignee, and each ticket is sorted by who holds it.")
        basis_line("Who holds the open tickets", shown.basis, "ownership")


def _asked_days() -> int:
    asked_for = next((text for text in asked_texts(SILENT) if text.isascii() and text.isdigit()), "")
    return min(max(int(asked_for[:4] or SILENT_DAYS), 1), _LONGEST)


def _choose_days() -> None:
    st.session_state[SILENT] = _asked_days()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", width="content"):
        st.caption(
            "Silent after days", width="content",
            help="An assigned ticket is silent when nothing happened to it for so many days.",
        )  # fmt: skip
        st.number_input(
            "Silent after days", min_value=1, max_value=_LONGEST, key=SILENT, on_change=_keep_days, width=130,
            label_visibility="collapsed",
        )  # fmt: skip


def _keep_days() -> None:
    write(SILENT, [str(st.session_state[SILENT])], [str(SILENT_DAYS)])


def _aged_facts(shown: Ownership) -> None:
    """The share of aged tickets without a clear owner, by both yardsticks."""
    facts = [_aged_words(aged) for aged in (shown.aged, shown.aged_14) if aged]
    people = f"Inactive assignees: {shown.inactive_assignees}."
    line = f" The desk's own line cannot be told: {shown.line_reason}." if shown.aged is None else ""
    st.caption(f"Without a clear owner: {'; '.join(facts)}. {people}{line}", width="stretch")


def _aged_words(aged: Aged) -> str:
    share = "too few to tell" if aged.share is None else f"{aged.share:.0%}".replace("%", " %")
    return f"{share} of {count_text(aged.told)} tickets older than {age_text(aged.older_than_days)}"


def _bars(shown: Ownership, engine: Engine) -> None:
    parts = [f"{held.title}: {count_text(held.tickets)}" for held in shown.classes if held.tickets]
    event: Any = st.plotly_chart(
        class_bars(shown), config=CONFIG, key="owner_bars", on_select="rerun", selection_mode="points",
        alt=f"Open tickets by who holds them. {', '.join(parts)}.",
    )  # fmt: skip
    more = f" The {MOST_ROWS} groups with the most aged tickets without owner are drawn."
    st.caption(f"Click a part for its tickets.{more if len(shown.groups) > MOST_ROWS else ''}")
    point = clicked(event, "owner_bars")
    if point:
        row, name = int(point["customdata"][0]), str(point["customdata"][1])
        groups = (shown.groups["value"].iloc[row],) if row >= 0 else ()
        open_selection(f"Open tickets: {CLASSES[name].lower()}", shown.selection([name], groups=groups), engine)


def _buttons(shown: Ownership, engine: Engine) -> None:
    aged = shown.main_aged
    with st.container(horizontal=True, gap="small"):
        if aged.without_owner:
            selection_button(
                f"{count_text(aged.without_owner)} aged without a clear owner", "Aged tickets without a clear owner",
                shown.selection(UNOWNED, aged.older_than_days), engine, "owner_aged",
            )  # fmt: skip
        for held in shown.classes:
            if held.tickets:
                label, title = f"{held.title} ({count_text(held.tickets)})", f"Open tickets: {held.title.lower()}"
                selection_button(label, title, shown.selection([held.name]), engine, f"owner_{held.name}")
