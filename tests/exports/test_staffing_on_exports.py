"""Who is needed when, and kept forecasts, on real exports and on the simulated desk.

The files are not part of the project: they lie in `shared/exports` beside the checkout, or these tests are skipped.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import reopened

EXPORTS = ROOT.parent / "shared" / "exports"
real = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)")
pytestmark = pytest.mark.slow


def _imported(file: str, folder: Path) -> CommandLine:
    cli = CommandLine(folder)
    assert cli("import", str(EXPORTS / file), "--json").code == 0
    return cli


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    cli = CommandLine(tmp_path_factory.mktemp("demo"))
    assert cli("demo", "--json").code == 0
    return cli


def test_the_simulated_week_is_what_pandas_counts(simulated: CommandLine) -> None:
    document = simulated("staffing", "--json").document
    desk = reopened(simulated.folder)
    tickets = desk.engine.query("SELECT opened_at, ended_at FROM tickets")
    desk.engine.close()
    for column, counted in (("opened_at", "opened"), ("ended_at", "ended")):
        at = tickets[column].dropna()
        at = at[(at >= pd.Timestamp(document["from"])) & (at < pd.Timestamp(document["to"]))]
        expected = np.zeros(7 * 24, dtype=int)
        np.add.at(expected, (at.dt.day_of_week * 24 + at.dt.hour).to_numpy(), 1)
        assert [row[counted] for row in document["by_hour"]] == expected.tolist()
    assert document["person_hours"]["tickets_per_hour"] > 0
    assert sum(row["arrivals"] for row in document["by_hour"]) == pytest.approx(document["expected_per_week"], rel=1e-3)


def test_every_name_of_a_person_stays_away(simulated: CommandLine) -> None:
    desk = reopened(simulated.folder)
    names = desk.engine.query("SELECT DISTINCT assignee FROM tickets WHERE assignee IS NOT NULL")["assignee"]
    desk.engine.close()
    out = simulated("staffing", "--json").out + simulated("staffing").out
    assert len(names) > 10
    assert not [name for name in names if str(name) in out]


def test_forecasts_of_a_year_are_scored_and_add_up(simulated: CommandLine) -> None:
    for day in ("2025-07-07", "2025-10-06", "2026-01-05", "2026-04-06"):
        simulated("track", "--keep", day, "--to", day)
    found = simulated("track", "--json").document["forecasts"]
    assert [one["periods_come"] for one in found] == [12, 13, 13, 13]
    for one in found:
        assert one["verdict"] in ("on track", "at the edge", "off track")
        assert one["changed"] == ""
        if one["deviation"]:
            parts = one["deviation"]
            assert parts["tickets"] == pytest.approx(parts["start"] + parts["inflow"] - parts["outflow"], abs=0.01)
            assert parts["start"] == pytest.approx(0, abs=0.1)


@real
def test_an_export_with_days_only_says_so(tmp_path: Path) -> None:
    cli = _imported("chicago-311/chicago311_sanitation.csv", tmp_path)
    document = cli("staffing", "--json").document
    assert document["sentence"].startswith(
        "Cannot tell the hour: the export has days only. A week is expected to bring"
    )
    assert document["by_hour"] == []
    assert len(document["by_weekday"]) == 7


@real
def test_a_feed_that_stopped_is_read_to_where_it_is_sound(tmp_path: Path) -> None:
    cli = _imported("servicenow-event-log/incident_event_log.zip", tmp_path)
    document = cli("staffing", "--json").document
    assert (document["to"], document["is_forecast"]) == ("2016-05-30", False)
    assert document["gaps"][0]["words"].startswith("Monday ")
    assert "no forecast of inflow is shown" in " ".join(document["notes"])
    assert cli("track", "--keep", "x").sentence.startswith("There is no forecast to keep. No forecast: ")
