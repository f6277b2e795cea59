"""Candidates for the business to build: kinds of requests with their facts, each to be taken on."""

import pandas as pd
import streamlit as st

from analytics.formatting import hours_text
from analytics.plan.action_filters import filters_json
from analytics.plan.citizen_work import CitizenWork, Kind
from analytics.plan.risk import triage
from analytics.store.handed_work import HandedWork
from analytics.store.names import LONGEST_NOTE
from analytics.warehouse.engine import Engine
from pages.components.record_editing import tried
from pages.components.selection import selection_button
from pages.components.warehouse import store

MOST_ROWS = 12


def citizen_part(found: CitizenWork, engine: Engine) -> None:
    """A table of facts, then a row each with its tickets, its guessed risk, and a button that takes it on."""
    shown = found.candidates[:MOST_ROWS]
    _table(shown)
    if len(found.candidates) > MOST_ROWS:
        st.caption(f"The {MOST_ROWS} that wait longest in all are shown, of {len(found.candidates)}.")
    taken = {kept.entered.title for kept in store().handed_work.all()}
    for place, kind in enumerate(shown):
        with st.container(border=True, gap="xxsmall", key=f"citizen_{place}"):
            _row(found, kind, place, _title(kind) in taken, engine)


def _table(shown: tuple[Kind, ...]) -> None:
    table = pd.DataFrame(
        {
            "Kind of request": [kind.title for kind in shown],
            "Why": [" and ".join(_WHY.get(name, name) for name in kind.kinds) for kind in shown],
            "Requests": [kind.requests for kind in shown],
            "Open": [kind.open_now for kind in shown],
            "Usual wait": [
                "not known" if kind.median_hours is None else hours_text(kind.median_hours) for kind in shown
            ],
            "Hand-offs": ["not recorded" if kind.handoffs is None else f"{kind.handoffs:.1f}" for kind in shown],
            "Usual priority": ["not recorded" if kind.priority is None else f"{kind.priority:g}" for kind in shown],
            "Volume spread": ["too few" if kind.spread is None else f"{kind.spread:.2f}" for kind in shown],
        }
    )
    st.dataframe(
        table, hide_index=True, height="content", row_height=32, key="citizen_table",
        column_config={"Kind of request": st.column_config.TextColumn(pinned=True)},
        alt="Kinds of requests that the business could build, those who wait longest in all first",
    )  # fmt: skip


_WHY = {"knowledge": "knowledge", "rules": "follows rules", "manual": "manual"}


def _row(found: CitizenWork, kind: Kind, place: int, is_taken: bool, engine: Engine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(kind.title, width="stretch")
        selection_button("Tickets", "Requests of one kind", found.selection(kind), engine, f"citizen_tickets_{place}")
        if is_taken:
            st.caption("Taken on, see below", width="content")
        taken = not is_taken and st.button(
            "Take it on", key=f"take_{place}", type="tertiary", icon=":material/add_task:"
        )
    if taken and tried(lambda: store().handed_work.add(_work(found, kind))):
        st.rerun()
    st.caption(triage(kind.guess).sentence)


def _title(kind: Kind) -> str:
    return kind.title[:LONGEST_NOTE].strip()


def _work(found: CitizenWork, kind: Kind) -> HandedWork:
    return HandedWork(
        title=_title(kind), risk=triage(kind.guess).level, filters=filters_json(found.filters_of(kind)),
        risk_reasons=kind.guess.json,
    )  # fmt: skip
