"""Backlog trend: how much is open day by day, split as asked, with what people and the records say about the days."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from analytics.flow.backlog_trend import OTHER, BacklogTrend, backlog_trend, open_selection_on
from analytics.flow.mass_closures import closure_sentences
from analytics.formatting import count_text, day_text
from analytics.period import Grain
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from pages.charts.backlog_trend import backlog_trend_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.notes import notes_row
from pages.components.results import asked
from pages.components.selection import open_selection, selection_button
from pages.components.split_choice import split_choice
from pages.components.view import View
from pages.components.warehouse import store

SPLIT = "split"
_KEY = "backlog_trend"
_MOST_LISTED = 3
_DAY = timedelta(days=1)


def backlog_trend_section(view: View, engine: Engine) -> None:
    """Draw the level over the view's window."""
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.subheader("Open tickets", anchor=False, width="content")
            dimension = split_choice(engine, SPLIT)
        found = asked(backlog_trend, engine, view.filters, dimension)
        if found.frame.empty:
            st.markdown("There is no day to show: no ticket of this selection has an opening time.")
            return
        _draw(found, engine)


def _draw(found: BacklogTrend, engine: Engine) -> None:
    notes, sentence = store().annotations(), trend_sentence(found)
    st.markdown(sentence)
    event: Any = st.plotly_chart(
        backlog_trend_figure(found, [(note.day, note.text) for note in notes]), config=CONFIG, key=_KEY, alt=sentence,
        on_select="rerun",
    )  # fmt: skip
    _marks(found, engine)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"):
        basis_line("Open tickets", found.basis, _KEY)
        notes_row(notes, found.last_day(len(found.frame) - 1))
    point = clicked(event, _KEY)
    if point is not None and point.get("customdata"):
        open_selection("Open tickets", behind(found, *point["customdata"][:2]), engine)


def trend_sentence(found: BacklogTrend) -> str:
    """The level at the window's end, such as `590 tickets are open on 30 Jun 2026, 187 more than on 1 Apr ...`."""
    level, last = int(found.frame["open"].iloc[-1]), len(found.frame) - 1
    change = level - found.before
    day, since = day_text(found.last_day(last)), _since(found)
    if not level and not change:
        return f"No ticket is open at the end of {day}, nor was one {since}."
    words = f"{count_text(abs(change))} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
    verb = "ticket is" if level == 1 else "tickets are"
    counts = [count_text(count) if count else none for count, none in ((level, "No"), (found.before, "none"))]
    return f"{counts[0]} {verb} open at the end of {day}, {words} {since} ({counts[1]})."


def _since(found: BacklogTrend) -> str:
    return f"on {day_text(found.filters.start - _DAY)}" if found.filters.start else "before"


def behind(found: BacklogTrend, place: int, part: int | None) -> Selection:
    """The tickets of a point: all open then, or those of one part; `other` stands for all."""
    filters = found.filters
    if found.dimension and part is not None and part < len(found.values):
        filters = filters.only(found.dimension, found.values[part])
    return open_selection_on(filters, found.last_day(place))


def _marks(found: BacklogTrend, engine: Engine) -> None:
    """What the marks in the picture mean, and the way to the tickets of a clean-up."""
    period = "day" if found.grain is Grain.DAY else "week"
    rest = f" '{OTHER}' are all further values." if OTHER in found.parts else ""
    stacked = f" The areas add up to the whole.{rest}" if len(found.parts.columns) else ""
    with st.container(gap=None):
        st.caption(f"At the end of each {period}. Click a point for its tickets.{stacked}")
        for mark in found.marks:
            st.caption(f"**{mark.kind.capitalize()}.** {mark.sentence}")
        _clean_ups(found, engine)


def _clean_ups(found: BacklogTrend, engine: Engine) -> None:
    """A line for each, behind one more click where there are many."""
    days: list[date] = [day.date() for day in found.closures.frame["day"]]
    many = len(days) > _MOST_LISTED
    place = st.expander(f"{len(days)} clean-ups", icon=":material/mop:") if many else st.container(gap="xxsmall")
    for day, sentence in zip(days, closure_sentences(found.closures.frame), strict=True):
        with place, st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"**Clean-up.** {sentence}", width="content")
            selection_button("Its tickets", "Clean-up", found.closures.selection(day), engine, f"clean_up_{day}")
