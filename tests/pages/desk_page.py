"""A page over a small desk of tickets, run without a browser."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
AS_OF = datetime.fromisoformat("2026-06-30 12:00")
HOSTILE = "![x](http://127.0.0.1:9/x.png) **bold** <b>b</b>"
# Elements that show whatever they are given without acting on it.
INERT = ("text", "code", "json", "dataframe", "arrow_data_frame", "plotly_chart", "echarts_chart", "multiselect")


def ticket(days: float, hours: float | None = 10, **more: Any) -> dict[str, Any]:
    """A ticket opened so many days before the as-of time; `hours` to resolve it, None while it is open."""
    opened = AS_OF - timedelta(days=days)
    resolved = {"resolved_at": opened + timedelta(hours=hours), "status": "resolved"} if hours is not None else {}
    return {"opened_at": opened, "status": "new", "category": "Mail", "priority": 3, **resolved, **more}


def busy_desk() -> list[dict[str, Any]]:
    """Two tickets a day for half a year, due in a day; of the newer half some are late; five are open."""
    tickets = [
        ticket(day, 30 if day < 90 and number and day % 2 else 10, due_at=AS_OF - timedelta(days=day - 1),
               reply_count=1, assignment_group=("Desk", "Network")[day % 2], ticket_type="incident",
               reassignment_count=day % 3)
        for day in range(1, 181) for number in (0, 1)
    ]  # fmt: skip
    return [*tickets, *(ticket(days, None) for days in range(10, 15)), ticket(0, 0)]


def run_page(page: str, /, **address: str | list[str]) -> AppTest:
    """The page at an address, after its first run."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    if page != "overview":
        app.switch_page(f"pages/{page}.py")
    return app.run()


def words(app: AppTest) -> str:
    """Everything the page says, element by element."""
    return "\n".join(str(getattr(element, "value", "")) for element in app.main)


def markdown_places(app: AppTest, needle: str) -> list[str]:
    """Kinds of elements that hold the text and read Markdown."""
    found = [
        element for element in app.main if needle in str(getattr(element, "proto", "")) and element.type not in INERT
    ]
    return [element.type for element in found]
