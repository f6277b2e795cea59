"""How good is it? What past forecasts were worth, one of them as it would have been said, and a second opinion."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.forecast.backtest import FEWEST_KNOWN, FEWEST_ORIGINS
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.fan import LEVELS
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.outlook import TITLES, replayed
from analytics.forecast.scorecard import SEASON_WORDS, score_sentence, scorecard
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine
from pages.charts.backtest import coverage_figure, error_figure
from pages.charts.fan import fan_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.reach import reach_choice
from pages.components.results import asked
from pages.components.second_opinion_section import second_opinion_section
from pages.components.view import View

SERIES, ORIGIN = "series", "origin"
_SERIES = (BACKLOG, INFLOW, OUTFLOW)
_HEIGHT = 320
# Per cent without decimals: of 24 origins they would mean nothing.
_DECIMALS = {f"coverage{level}": 2 for level in LEVELS}


def backtest_section(view: View, engine: Engine) -> None:
    """Draw the back-test of the series chosen; only this part is drawn again by its controls."""
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    words = st.container(gap="xxsmall")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        series = _series()
        reach = reach_choice()
    found = asked(forecast, engine, view.filters, reach.horizon, reach.grain)
    if found.tested is None:
        with words:
            st.markdown(f"**{_untested(found)}**")
        basis_line("How good is it", found.basis, "backtest")
        return
    with words:
        st.markdown(f"**{score_sentence(found.tested, series, reach.grain)}**")
        if series in found.withheld:
            st.caption("It does not beat saying 'as now', so 'What lies ahead?' does not show it.")
        if reach.horizon > found.tested.horizon:
            st.caption(f"Tested up to {found.tested.horizon} {reach.grain.value}s ahead, not {reach.words}.")
    _replay(found, series)
    _by_steps(found, series)
    _table(found)
    basis_line("How good is it", found.basis, "backtest")
    second_opinion_section(found, series, view, engine)


def _untested(found: Forecast) -> str:
    if found.refused:
        return found.refused
    grain = found.history.grain if found.history else None
    needed = f"more than {FEWEST_KNOWN[grain]} {grain.value}s" if grain else "more"
    return f"Not tested: it takes {needed} of the past to look back from at least {FEWEST_ORIGINS} origins."


def _series() -> str:
    st.session_state[SERIES] = asked_one(SERIES, _SERIES, BACKLOG)
    st.segmented_control(
        "Series", _SERIES, key=SERIES, required=True, format_func=TITLES.__getitem__, on_change=_keep_series,
        label_visibility="collapsed",
    )  # fmt: skip
    return str(st.session_state[SERIES] or BACKLOG)


def _keep_series() -> None:
    write(SERIES, [st.session_state[SERIES] or BACKLOG], [BACKLOG])


def _replay(found: Forecast, series: str) -> None:
    with st.container(gap="xxsmall"):
        st.subheader("What we would have said", anchor=False)
        st.fragment(_replayed)(found, series)


def _replayed(found: Forecast, series: str) -> None:
    """The slider over the origins, and the fan as it was then; a fragment of its own, so that it follows at once."""
    if found.tested is None:
        return
    origins = found.tested.backtests[series].origins
    days = [str(origin) for origin in origins]
    place = days.index(asked_one(ORIGIN, days, days[-1]))
    words = st.container()
    st.session_state[ORIGIN] = days[place]
    st.select_slider(
        "On this day", days, key=ORIGIN, format_func=lambda day: day_text(pd.Timestamp(day).date()),
        on_change=_keep_origin, args=(days[-1],), label_visibility="collapsed",
    )  # fmt: skip
    shown = replayed(found, series, place)
    with words:
        st.markdown(shown.sentence)
    st.plotly_chart(fan_figure(shown, _HEIGHT), config=CONFIG, key="replay", alt=shown.sentence)


def _keep_origin(last: str) -> None:
    write(ORIGIN, [st.session_state[ORIGIN]], [last])


def _by_steps(found: Forecast, series: str) -> None:
    if found.tested is None or found.history is None:
        return
    steps, step = found.tested.backtests[series].by_horizon(), found.history.grain.value
    errors, shares = st.columns(2, gap="medium")
    with errors, st.container(gap="xxsmall"):
        st.subheader(f"How many tickets off, by {step}s ahead", anchor=False)
        st.plotly_chart(
            error_figure(steps, step, "tickets"), config=CONFIG, key="error_by_step",
            alt=f"Mean error of {TITLES[series].casefold()} by {step}s ahead, ours and that of saying 'as now'",
        )  # fmt: skip
    with shares, st.container(gap="xxsmall"):
        st.subheader("What lay within the intervals", anchor=False)
        st.plotly_chart(
            coverage_figure(steps, step), config=CONFIG, key="coverage_by_step",
            alt=f"Share of what came within the 50, 80 and 95 % intervals by {step}s ahead",
        )  # fmt: skip
        st.caption("Dotted: the share that there should be.")
    with st.expander(f"By {step}s ahead, as a table", icon=":material/table:"):
        st.dataframe(
            steps.round(_DECIMALS), hide_index=True, height="content", key="backtest_steps",
            column_config={
                "step": st.column_config.NumberColumn(f"{step}s ahead".capitalize()),
                "error": st.column_config.NumberColumn("Mean error", format="%.1f", help="In tickets"),
                "naive_error": st.column_config.NumberColumn("Error of 'as now'", format="%.1f", help="In tickets"),
                "relative_error": st.column_config.NumberColumn(
                    "Ratio up to there", format="%.2f", help="Under 1 is closer than 'as now'"
                ),
                **_coverage_columns(),
            },
            alt=f"The back-test by {step}s ahead",
        )  # fmt: skip


def _table(found: Forecast) -> None:
    if found.tested is None or found.history is None:
        return
    season = SEASON_WORDS[found.history.grain]
    frame = scorecard(found.tested).round(_DECIMALS)
    frame.insert(1, "shown", ["no" if name in found.withheld else "yes" for name in frame["series"]])
    frame["series"] = [TITLES[name] for name in frame["series"]]
    number = st.column_config.NumberColumn
    st.subheader("All three series", anchor=False)
    st.dataframe(
        frame, hide_index=True, height="content", placeholder="", key="scorecard",
        column_config={
            "series": "Series",
            "shown": st.column_config.TextColumn("Shown", help="What loses to saying 'as now' is not shown"),
            "relative_error": number(
                "Error over 'as now'", format="%.2f", help="Our error over that of saying 'as now'; under 1 is better"
            ),
            "seasonal_relative_error": number(
                "Over last season", format="%.2f", help=f"Our error over that of saying '{season}'"
            ),
            "mase": number(
                "MASE", format="%.2f", help="Mean error over the mean change from one to the next in the past"
            ),
            "origins": number("Tested on", help="From how many past dates a forecast was made"),
            **_coverage_columns(),
        },
        alt="The back-test of the three series",
    )  # fmt: skip
    st.caption("Each past forecast uses only what was known on its day. Under 1 is better than the rival.")


def _coverage_columns() -> dict[str, Any]:
    return {
        f"coverage{level}": st.column_config.NumberColumn(f"Within {level} %", format="percent") for level in LEVELS
    }
