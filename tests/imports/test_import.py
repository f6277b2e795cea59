"""Import: what a second file does to the first, and where every row goes."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.errors import BacklightError
from analytics.warehouse.engine import open_engine
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.import_report import ImportReport
from analytics.warehouse.importer import change_reporting_time_zone, import_exports
from analytics.warehouse.snapshots import history, undo

HEADER = "number,short_description,state,priority,category,assignment_group,opened_at,resolved_at,sys_updated_on"
FIRST = """
INC0000001,Mail,In Progress,2 - High,Email,Desk,2026-03-02 08:00:00,,2026-03-02 09:00:00
INC0000002,VPN,Resolved,3 - Moderate,Network,Desk,2026-03-02 08:00:00,2026-03-02 12:00:00,2026-03-02 12:00:00
"""
NEWER = """
INC0000001,Mail,Resolved,2 - High,Email,Network,2026-03-02 08:00:00,2026-03-03 08:00:00,2026-03-03 08:00:00
INC0000003,Phone,New,4 - Low,Phone,Desk,2026-03-03 10:00:00,,2026-03-03 10:00:00
"""


def _file(folder: Path, name: str, rows: str, header: str = HEADER) -> Path:
    path = folder / name
    path.write_text(f"{header}\n{rows.strip()}\n", encoding="utf-8")
    return path


def _import(folder: Path, *files: Path, **options: str) -> list[ImportReport]:
    return import_exports(folder / "db", list(files), ImportOptions(**options))  # type: ignore[arg-type]


def _tickets(folder: Path) -> pd.DataFrame:
    return open_engine(folder / "db").query("SELECT * FROM tickets").set_index("ticket_id")


def test_a_newer_export_updates_the_tickets_it_holds_and_adds_the_others(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "first.csv", FIRST))
    (report,) = _import(tmp_path, _file(tmp_path, "newer.csv", NEWER))
    assert (report.rows_read, report.tickets, report.merged, report.rejected) == (2, 2, 0, 0)
    tickets = _tickets(tmp_path)
    assert sorted(tickets.index) == ["INC0000001", "INC0000002", "INC0000003"]
    assert tickets.loc["INC0000001", "resolution_hours"] == 24
    assert tickets.loc["INC0000001", "assignment_group"] == "Network"
    assert tickets.loc["INC0000002", "resolution_hours"] == 4


def test_an_older_export_changes_nothing_that_is_known_better(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "newer.csv", NEWER))
    _import(tmp_path, _file(tmp_path, "first.csv", FIRST))
    tickets = _tickets(tmp_path)
    assert tickets.loc["INC0000001", "status"] == "resolved"
    assert tickets.loc["INC0000001", "assignment_group"] == "Network"
    assert len(tickets) == 3


def test_files_of_one_import_take_effect_by_their_updates_not_by_their_order(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "newer.csv", NEWER), _file(tmp_path, "first.csv", FIRST))
    assert _tickets(tmp_path).loc["INC0000001", "status"] == "resolved"
    assert len(history(tmp_path / "db")) == 2  # empty, and one snapshot for both


def test_a_column_that_the_newer_file_does_not_have_keeps_its_values(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "first.csv", FIRST))
    narrow = _file(
        tmp_path,
        "narrow.csv",
        "INC0000001,Resolved,2026-03-02 08:00:00,2026-03-03 08:00:00,2026-03-03 08:00:00",
        "number,state,opened_at,resolved_at,sys_updated_on",
    )
    _import(tmp_path, narrow)
    mail = _tickets(tmp_path).loc["INC0000001"]
    assert (mail["status"], mail["category"], mail["priority"], mail["title"]) == ("resolved", "Email", 2, "Mail")


def test_a_value_that_the_newer_file_has_emptied_is_unknown(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "first.csv", FIRST))
    _import(tmp_path, _file(tmp_path, "newer.csv", NEWER.replace("Email", "")))
    assert pd.isna(_tickets(tmp_path).loc["INC0000001", "category"])


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    file = _file(tmp_path, "first.csv", FIRST)
    _import(tmp_path, file)
    before = history(tmp_path / "db")
    (report,) = _import(tmp_path, file)
    assert report.unchanged
    assert (report.rows_read, report.tickets) == (2, 2)
    assert history(tmp_path / "db") == before


def test_the_same_file_in_another_time_zone_is_read_again(tmp_path: Path) -> None:
    file = _file(tmp_path, "first.csv", FIRST)
    _import(tmp_path, file)
    (report,) = _import(tmp_path, file, time_zone="America/New_York")
    assert not report.unchanged
    # 08:00 in New York, five hours behind UTC in early March.
    assert _tickets(tmp_path).loc["INC0000002", "opened_at"] == pd.Timestamp("2026-03-02 13:00:00")


def test_repeated_rows_of_a_ticket_are_merged_into_its_last_update(tmp_path: Path) -> None:
    (report,) = _import(tmp_path, _file(tmp_path, "both.csv", NEWER + FIRST))
    assert (report.rows_read, report.tickets, report.merged, report.rejected) == (4, 3, 1, 0)
    assert _tickets(tmp_path).loc["INC0000001", "status"] == "resolved"


def test_rejected_rows_are_kept_with_line_reason_and_text(tmp_path: Path) -> None:
    odd = ",No number,New,4 - Low,Email,Desk,2026-03-02 08:00:00,,\nINC0000009,Odd,New,4 - Low,Email,Desk,some day,,"
    rows = f"{FIRST.strip()}\n{odd}"
    (report,) = _import(tmp_path, _file(tmp_path, "odd.csv", rows))
    assert (report.rows_read, report.tickets, report.merged, report.rejected) == (4, 2, 0, 2)
    kept = open_engine(tmp_path / "db").query("SELECT line, reason, text FROM rejected_rows ORDER BY line")
    assert kept["line"].tolist() == [4, 5]
    assert kept["reason"][0] == "no ticket id"
    assert kept["reason"][1].startswith("the opening time 'some day' cannot be read")
    assert kept["text"][1].startswith("INC0000009,Odd")


def test_one_unreadable_file_leaves_everything_as_it_was(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "first.csv", FIRST))
    before = history(tmp_path / "db")
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(BacklightError, match=r"^empty\.csv is empty"):
        _import(tmp_path, _file(tmp_path, "newer.csv", NEWER), empty)
    assert history(tmp_path / "db") == before
    assert len(_tickets(tmp_path)) == 2


def test_undo_goes_back_to_the_tickets_before(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "first.csv", FIRST))
    _import(tmp_path, _file(tmp_path, "newer.csv", NEWER))
    undo(tmp_path / "db")
    assert _tickets(tmp_path).loc["INC0000001", "status"] == "in_progress"
    assert len(_tickets(tmp_path)) == 2


def test_as_of_is_the_newest_event_not_the_clock_and_a_plan_is_no_event(tmp_path: Path) -> None:
    header = f"{HEADER},due_date"
    rows = "INC0000001,Mail,New,2 - High,Email,Desk,2026-03-02 08:00:00,,2026-03-02 09:00:00,2026-12-31 00:00:00"
    _import(tmp_path, _file(tmp_path, "due.csv", rows, header))
    as_of = open_engine(tmp_path / "db").as_of
    assert as_of is not None
    assert as_of.isoformat(sep=" ") == "2026-03-02 09:00:00"


def test_what_happens_in_the_future_has_not_happened(tmp_path: Path) -> None:
    later = FIRST.replace("2026-03-02 12:00:00,2026-03-02 12:00:00", "2199-01-01 00:00:00,2026-03-02 12:00:00")
    (report,) = _import(tmp_path, _file(tmp_path, "future.csv", later))
    assert report.rejected == 0
    assert any("resolved_at" in warning for warning in report.warnings)
    assert pd.isna(_tickets(tmp_path).loc["INC0000002", "resolved_at"])


def test_days_can_be_reported_in_another_time_zone(tmp_path: Path) -> None:
    night = "INC0000001,Mail,New,2 - High,Email,Desk,2026-03-02 23:30:00,,2026-03-02 23:30:00"
    _import(tmp_path, _file(tmp_path, "night.csv", night))
    assert _tickets(tmp_path).loc["INC0000001", "opened_on"] == pd.Timestamp("2026-03-02")
    change_reporting_time_zone(tmp_path / "db", "Europe/Rome")
    assert _tickets(tmp_path).loc["INC0000001", "opened_on"] == pd.Timestamp("2026-03-03")


LOG_HEADER = (
    "number,incident_state,sys_mod_count,made_sla,opened_at,sys_updated_by,sys_updated_at,priority,assignment_group,"
    "reassignment_count,reopen_count,resolved_at,closed_at"
)
LOG = """
INC0000001,New,0,true,2/3/2026 08:00,Anna,2/3/2026 08:05,3 - Moderate,Desk,0,0,3/3/2026 08:00,8/3/2026 08:00
INC0000001,Active,1,true,2/3/2026 08:00,Bert,2/3/2026 09:00,2 - High,Network,1,0,3/3/2026 08:00,8/3/2026 08:00
INC0000001,Closed,2,false,2/3/2026 08:00,Bert,8/3/2026 08:00,2 - High,Network,1,0,3/3/2026 08:00,8/3/2026 08:00
"""


def test_the_last_row_of_a_log_is_the_ticket_and_differences_are_its_events(tmp_path: Path) -> None:
    (report,) = _import(tmp_path, _file(tmp_path, "log.csv", LOG, LOG_HEADER))
    assert (report.format, report.rows_read, report.tickets, report.merged) == ("servicenow-event-log", 3, 1, 2)
    ticket = _tickets(tmp_path).loc["INC0000001"]
    assert (ticket["status"], ticket["priority"], ticket["resolution_hours"]) == ("closed", 2, 24)
    assert not ticket["sla_met"]
    moved = open_engine(tmp_path / "db").query(
        "SELECT old_value, new_value, actor FROM ticket_events WHERE field = 'assignment_group' ORDER BY happened_at"
    )
    assert moved["new_value"].tolist() == ["Desk", "Network"]
    assert moved["actor"].tolist() == ["Anna", "Bert"]


def test_a_list_and_a_log_of_one_tool_are_the_same_tickets(tmp_path: Path) -> None:
    _import(tmp_path, _file(tmp_path, "log.csv", LOG, LOG_HEADER))
    _import(tmp_path, _file(tmp_path, "newer.csv", NEWER))
    assert sorted(_tickets(tmp_path).index) == ["INC0000001", "INC0000003"]
