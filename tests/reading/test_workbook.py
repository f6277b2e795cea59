"""Workbooks: read in a child process, with its limits."""

import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import RawRows, read_file
from tests.reading.fixtures import Loaded, One, Workbook


def row(number: int, *cells: str) -> str:
    """A row of cells 'text', '=value' (a number), '=value@style', '#error' or '' from column A on."""
    return f'<row r="{number}">{"".join(_cell(f"{chr(65 + at)}{number}", cell) for at, cell in enumerate(cells))}</row>'


def _cell(place: str, cell: str) -> str:
    if cell.startswith("#"):
        return f'<c r="{place}" t="e"><v>{cell}</v></c>'
    if cell.startswith("="):
        value, _, style = cell[1:].partition("@")
        return f'<c r="{place}" s="{style or 0}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>' if cell else ""


@pytest.fixture
def one(work_dir: Path) -> One:
    def reading(path: Path) -> RawRows:
        (rows,) = read_file(path, work_dir)
        return rows

    return reading


def refusal(path: Path, work_dir: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, work_dir)
    return str(caught.value)


def test_values_become_text_of_one_shape(workbook: Workbook, one: One, loaded: Loaded) -> None:
    header = row(1, "Number", "Opened", "Due", "Spent", "Time", "Count", "Share", "Id")
    values = row(2, "INC1", "=45000.5@1", "=45000@1", "=1.25@3", "=0.25@4", "=12", "=1.5", "00123")
    rows = one(workbook(Tickets=header + values))
    assert rows.header == ("Number", "Opened", "Due", "Spent", "Time", "Count", "Share", "Id")
    assert loaded(rows) == [
        ("INC1", "2023-03-15 12:00:00", "2023-03-15 00:00:00", "30:00:00", "6:00:00", "12", "1.5", "00123")
    ]


def test_titles_blank_rows_and_sheet_rows(workbook: Workbook, one: One, loaded: Loaded) -> None:
    cells = row(1, "Report") + row(3, "Number", "Title", "State") + row(4, "INC1", "a", "New")
    rows = one(workbook(S=cells + row(7, "INC2", "b") + row(8, "Number", "Title", "State") + row(20, "", "", "")))
    assert loaded(rows) == [("INC1", "a", "New"), ("INC2", "b", "")]
    assert [(rejected.line, rejected.reason) for rejected in rows.rejected] == [(8, "the header repeated")]
    assert rows.lines_of([2]) == {2: (7, "INC2,b")}
    assert rows.notes == ("1 title line before the header was skipped.",)


def test_error_cells_are_counted(workbook: Workbook, one: One, loaded: Loaded) -> None:
    rows = one(workbook(S=row(1, "Number", "State") + row(2, "INC1", "#REF!") + row(3, "INC2", "#N/A")))
    assert loaded(rows) == [("INC1", ""), ("INC2", "")]
    assert rows.notes == ("Cells with an error such as #REF!: 2; they are left empty.",)


def test_the_first_visible_sheet_with_a_table(workbook: Workbook, one: One, loaded: Loaded) -> None:
    table = row(1, "Number", "State") + row(2, "INC1", "New")
    rows = one(workbook(Old_hidden=row(1, "x", "y"), Cover=row(1, "Report"), Tickets=table, More=table))
    assert loaded(rows) == [("INC1", "New")]
    assert rows.notes == ("Only the sheet Tickets was read; others have rows too: Cover, More.",)


def test_cells_beside_the_table_are_kept(workbook: Workbook, one: One, loaded: Loaded) -> None:
    rows = one(workbook(S=row(1, "Number", "State") + row(2, "INC1", "New", "", "see mail")))
    assert rows.header == ("Number", "State", "", "")
    assert loaded(rows) == [("INC1", "New", "", "see mail")]


def test_a_cell_in_the_last_corner(workbook: Workbook, work_dir: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    said = refusal(workbook(S=row(1, "Number", "State") + far), work_dir)
    assert "needs more memory or time" in said
    assert "export it as CSV" in said


def test_a_child_that_does_not_answer(workbook: Workbook, work_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.warehouse.reading.workbook.WALL_SECONDS", 0.001)
    assert "needs more memory or time" in refusal(workbook(S=row(1, "a", "b")), work_dir)


def test_a_bomb(workbook: Workbook, work_dir: Path) -> None:
    assert "unpacks to far more" in refusal(
        workbook(S=row(1, "a", "b"), extra={"xl/media.xml": " " * (40 << 20)}), work_dir
    )


def test_a_part_that_is_larger_than_it_says(workbook: Workbook, work_dir: Path) -> None:
    path = workbook(S=row(1, "a", "b"), extra={"xl/media.xml": " " * (20 << 20)})
    content = path.read_bytes().replace((20 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    path.write_bytes(content)
    assert "damaged" in refusal(path, work_dir) or "unpacks" in refusal(path, work_dir)


def test_entities(workbook: Workbook, work_dir: Path) -> None:
    bad = '<!DOCTYPE x [<!ENTITY a "b">]><sst/>'
    assert "XML entities" in refusal(workbook(S=row(1, "a", "b"), extra={"xl/sharedStrings.xml": bad}), work_dir)


def test_an_empty_sheet_and_a_damaged_one(workbook: Workbook, work_dir: Path) -> None:
    assert "holds no table" in refusal(workbook(S=""), work_dir)
    assert "is a damaged workbook" in refusal(workbook(S="<row r='1'><c r="), work_dir)


def test_a_document(tmp_path: Path, work_dir: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "is a document" in refusal(tmp_path / "x.xlsx", work_dir)


def test_the_child_sees_no_secrets(workbook: Workbook, one: One, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    run = subprocess.run

    def spy(command: list[str], **options: Any) -> subprocess.CompletedProcess[bytes]:
        seen.update(options["env"])
        return run(command, **options)

    monkeypatch.setenv("BACKLIGHT_STATE_URL", "secret")
    monkeypatch.setattr(subprocess, "run", spy)
    one(workbook(S=row(1, "a", "b") + row(2, "x", "y")))
    assert "PATH" in seen
    assert "BACKLIGHT_STATE_URL" not in seen
