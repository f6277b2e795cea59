"""Downloads: a frame as CSV that no spreadsheet will run."""

import pandas as pd

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\0")


def escape_cell(value: object) -> object:
    """`value`, with an apostrophe before text that a spreadsheet would take for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as UTF-8 CSV with a byte order mark, so that spreadsheets read accents; formulas escaped."""
    return csv_text(frame).encode("utf-8-sig")


def csv_text(frame: pd.DataFrame, header: bool = True) -> str:
    """The frame as CSV, formulas escaped; without a header where it goes on from another."""
    safe = frame.copy()
    for name in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[name]) and not pd.api.types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].astype(object).map(escape_cell)
    safe.columns = [escape_cell(str(name)) for name in safe.columns]
    return str(safe.to_csv(index=False, header=header))
