"""Complaints: the engine's errors in our own sentences. Its own texts can quote cells and paths, and are never shown.

What is quoted comes from the statement, or is a type's name.
"""

import re

import duckdb

from analytics.errors import did_you_mean
from analytics.warehouse.sandbox.permitted import PERMITTED
from analytics.warehouse.sandbox.syntax_nodes import permitted

_NAMES = sorted({column.name for columns in PERMITTED.values() for column in columns})
_WORD = r'"([\w .#*-]{1,60})"'
_TYPE = r"([A-Z][A-Z0-9_]*(?: WITH TIME ZONE)?(?:\(\d+(?:,\s*\d+)?\))?(?:\[\d*\])*)"
_NEAR = re.compile(rf"syntax error at or near {_WORD}", re.IGNORECASE)
_LINE = re.compile(r"^LINE (\d+):", re.MULTILINE)
_NO_COLUMN = re.compile(rf'(?:Referenced column|Column|column) {_WORD} (?:not found|does not exist|must exist)|'
                        rf'does not have a column named {_WORD}')  # fmt: skip
_NO_TABLE = re.compile(rf"Referenced table {_WORD} not found")
_GROUPED = re.compile(rf"column {_WORD} must appear in the GROUP BY clause", re.IGNORECASE)
_AMBIGUOUS = re.compile(rf"Ambiguous reference to (?:column name|table|alias) {_WORD}", re.IGNORECASE)
_ARGUMENTS = re.compile(r"No function matches the given name and argument types '([\w!~*%&|<>=/^@+-]+)\(")
_NO_SUCH_FUNCTION = re.compile(r"(?:Function|Macro) (?:with name )?[\"']?([\w]+)[\"']? (?:does not exist|is not)")
_COMPARED = re.compile(rf"Cannot compare values of type {_TYPE} and (?:type )?{_TYPE}")
_INTO = re.compile(r"\b(?:to|into|target type|destination type) ([A-Z][A-Z0-9]*(?: WITH TIME ZONE)?)\b")
# The engine's names for its storage, and what one writes.
_WRITTEN = {"INT8": "TINYINT", "INT16": "SMALLINT", "INT32": "INTEGER", "INT64": "BIGINT", "INT128": "HUGEINT"}
_MORE_ROWS = "More than one row returned by a subquery"
_FORMAT = re.compile(r"(?i)\b(?:could not parse|failed to parse|format specifier|strptime)")
_BY_CLASS: tuple[tuple[type[duckdb.Error], str], ...] = (
    (duckdb.OutOfRangeException, "A number, date or time went out of its range: cast to a wider type, such as DOUBLE."),
    (
        duckdb.InvalidInputException,
        "A function was given a value that it cannot take, such as a bad pattern or format.",
    ),
    (duckdb.NotImplementedException, "The engine cannot do this combination: write it another way."),
    (duckdb.SyntaxException, "The statement's syntax is not right."),
    (duckdb.ParserException, "The statement's syntax is not right."),
    (duckdb.BinderException, "The statement does not fit together: check names, types and GROUP BY."),
    (duckdb.CatalogException, "The statement names something that is not here."),
    (duckdb.PermissionException, "The statement tried something that is not permitted here."),
    (duckdb.Error, "The statement could not be run as it stands."),
)


# How an error begins that comes up while a result is read, and reaches us through Arrow.
_BY_BEGINNING: dict[str, type[duckdb.Error]] = {
    "Out of Memory Error": duckdb.OutOfMemoryException,
    "Out of Range Error": duckdb.OutOfRangeException,
    "Conversion Error": duckdb.ConversionException,
    "Invalid Input Error": duckdb.InvalidInputException,
    "Not implemented Error": duckdb.NotImplementedException,
    "Mismatch Type Error": duckdb.TypeMismatchException,
}


def engine_error(error: Exception) -> duckdb.Error:
    """The engine's error, also where Arrow has wrapped it."""
    if isinstance(error, duckdb.Error):
        return error
    kind = _BY_BEGINNING.get(str(error).partition(":")[0], duckdb.Error)
    return kind(str(error))


def is_over_memory(error: Exception) -> bool:
    """Whether memory ran out."""
    return isinstance(error, (duckdb.OutOfMemoryException, MemoryError)) or "bad_alloc" in str(error)


def complaint(error: duckdb.Error, statement: str) -> str:
    """What is wrong with the statement and, where it can be told, what to do."""
    said = str(error).split("\n\nLINE ")[0]
    if isinstance(error, (duckdb.ParserException, duckdb.SyntaxException)):
        return _of_syntax(str(error), statement)
    # Only these quote nothing but the statement; all others come up over cells.
    bound = isinstance(error, (duckdb.BinderException, duckdb.CatalogException))
    if sentence := _of_names(error, said) or _of_arguments(said) if bound else _of_values(error, said):
        return sentence
    return next(sentence for kind, sentence in _BY_CLASS if isinstance(error, kind))


def _of_syntax(said: str, statement: str) -> str:
    near, line = _NEAR.search(said), _LINE.search(said)
    place = f" in line {line.group(1)}" if line and statement.count("\n") else ""
    if near and near.group(1) in statement:
        return f"The syntax is not right{place}, at or before '{near.group(1)}'."
    if "depth" in said:
        return "The statement is nested too deeply: split it with WITH."
    if "end of input" in said:
        return "The statement ends too early: something is missing at its end."
    return f"The statement's syntax is not right{place}."


def _of_names(error: duckdb.Error, said: str) -> str:
    if found := _NO_COLUMN.search(said):
        name = found.group(1) or found.group(2)
        return f"There is no column '{name}'.{did_you_mean(name, _NAMES)}"
    if found := _NO_TABLE.search(said):
        return f"'{found.group(1)}' is no table of this FROM."
    if found := _GROUPED.search(said):
        return f"Column '{found.group(1)}' must stand in GROUP BY too, or inside an aggregate such as any_value."
    if found := _AMBIGUOUS.search(said):
        return f"'{found.group(1)}' could mean more than one column: write the table's name before it."
    if isinstance(error, duckdb.CatalogException) and (found := _NO_SUCH_FUNCTION.search(said)):
        return f"There is no function '{found.group(1)}' for this place."
    return ""


def _of_arguments(said: str) -> str:
    if found := _ARGUMENTS.search(said):
        return f"'{found.group(1)}' cannot take arguments of these types: cast them first."
    if found := _COMPARED.search(said):
        return f"{found.group(1)} and {found.group(2)} cannot be compared: cast one to the other's type."
    return ""


def _of_values(error: duckdb.Error, said: str) -> str:
    if said.startswith(f"Invalid Input Error: {_MORE_ROWS}"):
        return "A subquery that stands for one value found more than one row: add LIMIT 1, or an aggregate such as max."
    if isinstance(error, (duckdb.ConversionException, duckdb.TypeMismatchException)) or _FORMAT.search(said):
        kind = _type_asked_for(said) or "the type asked for"
        return f"A value could not be converted to {kind}: TRY_CAST or try_strptime give NULL instead."
    return ""


def _type_asked_for(said: str) -> str:
    """The last that is a type's name: a cell that is quoted before can hold such words too."""
    named = [found.group(1) for found in _INTO.finditer(said) if found.group(1).lower() in permitted().types]
    return _WRITTEN.get(named[-1], named[-1]) if named else ""
