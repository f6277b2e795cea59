"""The frame around a page: a welcome while there is no data, and calm words when something fails."""

import logging
import runpy
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from analytics.errors import BacklightError
from analytics.warehouse.engine import Engine
from pages.components import warehouse
from pages.components.answer_clock import answer_clock
from pages.components.leaving import mend_address
from pages.components.message import show_error
from pages.components.warm_words import warm_words
from pages.components.welcome import welcome

_LOG = logging.getLogger(__name__)
_DASHBOARD = Path(__file__).parents[2] / "dashboard.py"


def page(show: Callable[[], None], needs_data: bool = True) -> None:
    """Draw the page with `show`; one that `needs_data`, once there is something to show."""
    if PagesManager.uses_pages_directory:
        # The server's first visitor came straight to this page, which Streamlit then runs by itself, without the
        # navigation and the wide layout; the dashboard draws them and runs the page again.
        runpy.run_path(str(_DASHBOARD))
        return
    mend_address()
    # A chart tells by it whether it was shown in the run before (see clicked.py).
    st.session_state.page_runs = st.session_state.get("page_runs", 0) + 1
    try:
        if needs_data and warehouse.engine() is None:
            welcome()
        else:
            show()
    except BacklightError as error:
        show_error(error)
    except Exception:  # noqa: BLE001 - whatever it is, the reader gets a sentence
        # Streamlit's own signals (rerun, stop) are no Exceptions; what is left is a fault, told without its insides.
        _LOG.exception("A page failed")
        st.error(
            "This page could not be drawn. Your data is unharmed. Reload the page; if it happens again, the server's "
            "log says why.",
            icon=":material/error:",
        )


def data_page(show: Callable[[Engine], None]) -> None:
    """The same for a page that shows what is in the current snapshot."""

    def with_data() -> None:
        engine = warehouse.engine()
        if engine is not None:
            with answer_clock(Path(show.__code__.co_filename).stem):
                show(engine)
            warm_words(engine)

    page(with_data)
