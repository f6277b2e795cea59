"""The fields of an action. Each has a key of its own, so that what was typed stays whatever others do meanwhile."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from analytics.diagnostic.questionnaire import questionnaires
from analytics.formatting import day_text
from analytics.kpis import KPIS
from analytics.store.actions import ACTION_STATUSES, Action
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT

TITLES = {
    "what": "What", "who": "Who", "how": "How", "due_on": "Due on", "statement": "About which statement",
    "kpi": "The KPI that it should move", "filters": "Tickets", "status": "Status", "started_on": "Begun on",
    "done_on": "Done on", "follow_up_on": "Look again on", "promised_percent": "Promised change in %",
    "origin": "Came of",
}  # fmt: skip
ENTERED = (
    "what", "who", "how", "due_on", "follow_up_on", "statement", "kpi", "promised_percent", "status", "started_on",
    "done_on",
)  # fmt: skip
_NONE = "none"
_MOST_PERCENT = 1_000.0


def action_fields(key: str, now: Action, with_status: bool) -> dict[str, Any]:
    """Draw the fields, filled with `now` at first; what they hold, by the names of `Action`."""
    start_fields(key, now)
    named = {name: _key(key, name) for name in ENTERED}
    st.text_area(TITLES["what"], key=named["what"], height=80, max_chars=LONGEST_TEXT)
    left, right = st.columns(2)
    left.text_input(TITLES["who"], key=named["who"], max_chars=LONGEST_NOTE, help="One person, better than a team")
    right.text_input(TITLES["how"], key=named["how"], max_chars=LONGEST_TEXT)
    _day(left, "due_on", key)
    _day(right, "follow_up_on", key)
    left.selectbox(TITLES["statement"], _statements(now), key=named["statement"], format_func=_statement_text)
    right.selectbox(TITLES["kpi"], _kpis(now), key=named["kpi"], format_func=_kpi_text)
    left.number_input(
        TITLES["promised_percent"], -_MOST_PERCENT, _MOST_PERCENT, key=named["promised_percent"], step=1.0,
        placeholder="-20 is a fifth less", format="%g",
    )  # fmt: skip
    entered = [name for name in ENTERED if with_status or name not in ("status", "started_on", "done_on")]
    if with_status:
        right.selectbox(TITLES["status"], ACTION_STATUSES, key=named["status"])
        _day(left, "started_on", key)
        _day(right, "done_on", key)
    return {name: _value(st.session_state[named[name]]) for name in entered}


def start_fields(key: str, now: Action) -> None:
    """Fill the fields that are not on the page yet."""
    for name in ENTERED:
        st.session_state.setdefault(_key(key, name), getattr(now, name))


def set_fields(key: str, values: Mapping[str, Any]) -> None:
    """Put other values into some fields, before they are drawn."""
    for name, value in values.items():
        if name in ENTERED:
            st.session_state[_key(key, name)] = value


def forget_fields(key: str) -> None:
    """The fields begin anew when they are drawn again."""
    for name in ENTERED:
        st.session_state.pop(_key(key, name), None)


def field_text(name: str, value: object) -> str:
    """A value in words; people's texts as they are, for inert elements only."""
    if value in (None, ""):
        return "nothing"
    if name == "kpi":
        return _kpi_text(str(value))
    if name == "statement":
        return _statement_text(str(value))
    if name == "promised_percent":
        return f"{value:g} %"
    if name.endswith("_on"):
        return day_text(date.fromisoformat(str(value)))
    return str(value)


def _day(place: Any, name: str, key: str) -> None:
    place.date_input(
        TITLES[name], key=_key(key, name), format="YYYY-MM-DD", min_value=date(1990, 1, 1),
        max_value=date(2199, 12, 31), value=None,
    )  # fmt: skip


def _key(key: str, name: str) -> str:
    return f"{key}_{name}"


def _value(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _statements(now: Action) -> list[str]:
    known = [one.id for sheet in questionnaires() for one in sheet.statements]
    return list(dict.fromkeys(["", *known, now.statement]))


def _statement_text(name: str) -> str:
    found = {one.id: one for sheet in questionnaires() for one in sheet.statements}
    return found[name].text if name in found else name or _NONE


def _kpis(now: Action) -> list[str]:
    return list(dict.fromkeys(["", *(kpi.name for kpi in KPIS), now.kpi]))


def _kpi_text(name: str) -> str:
    return next((kpi.title for kpi in KPIS if kpi.name == name), name or _NONE)
