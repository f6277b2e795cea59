"""How is this computed? Worked out only when somebody asks."""

import pandas as pd
import streamlit as st

from analytics.formatting import moment_text, value_text
from analytics.kpi import Kpi
from analytics.measure import KpiResult, account, measure, notes
from analytics.query import compose
from analytics.warehouse.engine import Engine
from pages.components.view import View


def explain(kpi: Kpi, view: View, engine: Engine) -> None:
    """Open a dialog that traces the number back to its tickets."""
    st.dialog(f"How is this computed? {kpi.title}", width="large")(_explanation)(kpi, view, engine)


def _explanation(kpi: Kpi, view: View, engine: Engine) -> None:
    result = measure(engine, compose(kpi, view.filters))
    st.markdown(f"**{kpi.definition}**")
    st.markdown("This number is of")
    st.code(view.filters.sentence(kpi.verb), language=None, wrap_lines=True)
    _division(result)
    _account(kpi, view, engine)
    st.markdown("**To keep in mind**\n" + "".join(f"\n- {caveat}" for caveat in kpi.caveats))
    for note in notes(engine, kpi):
        st.text(f"In this data: {note}")
    st.markdown(f"**Where the definition comes from**  \n{kpi.source}")
    with st.expander("The statement that was run", icon=":material/code:"):
        st.code(result.query.sql, language="sql")
        st.json({name: str(value) for name, value in result.query.parameters.items()})
    st.caption(f"Data as of {moment_text(engine.as_of)}, snapshot {engine.snapshot}")


def _division(result: KpiResult) -> None:
    """The value, and what was divided by what."""
    row = result.frame.iloc[0]
    parts = [value_text(result.value, result.kpi.unit, result.too_few)]
    if pd.notna(row["numerator"]) and pd.notna(row["denominator"]):
        parts.append(f"{row['numerator']:,.1f} / {row['denominator']:,.0f}".replace(".0 /", " /"))
    elif pd.notna(row["denominator"]):
        parts.append(f"of {row['denominator']:,.0f} tickets")
    st.text("  =  ".join(parts))


def _account(kpi: Kpi, view: View, engine: Engine) -> None:
    """Where the tickets went: used, and left out for which reason."""
    behind = account(engine, kpi, view.filters)
    rows = [("used", behind.used), *((f"left out: {reason}", count) for reason, count in behind.excluded)]
    frame = pd.DataFrame(rows, columns=["Tickets", "Number"])
    st.dataframe(
        frame,
        hide_index=True,
        height="content",
        column_config={"Number": st.column_config.NumberColumn(format="localized")},
    )
