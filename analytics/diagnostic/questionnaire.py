"""Questionnaires: statements to tick, with their thresholds, remedies and the rule of evidence behind each.

They are files in data/questionnaires/, so that an organisation can add its own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from analytics.diagnostic.errors import BadQuestionnaire
from analytics.errors import UnknownName

FOLDER = Path(__file__).parents[2] / "data" / "questionnaires"
Part = TypeVar("Part")


@dataclass(frozen=True)
class Band:
    """What it means that from `first` to `last` statements, both inclusive, are true of a team."""

    first: int
    last: int
    name: str
    meaning: str


@dataclass(frozen=True)
class Threshold:
    """A number that a rule compares with: `words` read on after it, as in `0.02 of demand that chasing may be`."""

    name: str
    value: float
    least: float
    most: float
    unit: str
    words: str


@dataclass(frozen=True)
class Assumption:
    """A number that no export holds, as a guess with a low and a high end; `words` as with a threshold."""

    name: str
    low: float
    value: float
    high: float
    unit: str
    words: str


@dataclass(frozen=True)
class Statement:
    """One statement to tick. `evidence` names a rule, or is empty: perception only; `kpi` is what it should move.

    `claim` is a vendor's or consultant's assertion, to be shown as such.
    """

    id: str
    sign: str
    text: str
    healthy: str
    broken: str
    remedy: str
    help: str = ""
    evidence: str = ""
    kpi: str = ""
    claim: str = ""
    check_after_days: int = 30
    thresholds: tuple[Threshold, ...] = ()
    assumptions: tuple[Assumption, ...] = ()


@dataclass(frozen=True)
class Questionnaire:
    """Statements that are answered together; one that is not `asked` only groups evidence."""

    id: str
    title: str
    question: str
    minutes: int
    statements: tuple[Statement, ...]
    bands: tuple[Band, ...] = ()
    asked: bool = True

    def band(self, ticked: int) -> Band | None:
        """The band of so many true statements; None where the questionnaire has none for it."""
        return next((band for band in self.bands if band.first <= ticked <= band.last), None)

    def statement(self, name: str) -> Statement:
        """The statement of this id; raises `UnknownName`."""
        found = {statement.id: statement for statement in self.statements}
        if name not in found:
            raise UnknownName("statement", name, found)
        return found[name]


@cache
def questionnaires(folder: Path = FOLDER) -> tuple[Questionnaire, ...]:
    """All of them: the seven signs first, then by title. Raises `BadQuestionnaire`."""
    found = [_read(file) for file in sorted(folder.glob("*.toml"))]
    named = [one.id for one in found]
    for file, one in zip(sorted(folder.glob("*.toml")), found, strict=True):
        if named.count(one.id) > 1:
            raise BadQuestionnaire(file.name, f"another file has the id '{one.id}' too")
    rules = [one.evidence for sheet in found for one in sheet.statements if one.thresholds or one.assumptions]
    for rule in {rule for rule in rules if rules.count(rule) > 1}:
        raise BadQuestionnaire("*.toml", f"the numbers of the rule '{rule}' are given twice")
    return tuple(sorted(found, key=lambda one: (one.id != "diagnostic", one.id != "backlog", one.title)))


def find_questionnaire(name: str) -> Questionnaire:
    """The questionnaire of this id; raises `UnknownName`."""
    found = {one.id: one for one in questionnaires()}
    if name not in found:
        raise UnknownName("questionnaire", name, found)
    return found[name]


def _read(file: Path) -> Questionnaire:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return _questionnaire(file.name, table)
    except (OSError, ValueError) as error:
        raise BadQuestionnaire(file.name, str(error)) from error


def _questionnaire(file: str, table: Mapping[str, Any]) -> Questionnaire:
    bands = [
        _part(file, Band, {"first": band.pop("from", None), "last": band.pop("to", None), **band})
        for band in map(dict, table.get("bands", ()))
    ]
    statements = [_statement(file, statement) for statement in table.get("statements", ())]
    if not statements:
        raise BadQuestionnaire(file, "it has no statement")
    ids = [statement.id for statement in statements]
    if len(set(ids)) < len(ids):
        raise BadQuestionnaire(file, "two statements have the same id")
    return _part(file, Questionnaire, {**table, "bands": tuple(bands), "statements": tuple(statements)})


def _statement(file: str, table: Mapping[str, Any]) -> Statement:
    thresholds = tuple(_part(file, Threshold, one) for one in table.get("thresholds", ()))
    assumptions = tuple(_part(file, Assumption, one) for one in table.get("assumptions", ()))
    return _part(file, Statement, {**table, "thresholds": thresholds, "assumptions": assumptions})


def _part(file: str, kind: type[Part], table: Mapping[str, Any]) -> Part:
    """One dataclass from its table: every line known, and none that is needed left out."""
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    for name in table:
        if name not in known:
            raise BadQuestionnaire(file, f"'{name}' is not known here")
    for name, field in known.items():
        if field.default is MISSING and table.get(name) is None:
            raise BadQuestionnaire(file, f"'{name}' is missing")
        if name in table and not _fits(field.type, table[name]):
            raise BadQuestionnaire(file, f"'{name}' is of another kind than {getattr(field.type, '__name__', 'that')}")
    return kind(**table)


def _fits(kind: object, value: object) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return not isinstance(kind, type) or (isinstance(value, kind) and (kind is bool or not isinstance(value, bool)))
