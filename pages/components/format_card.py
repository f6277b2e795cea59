"""One export format or saved mapping, in full. Its texts may come from an export: inert elements only."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from analytics.warehouse.formats import ExportFormat
from analytics.warehouse.schema import STATUSES
from pages.components.message import show_sentences
from pages.components.table_height import table_height

_TRUST = {
    "high": "The tool's own SLA result is dependable.",
    "medium": "The tool's own SLA result is usable with care.",
    "low": "The tool's own SLA result is often wrong: compare with the due time.",
    "none": "The export has no SLA result of its own: the due time decides, where there is one.",
}
_ZONES = {
    "utc": "Times written without a zone are UTC.",
    "local": "Times written without a zone are in the zone of the person who exported: choose it at import.",
}


def show_format(format: ExportFormat) -> None:
    """Columns, words, times, and what it cannot tell."""
    st.text(f"{format.title}" + (f" · {format.tool}" if format.tool else ""))
    with st.container(horizontal=True, gap="small"):
        st.badge("one row per update" if format.event_time else "one row per ticket", color="gray")
        if format.verified:
            st.badge("checked against real exports", icon=":material/verified:", color="green")
        elif format.tool:
            st.badge("not yet checked against real exports", color="gray")
    st.dataframe(_columns(format), hide_index=True, height=table_height(format.columns), alt="Columns")
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Status words**")
        _show_words(format.status, STATUSES)
        for kind, words in format.status_by_type.items():
            st.markdown(f"**Status words of a {kind}**, looked up first")
            _show_words(words, STATUSES)
    with right:
        st.markdown("**Priority words** (1 is the most urgent)")
        _show_words(format.priority, range(1, 6))
        st.markdown("**Times**")
        st.markdown(f"{_ZONES[format.time_zone]} Day or month first is decided once per file, from all its values.")
        if not format.has_resolution_time:
            st.markdown("It has no resolution time: the closing time stands in.")
        st.markdown("**SLA**")
        st.markdown(_TRUST[format.sla_trust])
        show_sentences([format.sla_note] if format.sla_note else [])
    if format.limits:
        st.markdown("**Known limits**")
        show_sentences(format.limits)


def _columns(format: ExportFormat) -> pd.DataFrame:
    rows = [(name, ", ".join(rule.headers)) for name, rule in format.columns.items()]
    return pd.DataFrame(rows, columns=["Column", "Read from the first of these headers that has a value"])


def _show_words(words: Mapping[str, object], order: Sequence[object]) -> None:
    """Meaning by meaning, in the order of a ticket's life or of urgency."""
    if not words:
        st.markdown(":gray[None: the export does not say.]")
    with st.container(gap="xxsmall"):
        for meaning in order:
            said = [word for word, means in words.items() if means == meaning]
            if said:
                st.text(f"{str(meaning).replace('_', ' ')}:  {', '.join(said)}")
