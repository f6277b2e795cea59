"""One KPI in full: what it means, how it is computed, which tickets it uses."""

import pandas as pd
import streamlit as st

from analytics.filters import Filters
from analytics.formatting import count_text
from analytics.kpi import Direction, Kpi
from analytics.measure import account, notes
from analytics.query import compose
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TICKETS
from pages.components.message import show_sentences
from pages.components.target import show_target

_MEANINGS = {column.name: column.meaning for column in TICKETS}
_ICONS = {
    Direction.LOWER: ":material/south:",
    Direction.HIGHER: ":material/north:",
    Direction.NEUTRAL: ":material/remove:",
}


def show_kpi(kpi: Kpi, engine: Engine | None) -> None:
    """The definition, and on demand what it does to the loaded data."""
    st.subheader(kpi.title, anchor=kpi.name)
    with st.container(horizontal=True, gap="small"):
        st.badge(kpi.direction.value, icon=_ICONS[kpi.direction], color="gray")
        st.badge(f"in {kpi.unit.value}" if kpi.unit.value != "ratio" else "as a share", color="gray")
        st.badge(kpi.name, icon=":material/terminal:", color="gray")
    st.markdown(kpi.definition)
    _show_formula(kpi)
    left, right = st.columns(2, gap="large")
    with left:
        _show_tickets(kpi)
    with right:
        _show_caveats(kpi)
        show_target(kpi)
    with st.expander("SQL, without any filter", icon=":material/code:"):
        st.code(compose(kpi, Filters()).sql, language="sql", wrap_lines=True)
    _show_loaded(kpi, engine)


def _show_formula(kpi: Kpi) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(kpi.numerator_words)
        if kpi.denominator_words:
            st.markdown(f":gray[divided by]  {kpi.denominator_words}" if _is_ratio(kpi) else _rests_on(kpi))


def _is_ratio(kpi: Kpi) -> bool:
    return hasattr(kpi.value, "numerator") and hasattr(kpi.value, "denominator")


def _rests_on(kpi: Kpi) -> str:
    return f":gray[of the]  {kpi.denominator_words}"


def _show_tickets(kpi: Kpi) -> None:
    st.markdown("**Which tickets**")
    st.markdown("All that meet this condition:")
    st.code(kpi.population, language="sql", wrap_lines=True)
    reasons = "\n".join(f"1. {exclusion.reason}" for exclusion in kpi.exclusions)
    st.markdown(f"The others are left out, each for the first reason that applies:\n\n{reasons}")
    st.markdown(f"**Which period:** `{kpi.anchor}`. {_MEANINGS[kpi.anchor]}")


def _show_caveats(kpi: Kpi) -> None:
    st.markdown("**What to keep in mind**")
    st.markdown("\n".join(f"- {caveat}" for caveat in kpi.caveats))
    st.markdown("**Where the definition comes from**")
    st.markdown(kpi.source)


def _show_loaded(kpi: Kpi, engine: Engine | None) -> None:
    if engine is None:
        return
    if st.toggle("Count the tickets used and left out in the loaded data", key="count_tickets"):
        behind = account(engine, kpi, Filters())
        rows = [("used", behind.used), *((f"left out: {reason}", count) for reason, count in behind.excluded)]
        counts = pd.DataFrame([(what, count_text(count)) for what, count in rows], columns=["tickets", "count"])
        st.dataframe(counts, hide_index=True, width="content", alt="Tickets used and left out")
        said = notes(engine, kpi)
        if said:
            st.markdown("**What the loaded data does to it**")
            show_sentences(said)
