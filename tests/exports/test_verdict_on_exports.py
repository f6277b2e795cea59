"""Edges, clean-ups and verdicts of real exports, and of the simulated desk whose clean-up is known.

The files are not part of the project: they lie in `shared/exports` beside the checkout, or these tests are skipped.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.filters import Filters
from analytics.flow.backlog_trend import backlog_trend
from analytics.flow.edges import CLOSED_ONLY, COLLAPSE, PARTIAL, RAMP_UP, START, edges
from analytics.flow.mass_closures import mass_closures
from analytics.flow.verdict import judged, verdict
from analytics.flow.weekly import weekly_flow
from analytics.period import Grain
from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import Desk, reopened

EXPORTS = ROOT.parent / "shared" / "exports"
FILES = {
    "uci": "servicenow-event-log/incident_event_log.zip",
    "volvo": "volvo-it/incidents.csv",
    "italian": "italian-helpdesk/finale.csv",
    "apache": "apache-jira/apache_jira_issues.csv",
    "chicago": "chicago-311/chicago311_sanitation.csv",
}
real = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)")
pytestmark = pytest.mark.slow
Loaded = Callable[[str], Desk]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`loaded(name)`: the desk of that export, imported once."""
    done: dict[str, Desk] = {}

    def load(name: str) -> Desk:
        if name not in done:
            cli = CommandLine(tmp_path_factory.mktemp(name))
            assert cli("import", str(EXPORTS / FILES[name]), "--json").code == 0
            done[name] = reopened(cli.folder)
        return done[name]

    yield load
    for desk in done.values():
        desk.engine.close()


def _kinds(desk: Desk) -> list[str]:
    return [mark.kind for mark in edges(desk.engine, Filters()).marks if mark.left_out]


@real
@pytest.mark.parametrize("name", FILES)
def test_the_weeks_are_the_kpis(loaded: Loaded, name: str) -> None:
    desk = loaded(name)
    frame = weekly_flow(desk.engine, Filters()).frame
    for column, kpi in (("opened", "inflow"), ("ended", "outflow"), ("open", "backlog")):
        expected = desk.by_period(kpi, Grain.WEEK)
        assert {f"{week:%Y-%m-%d}": count for week, count in zip(frame["week"], frame[column], strict=True)} == {
            f"{week:%Y-%m-%d}": expected.get(f"{week:%Y-%m-%d}") or 0 for week in frame["week"]
        }


@real
def test_the_servicenow_log_stops_and_holds_closed_tickets(loaded: Loaded) -> None:
    desk = loaded("uci")
    found = edges(desk.engine, Filters())
    assert _kinds(desk) == [RAMP_UP, COLLAPSE, CLOSED_ONLY]
    assert (found.first_week, found.last_week) == (date(2016, 3, 21), date(2016, 5, 23))
    assert verdict(desk.engine, Filters(start=date(2016, 11, 21))).verdict == "cannot tell"


@real
def test_the_volvo_log_has_no_week_to_judge_by(loaded: Loaded) -> None:
    desk = loaded("volvo")
    assert {START, COLLAPSE, CLOSED_ONLY} <= set(_kinds(desk))
    assert verdict(desk.engine, Filters()).sentence.startswith("Cannot tell: the window has no whole week")


@real
def test_slow_growth_of_the_apache_issues_is_not_cut(loaded: Loaded) -> None:
    desk = loaded("apache")
    assert _kinds(desk) == [PARTIAL, PARTIAL]
    assert verdict(desk.engine, Filters()).verdict == "growing"


@real
def test_the_few_chicago_requests_before_2011_are_no_weeks(loaded: Loaded) -> None:
    found = edges(loaded("chicago").engine, Filters())
    assert next(mark.end for mark in found.marks if mark.kind == START) == date(2011, 1, 3)
    assert found.first_week is not None
    assert found.first_week > date(2011, 1, 3)


@real
def test_the_clean_ups_of_the_apache_issues_are_marked(loaded: Loaded) -> None:
    desk = loaded("apache")
    marked = mass_closures(desk.engine, Filters()).frame
    days = [f"{day:%Y-%m-%d}" for day in marked["day"]]
    assert {"2011-12-31", "2014-07-21", "2014-07-23", "2014-07-30", "2018-09-01"} <= set(days)
    assert len(days) <= 10  # in fifteen years
    assert (marked["median_age_days"] > 365).all()
    trend = backlog_trend(desk.engine, Filters(), "category")
    assert trend.frame["open"].iloc[-1] == 8_469
    assert (trend.parts.sum(axis=1) == trend.frame["open"]).all()


@real
@pytest.mark.parametrize("name", ["uci", "volvo", "italian", "chicago"])
def test_no_clean_up_is_marked_where_there_is_none(loaded: Loaded, name: str) -> None:
    assert mass_closures(loaded(name).engine, Filters()).frame.empty


@real
def test_of_most_windows_of_service_desks_it_cannot_be_told(loaded: Loaded) -> None:
    print()
    for name in ("italian", "chicago", "apache"):
        desk = loaded(name)
        frame = weekly_flow(desk.engine, Filters()).frame
        weeks = frame[~frame["partial"] & edges(desk.engine, Filters()).usable(frame["week"])].reset_index(drop=True)
        for length in (13, 26):
            windows = [weeks.iloc[first : first + length] for first in range(0, len(weeks) - length + 1, 4)]
            calls = Counter(judged(window.reset_index(drop=True)).verdict for window in windows)
            shares = {word: f"{count / len(windows):.0%}" for word, count in calls.items()}
            print(f"{name}, {length} weeks, {len(windows)} windows: {shares}")
            # Their levels return to where they were, so that a verdict of growth or decline is mostly wrong.
            if name != "apache":
                assert calls["cannot tell"] >= 0.89 * len(windows)


def test_the_planted_clean_up_is_marked_and_nothing_else(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path)
    assert cli("demo", "--json").code == 0
    truths = json.loads((tmp_path / "truths.json").read_text(encoding="utf-8"))["truths"]
    (planted,) = [truth for truth in truths if truth["kind"] == "bulk_clean_up"]
    document = cli("verdict", "--json").document
    (found,) = document["mass_closures"]
    assert found["day"] == planted["where"]["at"][:10]
    assert found["excess"] == pytest.approx(planted["magnitude"]["tickets"], rel=0.1)
    assert "growing" in document["without_clean_ups"]
    recent = cli("verdict", "--from", "2026-04-02", "--json").document
    assert recent["verdict"] == "growing"
