"""The picture of an answer; a click on a bar, point or cell leads to its tickets."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics.ask.answer import Answer
from analytics.ask.answer_tickets import ticket_filters
from analytics.ask.question import Question
from analytics.kpi import Direction
from pages.charts.answer import answer_figure, picture_words
from pages.charts.theme import CONFIG
from pages.components.clicked import clicked
from pages.components.explore_address import tickets_address
from pages.components.leaving import leave_for
from pages.components.warehouse import store

TICKETS = "pages/tickets.py"


def answer_picture(shown: Answer) -> None:
    """Draw it, unless the number says it all."""
    figure = answer_figure(shown, _target(shown), st.context.theme.type == "dark")
    if figure is None:
        return
    event: Any = st.plotly_chart(
        figure, config=CONFIG, key="answer_picture", on_select="rerun", selection_mode="points", alt=shown.sentence
    )
    point = clicked(event, "answer_picture")
    if point and point.get("customdata"):
        open_row(shown, int(point["customdata"][0]))
    st.caption(picture_words(shown))


def open_row(shown: Answer, place: int) -> None:
    """Go to the tickets of one row of the table."""
    if 0 <= place < len(shown.table):
        leave_for(TICKETS, tickets_link(shown, row_question(shown.question, shown.table.iloc[place])))


def row_question(question: Question, row: "pd.Series[Any]") -> Question:
    """The tickets of one row: its values and its period, without the split."""
    period = "" if question.grain else question.period
    return replace(question, filters=ticket_filters(question, row), period=period, by=(), grain=None)


def tickets_link(shown: Answer, question: Question) -> dict[str, list[str]]:
    """The address of the tickets behind a question; the page has a period of its own for one without."""
    return tickets_address(question, shown.as_of.date() if shown.as_of else None)


def _target(shown: Answer) -> float | None:
    """What the desk has set for itself, drawn where no threshold was asked for."""
    if shown.kpi.direction is Direction.NEUTRAL or shown.kpi.is_stock:
        return None
    return store().targets().get(shown.kpi.name)
