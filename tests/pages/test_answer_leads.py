"""The pages that an answer leads to say there what the answer said."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analytics.ask.answer import answer
from analytics.ask.question_address import question_of
from analytics.warehouse.engine import open_engine
from tests.pages.desk_page import busy_desk, run_page, words
from tests.warehouse_of import snapshot_of

Load = Callable[[Iterable[dict[str, Any]]], Path]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """`load(tickets)`: they are what the pages show, from the folder it hands back."""
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield lambda tickets: snapshot_of(tickets, tmp_path) and tmp_path
    st.cache_resource.clear()


MAY = {"from": ["2026-05-01"], "to": ["2026-06-01"]}
ASKED: dict[str, dict[str, list[str]]] = {
    "why the backlog changed": {"kpi": ["backlog"], "intent": ["why"], "period": ["this month"]},
    "why, of one group": {"kpi": ["backlog"], "intent": ["why"], "assignment_group": ["Network"], **MAY},
    "why the time to resolve changed": {"kpi": ["mttr"], "intent": ["why"], **MAY},
    "why it changed in the last 90 days": {"kpi": ["mttr"], "intent": ["why"]},
    "who owns what is open": {"kpi": ["backlog"], "intent": ["owners"]},
    "what lies ahead": {"kpi": ["backlog"], "intent": ["forecast"]},
    "what comes in until August": {
        "kpi": ["volume"],
        "intent": ["forecast"],
        "from": ["2026-07-01"],
        "to": ["2026-08-01"],
    },
    "when it is cleared": {"kpi": ["backlog"], "intent": ["forecast"], "threshold": ["<=2"]},
    "what a word means": {"kpi": ["fcr"], "intent": ["definition"]},
}


@pytest.mark.parametrize("asked", ASKED)
def test_the_page_says_what_the_answer_said(load: Load, asked: str) -> None:
    engine = open_engine(load(busy_desk()))
    assert engine.as_of is not None
    found = answer(engine, question_of(ASKED[asked], engine.as_of.date()))
    engine.close()
    lead, *_ = found.leads
    app = run_page(Path(lead.page).stem, **lead.address)
    assert not app.exception
    assert not app.error
    shown = _plain(words(app))
    said = [part for part in _plain(found.sentence).removesuffix(".").split(". ") if part]
    # Before the colon stands when, and of what: on the page that is the filter bar.
    assert (said[0] in shown) or (said[0].split(": ", 1)[-1] in shown) or _foretold(said[0], shown), said[0]
    assert not [part for part in said[1:2] if part.startswith(("category", "assignment group")) and part not in shown]


def _foretold(said: str, shown: str) -> bool:
    """Whether the page foretells the same number for the same day; the answer starts from now, the page from a week."""
    told = re.search(r"at the present pace .*?(about [\d,]+) at the end of (\d+ \w+ \d{4})", said)
    return told is not None and f"{told[1]} by {told[2]}" in shown


def _plain(text: str) -> str:
    return text.replace("**", "").replace("\n", " ").casefold()
