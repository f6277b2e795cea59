"""How long does it take, honestly? By month opened with open tickets counted; the usual figures by month resolved."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from analytics.flow.honest_mttr import HonestMttr, honest_mttr
from analytics.flow.survival_curve import Within
from analytics.formatting import hours_text, period_text
from analytics.period import Grain
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from pages.charts.honest_mttr import honest_mttr_figure, resolved_figure
from pages.charts.survival import survival_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.view import View
from pages.components.warehouse import store

_TARGET_HOURS = 24.0


def honest_mttr_section(view: View, engine: Engine) -> None:
    """Draw both figures, the usual ones by month resolved, and the curve behind them."""
    found = asked(honest_mttr, engine, view.filters, store().targets().get("mttr", _TARGET_HOURS))
    with st.container(gap="xsmall"):
        st.markdown(found.sentence)
        if not found.overall.whole.tickets:
            st.caption("Choose a longer period, or take a filter away.")
            return
        st.caption(_overall_words(found))
        _by_opened(found, view, engine)
    with st.container(gap="xsmall"):
        st.subheader("The usual figures, by month resolved", anchor=False)
        _by_resolved(found)
    _curve(found)


def _by_opened(found: HonestMttr, view: View, engine: Engine) -> None:
    """The months of opening; a click on one opens its tickets that are still open."""
    event = st.plotly_chart(
        honest_mttr_figure(found.by_opened), config=CONFIG, key="mttr_opened", alt=found.sentence, on_select="rerun",
        selection_mode="points",
    )  # fmt: skip
    point = clicked(event, "mttr_opened")
    if point:
        _open_month(pd.Timestamp(point["x"]).date(), view, engine)
    st.caption(
        "By month opened, each month whole. Conventional: of the tickets that have ended alone. Honest: those still "
        f"open count as not ended yet.{_unfinished(found, engine)} Click a month for its tickets that are still open."
    )
    basis_line("Time to resolve, honestly", found.basis, "honest_mttr")


def _unfinished(found: HonestMttr, engine: Engine) -> str:
    """That the newest month is not over, where it is not."""
    if found.by_opened.empty or engine.as_of is None:
        return ""
    newest = found.by_opened["month"].iloc[-1].date()
    over = Grain.MONTH.next(newest) <= engine.as_of.date() + timedelta(days=1)
    return "" if over else f" {period_text(newest, Grain.MONTH)} is not over yet."


def _by_resolved(found: HonestMttr) -> None:
    """Mean, median and 90th percentile of what was resolved."""
    if found.by_resolved.empty:
        st.caption("No ticket with a resolution time was resolved in these months.")
        return
    st.plotly_chart(resolved_figure(found.by_resolved), config=CONFIG, key="mttr_resolved", alt=_resolved_words(found))
    st.caption(
        "Of the tickets resolved in the month; what is still open is absent. Calendar hours unless said otherwise."
    )


def _open_month(month: date, view: View, engine: Engine) -> None:
    filters = view.filters.between(Grain.MONTH.start(month), Grain.MONTH.next(Grain.MONTH.start(month)))
    conditions = ["ended_at IS NULL", *filters.period_conditions("opened_on"), *filters.value_conditions()]
    words = f"tickets opened in {period_text(month, Grain.MONTH)} are still open, the oldest first"
    selection = Selection(words, " AND ".join(conditions), filters.parameters(), "opened_at, ticket_id")
    open_selection(f"Opened in {period_text(month, Grain.MONTH)} and still open", selection, engine)


def _overall_words(found: HonestMttr) -> str:
    """The whole period in one line: median, share within the target, restricted mean."""
    curve, horizon = found.overall.whole, found.overall.horizon_hours
    mean = curve.restricted_mean(horizon)
    rest = f" Of its first {horizon / 24:.0f} days a ticket is open for {hours_text(mean)} on average." if mean else ""
    said = found.overall.sentence
    return f"In the period chosen: {said[0].lower()}{said[1:]} {_within_words(curve.within(found.target_hours))}{rest}"


def _within_words(within: Within) -> str:
    if within.share is None or within.lo is None or within.hi is None:
        return f"The share within the target of {hours_text(within.hours)} cannot be told: {within.reason}."
    return (
        f"{within.share * 100:.1f} % end within the target of {hours_text(within.hours)} "
        f"(95 % interval {within.lo * 100:.1f} to {within.hi * 100:.1f})."
    )


def _resolved_words(found: HonestMttr) -> str:
    newest = found.by_resolved.iloc[-1].to_dict()
    month = period_text(newest["month"].date(), Grain.MONTH)
    if pd.isna(newest["mean_hours"]):
        return f"Mean, median and 90th percentile by month resolved, to {month}"
    return f"By month resolved, to {month}: mean {hours_text(newest['mean_hours'])} there"


def _curve(found: HonestMttr) -> None:
    with st.expander(
        "The curve behind it: the share still open by time since opening", icon=":material/trending_down:"
    ):
        whole = found.overall.whole
        if whole.too_few:
            st.caption("Too few tickets for a curve.")
            return
        shown = max(min(whole.quantile(0.9) or whole.followed_hours, whole.followed_hours), found.target_hours * 1.5)
        figure = survival_figure(whole.points(), found.target_hours, shown)
        st.plotly_chart(figure, config=CONFIG, key="survival_curve", alt=found.overall.sentence)
        basis_line("The curve of tickets still open", found.overall.basis, "survival_curve")
