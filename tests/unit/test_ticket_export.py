"""Downloads of a listing, read back by other readers: every row, column and cell as the screen has them."""

import csv
import io
from datetime import date, datetime
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from analytics import ticket_export
from analytics.export import csv_bytes, escape_cell
from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.listing import Listing, Sort, read_page
from analytics.selection import Selection, kpi_selection, of_title
from analytics.ticket_columns import allowed_columns, column_title
from analytics.ticket_export import about_export, csv_file, parquet_file, xlsx_file
from analytics.workbook import safe_text, workbook_bytes
from tests.warehouse_of import Desk, desk_of, known

HOSTILE = (
    "=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\tx", "<r><bad</r>", "<r><t>=1</t></r>", "http://127.0.0.1:9/",
    '=HYPERLINK("http://127.0.0.1:9","x")', "a\nb", "a,b;c\"d'e", "  spaces  ", "_x0041_", "\U0001f600 日本 é", "12E5",
    "007",     "<script>alert(1)</script>", "![x](http://127.0.0.1:9/x.png)", "x" * 5000,
)  # fmt: skip
COLUMNS = (
    "ticket_id", "title", "category", "priority", "opened_at", "opened_on", "resolved_at", "resolution_hours",
    "sla_met", "reassignment_count", "needed_by",
)  # fmt: skip
EVERYTHING = kpi_selection(find_kpi("volume"), Filters())


def _ticket(place: int, text: str) -> dict[str, Any]:
    opened = datetime.fromisoformat(f"2026-03-02 08:{place:02}")
    return {
        "opened_at": opened, "title": text, "category": text, "status": "resolved" if place % 2 else "new",
        "resolved_at": opened.replace(hour=20) if place % 2 else None, "priority": 1 + place % 5 if place % 3 else None,
        "due_at": opened.replace(hour=15 + place % 8) if place % 4 else None,
        "reassignment_count": place if place % 5 else None, "needed_by": opened if place % 7 == 0 else None,
    }  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    rows = [_ticket(place, text) for place, text in enumerate(HOSTILE)]
    return desk_of(rows, tmp_path_factory.mktemp("desk"), "America/Sao_Paulo")


@pytest.fixture(params=[None, Sort("title"), Sort("resolution_hours", True)], ids=str)
def listing(request: pytest.FixtureRequest) -> Listing:
    return Listing(EVERYTHING, COLUMNS, request.param)


def _screen(desk: Desk, listing: Listing) -> pd.DataFrame:
    return read_page(desk.engine, listing, 1_000).frame


def _csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _sheet(data: bytes, name: str = "Tickets") -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()


def _plain(value: Any) -> Any:
    """A cell of a frame as a reader of a workbook gives it."""
    value = known(value)
    if isinstance(value, str):
        return safe_text(value)
    return "" if value is None else value


def test_csv_has_the_rows_of_the_screen(desk: Desk, listing: Listing) -> None:
    header, *rows = _csv(csv_file(desk.engine, listing))
    screen = _screen(desk, listing)
    assert header == list(COLUMNS)
    assert [row[1] for row in rows] == [escape_cell(title) for title in screen["title"]]
    assert [row[0] for row in rows] == list(screen["ticket_id"])
    assert [row[4] for row in rows] == [str(moment) for moment in screen["opened_at"]]
    assert len(rows) == len(HOSTILE)


def test_a_workbook_has_them_too_with_dates_as_dates(desk: Desk, listing: Listing) -> None:
    header, *rows = _sheet(xlsx_file(desk.engine, listing))
    screen = _screen(desk, listing)
    assert header == [column_title(name) for name in COLUMNS]
    assert len(rows) == len(screen) == len(HOSTILE)
    for row, (_, shown) in zip(rows, screen.astype(object).iterrows(), strict=True):
        for name, cell in zip(COLUMNS, row, strict=True):
            expected = _plain(shown[name])
            if name == "opened_on":
                assert cell == expected.date()
            elif isinstance(expected, datetime):
                assert abs(cell - expected).total_seconds() < 1
            elif isinstance(expected, float):
                assert cell == pytest.approx(expected)
            else:
                assert cell == expected, name


def test_parquet_has_them_as_they_stand_typed_like_the_table(desk: Desk, listing: Listing) -> None:
    table = pq.read_table(io.BytesIO(parquet_file(desk.engine, listing)))
    screen = _screen(desk, listing).astype(object)
    assert table.column_names == list(COLUMNS)
    kinds = {name: str(table.schema.field(name).type) for name in ("title", "priority", "opened_at", "opened_on")}
    assert kinds == {"title": "string", "priority": "int8", "opened_at": "timestamp[us]", "opened_on": "date32[day]"}
    for name in COLUMNS:
        expected = [known(value) for value in screen[name]]
        if name == "opened_on":
            expected = [value.date() for value in expected]
        assert table[name].to_pylist() == expected, name


def test_every_column_can_be_exported(desk: Desk) -> None:
    listing = Listing(EVERYTHING, allowed_columns(people=True), people=True)
    screen = _screen(desk, listing)
    assert len(_csv(csv_file(desk.engine, listing))[0]) == len(listing.columns)
    assert len(_sheet(xlsx_file(desk.engine, listing))[0]) == len(listing.columns)
    table = pq.read_table(io.BytesIO(parquet_file(desk.engine, listing)))
    assert table["ticket_id"].to_pylist() == list(screen["ticket_id"])
    assert len(set(map(column_title, listing.columns))) == len(listing.columns), "two columns of one title"


def test_no_cell_is_a_formula_in_any_spreadsheet(desk: Desk) -> None:
    listing = Listing(EVERYTHING, ("title", "category"))
    cells = [cell for row in _csv(csv_file(desk.engine, listing)) for cell in row]
    cells += [cell for row in _sheet(xlsx_file(desk.engine, listing)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))]
    assert "'=1+1" in cells


def test_all_rows_are_exported_however_many_are_read_at_a_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = Listing(EVERYTHING, ("ticket_id", "title"), Sort("title", descending=True))
    whole = csv_file(desk.engine, listing)
    assert len(_csv(whole)) == 1 + len(HOSTILE)
    for chunk in (1, 4, len(HOSTILE), 100):
        monkeypatch.setattr(ticket_export, "CHUNK", chunk)
        assert csv_file(desk.engine, listing) == whole
        assert [row[0] for row in _sheet(xlsx_file(desk.engine, listing))][1:] == [row[0] for row in _csv(whole)][1:]
        assert pq.read_table(io.BytesIO(parquet_file(desk.engine, listing))).num_rows == len(HOSTILE)


def test_a_file_that_is_cut_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_export, "CHUNK", 5)
    monkeypatch.setattr(ticket_export, "MOST_ROWS", 10)
    listing = Listing(EVERYTHING, ("ticket_id",))
    assert len(_csv(csv_file(desk.engine, listing))) == 1 + 10
    assert dict(about_export(desk.engine, listing))["Rows"] == "the first 10, which is the most a file is given"


def test_a_search_and_no_tickets_at_all(desk: Desk) -> None:
    found = Listing(of_title(EVERYTHING, "SUM("), ("ticket_id", "title"))
    assert _csv(csv_file(desk.engine, found)) == [["ticket_id", "title"], ["T4", "'@SUM(A1)"]]
    none = Listing(Selection("tickets", "FALSE"), ("ticket_id", "title", "opened_on", "priority"))
    assert _csv(csv_file(desk.engine, none)) == [list(none.columns)]
    assert _sheet(xlsx_file(desk.engine, none)) == [["Ticket", "Title", "Opened (day)", "Priority"]]
    assert pq.read_table(io.BytesIO(parquet_file(desk.engine, none))).num_rows == 0


def test_a_workbook_says_what_it_holds(desk: Desk) -> None:
    listing = Listing(of_title(EVERYTHING, "=1"), ("ticket_id",), Sort("opened_at", descending=True))
    about = dict(_sheet(xlsx_file(desk.engine, listing), "About"))
    assert about["Tickets"].endswith("counted in Ticket volume, with '=1' in the title")
    assert about["Rows"] == "2"
    assert about["Sorted by"] == "Opened, highest or latest first"
    assert about["Snapshot"] == desk.engine.snapshot
    assert about["Times in"] == "America/Sao_Paulo"


def test_what_no_sheet_can_hold_is_written_as_near_as_it_can() -> None:
    frame = pd.DataFrame(
        {"opened_at": pd.to_datetime(["1899-01-01"]), "long": ["x" * 40_000], "much": [float("inf")], "none": [None]}
    )
    ((_, *_), row) = _sheet(workbook_bytes([frame], list(frame.columns), []))
    assert row == ["1899-01-01", "x" * 32_767, "inf", ""][: len(row)]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=8), min_size=1))
def test_any_text_comes_back_from_a_workbook(texts: list[str]) -> None:
    frame = pd.DataFrame({"n": range(len(texts)), "text": texts})
    rows = _sheet(workbook_bytes([frame], ["n", "text"], [("Tickets", texts[0])]))[1:]
    assert [(row[0], row[1] if len(row) > 1 else "") for row in rows] == [
        (place, safe_text(text)) for place, text in enumerate(texts)
    ]


def test_the_same_cells_as_the_csv_of_a_dialog(desk: Desk) -> None:
    listing = Listing(EVERYTHING, COLUMNS)
    assert csv_file(desk.engine, listing) == csv_bytes(_screen(desk, listing))


def test_the_desk_has_days_that_the_reporting_zone_moves(desk: Desk) -> None:
    screen = _screen(desk, Listing(EVERYTHING, ("opened_at", "opened_on", "needed_by"), Sort("opened_at")))
    assert screen["opened_at"].iloc[0] == datetime.fromisoformat("2026-03-02 05:00")
    assert screen["needed_by"].iloc[0] == datetime.fromisoformat("2026-03-02 05:00")
    assert screen["opened_on"].iloc[0].date() == date(2026, 3, 2)
