"""Flat records: nested JSON becomes one text per dotted key."""

import json
from collections.abc import Iterator
from typing import Any

_REFERENCE = {"link", "value"}


class Number(str):
    """A number as it was written, so that 18 digits and 12E5 stay what they are."""


DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=lambda word: Number(word))


def flat(record: dict[str, Any]) -> dict[str, str]:
    """Text by dotted key: null is '', booleans 'true' and 'false', lists of plain values joined with ', '."""
    return dict(_pairs(record, ""))


def _pairs(record: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in record.items():
        value = _plain(value)
        if isinstance(value, dict) and value:
            yield from _pairs(value, f"{prefix}{key}.")
        else:
            yield prefix + key, _text(value)


def _plain(value: object) -> object:
    """What a reference of ServiceNow (`display_value`, or `link` with `value`) stands for."""
    while isinstance(value, dict):
        if "display_value" in value:
            value = value["display_value"]
        elif value.keys() == _REFERENCE:
            value = value["value"]
        else:
            break
    return value


def _text(value: object) -> str:
    if value is None or value == {}:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        return _json(value)
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    return str(value)


def _json(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_json(item)}" for key, item in value.items())
            + "}"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_json, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)
