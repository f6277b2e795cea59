"""What is loaded: tickets, as of when, in which time zone, from which sources."""

import streamlit as st

from analytics.formatting import count_text, moment_text, size_text
from analytics.provenance import holdings, sources
from analytics.warehouse.engine import Engine
from analytics.warehouse.snapshots import default_folder

_COLUMNS = {
    "source": st.column_config.TextColumn("Source", help="The format or mapping that the tickets were read with"),
    "tickets": st.column_config.NumberColumn("Tickets", format="localized"),
    "open_tickets": st.column_config.NumberColumn("Still open", format="localized"),
    "first_opened": st.column_config.DateColumn("First opened", format="D MMM YYYY"),
    "last_opened": st.column_config.DateColumn("Last opened", format="D MMM YYYY"),
}


def show_holdings(engine: Engine) -> None:
    """The facts in a row, then the sources."""
    held = holdings(engine, default_folder())
    facts = {
        "Tickets": count_text(held.tickets),
        "As of": moment_text(engine.as_of),
        "Reporting time zone": engine.reporting_time_zone,
        "Changes recorded": count_text(held.events),
        "Size on disk": size_text(held.size),
    }
    for column, (label, value) in zip(st.columns([2, 3, 3, 2, 2]), facts.items(), strict=True):
        with column.container(border=True, gap="xxsmall", height="stretch"):
            st.markdown(f":gray[:small[{label}]]")
            st.text(value)
    st.caption(f"Served from the snapshot `{engine.snapshot}`")
    st.subheader("Sources", anchor=False)
    st.dataframe(sources(engine), hide_index=True, column_config=_COLUMNS, height="content", alt="Sources")
