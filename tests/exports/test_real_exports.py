"""Public exports of real desks, through the command line: known facts about each come out of it.

The files are not part of the project: they lie in `shared/exports` beside the checkout, or these tests are skipped.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import reopened

EXPORTS = ROOT.parent / "shared" / "exports"
FILES = {
    "uci": "servicenow-event-log/incident_event_log.zip",
    "volvo": "volvo-it/incidents.csv",
    "volvo problems, closed": "volvo-it/problems-closed.csv",
    "volvo problems, open": "volvo-it/problems-open.csv",
    "italian": "italian-helpdesk/finale.csv",
    "apache": "apache-jira/apache_jira_issues.csv",
    "chicago": "chicago-311/chicago311_sanitation.csv",
    "hp": "hp-service-manager/ITSM_data_40row_sample.csv",
    "xlsx": "servicenow-demo/incident_list_demo.xlsx",
    "json": "servicenow-demo/incident_export_demo.json",
    "csv": "servicenow-demo/incident_list_demo_2016.csv",
    "rest": "servicenow-demo/incident_table_api_display_value.ndjson",
    "jira cloud": "jira-cloud/jira_cloud_all_fields_masked.csv",
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], tuple[CommandLine, dict[str, Any]]]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """`loaded(name)`: a command line with that export imported, and what the import reported; once for each."""
    done: dict[str, tuple[CommandLine, dict[str, Any]]] = {}

    def load(name: str) -> tuple[CommandLine, dict[str, Any]]:
        if name not in done:
            cli = CommandLine(tmp_path_factory.mktemp("warehouse"))
            (report,) = cli("import", str(EXPORTS / FILES[name]), "--json").document["files"]
            done[name] = cli, report
        return done[name]

    return load


def _sql(cli: CommandLine, sql: str) -> dict[str, Any]:
    desk = reopened(cli.folder)
    (row,) = desk.engine.query(sql).to_dict("records")
    desk.engine.close()
    return {str(name): value for name, value in row.items()}


def _by_period(cli: CommandLine, *arguments: str) -> dict[str, float]:
    return {row["period"]: row["value"] for row in cli.kpi(*arguments).document["rows"]}


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_a_ticket_merged_or_rejected(loaded: Loaded, name: str) -> None:
    cli, report = loaded(name)
    assert report["rows_read"] == report["tickets"] + report["merged"] + report["rejected"] > 0
    assert _sql(cli, "SELECT count(*) AS n FROM tickets")["n"] == report["tickets"]
    assert _sql(cli, "SELECT count(*) AS n FROM rejected_rows")["n"] == report["rejected"]
    for kpi in ("mttr", "sla_adherence", "backlog"):
        document = cli.kpi(kpi).document
        assert document["tickets_used"] + document["tickets_excluded"] == report["tickets"]


@pytest.mark.parametrize(
    ("name", "rows", "tickets"),
    [
        ("uci", 141_712, 24_918),
        ("volvo", 65_533, 7_554),
        ("volvo problems, closed", 6_660, 1_487),
        ("volvo problems, open", 2_351, 819),
        ("italian", 21_348, 4_580),
        ("apache", 40_702, 40_702),
        ("chicago", 74_401, 74_401 - 375),
        ("hp", 40, 40),
        ("xlsx", 82, 82),
        ("jira cloud", 2, 2),
    ],
)
def test_rows_and_tickets(loaded: Loaded, name: str, rows: int, tickets: int) -> None:
    _, report = loaded(name)
    assert (report["rows_read"], report["tickets"], report["rejected"]) == (rows, tickets, 0)


def test_the_servicenow_log_tells_its_times(loaded: Loaded) -> None:
    cli, report = loaded("uci")
    assert report["format"] == "servicenow-event-log"
    mttr = cli.kpi("mttr").document
    assert mttr["rows"][0]["value"] == pytest.approx(178.17, abs=0.005)
    assert (mttr["tickets_used"], mttr["tickets_excluded"]) == (23_362, 1_556)
    assert cli.kpi("median_time_to_resolve").value == pytest.approx(22.10, abs=0.005)
    assert _by_period(cli, "mttr", "--grain", "month")["2016-04-01"] == pytest.approx(101.28, abs=0.005)


def test_the_servicenow_log_tells_its_sla_from_the_last_update_only(loaded: Loaded) -> None:
    cli, _ = loaded("uci")
    assert cli.kpi("sla_adherence").value == pytest.approx(0.6342, abs=0.00005)


def test_the_servicenow_log_tells_its_backlog_and_reopenings(loaded: Loaded) -> None:
    cli, _ = loaded("uci")
    levels = _by_period(cli, "backlog", "--grain", "month")
    assert levels["2016-04-01"] == 1_340
    assert list(levels.values())[-1] == 0, "all are closed at the end"
    assert cli.kpi("reopen_rate").document["rows"][0]["numerator"] == 275
    assert cli.kpi("volume").value == 24_918


def test_the_volvo_log_tells_first_and_last_completion(loaded: Loaded) -> None:
    cli, _ = loaded("volvo")
    first = (
        "SELECT median(date_diff('second', opened_at, done)) / 3600 AS hours, count(*) - count(done) AS never "
        "FROM tickets LEFT JOIN (SELECT ticket_id, min(happened_at) AS done FROM ticket_events "
        "WHERE field = 'source_status' AND new_value = 'Completed' GROUP BY 1) USING (ticket_id)"
    )
    found = _sql(cli, first)
    assert found["never"] == 8
    assert found["hours"] == pytest.approx(6.0, abs=0.05)
    # The last row of a completed incident is its last 'Completed', often repeated days after the transition.
    last = "SELECT median(date_diff('second', opened_at, updated_at)) / 3600 AS hours FROM tickets"
    assert _sql(cli, last)["hours"] == pytest.approx(181.2, abs=0.1)


def test_the_volvo_log_tells_reopenings_and_hand_overs(loaded: Loaded) -> None:
    cli, report = loaded("volvo")
    counts = _sql(
        cli,
        "SELECT count(*) FILTER (WHERE reopen_count > 0) AS reopened, "
        "count(*) FILTER (WHERE reassignment_count > 0) AS handed FROM tickets",
    )
    assert counts["reopened"] == 514
    assert counts["handed"] / report["tickets"] == pytest.approx(0.506, abs=0.0005)
    assert cli.kpi("backlog").value == 8


def test_the_italian_desk_is_a_small_weekly_stream(loaded: Loaded) -> None:
    cli, _ = loaded("italian")
    weeks = list(_by_period(cli, "inflow", "--grain", "week").values())
    assert (len(weeks), min(weeks), median(weeks), max(weeks)) == (203, 1, 21, 70)


def test_the_apache_issues_resolved_and_open(loaded: Loaded) -> None:
    cli, report = loaded("apache")
    assert report["format"] == "jira"
    assert cli.kpi("backlog").value == 8_469
    ended = cli.kpi("outflow").value
    assert ended is not None
    assert ended / report["tickets"] == pytest.approx(0.792, abs=0.0005)


def test_the_chicago_requests_are_nearly_all_completed(loaded: Loaded) -> None:
    cli, report = loaded("chicago")
    assert report["merged"] == 375
    ended = cli.kpi("outflow").value
    assert ended is not None
    assert ended / report["tickets"] == pytest.approx(0.996, abs=0.0005)
    assert _by_period(cli, "volume", "--grain", "year")["2000-01-01"] == 28


def test_the_ruined_handle_times_of_the_bank_are_not_used(loaded: Loaded) -> None:
    cli, _ = loaded("hp")
    assert _sql(cli, "SELECT max(handle_hours) AS most FROM tickets")["most"] != 3871691111
    assert cli.kpi("mttr").value is not None


@pytest.mark.parametrize(
    ("name", "format"), [("xlsx", "servicenow"), ("json", "servicenow"), ("csv", "servicenow"), ("jira cloud", "jira")]
)
def test_the_tool_is_recognised(loaded: Loaded, name: str, format: str) -> None:
    _, report = loaded(name)
    assert report["format"] == format


def test_several_files_at_once_are_one_import(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path)
    files = [str(EXPORTS / FILES[name]) for name in ("xlsx", "hp", "jira cloud")]
    reports = cli("import", *files, "--json").document["files"]
    assert [report["tickets"] for report in reports] == [82, 40, 2]
    assert _sql(cli, "SELECT count(*) AS n FROM tickets")["n"] == 82 + 40 + 2
    assert cli("undo").code == 0
    assert "no tickets" in cli("kpi", "mttr").sentence


def test_the_same_file_twice_changes_nothing(loaded: Loaded) -> None:
    cli, report = loaded("xlsx")
    before = _by_period(cli, "backlog", "--grain", "month")
    (again,) = cli("import", str(EXPORTS / FILES["xlsx"]), "--json").document["files"]
    assert (again["unchanged"], again["tickets"]) == (True, report["tickets"])
    assert _by_period(cli, "backlog", "--grain", "month") == before
