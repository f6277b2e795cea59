"""The Ask page once something was asked: the terms as chips, the answer, and what the reading was not sure of."""

import contextlib

import streamlit as st

from analytics.ask.answer import Answer, answer
from analytics.ask.question import Question
from analytics.ask.question_address import question_address
from analytics.ask.question_words import question_words
from analytics.errors import BacklightError
from analytics.warehouse.engine import Engine
from pages.components.ask_answer import ask_answer
from pages.components.ask_chips import ask_chips
from pages.components.ask_doubt import other_readings, reading_notes, refused
from pages.components.ask_suggestions import ask_suggestions
from pages.components.asked_question import Asked, known_words
from pages.components.message import show_error
from pages.components.results import asked
from pages.components.warehouse import store

_KEPT = "asked_kept"


def answered(found: Asked, engine: Engine) -> None:
    """Draw what the address asks for."""
    reading = found.reading
    if found.error is not None:
        show_error(found.error, "This cannot be asked")
        ask_suggestions(engine)
        return
    if found.question is None:
        if reading is not None and reading.refusal is not None:
            refused(reading.refusal)
        return
    ask_chips(found.question, engine, known_words(engine).as_of)
    if reading is not None:
        reading_notes(reading)
    _answer(found.question, engine)
    if reading is not None:
        other_readings(reading)
    _keep(found.question)


def _answer(question: Question, engine: Engine) -> None:
    try:
        shown: Answer = asked(answer, engine, question)
    except BacklightError as error:
        show_error(error, "This cannot be answered")
        return
    ask_answer(shown, engine)


def _keep(question: Question) -> None:
    """One of the latest questions, once in a row and after everything is drawn; a store that refuses it is fine."""
    address = question_address(question)
    if st.session_state.get(_KEPT) == address:
        return
    st.session_state[_KEPT] = address
    with contextlib.suppress(BacklightError):
        store().asked_questions.keep(question_words(question), address)
