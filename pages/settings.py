"""Settings: what the numbers are counted by, for everybody who uses this database."""

from analytics.warehouse.engine import Engine
from pages.components.business_hours_section import business_hours_section
from pages.components.hourly_cost import hourly_cost_section
from pages.components.page import data_page
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    title_row("Settings", engine)
    business_hours_section(engine)
    hourly_cost_section()


data_page(_show)
