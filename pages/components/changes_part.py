"""Changes: incidents linked and possible by quarter, the share that failed by tier, and the tickets of each."""

import streamlit as st

from analytics.diagnostic.changes.change_incidents import ChangeIncidents, change_incidents
from analytics.diagnostic.gathered import numbers
from analytics.formatting import count_text, percent_text
from analytics.warehouse.engine import Engine
from pages.charts.change_incidents import change_failures_figure, change_incidents_figure
from pages.charts.theme import CONFIG
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View
from pages.components.warehouse import store

_RULE = "changes_break_things"


def changes_part(view: View, engine: Engine) -> None:
    """Draw what stands behind the number of incidents, up to the end of the view's window."""
    limits = numbers(store())
    filters = view.filters.between(None, view.filters.end)
    found = asked(change_incidents, engine, filters, limits.threshold(_RULE, "days_after"))
    if found.quarters.empty:
        st.caption("With change records in the export, or the change that caused an incident, these are counted here.")
        return
    if found.possible:
        _quarters(found, limits.threshold(_RULE, "incidents_per_quarter"))
    _tickets(found, engine)
    _tiers(found)


def _quarters(found: ChangeIncidents, threshold: float) -> None:
    st.markdown("**Linked, and possibly caused, quarter by quarter**")
    linked, possible = count_text(found.linked), count_text(found.possible)
    st.plotly_chart(
        change_incidents_figure(found.quarters, threshold), config=CONFIG, key="change_incidents",
        alt=f"Incidents a quarter: {linked} linked to a change in all, and {possible} possibly caused by one.",
    )  # fmt: skip
    st.caption(
        "Possible: at least five on the changed item within days of the change, twice as many as expected and beyond "
        "chance, without a link. A quarter is 91 days; the dashed line is the threshold."
    )


def _tickets(found: ChangeIncidents, engine: Engine) -> None:
    possible = found.possible_selection
    with st.container(horizontal=True, gap="small"):
        if found.linked:
            title = "Incidents linked to a change"
            selection_button(
                f"{count_text(found.linked)} linked", title, found.linked_selection, engine, "changes_linked"
            )
        if possible is not None and found.possible:
            title = "Incidents possibly caused by a change"
            selection_button(f"{count_text(found.possible)} possible", title, possible, engine, "changes_possible")


def _tiers(found: ChangeIncidents) -> None:
    tiers = found.records.tiers
    told = tiers[tiers["share"].notna()]
    if told.empty:
        st.caption("The share of changes that failed is shown by tier where at least five outcomes of one are known.")
        return
    st.markdown("**How many changes failed, by tier**")
    parts = [f"{row.tier} {percent_text(row.share)} of {count_text(row.known)}" for row in told.itertuples()]
    st.plotly_chart(
        change_failures_figure(tiers), config=CONFIG, key="change_failures",
        alt=f"Share of changes that failed, by tier: {', '.join(parts)}.",
    )  # fmt: skip
    unknown = int((tiers["changes"] - tiers["known"]).sum())
    left_out = f" {count_text(unknown)} more ended in words that are not known, or in none." if unknown else ""
    st.caption(f"Of the changes that ended in this time with a known outcome.{left_out}")
