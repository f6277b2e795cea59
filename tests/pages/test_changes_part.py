"""Changes on a page: incidents by quarter, the share that failed by tier, and names that stay inert."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.desk_page import AS_OF, HOSTILE, busy_desk, markdown_places, ticket, words
from tests.warehouse_of import snapshot_of

_SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
from pages.components.changes_part import changes_part
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
PagesManager.uses_pages_directory = False
data_page(lambda engine: changes_part(filter_bar(engine), engine))
"""


def _change(days: float, outcome: str = "Successful", **more: Any) -> dict[str, Any]:
    ended = AS_OF - timedelta(days=days)
    fields = {"ticket_type": "change", "status": "closed", "planned_end_at": ended, "change_outcome": outcome}
    return {"opened_at": ended - timedelta(hours=6), **fields, "change_tier": "emergency", **more}


def _with_changes() -> list[dict[str, Any]]:
    """Eight changes, two failed, one of them on an item that then breaks eight times; six incidents are linked."""
    calm = [_change(20 * place + 100, configuration_item="SRV-1") for place in range(6)]
    bad = [_change(40, "Unsuccessful", configuration_item=HOSTILE, ticket_id=HOSTILE), _change(50, "Backed out")]
    burst = [ticket(40 - place / 10 - 0.01, ticket_type="incident", configuration_item=HOSTILE) for place in range(8)]
    linked = [ticket(30 + place, ticket_type="incident", caused_by_change_id=HOSTILE) for place in range(6)]
    return [*busy_desk(), *calm, *bad, *burst, *linked]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()
    shutil.rmtree(tmp_path)


def _run() -> AppTest:
    app = AppTest.from_string(_SCRIPT, default_timeout=60).run()
    assert not app.exception
    return app


def test_linked_and_possible_incidents_and_failures_are_shown(folder: Path) -> None:
    snapshot_of(_with_changes(), folder)
    app = _run()
    said = words(app)
    assert "Linked, and possibly caused, quarter by quarter" in said
    assert "How many changes failed, by tier" in said
    labels = [button.label for button in app.button]
    assert "6 linked" in labels
    assert "8 possible" in labels


def test_names_of_items_and_changes_reach_nothing_that_reads_markdown(folder: Path) -> None:
    snapshot_of(_with_changes(), folder)
    app = _run()
    next(button for button in app.button if button.label == "8 possible").click().run()
    assert not app.exception
    assert markdown_places(app, "127.0.0.1:9") == []


def test_without_changes_it_says_what_would_show_them(folder: Path) -> None:
    snapshot_of(busy_desk(), folder)
    app = _run()
    assert "With change records in the export" in words(app)
    assert not app.get("plotly_chart")
