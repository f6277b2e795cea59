"""The frame around a page that needs data: a welcome while there is none, and calm words when something fails."""

import logging
from collections.abc import Callable

import streamlit as st

from analytics.errors import BacklightError
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
    except Exception:
        # Streamlit's own signals (rerun, stop) are no Exceptions; what is left is a fault, told without its insides.
        _LOG.exception("A page failed")
        st.error(
            "This page could not be drawn. Your data is unharmed. Reload the page; if it happens again, the server's log "
            "says why.",
            icon=":material/error:",
        )
