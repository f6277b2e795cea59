"""The open snapshot and the state store, shared by all sessions of the server."""

from pathlib import Path

import streamlit as st

from analytics.store import Store, open_store
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.snapshots import current_snapshot, default_folder


@st.cache_resource(max_entries=2, show_spinner="Opening the data")
def _engine(path: str) -> Engine:
    return open_engine(Path(path).parent)


def engine() -> Engine | None:
    """The engine on the current snapshot, or None while nothing is loaded. A new import is seen at the next run."""
    path = current_snapshot(default_folder())
    return _engine(str(path)) if path else None


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """What people have entered."""
    return open_store(default_folder())
