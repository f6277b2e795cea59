"""How is this computed? For every figure that is not a KPI of the registry."""

import pandas as pd
import streamlit as st

from analytics.flow.basis import Basis
from analytics.formatting import count_text, moment_text


def basis_line(title: str, basis: Basis, key: str, dated: bool = True) -> None:
    """One quiet line under a figure: the tickets used and left out, as of when, and the way to the definition.

    Not `dated` where the figure's own sentence says the day.
    """
    left_out = f", {count_text(basis.tickets_excluded)} left out" if basis.tickets_excluded else ""
    noun = "ticket" if basis.used == 1 else "tickets"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        when = f" As of {moment_text(basis.as_of)}." if dated else ""
        st.caption(f"{count_text(basis.used)} {noun} used{left_out}.{when}", width="content")
        if st.button("How?", key=f"how_{key}", type="tertiary", icon=":material/info:"):
            st.dialog(f"How is this computed? {title}", width="large")(_show)(basis)


def _show(basis: Basis) -> None:
    st.markdown(f"**{basis.definition}**")
    if basis.filters:
        st.markdown("This figure is of")
        st.code(basis.filters, language=None, wrap_lines=True)
    rows = [("used", basis.used), *((f"left out: {reason}", count) for reason, count in basis.excluded)]
    st.dataframe(
        pd.DataFrame(rows, columns=["Tickets", "Number"]),
        hide_index=True,
        height="content",
        column_config={"Number": st.column_config.NumberColumn(format="localized")},
    )
    if basis.caveats:
        st.markdown("**To keep in mind**\n" + "".join(f"\n- {caveat}" for caveat in basis.caveats))
    if basis.source:
        st.markdown(f"**Where the definition comes from**  \n{basis.source}")
    with st.expander("The statement that was run", icon=":material/code:"):
        st.code(basis.sql, language="sql")
        st.json({name: str(value) for name, value in basis.parameters.items()})
    st.caption(f"Data as of {moment_text(basis.as_of)}")
