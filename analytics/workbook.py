"""A workbook: rows as XLSX that no spreadsheet will run, with a second sheet that says what they are."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from analytics.export import escape_cell

MOST_SHEET_ROWS = 1_048_575  # after the header
_MOST_TEXT = 32_767
_EPOCH = pd.Timestamp("1899-12-30")
_MARCH_1900 = 61.0  # spreadsheets count a day that never was before this one
_MOMENT, _DAY = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
_OPTIONS = {
    "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
_WIDTHS = (10, 42)


def workbook_bytes(frames: Iterable[pd.DataFrame], titles: Sequence[str], about: Sequence[tuple[str, str]]) -> bytes:
    """The frames, one below the other, as the sheet "Tickets" under `titles`; `about` as the sheet "About".

    Formulas are escaped; days and times are dates, in columns that end in `_on` without a time of day. Text is cut
    after 32,767 letters and rows after 1,048,575, which is all that a sheet holds.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        formats = {form: book.add_format({"num_format": form}) for form in (_MOMENT, _DAY)}
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Tickets")
        sheet.freeze_panes(1, 0)
        for place, title in enumerate(titles):
            sheet.write_string(0, place, safe_text(title), bold)
            sheet.set_column(place, place, min(max(len(title) + 4, _WIDTHS[0], 18 * ("title" in title.lower())), 42))
        last = _write_frames(sheet, frames, formats)
        sheet.autofilter(0, 0, last, len(titles) - 1)
        _write_about(book.add_worksheet("About"), about, bold)
    return file.getvalue()


def safe_text(text: str) -> str:
    """Text as a cell of a workbook: no formula, no markup of the writer's own, and not longer than a cell holds.

    The writer takes text between <r> and </r> for markup and puts it into the file as it stands.
    """
    escaped = f"'{text}" if text.startswith("<r>") else str(escape_cell(text))
    return escaped[:_MOST_TEXT]


def _write_frames(sheet: Any, frames: Iterable[pd.DataFrame], formats: dict[str, Any]) -> int:
    """The number of the last row written, 0 for the header."""
    row = 0
    for frame in frames:
        kinds = [_kind(frame[name], formats, sheet) for name in frame.columns]
        columns = [cells for cells, _, _ in kinds]
        writers = [(place, write, form) for place, (_, write, form) in enumerate(kinds)]
        for values in zip(*columns, strict=True):
            if row == MOST_SHEET_ROWS:
                return row
            row += 1
            for (place, write, form), value in zip(writers, values, strict=True):
                if value is not None:
                    write(row, place, value, form)
    return row


def _kind(column: pd.Series, formats: dict[str, Any], sheet: Any) -> tuple[list[Any], Any, Any]:
    """A column's cells with None for nothing, what writes one, and its format."""
    known = column.notna()
    if pd.api.types.is_datetime64_any_dtype(column):
        days = (column - _EPOCH) / pd.Timedelta(days=1)
        if (days[known] < _MARCH_1900).any():
            return column.astype(str).where(known, None).tolist(), sheet.write_string, None
        form = formats[_DAY if str(column.name).endswith("_on") else _MOMENT]
        return _or_none(days, known), sheet.write_number, form
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        if np.isinf(column[known].astype(float)).any():  # a number that no sheet has
            return _or_none(column.astype(str), known), sheet.write_string, None
        return _or_none(column.astype(float), known), sheet.write_number, None
    values = _or_none(column, known)
    if all(value is None or isinstance(value, bool) for value in values):
        return values, sheet.write_boolean, None
    return [None if value is None else safe_text(str(value)) for value in values], sheet.write_string, None


def _or_none(column: pd.Series, known: pd.Series) -> list[Any]:
    return list(column.astype(object).where(known, None))


def _write_about(sheet: Any, about: Sequence[tuple[str, str]], bold: Any) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    for row, (name, text) in enumerate(about):
        sheet.write_string(row, 0, safe_text(name), bold)
        sheet.write_string(row, 1, safe_text(text))
