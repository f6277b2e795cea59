"""ExportFormat -> TOML text, so that a mapping a person confirmed is kept in the form of the built-in ones."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from analytics.warehouse.formats.export_format import COMMON_NULLS, ColumnRule, ExportFormat

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLAIN = (
    "name", "title", "tool", "verified", "signature", "helpers", "exact_helpers", "id_pattern", "repeated_ids",
    "default_ticket_type", "event_time", "event_order", "event_actor", "time_zone", "date_formats", "status_fallback",
    "has_resolution_time", "first_contact_replies", "sla_trust", "sla_note", "limits",
)  # fmt: skip
_TABLES = ("status", "priority", "ticket_type", "ticket_type_prefix", "change_tier")


def format_to_toml(format: ExportFormat) -> str:
    """TOML text from which `format_from_toml` gives an equal format back."""
    return "\n".join(_lines(format)) + "\n"


def _lines(format: ExportFormat) -> Iterator[str]:
    defaults = ExportFormat(name="", title="")
    for key in _PLAIN:
        value = getattr(format, key)
        if value is not None and value != getattr(defaults, key):
            yield f"{key} = {_value(value)}"
    if format.nulls - COMMON_NULLS:
        yield f"nulls = {_value(sorted(format.nulls - COMMON_NULLS))}"
    for rule in format.cancelled:
        yield "\n[[cancelled]]"
        yield from _pairs({"headers": rule.headers, "words": rule.words} | ({"listed": True} if rule.listed else {}))
    yield "\n[columns]"
    yield from (f"{_key(name)} = {_rule(rule)}" for name, rule in format.columns.items())
    for table in _TABLES:
        yield from _section(table, getattr(format, table))
    for kind, words in format.status_by_type.items():
        yield from _section(f"status_by_type.{kind}", words)


def _section(name: str, words: Mapping[str, object]) -> Iterator[str]:
    """Word -> meaning is written as meaning = [words]."""
    meanings: dict[str, list[str]] = {}
    for word, meaning in words.items():
        meanings.setdefault(str(meaning), []).append(word)
    if meanings:
        yield f"\n[{name}]"
        yield from _pairs(meanings)


def _pairs(table: Mapping[str, object]) -> Iterator[str]:
    yield from (f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _rule(rule: ColumnRule) -> str:
    defaults = ColumnRule(headers=())
    changed = {field.name: getattr(rule, field.name) for field in fields(rule)}
    changed = {key: value for key, value in changed.items() if value != getattr(defaults, key)}
    return _value(rule.headers) if set(changed) == {"headers"} else _value(changed)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_pairs(value)) + " }"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Iterable):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return json.dumps(value)


def _text(value: str) -> str:
    # JSON's escapes are TOML's, save for DEL, which TOML wants escaped and JSON does not.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)
