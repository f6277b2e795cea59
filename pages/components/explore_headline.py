"""Explore's headline: the number, its change, its course over time, and the ways to what stands behind it."""

import streamlit as st

from analytics.filters import Filters
from analytics.headline import Headline, headline
from analytics.kpis import find_kpi
from analytics.measure import KpiResult, measure
from analytics.period import Grain
from analytics.query import compose
from analytics.trend import Trend, sentence, trend
from analytics.warehouse.engine import Engine
from analytics.window import whole_periods
from pages.charts.explore_trend import explore_trend_figure
from pages.charts.theme import CONFIG
from pages.components.clicked import clicked
from pages.components.explanation import explain
from pages.components.explore_state import GRAIN, Explored, put
from pages.components.explore_tickets import open_tickets, tickets_link
from pages.components.results import asked

_AUTO = "auto"


def explore_headline(shown: Explored, engine: Engine) -> None:
    """The number with its change, the definition and the tickets."""
    result = asked(measured, engine, shown.question.kpi, shown.filters)
    before = asked(measured, engine, shown.question.kpi, shown.earlier) if shown.earlier else None
    line = headline(result, before, None)
    with st.container(border=True, height="stretch", gap="xxsmall", key="explore_headline"):
        _number(line)
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if st.button("How?", key="explore_how", type="tertiary", icon=":material/info:"):
                explain(result.kpi, shown.view, engine)
            tickets_link(shown.over(shown.filters))


def _number(line: Headline) -> None:
    st.metric(
        line.kpi.title,
        line.value if line.known else f":gray[{line.value}]",
        line.change,
        delta_color="gray" if line.better is None else "green" if line.better else "red",
        delta_arrow="off" if line.higher is None else "up" if line.higher else "down",
    )
    st.caption(line.basis[0].upper() + line.basis[1:])


def explore_trend(shown: Explored, engine: Engine) -> None:
    """The course over time; a click on a period opens its tickets."""
    course = asked(measured_trend, engine, shown.question.kpi, shown.filters, shown.grain)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        left_out = f" Gaps: {course.left_out} with fewer than five tickets." if course.left_out else ""
        st.caption(f"Click a period for its tickets. Pale or dotted: not finished yet.{left_out}", width="stretch")
        _choose_grain(shown)
    if course.frame.empty:
        st.caption("No tickets to draw over time.")
        return
    event = st.plotly_chart(
        explore_trend_figure(course), config=CONFIG, key="explore_trend", alt=sentence(course), on_select="rerun",
        selection_mode="points",
    )  # fmt: skip
    point = clicked(event, "explore_trend")
    if point:
        _open_period(point, course, shown, engine)


def measured(engine: Engine, kpi: str, filters: Filters) -> KpiResult:
    """The KPI, not split."""
    return measure(engine, compose(find_kpi(kpi), filters))


def measured_trend(engine: Engine, kpi: str, filters: Filters, grain: Grain) -> Trend:
    """The KPI over whole periods."""
    return trend(measure(engine, compose(find_kpi(kpi), whole_periods(filters, grain), grain=grain)))


def _open_period(point: dict[str, object], course: Trend, shown: Explored, engine: Engine) -> None:
    rows = course.frame[course.frame["label"] == list(point["customdata"])[2]]  # type: ignore[call-overload]
    if len(rows):
        start = rows["period"].iloc[0].date()
        open_tickets(shown.over(shown.filters.between(start, shown.grain.next(start))), shown, engine)


def _choose_grain(shown: Explored) -> None:
    names = [_AUTO, *(grain.value for grain in Grain)]
    st.session_state.explore_grain = shown.question.grain.value if shown.question.grain else _AUTO
    st.selectbox(
        "Grain", names, key="explore_grain", label_visibility="collapsed", width=150, on_change=_keep_grain,
        format_func=lambda name: f"Per {shown.view.grain.value} (fits)" if name == _AUTO else f"Per {name}",
    )  # fmt: skip


def _keep_grain() -> None:
    chosen = st.session_state.explore_grain
    put({GRAIN: [] if chosen == _AUTO else [chosen]})
