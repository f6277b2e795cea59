"""What the Ask page's address asks: a question in words, or the parts of one that chips or a link have set."""

from dataclasses import dataclass

import streamlit as st

from analytics.ask.grammar import read_question
from analytics.ask.question import Question
from analytics.ask.question_address import question_of
from analytics.ask.reading import Reading
from analytics.ask.vocabulary import Vocabulary, vocabulary
from analytics.errors import BacklightError
from analytics.warehouse.engine import Engine
from pages.components.address import asked_texts
from pages.components.ask_box import LONGEST, QUESTION
from pages.components.results import asked


@dataclass(frozen=True)
class Asked:
    """`text` is what was typed, `reading` what was made of it; `question` is None for a refusal, nothing, or `error`.

    Where the address holds the parts of a question, there is no reading: they say what is meant.
    """

    text: str = ""
    question: Question | None = None
    reading: Reading | None = None
    error: BacklightError | None = None


def asked_question(engine: Engine) -> Asked:
    """What the address asks; a bad address is an error to be shown, never a fault."""
    text = next(iter(asked_texts(QUESTION)), "")[:LONGEST]
    address = {name: asked_texts(name) for name in st.query_params if name != QUESTION}
    try:
        if "kpi" in address:
            return Asked(text, question_of(address, known_words(engine).as_of))
        if text:
            reading = asked(_read, engine, text)
            return Asked(text, reading.question, reading)
    except BacklightError as error:
        return Asked(text, error=error)
    return Asked()


def known_words(engine: Engine) -> Vocabulary:
    """The words of the snapshot, gathered once."""
    return asked(vocabulary, engine)


def _read(engine: Engine, text: str) -> Reading:
    return read_question(text, known_words(engine))
