"""Sections on time to resolve, SLA, breaches and first contact: sentence, calm words, inert names, sound figures."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.charts.breach_risk import calibration_figure
from pages.charts.honest_mttr import honest_mttr_figure, resolved_figure
from pages.charts.sla_views import sla_figure
from pages.charts.survival import survival_figure
from tests.pages.desk_page import AS_OF, HOSTILE, busy_desk, markdown_places, ticket, words
from tests.warehouse_of import snapshot_of

SECTIONS = ("honest_mttr", "sla", "breach_risk", "first_contact")


def _run(name: str) -> AppTest:
    script = f"""
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""
    return AppTest.from_string(script, default_timeout=60).run()


def _loaded(tickets: list[dict[str, Any]], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of(tickets, folder)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(folder))


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("honest_mttr", "Of the tickets opened in Jun 2026"),
        ("sla", "met the resolution target"),
        ("breach_risk", "5 open tickets are not yet due"),
        ("first_contact", "First contact resolution is"),
    ],
)
def test_the_sentence_answers(section: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = [
        ticket(1, None, due_at=AS_OF + timedelta(days=n), title=HOSTILE, assignment_group=HOSTILE) for n in range(1, 6)
    ]
    _loaded([*busy_desk(), *ahead], tmp_path, monkeypatch)
    app = _run(section)
    assert not app.exception
    assert not app.error
    assert says in words(app)
    assert not markdown_places(app, "127.0.0.1")


@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("honest_mttr", "Too few tickets"),
        ("sla", "takes due times"),
        ("breach_risk", "No open ticket has a due time ahead"),
        ("first_contact", "cannot be told"),
    ],
)
def test_what_is_missing_is_said_calmly(
    section: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _loaded([ticket(3, None), ticket(0, 0)], tmp_path, monkeypatch)
    app = _run(section)
    assert not app.exception
    assert not app.error
    assert says in words(app)


def test_a_month_without_a_median_yet_is_an_open_arrow() -> None:
    months = pd.DataFrame(
        {
            "month": pd.to_datetime(["2026-04-01", "2026-05-01"]), "tickets": [100, 90], "still_open_share": [0.1, 0.6],
            "median_hours": [10.0, 4.0], "honest_median_hours": [12.0, None], "more_than_hours": [None, 500.0],
        }
    )  # fmt: skip
    traces = {trace.name: trace for trace in honest_mttr_figure(months).data}
    assert list(traces["honest median: more than this"].y) == [500]
    assert traces["honest median: more than this"].marker.symbol == "triangle-up-open"
    assert list(traces["still open"].y) == [0.1, 0.6]
    assert traces["conventional median"].customdata[0][0] == "10.0 h"


def test_business_hours_are_drawn_where_they_are_known() -> None:
    months = pd.DataFrame({"month": pd.to_datetime(["2026-04-01"]), "mean_hours": [9.0], "median_hours": [4.0]})
    plain = resolved_figure(months.assign(p90_hours=20.0))
    assert [trace.name for trace in plain.data] == ["90th percentile", "mean", "median"]
    assert len(resolved_figure(months.assign(p90_hours=20.0, business_mean_hours=3.0)).data) == 4


def test_names_of_an_export_are_inert_in_the_sla_chart() -> None:
    split = pd.DataFrame(
        {
            "assignment_group": ["<a href='x'>net</a>", None], "tickets": [50, 20], "ours": [0.7, 0.9],
            "conventional": [0.8, 0.9], "breached_and_open": [7.0, 0.0],
        }
    )  # fmt: skip
    points = sla_figure(split, "assignment_group").data[-1]
    assert list(points.y) == ["&lt;a href='x'&gt;net&lt;/a&gt;", "not recorded"]
    assert list(points.x) == [0.7, 0.9]


def test_the_calibration_has_a_point_a_bin() -> None:
    bins = pd.DataFrame({"predicted": [0.1, 0.8], "missed": [0.0, 0.9], "tickets": [10, 40]})
    points = calibration_figure(bins).data[-1]
    assert (list(points.x), list(points.y)) == ([0.1, 0.8], [0.0, 0.9])
    assert points.customdata[1][0] == "40"


def test_the_curve_is_drawn_in_steps_up_to_what_is_shown() -> None:
    columns = {"survival": [1.0, 0.4], "lo": [1.0, 0.3], "hi": [1.0, 0.5], "at_risk": [10, 10]}
    figure = survival_figure(pd.DataFrame({"hours": [0.0, 5.0], **columns}), 24, 48)
    assert figure.data[-1].line.shape == "hv"
    assert list(figure.layout.xaxis.range) == [0, 48]
