"""Editing a record that several people may change: what was seen when it was opened is kept until it is saved."""

from collections.abc import Callable

import streamlit as st

from analytics.errors import BacklightError
from analytics.store.errors import EditedMeanwhile
from pages.components.message import show_error

_SEEN = "seen_"


def edit_button(kind: str, number: int, version: int, label: str = "Change") -> None:
    """A quiet button that opens the record for editing, at the version shown."""
    st.button(
        label, key=f"edit_{kind}_{number}", type="tertiary", icon=":material/edit:", on_click=_open,
        args=(kind, number, version),
    )  # fmt: skip


def seen_version(kind: str, number: int) -> int | None:
    """The version that was seen when the record was opened; None while it is not open."""
    seen = st.session_state.get(f"{_SEEN}{kind}_{number}")
    return int(seen) if seen is not None else None


def close_button(kind: str, number: int) -> None:
    """A quiet button that leaves the record as it is."""
    st.button(
        "Leave it", key=f"leave_{kind}_{number}", type="tertiary", icon=":material/close:", on_click=_close,
        args=(kind, number),
    )  # fmt: skip


def save_record(kind: str, number: int, save: Callable[[], object], version_now: Callable[[], int]) -> None:
    """Save what was entered and close; where somebody was first, say so, keep what was entered, and let them look.

    The caller shows the record as it is now above the form: saving again is done with open eyes.
    """
    try:
        save()
    except EditedMeanwhile as error:
        st.session_state[f"{_SEEN}{kind}_{number}"] = version_now()
        show_error(error, "Somebody else was first")
    except BacklightError as error:
        show_error(error)
    else:
        _close(kind, number)
        st.rerun()


def tried(act: Callable[[], object]) -> bool:
    """Whether it could be done; what was in the way is said in a sentence."""
    try:
        act()
    except BacklightError as error:
        show_error(error)
        return False
    return True


def _open(kind: str, number: int, version: int) -> None:
    st.session_state[f"{_SEEN}{kind}_{number}"] = version


def _close(kind: str, number: int) -> None:
    st.session_state.pop(f"{_SEEN}{kind}_{number}", None)
