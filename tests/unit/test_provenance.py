"""Provenance: every file, row and source is accounted for, and undo says beforehand what it would do."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from analytics.provenance import (
    Holdings,
    StepBack,
    dictionary,
    earlier_imports,
    filled,
    holdings,
    imports,
    rejected_rows,
    sources,
    step_back,
)
from analytics.warehouse.engine import Engine
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from analytics.warehouse.schema import TABLES
from analytics.warehouse.snapshots import current_snapshot, undo

HEADER = "number,opened_at,state,priority,short_description,assignment_group,resolved_at\n"
# Three tickets, one of them twice and one open, and a row whose opening time is none.
FIRST = HEADER + (
    "INC0000001,2026-03-02 08:00:00,Resolved,2 - High,Mail,Desk,2026-03-02 10:00:00\n"
    "INC0000001,2026-03-02 08:00:00,Resolved,2 - High,Mail,Desk,2026-03-02 10:00:00\n"
    "INC0000002,2026-03-03 08:00:00,Resolved,2 - High,Mail,Desk,2026-03-03 09:00:00\n"
    "INC0000003,2026-03-04 08:00:00,New,,Mail,Desk,\n"
    "INC0000004,never,New,2 - High,Mail,Desk,\n"
)
SECOND = HEADER + "INC0000005,2026-03-05 08:00:00,Resolved,2 - High,Mail,Desk,2026-03-05 23:30:00\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the two files went one after the other, told in Rome."""
    made = tmp_path_factory.mktemp("provenance")
    for name, text in (("first.csv", FIRST), ("second.csv", SECOND)):
        (made / name).write_text(text)
        import_exports(made / "database", [made / name], ImportOptions(time_zone="Europe/Rome"))
    return made / "database"


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    """The current snapshot."""
    path = current_snapshot(folder)
    assert path
    opened = Engine(path)
    yield opened
    opened.close()


def test_holdings_count_what_all_files_brought(engine: Engine, folder: Path) -> None:
    found = holdings(engine, folder)
    assert found == Holdings(3 + 1, 0, 2, 1, (folder / engine.snapshot).stat().st_size)


def test_the_rows_of_every_file_add_up(engine: Engine) -> None:
    frame = imports(engine)
    assert frame["file"].tolist() == ["second.csv", "first.csv"]
    assert frame["rows_read"].tolist() == [1, 5]
    assert frame[["tickets", "merged", "rejected"]].to_numpy().tolist() == [[1, 0, 0], [3, 1, 1]]
    assert frame["time_zone"].tolist() == ["Europe/Rome"] * 2


def test_a_rejected_row_is_kept_with_its_line_and_reason(engine: Engine) -> None:
    (row,) = rejected_rows(engine, 1).to_dict("records")
    assert (row["file"], row["line"]) == ("first.csv", 1 + 5)
    assert "never" in row["reason"]
    assert row["text"].startswith("INC0000004,never")
    assert rejected_rows(engine, 2).empty


def test_a_file_is_known_again_by_its_bytes(engine: Engine) -> None:
    assert earlier_imports(engine, FIRST.encode())["format"].tolist() == ["servicenow"]
    assert earlier_imports(engine, FIRST.encode() + b"\n").empty


def test_a_source_knows_its_open_tickets_and_its_days(engine: Engine) -> None:
    (row,) = sources(engine).to_dict("records")
    assert (row["source"], row["tickets"], row["open_tickets"]) == ("ServiceNow", 3 + 1, 1)
    assert (row["first_opened"].date(), row["last_opened"].date()) == (date(2026, 3, 2), date(2026, 3, 5))


def test_how_much_of_a_column_is_filled(engine: Engine) -> None:
    shares = dict(zip(*(filled(engine, "tickets")[name] for name in ("column", "filled")), strict=True))
    assert shares["ticket_id"] == 4 / 4
    assert shares["resolved_at"] == shares["priority"] == 3 / 4
    assert shares["channel"] == 0


@pytest.mark.parametrize("table", TABLES)
def test_the_dictionary_has_every_column(table: str) -> None:
    assert dictionary(table)["column"].tolist() == [column.name for column in TABLES[table]]


def test_undo_says_what_goes_and_what_is_left(tmp_path: Path) -> None:
    assert step_back(tmp_path / "database") is None
    for name, text in (("first.csv", FIRST), ("second.csv", SECOND)):
        (tmp_path / name).write_text(text)
        import_exports(tmp_path / "database", [tmp_path / name])
    left = StepBack(("second.csv",), 3, datetime.fromisoformat("2026-03-04 08:00"))
    assert step_back(tmp_path / "database") == left
    undo(tmp_path / "database")
    assert step_back(tmp_path / "database") == StepBack(("first.csv",), 0, None)
    undo(tmp_path / "database")
    assert step_back(tmp_path / "database") is None
