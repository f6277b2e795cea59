"""What was changed in a record, the newest first."""

from collections.abc import Collection, Sequence
from datetime import date

import streamlit as st

from analytics.formatting import day_text, moment_text
from analytics.store.records import RecordChange


def history_popover(changes: Sequence[RecordChange], not_told: Collection[str]) -> None:
    """A quiet button that opens the changes, without the fields `not_told`; what people typed stays inert."""
    with st.popover("History", icon=":material/history:", type="tertiary"):
        for change in reversed(changes):
            st.caption(f"{moment_text(change.changed_at)} UTC, version {change.version}")
            for name, before, after in change.fields:
                if name not in not_told and (before is not None or after not in (None, "")):
                    words, old, new = name.replace("_", " "), _text(name, before), _text(name, after)
                    st.text(f"{words}: {new}" if not old else f"{words}: {old} \N{RIGHTWARDS ARROW} {new or 'nothing'}")


def _text(name: str, value: object) -> str:
    if value is None:
        return ""
    return day_text(date.fromisoformat(str(value))) if name.endswith("_on") else str(value)
