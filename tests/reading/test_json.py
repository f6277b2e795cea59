"""JSON: lines, lists, envelopes; flattened."""

import json

import pytest

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.json_records import ENVELOPES
from tests.reading.fixtures import Loaded, Read

ROWS = [{"number": "INC1", "state": "New"}, {"number": "INC2", "group": "Desk"}]
EXPECTED = [("INC1", "New", ""), ("INC2", "", "Desk")]


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(row) for row in ROWS),
        "\ufeff" + "\r\n\r\n".join(json.dumps(row) for row in ROWS),
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        *(json.dumps({"count": 2, "next": None, name: ROWS}) for name in ENVELOPES),
        json.dumps({"users": [{"id": 1}], "tickets": ROWS}),
        json.dumps({"whatever": ROWS}, indent=1),
    ],
)
def test_lines_lists_and_envelopes(read: Read, loaded: Loaded, text: str) -> None:
    rows = read(text, name="x.json")
    assert rows.header == ("number", "state", "group")
    assert loaded(rows) == EXPECTED


def test_one_record_alone(read: Read, loaded: Loaded) -> None:
    assert loaded(read('{"id": 7, "tags": ["a", "b"], "comments": [{"text": "x"}]}')) == [
        ("7", "a, b", '[{"text": "x"}]')
    ]


def test_numbers_stay_as_written(read: Read, loaded: Loaded) -> None:
    rows = read('[{"a": 12E5, "b": 123456789012345678901, "c": 1.50, "d": [1.50, 2], "e": [{"f": 1.50}]}]')
    assert loaded(rows) == [("12E5", "123456789012345678901", "1.50", "1.50, 2", '[{"f": 1.50}]')]


def test_nested_values(read: Read, loaded: Loaded) -> None:
    record = {
        "id": "1",
        "via": {"channel": "mail"},
        "group": {"display_value": "Desk", "link": "https://example.org"},
        "caller": {"display_value": None, "value": "x"},
        "ci": {"link": "https://example.org", "value": "abc"},
        "fields": {"status": {"name": "Open", "category": {"key": "new"}}},
        "urgent": True,
        "closed": None,
        "custom": {},
        "note": 'a\n"b", c',
    }
    rows = read(json.dumps([record]))
    assert dict(zip(rows.header, loaded(rows)[0], strict=True)) == {
        "id": "1",
        "via.channel": "mail",
        "group": "Desk",
        "caller": "",
        "ci": "abc",
        "fields.status.name": "Open",
        "fields.status.category.key": "new",
        "urgent": "true",
        "closed": "",
        "custom": "",
        "note": 'a\n"b", c',
    }


def test_a_line_that_is_no_json_is_rejected_with_its_number(read: Read, loaded: Loaded) -> None:
    rows = read('{"n": 1}\n\n{"n": 2\n"text"\n{"n": 3}\n')
    assert [(row.line, row.reason, row.text) for row in rows.rejected] == [
        (3, "not valid JSON", '{"n": 2'),
        (4, "not a JSON object", '"text"'),
    ]
    assert loaded(rows) == [("1",), ("3",)]
    assert rows.lines_of([2]) == {2: (5, '{"n": 3}')}


def test_lines_of_a_list(read: Read) -> None:
    rows = read('[\n {"n": 1},\n 5,\n {"n":\n 2}\n]')
    assert [(row.line, row.reason) for row in rows.rejected] == [(3, "not a JSON object")]
    assert rows.lines_of([1, 2]) == {1: (2, '{"n": 1}'), 2: (4, '{"n":\n 2}')}


def test_characters_that_no_file_can_hold(read: Read, loaded: Loaded) -> None:
    assert loaded(read('[{"a": "x\\u0000y", "b": "\\ud800"}]')) == [("x\ufffdy", "?")]


def test_two_lists_are_not_guessed_between(read: Read) -> None:
    with pytest.raises(UnreadableFile, match="several lists"):
        read('{"cats": [{"a": 1}], "dogs": [{"b": 2}]}')


def test_an_empty_envelope(read: Read) -> None:
    with pytest.raises(UnreadableFile, match="holds no records"):
        read('{"records": []}')
