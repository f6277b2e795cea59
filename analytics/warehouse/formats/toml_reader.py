"""TOML text -> ExportFormat. A format file lists words under what they mean, which is how a person checks them."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import Any, NoReturn, TypeVar

from analytics.errors import BacklightError, did_you_mean
from analytics.warehouse.formats.export_format import (
    CHANGE_TIERS,
    COMMON_NULLS,
    OFFSETS,
    TRUST,
    UNITS,
    CancelledRule,
    ColumnRule,
    ExportFormat,
)
from analytics.warehouse.schema import SOURCE_COLUMNS, STATUSES, TICKET_TYPES

TRUE_WORDS = ("true", "yes", "y", "1")
FALSE_WORDS = ("false", "no", "n", "0")

_TYPES = {column.name: column.type for column in SOURCE_COLUMNS}
# Filled by the importer itself, never from a header.
_COLUMNS = tuple(name for name in _TYPES if name not in ("source", "source_status", "source_priority"))
_TEXTS = ("helpers", "exact_helpers", "status_fallback", "event_order", "event_actor", "date_formats", "limits")
_PLAIN: dict[str, tuple[type, ...]] = {
    "name": (str,), "title": (str,), "tool": (str,), "verified": (bool,), "id_pattern": (str,), "repeated_ids": (bool,),
    "default_ticket_type": (str,), "event_time": (str,), "time_zone": (str,), "has_resolution_time": (bool,),
    "first_contact_replies": (int,), "sla_trust": (str,), "sla_note": (str,),
}  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "time_zone": ("utc", "local"),
    "sla_trust": TRUST,
    "default_ticket_type": ("", *TICKET_TYPES),
    "event_time": ("", *(name for name, kind in _TYPES.items() if kind == "TIMESTAMP")),
}
_WORDS: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "priority": ("1", "2", "3", "4", "5"),
    "ticket_type": TICKET_TYPES,
    "ticket_type_prefix": TICKET_TYPES,
    "change_tier": CHANGE_TIERS,
}


Value = TypeVar("Value")


class BadFormat(BacklightError):
    """A format or saved mapping that says something Backlight does not know."""

    def __init__(self, name: str, where: str, problem: str) -> None:
        self.name, self.where, self.problem = name, where, problem
        super().__init__(f"Format '{name}', {where}: {problem}")


def format_from_toml(text: str) -> ExportFormat:
    """The format that `text` describes. Raises BadFormat naming the place and the trouble."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFormat("?", "the whole text", f"this is not TOML ({error}).") from error
    name = str(document.get("name", "?"))
    try:
        return _format(document)
    except _Trouble as trouble:
        raise BadFormat(name, trouble.where, trouble.problem) from None


class _Trouble(Exception):
    def __init__(self, where: str, problem: str) -> None:
        self.where, self.problem = where, problem


def _fail(where: str, problem: str) -> NoReturn:
    raise _Trouble(where, problem)


def _format(document: dict[str, Any]) -> ExportFormat:
    _known("the top level", document, (field.name for field in fields(ExportFormat)))
    for needed in ("name", "title", "columns"):
        if not document.get(needed):
            _fail(needed, "this is missing.")
    values: dict[str, Any] = {key: _plain(key, document[key]) for key in _PLAIN if key in document}
    values |= {key: _texts(key, document[key]) for key in _TEXTS if key in document}
    values |= {key: _words(key, document[key]) for key in _WORDS if key in document}
    values["signature"] = tuple(_texts("signature", item) for item in _list("signature", document.get("signature", [])))
    values["columns"] = {name: _rule(name, rule) for name, rule in _table("columns", document["columns"]).items()}
    values["cancelled"] = tuple(_cancelled(rule) for rule in _list("cancelled", document.get("cancelled", [])))
    values["nulls"] = COMMON_NULLS | {word.casefold() for word in _texts("nulls", document.get("nulls", []))}
    values["status_by_type"] = _by_type(document.get("status_by_type", {}))
    if "priority" in values:
        values["priority"] = {word: int(level) for word, level in values["priority"].items()}
    return ExportFormat(**values)


def _known(where: str, keys: Iterable[str], allowed: Iterable[str]) -> None:
    allowed = tuple(allowed)
    for key in keys:
        if key not in allowed:
            hint = did_you_mean(key, allowed) or f" Known: {', '.join(allowed)}."
            _fail(where, f"'{key}' is not known.{hint}")


def _plain(key: str, value: object) -> object:
    if type(value) not in _PLAIN[key]:
        _fail(key, f"{value!r} should be {_PLAIN[key][0].__name__}.")
    if key in _CHOICES:
        _known(key, [str(value)], _CHOICES[key])
    if key == "id_pattern":
        _pattern(str(value))
    return value


def _pattern(text: str) -> None:
    try:
        re.compile(text)
    except re.error as error:
        _fail("id_pattern", f"'{text}' is not a regular expression ({error}).")


def _list(where: str, value: object) -> list[Any]:
    return value if isinstance(value, list) else _fail(where, f"{value!r} should be a list.")


def _table(where: str, value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else _fail(where, f"{value!r} should be a table.")


def _texts(where: str, value: object) -> tuple[str, ...]:
    for item in _list(where, value):
        if not isinstance(item, str):
            _fail(where, f"{item!r} should be text.")
    return tuple(_list(where, value))


def _words(key: str, value: object) -> dict[str, str]:
    """Turns 'meaning = [words]' round into word -> meaning; a word may have only one meaning."""
    table, change = _table(key, value), _case(key)
    _known(key, table, _WORDS.get(key, STATUSES))
    meanings: dict[str, str] = {}
    for meaning, listed in table.items():
        for word in map(change, _texts(f"{key}.{meaning}", listed)):
            if meanings.setdefault(word, meaning) != meaning:
                _fail(key, f"'{word}' stands under both {meanings[word]} and {meaning}.")
    return meanings


def _case(key: str) -> Callable[[str], str]:
    return str.upper if key == "ticket_type_prefix" else str.casefold


def _by_type(value: object) -> dict[str, Mapping[str, str]]:
    table = _table("status_by_type", value)
    _known("status_by_type", table, TICKET_TYPES)
    return {kind: _words(f"status_by_type.{kind}", words) for kind, words in table.items()}


def _rule(name: str, value: object) -> ColumnRule:
    where = f"columns.{name}"
    _known("columns", [name], _COLUMNS)
    table = {"headers": value} if isinstance(value, list) else dict(_table(where, value))
    _known(where, table, (field.name for field in fields(ColumnRule)))
    rule = ColumnRule(
        headers=_texts(where, table.get("headers", [])),
        minus=_typed(where, table, "minus", int, 0),
        true=tuple(word.casefold() for word in _texts(where, table.get("true", []))),
        false=tuple(word.casefold() for word in _texts(where, table.get("false", []))),
        negative=_typed(where, table, "negative", bool, False),
        unit=_typed(where, table, "unit", str, ""),
        after_opened=_typed(where, table, "after_opened", str, ""),
        words={word.casefold(): float(number) for word, number in _table(where, table.get("words", {})).items()},
    )
    return _checked(where, _TYPES[name], rule)


def _typed(where: str, table: dict[str, Any], key: str, kind: type[Value], default: Value) -> Value:
    value = table.get(key, default)
    return value if type(value) is kind else _fail(f"{where}.{key}", f"{value!r} should be {kind.__name__}.")


def _checked(where: str, sql_type: str, rule: ColumnRule) -> ColumnRule:
    if not rule.headers:
        _fail(where, "it needs at least one header.")
    _known(f"{where}.unit", [rule.unit], UNITS)
    _known(f"{where}.after_opened", [rule.after_opened], OFFSETS)
    shapes: dict[str, tuple[object, tuple[str, ...]]] = {
        "minus": (rule.minus, ("INTEGER", "TINYINT")),
        "true": (rule.true, ("BOOLEAN",)),
        "false": (rule.false, ("BOOLEAN",)),
        "negative": (rule.negative, ("BOOLEAN",)),
        "unit": (rule.unit, ("DOUBLE",)),
        "after_opened": (rule.after_opened, ("TIMESTAMP",)),
        "words": (rule.words, ("DOUBLE",)),
    }
    for shape, (value, types) in shapes.items():
        if value and sql_type not in types:
            _fail(where, f"'{shape}' does not go with a column of type {sql_type}.")
    if sql_type == "BOOLEAN" and not (rule.true or rule.false or rule.negative):
        return replace(rule, true=TRUE_WORDS, false=FALSE_WORDS)
    return rule


def _cancelled(value: object) -> CancelledRule:
    table = _table("cancelled", value)
    _known("cancelled", table, (field.name for field in fields(CancelledRule)))
    words = tuple(word.casefold() for word in _texts("cancelled.words", table.get("words", [])))
    listed = _typed("cancelled", table, "listed", bool, False)
    return CancelledRule(_texts("cancelled.headers", table.get("headers", [])), words, listed)
