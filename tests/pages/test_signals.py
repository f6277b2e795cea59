"""Signals on the Overview: each card says whether it is a signal, and a baseline is reset and brought back there."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import open_store
from tests.pages.desk_page import AS_OF, HOSTILE, markdown_places, run_page, words
from tests.warehouse_of import snapshot_of

WEEKS = 40


def _desk() -> list[dict[str, Any]]:
    """Six tickets a week in 10 or 12 hours; in the last five weeks it takes 40."""
    last = AS_OF - timedelta(days=AS_OF.weekday())
    opened = [(week, last - timedelta(weeks=week)) for week in range(WEEKS) for _ in range(6)]
    hours = [40 if week <= 5 else 10 + 2 * (week % 2) for week, _ in opened]
    return [
        {"opened_at": day, "resolved_at": day + timedelta(hours=took), "status": "resolved", "reassignment_count": 0}
        for (_, day), took in zip(opened, hours, strict=True)
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    snapshot_of(_desk(), tmp_path)
    yield tmp_path
    st.cache_resource.clear()


def _captions(app: AppTest) -> dict[str, str]:
    found = [button for button in app.button if button.key and button.key.startswith("signal_")]
    return {button.key.removeprefix("signal_"): button.label for button in found}


def test_each_card_says_signal_or_noise(folder: Path) -> None:  # noqa: ARG001 - what is shown
    app = run_page("overview")
    assert not app.exception
    assert _captions(app) == {
        "mttr": ":red[Signal since week 22]",  # 30 June 2026 is in week 27
        "fcr": "Within normal variation",
        "sla_adherence": "Cannot tell yet",
        "volume": "Within normal variation",
        "backlog": "Within normal variation",
    }


def test_a_signal_opens_its_weeks(folder: Path) -> None:  # noqa: ARG001 - what is shown
    app = run_page("overview")
    app.button(key="signal_mttr").click().run()
    said = "\n".join(str(getattr(element, "value", "")) for element in app._tree)  # a dialog is not in app.main
    # Of 39 whole weeks five are the signal, and the baseline ends three before it.
    assert f"higher than normal, worse. Normal for a week is 5.7 h to 16.4 h, from {39 - 5 - 3} weeks." in said


def _section() -> None:
    from datetime import date

    from analytics.filters import Filters
    from analytics.period import Grain
    from analytics.window import Preset
    from pages.components import warehouse
    from pages.components.signals_section import signals_section
    from pages.components.view import View

    engine = warehouse.engine()
    assert engine
    signals_section(View(Filters(end=date(2026, 7, 1)), Grain.WEEK, Preset.ALL, (), ()), engine)


def test_the_section_shows_all_five(folder: Path) -> None:  # noqa: ARG001 - what is shown
    app = AppTest.from_function(_section, default_timeout=60).run()
    assert not app.exception
    assert "1 of 4 weekly figures differs from normal variation: Mean time to resolve." in words(app)
    for title in ("Mean time to resolve", "First contact resolution", "SLA adherence", "Ticket volume", "Net flow"):
        assert f"**{title}**: " in words(app)


def test_a_baseline_is_reset_with_a_note_and_the_reset_undone(folder: Path) -> None:
    app = AppTest.from_function(_section, default_timeout=60).run()
    app.text_input(key="note_mttr").set_value(" ")
    app.button(key="reset_mttr").click().run()
    assert "The note is empty" in words(app)
    app.text_input(key="note_mttr").set_value(HOSTILE)
    app.button(key="reset_mttr").click().run()
    assert "**Mean time to resolve**: cannot tell yet: 1 week, 12 needed." in words(app)
    (kept,) = open_store(folder).baselines()
    assert (kept.kpi, kept.note, kept.undone) == ("mttr", HOSTILE, False)
    assert HOSTILE in [element.value for element in app.text]
    assert not set(markdown_places(app, HOSTILE)) - {"text_input"}
    assert _captions(run_page("overview"))["mttr"] == "Cannot tell yet"
    app.button(key="undo_mttr").click().run()
    assert "**Mean time to resolve**: signal since week 22" in words(app)
    assert open_store(folder).baselines()[0].undone
