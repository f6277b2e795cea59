"""Explore: any KPI split, filtered, compared and charted by clicking."""

from analytics.warehouse.engine import Engine
from pages.components.page import data_page
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    title_row("Explore", engine)


data_page(_show)
