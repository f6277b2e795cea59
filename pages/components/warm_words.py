"""Words warmed up: what the first question after a start or an import needs, gathered before anybody asks it."""

import logging
from importlib import import_module
from threading import Timer

import streamlit as st

from analytics.warehouse.engine import Engine

_LOG = logging.getLogger(__name__)
# The page is with its reader by then, who has not typed a question yet.
SOON = 1.0
waiting: list[Timer] = []


def warm_words(engine: Engine) -> None:
    """Gather them once per snapshot, a moment after a page is drawn and behind its back."""
    _begun(engine, engine.snapshot)


@st.cache_resource(max_entries=4, show_spinner=False)
def _begun(_engine: Engine, snapshot: str) -> Timer:  # noqa: ARG001 - the cache's key
    """The snapshot before is not warmed any more: nobody will ask about it."""
    while waiting:
        waiting.pop().cancel()
    timer = Timer(SOON, _warm, (_engine,))
    timer.daemon = False  # a page's thread is one; broken off in the midst of a query at the end, it takes Python down
    waiting.append(timer)
    timer.start()
    return timer


def _warm(engine: Engine) -> None:
    """Reading any question builds all that reading needs; loading the machinery of answers takes a second by itself."""
    from analytics.ask.grammar import read_question
    from pages.components.asked_question import known_words

    try:
        import_module("pages.components.ask_page")
        read_question("ticket volume", known_words(engine))
    except Exception:  # noqa: BLE001 - the first question then pays for it, and tells what is wrong
        _LOG.warning("The words of questions could not be gathered ahead", exc_info=True)
