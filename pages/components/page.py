"""The frame around a page: a welcome while there is no data, and calm words when something fails."""

import logging
from collections.abc import Callable

import streamlit as st

from analytics.errors import BacklightError
from analytics.warehouse.engine import Engine
from pages.components import warehouse
from pages.components.message import show_error
from pages.components.welcome import welcome

_LOG = logging.getLogger(__name__)


def page(show: Callable[[], None], needs_data: bool = True) -> None:
    """Draw the page with `show`; one that `needs_data`, once there is something to show."""
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
            show(engine)

    page(with_data)
