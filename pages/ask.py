"""Ask: a question in words, and its answer with everything behind it."""

from analytics.warehouse.engine import Engine
from pages.components.page import data_page
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    title_row("Ask", engine)


data_page(_show)
