"""The way to a new action on the plan, with what is known of it filled in."""

from datetime import date

import streamlit as st

from pages.components.address import write
from pages.components.sections import SHOW

ACTIONS = "Who does what?"
WHAT, ORIGIN, FOLLOW_UP, KPI, STATEMENT = "what", "origin", "follow_up", "kpi", "statement"


def plan_button(
    key: str, what: str, origin: str = "", follow_up: date | None = None, kpi: str = "", statement: str = ""
) -> None:
    """A button on the plan page that opens the actions with a new one begun; the texts may quote an export."""
    st.button(
        "Make it an action", key=key, type="tertiary", icon=":material/add_task:", on_click=_begin,
        args=({WHAT: what, ORIGIN: origin, FOLLOW_UP: follow_up.isoformat() if follow_up else "", KPI: kpi,
               STATEMENT: statement},),
    )  # fmt: skip


def _begin(texts: dict[str, str]) -> None:
    write(SHOW, [ACTIONS])
    for name, text in texts.items():
        write(name, [text] if text else [])
