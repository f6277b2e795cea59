"""Correction: a mapping as a person has put it right, to be used for this file and recognised in the next one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from analytics.warehouse.formats.export_format import ColumnRule, ExportFormat
from analytics.warehouse.formats.mapping import resolve
from analytics.warehouse.formats.toml_reader import FALSE_WORDS, TRUE_WORDS, format_from_toml
from analytics.warehouse.formats.toml_writer import format_to_toml
from analytics.warehouse.schema import SOURCE_COLUMNS

Meaning = TypeVar("Meaning")

UPDATE_TIME = "updated_at"
# What a header can be chosen for; the importer fills the others itself.
MAPPABLE = tuple(c for c in SOURCE_COLUMNS if c.name not in ("source", "source_status", "source_priority"))
_FLAGS = frozenset(column.name for column in SOURCE_COLUMNS if column.type == "BOOLEAN")


@dataclass(frozen=True)
class Correction:
    """What a person decided: canonical column -> header (None: nothing), word -> meaning, one row per update or not."""

    headers: Mapping[str, str | None]
    statuses: Mapping[str, str | None] = field(default_factory=dict)
    priorities: Mapping[str, int | None] = field(default_factory=dict)
    is_event_log: bool = False


def corrected(format: ExportFormat, header: Sequence[str], correction: Correction, name: str) -> ExportFormat:
    """The format with the correction in it, under a new name. Raises `BadFormat` where it makes no sense.

    Rules for columns that this file does not have stay as they are.
    """
    columns = _columns(format, header, correction.headers)
    places = resolve(replace(format, columns=columns), header).positions.values()
    used = [header[first] for first, *_ in places]
    changed = replace(
        format, name=name, title=name, verified=False, columns=columns,
        signature=tuple((text,) for text in dict.fromkeys(used)), helpers=(), exact_helpers=(), id_pattern="",
        repeated_ids=None, status=_words(format.status, correction.statuses),
        priority=_words(format.priority, correction.priorities),
        event_time=UPDATE_TIME if correction.is_event_log else "", has_resolution_time="resolved_at" in columns,
        limits=(),
    )  # fmt: skip
    return format_from_toml(format_to_toml(changed))


def _columns(format: ExportFormat, header: Sequence[str], chosen: Mapping[str, str | None]) -> dict[str, ColumnRule]:
    found = resolve(format, header).positions
    columns = dict(format.columns)
    for name, text in chosen.items():
        before = header[found[name][0]] if name in found else None
        if text == before:
            continue
        if text is None:
            columns.pop(name, None)
        else:
            flag = name in _FLAGS
            columns[name] = ColumnRule((text,), true=TRUE_WORDS * flag, false=FALSE_WORDS * flag)
    return columns


def _words(known: Mapping[str, Meaning], chosen: Mapping[str, Meaning | None]) -> dict[str, Meaning]:
    words = dict(known) | {word.casefold(): meaning for word, meaning in chosen.items() if meaning is not None}
    left = {word.casefold() for word, meaning in chosen.items() if meaning is None}
    return {word: meaning for word, meaning in words.items() if word not in left}
