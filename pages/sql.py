"""SQL: read-only statements over the canonical tables, for analysts."""

from analytics.warehouse.engine import Engine
from pages.components.page import data_page
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    title_row("SQL", engine)


data_page(_show)
