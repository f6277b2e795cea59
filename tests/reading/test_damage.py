"""Damaged delimited text: each loss is one line, is counted, and has a reason."""

import pytest

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import RawRows
from analytics.warehouse.reading.delimited import CUT
from tests.reading.fixtures import Loaded, Read

HEADER = "number,title,state,group\n"


def lines(count: int) -> list[str]:
    return [f'INC{number},"Mail, slow",New,"Group ""{number % 7}"""\n' for number in range(count)]


def rejected(rows: RawRows) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in rows.rejected]


def test_a_ragged_row_costs_itself(read: Read, loaded: Loaded) -> None:
    body = lines(1_001)
    body[499] = "INC499,Mail,New\n"
    rows = read(HEADER + "".join(body))
    assert rejected(rows) == [(501, "3 fields instead of 4")]
    assert rows.rejected[0].text == "INC499,Mail,New"
    assert [row[0] for row in loaded(rows)] == [f"INC{number}" for number in range(1_001) if number != 499]


def test_too_many_fields(read: Read, loaded: Loaded) -> None:
    rows = read("a,b\n1,2\n3,4,5\n6,7\n")
    assert rejected(rows) == [(3, "3 fields instead of 2")]
    assert loaded(rows) == [("1", "2"), ("6", "7")]


def test_a_lost_closing_quote_costs_its_line(read: Read, loaded: Loaded) -> None:
    body = lines(1_001)
    body[500] = body[500].replace('slow"', "slow")
    rows = read(HEADER + "".join(body))
    assert [line for line, _ in rejected(rows)] == [502]
    assert len(loaded(rows)) == 1_000


def test_a_lost_opening_quote_costs_its_line(read: Read, loaded: Loaded) -> None:
    body = lines(1_001)
    body[500] = body[500].replace('"Mail', "Mail")
    rows = read(HEADER + "".join(body))
    assert rejected(rows) == [(502, "5 fields instead of 4")]
    assert len(loaded(rows)) == 1_000


def test_an_open_quote_does_not_swallow_lines_without_quotes(read: Read, loaded: Loaded) -> None:
    body = [f"INC{number},Mail,New,Desk\n" for number in range(1_001)]
    body[500] = 'INC500,"Mail,New,Desk\n'
    rows = read(HEADER + "".join(body))
    assert rejected(rows) == [(502, "a quote opens and does not close")]
    assert len(loaded(rows)) == 1_000


def test_a_lost_quote_that_another_lost_quote_closes(read: Read, loaded: Loaded) -> None:
    body = [f"INC{number},Mail,New,Desk\n" for number in range(1_001)]
    body[500], body[600] = 'INC500,"Mail,New,Desk\n', 'INC600,Mail",New,Desk\n'
    rows = read(HEADER + "".join(body))
    assert rejected(rows) == [(502, "a quote opens here and runs over 101 lines that look like rows")]
    assert len(loaded(rows)) == 1_000


def test_a_long_text_in_quotes_is_no_lost_quote(read: Read, loaded: Loaded) -> None:
    text = "\n".join(f"at step {number}, the program stopped" for number in range(400))
    rows = read(HEADER + f'INC1,"{text}",New,Desk\nINC2,a,b,c\n')
    assert rows.rejected == ()
    assert loaded(rows)[0][1] == text


def test_a_quote_open_to_the_end_of_a_long_file(read: Read, loaded: Loaded) -> None:
    rows = read(HEADER + 'INC1,"Mail,New,Desk\n' + "INC2,a,b,c\n" * 5_000)
    assert rejected(rows) == [(2, "a quote opens and does not close")]
    assert len(loaded(rows)) == 5_000


def test_text_after_a_closing_quote(read: Read, loaded: Loaded) -> None:
    rows = read('a,b\n"1"x,2\n3,4\n')
    assert rejected(rows) == [(2, "text after a closing quote")]
    assert loaded(rows) == [("3", "4")]


@pytest.mark.parametrize("end", ["INC9,Ma", 'INC9,"Mail, sl', 'INC9,"Mail", Ne'])
def test_a_cut_file_is_noted(read: Read, loaded: Loaded, end: str) -> None:
    rows = read(HEADER + "".join(lines(5)) + end)
    assert [line for line, _ in rejected(rows)] == [7]
    assert CUT in rows.notes
    assert len(loaded(rows)) == 5


def test_a_ragged_row_in_the_middle_is_no_cut(read: Read) -> None:
    assert CUT not in read("a,b\n1\n3,4\n").notes


def test_the_header_again(read: Read, loaded: Loaded) -> None:
    rows = read("a,b\n1,2\na,b\n3,4\n")
    assert rejected(rows) == [(3, "the header repeated")]
    assert loaded(rows) == [("1", "2"), ("3", "4")]


def test_lines_of_leaves_rejected_rows_out(read: Read) -> None:
    rows = read('a,b\n1,"x\ny"\nbroken\n3,4\n')
    assert rows.lines_of([1, 2]) == {1: (2, '1,"x\ny"'), 2: (5, "3,4")}


def test_rejected_text_is_cropped(read: Read) -> None:
    rows = read("a,b\n1,2\n" + "x" * 50_000 + "\n3,4\n")
    assert len(rows.rejected[0].text) == 32_000


def test_nul_is_shown_and_said(read: Read, loaded: Loaded) -> None:
    rows = read("a,b\n1,x\0y\n3,4\n")
    assert loaded(rows) == [("1", "x\ufffdy"), ("3", "4")]
    assert rows.notes == ("NUL characters: 1; they are shown as \ufffd.",)


def test_a_record_of_a_megabyte_is_named(read: Read, loaded: Loaded) -> None:
    rows = read(f"a,b\n1,{'x' * 1_100_000}\n3,4\n")
    assert rejected(rows) == [(2, "longer than 1,000,000 characters")]
    assert loaded(rows) == [("3", "4")]


def test_a_file_that_is_mostly_broken_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.warehouse.reading.delimited.MAX_REJECTED", 10)
    with pytest.raises(UnreadableFile, match="has more than 10 broken rows"):
        read("a,b\n1,2\n" + "1\n2,3\n" * 11)
