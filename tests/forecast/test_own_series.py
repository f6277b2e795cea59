"""A series of one's own: what a file may look like, and what is wrong with one, named with file and line."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from analytics.errors import BacklightError
from analytics.forecast.own_series import OwnSeries, read_own_series
from analytics.period import Grain


def _written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "own.csv"
    path.write_bytes(text.encode(encoding))
    return path


def _read(folder: Path, text: str, encoding: str = "utf-8") -> OwnSeries:
    return read_own_series(_written(folder, text, encoding))


def _refused(folder: Path, text: str) -> str:
    with pytest.raises(BacklightError) as raised:
        _read(folder, text)
    return str(raised.value)


@pytest.mark.parametrize(
    ("text", "grain", "first", "values"),
    [
        ("period,value\n2026-01-05,3\n2026-01-12,4\n", Grain.WEEK, "2026-01-05", [3, 4]),
        ("2026-01-05,3\n2026-01-12,4\n", Grain.WEEK, "2026-01-05", [3, 4]),
        ("2026-01-12,4\n2026-01-05,3\n", Grain.WEEK, "2026-01-05", [3, 4]),
        ("Week\tTickets\n2026-W02\t3\n2026-W03\t4\n", Grain.WEEK, "2026-01-05", [3, 4]),
        ("date;count\n05.01.2026;3,5\n06.01.2026;4\n", Grain.DAY, "2026-01-05", [3.5, 4]),
        ("site;date;count\nrome;2026-01-05;3\nrome;2026-01-06;4\n", Grain.DAY, "2026-01-05", [3, 4]),
        ("count,date\n3,2026-01-05\n4,2026-01-06\n", Grain.DAY, "2026-01-05", [3, 4]),
        ('date,amount\n2026-01-05,"1,203"\n2026-01-06,"4"\n', Grain.DAY, "2026-01-05", [1203, 4]),
        ("date;amount\n2026-01-05;1.203,5\n2026-01-06;4\n", Grain.DAY, "2026-01-05", [1203.5, 4]),
        ("date;amount\n2026-01-05;1 203\n2026-01-06;4\n", Grain.DAY, "2026-01-05", [1203, 4]),
        ("month,n\n2025-11,3\n2025-12,4\n2026-01,5\n", Grain.MONTH, "2025-11-01", [3, 4, 5]),
        ("month,n\nNov 2025,3\nDecember 2025,4\n", Grain.MONTH, "2025-11-01", [3, 4]),
        ("month,n\n2025-11-30,3\n2025-12-31,4\n2026-01-31,5\n", Grain.MONTH, "2025-11-01", [3, 4, 5]),
        ("month,n\n30/11/2025,3\n31/12/2025,4\n", Grain.MONTH, "2025-11-01", [3, 4]),
        ("month,n\n11/30/2025,3\n12/31/2025,4\n", Grain.MONTH, "2025-11-01", [3, 4]),
        ("quarter,n\n2025-Q4,3\n2026-Q1,4\n", Grain.QUARTER, "2025-10-01", [3, 4]),
        ("quarter,n\n2025-10-01,3\n2026-01-01,4\n", Grain.QUARTER, "2025-10-01", [3, 4]),
        ("date,n\n2026-01-05T00:00:00Z,3\n2026-01-06 00:00,4\n\n\n", Grain.DAY, "2026-01-05", [3, 4]),
    ],
)
def test_what_is_read(tmp_path: Path, text: str, grain: Grain, first: str, values: list[float]) -> None:
    found = _read(tmp_path, text)
    assert found.grain is grain
    assert str(found.periods[0]) == first
    assert list(found.values) == values


@pytest.mark.parametrize("encoding", ["utf-8-sig", "latin-1", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = _read(tmp_path, "période;numéro\r\n2026-01-05;3\r\n2026-01-12;4\r\n", encoding)
    assert (found.name, list(found.values)) == ("numéro", [3, 4])


def test_what_lies_between_and_is_not_there_is_unknown_and_not_nought(tmp_path: Path) -> None:
    found = _read(
        tmp_path, "week,n\n2026-01-05,3\n2026-01-12,4\n2026-01-19,\n2026-01-26,5\n2026-02-09,6\n2026-02-16,7\n"
    )
    assert [str(day) for day in found.missing] == ["2026-01-19", "2026-02-02"]
    assert np.nansum(found.values) == 3 + 4 + 5 + 6 + 7
    assert (len(found.values), found.last_day) == (7, date(2026, 2, 22))


def test_rows_not_yet_filled_in_are_no_gap(tmp_path: Path) -> None:
    found = _read(tmp_path, "month,n\n2026-01,\n2026-02,3\n2026-03,4\n2026-04,\n2026-05,\n")
    assert [str(period) for period in found.periods] == ["2026-02-01", "2026-03-01"]
    assert found.last_day == date(2026, 3, 31)


def test_what_lies_ahead(tmp_path: Path) -> None:
    quarters = _read(tmp_path, "q,n\n2025-Q3,3\n2025-Q4,4\n")
    assert [str(day) for day in quarters.ahead(3)] == ["2026-01-01", "2026-04-01", "2026-07-01"]
    weeks = _read(tmp_path, "w,n\n2026-W01,3\n2026-W02,4\n")
    assert [str(day) for day in weeks.ahead(2)] == ["2026-01-12", "2026-01-19"]


GOOD = "week,n\n2026-01-05,3\n2026-01-12,4\n2026-01-19,5\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD + "2026-01-26,many\n", ("line 5", "'many' is no number")),
        (GOOD + "2026-01-26,nan\n", ("line 5", "'nan' is no number")),
        (GOOD + "2026-01-26,inf\n", ("line 5", "'inf' is no number")),
        (GOOD + "2026-01-26,-2\n", ("line 5", "'-2' is negative")),
        (GOOD + "2026-01-26,1e300\n", ("line 5", "too large")),
        (GOOD + "2026-01-26,1e999\n", ("line 5", "too large")),
        (GOOD + "\n2026-01-12,9\n", ("line 6", "same period as line 3")),
        (GOOD + "2026-01-27,9\n", ("line 5", "not the weekday")),
        (GOOD + "2026-02-30,9\n", ("line 5", "is no date")),
        (GOOD + "soon,9\n", ("line 5", "'soon' is no date")),
        (GOOD + "9999-01-04,9\n", ("line 5", "check its year")),
        (GOOD + "2026-01,9\n", ("line 5", "written otherwise")),
        (GOOD + "2026-01-26\n", ("line 5", "has no value beside")),
        (GOOD + f"{'x' * 5_000},9\n", ("line 5", f"'{'x' * 40}...'")),
        ("week,n\n2020-01-06,1\n2020-01-07,1\n2120-01-06,1\n", ("check the years",)),
        ("day,n\n01/02/2026,1\n01/03/2026,2\n", ("line 2", "day or with the month first")),
        ("day;n\n2026-01-05;1,203\n2026-01-06;4\n", ("may be 1203 or 1.203",)),
        ("year,n\n2024,1\n2025,2\n", ("holds years",)),
        ("day,n\n2026-01-05,1\n2026-01-08,1\n2026-01-11,1\n", ("every 3 days",)),
        ("week,n\n2026-01-05,\n2026-01-12,\n", ("no value in the column 'n'",)),
        ("week,n\n", ("a header and no rows",)),
        ("value\n1\n2\n", ("no two columns",)),
        ("", ("is empty",)),
        (" \n\n", ("is empty",)),
        ("\x00\x01\x02,\x03\n", ("is not text",)),
        ('week,n\n2026-01-05,"3\n2026-01-12,4\n', ("line 2", "is no number")),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, words: tuple[str, ...]) -> None:
    said = _refused(tmp_path, text)
    assert "own.csv" in said
    assert all(word in said for word in words), said
    assert "\n" not in said


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BacklightError, match="is a folder"):
        read_own_series(tmp_path)
    with pytest.raises(BacklightError, match="does not exist"):
        read_own_series(tmp_path / "none.csv")
    with pytest.raises(BacklightError, match="more than 20,000 lines"):
        _read(tmp_path, "2026-01-05,1\n" * 20_001)
