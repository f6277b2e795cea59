"""What stands behind the findings on chasers and on starters: pictures with alt texts, calm words, inert names."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.desk_page import HOSTILE, markdown_places, words
from tests.warehouse_of import snapshot_of

MONDAY = datetime.fromisoformat("2026-03-02 08:00")


def _desk() -> list[dict[str, Any]]:
    """Twenty people who ask once each, and thirty starters of whom ten are late, all of them at one site."""
    tickets = []
    for n in range(20):
        raised = {"ticket_type": "incident", "requester": f"Person {n}", "assignment_group": HOSTILE}
        opened = MONDAY + timedelta(days=n % 5)
        tickets.append(raised | {"ticket_id": f"INC{n:06}", "title": f"Fault {n} of the door", "opened_at": opened})
        asks = {"title": f"Any update on INC{n:06}?", "opened_at": opened + timedelta(days=3)}
        tickets.append(raised | asks | {"ticket_id": f"ASK{n:06}"})
    for n in range(30):
        late, site = n < 10, HOSTILE if n < 12 else "London"
        tickets.append(
            {
                "ticket_id": f"S{n}", "ticket_type": "request", "category": "Onboarding", "site": site,
                "title": f"Desk and laptop {n}", "department": "Sales" if n % 2 else "Finance", "status": "resolved",
                "opened_at": MONDAY - timedelta(days=14), "needed_by": MONDAY + timedelta(days=3),
                "resolved_at": MONDAY + timedelta(days=4 if late else 1),
            }
        )  # fmt: skip
    return [*tickets, {"ticket_id": "LAST", "title": "Printer", "opened_at": MONDAY + timedelta(days=20)}]


def _run(name: str, folder: Path, tickets: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> AppTest:
    snapshot_of(tickets, folder)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(folder))
    script = f"""
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_part import {name}_part
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_part(filter_bar(engine), engine))
"""
    return AppTest.from_string(script, default_timeout=60).run()


def _alts(app: AppTest) -> list[str]:
    return [element.proto.alt for element in app.get("plotly_chart")]


def test_chasers_have_their_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run("chasers", tmp_path, _desk(), monkeypatch)
    assert not app.exception
    assert "How they were found: names the earlier ticket (20)." in words(app)
    alts = _alts(app)
    assert len(alts) == 2
    assert "2 to 5 days: 20" in alts[0]
    assert "The median is 72.0 h." in alts[0]
    assert alts[1].startswith("Contacts by the group that holds the ticket asked about. Most, 20,")
    assert not markdown_places(app, HOSTILE)


def test_starters_have_their_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run("starters", tmp_path, _desk(), monkeypatch)
    assert not app.exception
    alts = _alts(app)
    assert len(alts) == 3
    assert "2 to 5 days early: 20" in alts[0]  # two business days exactly
    assert "under 1 day late: 10" in alts[0]
    assert "At which site do starters wait?" in alts[1]
    assert "83 % of 12 late" in alts[1]  # ten of twelve
    assert "Orange stands out beyond chance." in words(app)
    assert "None stands out beyond chance." in words(app)  # the departments
    assert not markdown_places(app, HOSTILE)


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("chasers", "With titles and requesters in the export, contacts that ask for news are counted here."),
        ("starters", "With requests for new joiners that say their first day, readiness is drawn here."),
    ],
)
def test_calm_words_where_there_is_nothing_to_tell(
    part: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = _run(part, tmp_path, [{"ticket_id": "A", "opened_at": MONDAY}], monkeypatch)
    assert not app.exception
    assert says in words(app)
    assert not _alts(app)
