"""Leads: the pages that look further into what an answer says, each opened at the view the sentence is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.extent import bounded
from analytics.filters import NOT_RECORDED, Filters
from analytics.kpi import Kpi
from analytics.warehouse.engine import Engine
from analytics.window import Preset

BACKLOG, RESOLUTION, FORECAST = "pages/backlog.py", "pages/resolution.py", "pages/forecast.py"
DEFINITIONS, EXPLORE = "pages/definitions.py", "pages/explore.py"
NOT_NARROWED = (
    "The page that looks further takes a period and wanted values alone, so there is no link to it for this question."
)
_LAST_DAY = date(2199, 12, 31)


@dataclass(frozen=True)
class Lead:
    """The page that looks further: its script, our words for the link, and the query parameters it takes."""

    page: str
    label: str
    address: dict[str, list[str]]


def view_lead(engine: Engine, page: str, label: str, filters: Filters, **shown: str) -> tuple[Lead, ...]:
    """The lead to a page with a filter bar; none where the bar cannot be set to the filters."""
    address = view_address(engine, filters)
    if address is None:
        return ()
    return (Lead(page, label, address | {name: [text] for name, text in shown.items()}),)


def definition_lead(kpi: Kpi) -> Lead:
    """The KPI on the page of definitions."""
    return Lead(DEFINITIONS, f"{kpi.title}: rows used, caveats and source", {"kpi": [kpi.name]})


def view_address(engine: Engine, filters: Filters) -> dict[str, list[str]] | None:
    """The parameters that set a page's filter bar; None where it cannot be set so."""
    if not filters.are_plain:
        return None
    values = {
        name: [NOT_RECORDED if value is None else str(value) for value in listed] for name, listed in filters.where
    }
    if filters.start is None and filters.end is None:
        return {"period": [Preset.ALL.value]} | values
    window = bounded(engine, filters)
    if window.start is None or window.end is None or window.end > _LAST_DAY:
        return None
    days = list(dict.fromkeys((window.start, window.end - timedelta(days=1))))
    return {"period": [Preset.DATES.value], "dates": [day.isoformat() for day in days]} | values
