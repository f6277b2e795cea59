"""The time log as a file: what people's spreadsheets write is read, all else is refused whole, in one sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analytics.diagnostic.time_log_file import EXAMPLE, MOST_BYTES, read_hours, read_time_log, read_week
from analytics.errors import BacklightError
from analytics.store.time_log import LoggedWeek

WEEK = LoggedWeek(date(2026, 11, 16), 32, 6, 2)
HEAD = "week,operational,tactical,strategic\n"


@pytest.mark.parametrize(
    "text",
    [
        EXAMPLE,
        "\ufeff" + EXAMPLE,
        EXAMPLE.replace(",", ";"),
        EXAMPLE.replace(",", "\t"),
        EXAMPLE.replace("\n", "\r\n"),
        "Week , OPERATIONAL,Tactical,strategic\n\n2026-11-18, 32 ,6.0,2\n,,,\n",
        "note,strategic,tactical,operational,week\n=1+1,2,6,32,2026-W47\n",
        'week;operational;tactical;strategic\n"2026-11-22";"32,0";6;2',
        HEAD + "2026-11-16T09:00:00,32,6,2,more\n",
    ],
)
def test_what_spreadsheets_write_is_read(text: str) -> None:
    assert read_time_log(text.encode()) == (WEEK,)
    assert read_time_log(text.removeprefix("\ufeff").encode("utf-16")) == (WEEK,)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The time log holds no week: write the columns week, operational, tactical and"),
        (HEAD.encode(), "The time log holds no week"),
        (b"\x89PNG\r\n\x1a\n\0\0", "The time log is no text file: save it as CSV in UTF-8."),
        (b"PK\x03\x04" + b"\0" * 40, "The time log is no text file"),
        (b"x" * (MOST_BYTES + 1), "The time log is larger than 200 kB"),
        (b"week,operational,tactical\n2026-11-16,1,1", "The time log has no column 'strategic': its first line must"),
        ((HEAD[:-1] + ",week\n2026-11-16,1,1,1,1").encode(), "The time log has the column 'week' more than once"),
        ((HEAD + "16/11/2026,1,1,1").encode(), "line 2 has '16/11/2026' as its week: write it as 2026-11-16"),
        ((HEAD + "2026-W54,1,1,1").encode(), "line 2 has '2026-W54' as its week"),
        ((HEAD + "2026-11-16,1,,1").encode(), "line 2 has no hours of tactical work: write 0 if there were none"),
        ((HEAD + "2026-11-16,1").encode(), "line 2 has no hours of tactical work"),
        ((HEAD + "2026-11-16,-1,1,1").encode(), "line 2 has '-1' as its operational hours: write a number"),
        ((HEAD + "2026-11-16,nan,1,1").encode(), "line 2 has 'nan' as its operational hours"),
        ((HEAD + "2026-11-16,1e3,1,1").encode(), "line 2 has '1e3' as its operational hours"),
        ((HEAD + "2026-11-16,0,0,0").encode(), "line 2 has 0 hours in all"),
        ((HEAD + "2026-11-16,100,60,10").encode(), "line 2 has 170 hours in all"),
        ((HEAD + "2026-11-16,1,1,1\n2026-11-22,2,2,2").encode(), "line 3 has the same week as line 2"),
        ((HEAD + '"2026-11-16,1,1,1').encode(), "cannot be read as CSV: check its quotation marks"),
        ((HEAD + "".join(f"2026-11-16,{n},1,1\n" for n in range(600))).encode(), "has more than 520 lines"),
    ],
)  # fmt: skip
def test_all_else_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    with pytest.raises(BacklightError) as refused:
        read_time_log(content)
    assert said in str(refused.value)
    assert str(refused.value).count("\n") == 0
    assert str(refused.value).endswith(".")


def test_a_long_or_hostile_cell_is_cut() -> None:
    with pytest.raises(BacklightError) as refused:
        read_time_log((HEAD + f"{'<img src=x>' * 50},1,1,1").encode())
    assert len(str(refused.value)) < 160


@given(some.binary(max_size=300))
def test_no_bytes_make_it_fail_otherwise(content: bytes) -> None:
    for tried in (content, HEAD.encode() + content):
        try:
            assert all(week.total > 0 for week in read_time_log(tried))
        except BacklightError as error:
            assert str(error).startswith("The time log")  # noqa: PT017 - most bytes are refused, some are not


@given(some.text(max_size=12))
def test_any_text_is_a_week_and_hours_or_not(text: str) -> None:
    week, hours = read_week(text), read_hours(text)
    assert week is None or week.weekday() == 0
    assert hours is None or 0 <= hours <= 168


@given(some.dates(date(2000, 1, 3), date(2199, 12, 30)), some.integers(0, 16_800))
def test_what_is_written_is_read_again(day: date, hundredths: int) -> None:
    year, week, _ = day.isocalendar()
    assert read_week(day.isoformat()) == read_week(f"{year}-W{week:02}") == date.fromisocalendar(year, week, 1)
    assert read_hours(f"{hundredths / 100:.2f}") == read_hours(f"{hundredths / 100:.2f}".replace(".", ","))
