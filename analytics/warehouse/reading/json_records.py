"""JSON records: one object per line, a list of objects, or an envelope around such a list."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.flat import DECODER

ENVELOPES = ("records", "result", "tickets", "issues", "requests", "incidents", "items", "data", "value", "results")
AGAIN = "export it again."

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


class JsonRecord(NamedTuple):
    """One record with its physical line and its text; `value` is None if there is a `problem`."""

    line: int
    text: str
    value: dict[str, Any] | None
    problem: str


def json_records(text: str, name: str) -> Iterator[JsonRecord]:
    """Every record in the text, good or not. Raises UnreadableFile if the text is no JSON or holds no records."""
    if _one_per_line(text):
        return _by_line(text)
    start = _after_space(text, 0)
    if text[start : start + 1] == "[":
        return _elements(text, start, name)
    return _elements(text, _envelope(text, start, name), name)


def _one_per_line(text: str) -> bool:
    sample = list(islice((line for _, line in _lines(text) if line.strip()), 50))
    whole = [isinstance(_decoded(line), dict) for line in sample]
    if len(sample) == 1:
        return whole[0] and not _lists(DECODER.decode(sample[0].strip(" \t\r\n\ufeff")))
    return sum(whole) * 2 >= len(whole) and not text.lstrip(" \t\r\n\ufeff").startswith("[")


def _by_line(text: str) -> Iterator[JsonRecord]:
    for number, line in _lines(text):
        if not line.strip(" \t\r\n\ufeff"):
            continue
        value = _decoded(line)
        if isinstance(value, dict):
            yield JsonRecord(number, line, value, "")
        else:
            yield JsonRecord(number, line, None, "not valid JSON" if value is _BROKEN else "not a JSON object")


_BROKEN = object()


def _decoded(line: str) -> object:
    try:
        return DECODER.decode(line.strip(" \t\r\n\ufeff"))
    except (ValueError, RecursionError):
        return _BROKEN


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return enumerate((match.group() for match in _LINE.finditer(text) if match.group()), start=1)


def _elements(text: str, start: int, name: str) -> Iterator[JsonRecord]:
    """The elements of the list that starts at `start`, or the single object there."""
    if text[start] == "{":
        value, end = _value(text, start, name)
        yield JsonRecord(_line_of(text, start), text[start:end], value, "")
        return
    at, line, counted = _after_space(text, start + 1), _line_of(text, start), start
    while text[at : at + 1] != "]":
        value, end = _value(text, at, name)
        line, counted = line + _breaks(text, counted, at), at
        good = isinstance(value, dict)
        yield JsonRecord(line, text[at:end], value if good else None, "" if good else "not a JSON object")
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
        elif text[at : at + 1] != "]":
            raise _damaged(text, at, name)


def _envelope(text: str, start: int, name: str) -> int:
    """Where the list of records starts inside the object at `start`; `start` itself if the object is the record."""
    positions: dict[str, int] = {}
    keys: dict[str, Any] = {}
    at = _after_space(text, start + 1)
    while text[at : at + 1] != "}":
        key, end = _value(text, at, name)
        colon = _after_space(text, end)
        if not isinstance(key, str) or text[colon : colon + 1] != ":":
            raise _damaged(text, colon, name)
        positions[key] = _after_space(text, colon + 1)
        keys[key], end = _value(text, positions[key], name)
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
        elif text[at : at + 1] != "}":
            raise _damaged(text, at, name)
    if _after_space(text, at + 1) < len(text):
        raise _damaged(text, at + 1, name)
    lists = _lists(keys)
    if len(lists) > 1:
        raise UnreadableFile(name, f"holds several lists ({', '.join(lists)})", "export one kind of record per file.")
    return positions[lists[0]] if lists else start


def _lists(value: dict[str, Any]) -> list[str]:
    """The keys that may hold the records: the known names before any other list of objects."""
    lists = [
        key for key, item in value.items() if isinstance(item, list) and all(isinstance(one, dict) for one in item)
    ]
    known = [key for key in ENVELOPES if key in lists]
    filled = [key for key in known if value[key]]
    if known:
        return filled[:1] or known[:1]
    wrapped = [key for key in lists if value[key]]
    return [] if _is_record(value) else wrapped


def _is_record(value: dict[str, Any]) -> bool:
    # Beside its list an envelope has counts and links; a ticket has an id.
    return any(key.lower() in ("id", "key", "number", "sys_id", "ticket_id", "display_id") for key in value)


def _value(text: str, at: int, name: str) -> tuple[Any, int]:
    try:
        return DECODER.raw_decode(text, at)
    except RecursionError as error:
        raise UnreadableFile(name, "is nested too deeply", AGAIN) from error
    except json.JSONDecodeError as error:
        cut = error.msg.startswith("Unterminated string")
        raise _damaged(text, len(text) if cut else error.pos, name) from error


def _damaged(text: str, at: int, name: str) -> UnreadableFile:
    where = "at its end, so it may be cut" if at >= len(text.rstrip()) else f"at line {_line_of(text, at)}"
    return UnreadableFile(name, f"is not valid JSON {where}", AGAIN)


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _line_of(text: str, at: int) -> int:
    return 1 + _breaks(text, 0, at)


def _breaks(text: str, start: int, end: int) -> int:
    cr_only = text.count("\r", start, end) - text.count("\r\n", start, end)
    return text.count("\n", start, end) + cr_only
