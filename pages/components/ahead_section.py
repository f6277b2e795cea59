"""What lies ahead? The backlog as it was and as it goes on, what comes in and out, and the largest values each."""

import streamlit as st

from analytics.export import csv_bytes
from analytics.forecast.by_value import by_value, by_value_sentence
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.outlook import TITLES, numbers, outlook
from analytics.forecast.remedy import remedy
from analytics.forecast.scorecard import record_sentence
from analytics.warehouse.engine import Engine
from pages.charts.fan import fan_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.reach import Reach, reach_choice
from pages.components.results import asked
from pages.components.split_choice import split_choice
from pages.components.view import View

SPLIT = "ahead_by"
_LARGE, _SMALL = 360, 240


def ahead_section(view: View, engine: Engine) -> None:
    """Draw the forecast from the end of the view's window on; only this part is drawn again by its controls."""
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    words = st.container(gap="xxsmall")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        reach = reach_choice()
        dimension = split_choice(engine, SPLIT)
    found = asked(forecast, engine, view.filters, reach.horizon, reach.grain)
    with words:
        _say(found, view)
    with st.container(gap="xxsmall"):
        if found.history is not None:
            _draw(found, view, engine)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            basis_line("What lies ahead", found.basis, "ahead")
            if found.history is not None:
                _download(found)
    if dimension:
        _values(view, engine, dimension, reach)


def _say(found: Forecast, view: View) -> None:
    """The answer, or why there is none and what would help."""
    first, dot, rest = found.sentence.partition(". ")
    st.markdown(f"**{first}{dot.strip()}**{' ' if rest else ''}{rest}")
    if found.refused:
        st.caption(remedy(found, bool(view.filters.where)))
    elif found.tested is not None and BACKLOG in found.fans:
        st.caption(record_sentence(found.tested, BACKLOG))
    for note in found.notes:
        st.caption(note)


def _draw(found: Forecast, view: View, engine: Engine) -> None:
    _picture(found, BACKLOG, view, engine, _LARGE)
    for column, series in zip(st.columns(2, gap="medium"), (INFLOW, OUTFLOW), strict=True):
        with column, st.container(gap="xxsmall"):
            st.subheader(TITLES[series], anchor=False)
            _picture(found, series, view, engine, _SMALL)


def _download(found: Forecast) -> None:
    st.download_button(
        "Download the numbers as CSV", lambda: csv_bytes(numbers(found)), file_name="forecast.csv", mime="text/csv",
        icon=":material/download:", on_click="ignore", type="tertiary", key="ahead_csv",
    )  # fmt: skip


def _picture(found: Forecast, series: str, view: View, engine: Engine, height: int) -> None:
    shown = outlook(found, series, view.filters.start, engine.as_of)
    if series != BACKLOG and not found.refused:
        st.markdown(shown.sentence)
    st.plotly_chart(
        fan_figure(shown, height, legend=series == BACKLOG), config=CONFIG, key=f"ahead_{series}",
        alt=f"{TITLES[series]}. {shown.sentence}",
    )  # fmt: skip


def _values(view: View, engine: Engine, dimension: str, reach: Reach) -> None:
    """A row a value, each forecast by itself; values are an export's text, hence inert elements alone."""
    words = dimension.replace("_", " ")
    st.subheader(f"By {words}", anchor=False)
    with st.spinner("Forecasting each value"):
        frame = asked(by_value, engine, view.filters, dimension, reach.horizon, reach.grain)
    st.text(by_value_sentence(frame, dimension))
    if frame.empty:
        return
    number, step = st.column_config.NumberColumn, reach.grain.value
    st.dataframe(
        frame, hide_index=True, height="content", placeholder="", key=f"ahead_values_{dimension}",
        column_config={
            "value": st.column_config.TextColumn(words.capitalize()),
            "open": number("Open now", format="localized"),
            "expected": number(f"In {reach.words}", format="localized"),
            "change": number("Change", format="%+d"),
            "lo80": number("80 % from", format="localized"),
            "hi80": number("to", format="localized"),
            "relative_error": number(
                "Error", format="%.2f", help="In the back-test, over that of saying 'as now'; under 1 is better"
            ),
            "course": st.column_config.LineChartColumn(
                "Course", help=f"Open at the end of each {step}, and as expected from now on", y_min=0
            ),
            "reason": st.column_config.TextColumn("Not forecast because", width="large"),
        },
        alt=f"The forecast of the backlog by {words}",
    )  # fmt: skip
    st.caption("Each value is forecast by itself, so the rows need not add up to the whole.")
