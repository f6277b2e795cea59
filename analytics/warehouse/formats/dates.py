"""Which dates a file writes: decided once per file from all of its values, never cell by cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb

from analytics.warehouse.formats.date_rule import DateRule
from analytics.warehouse.formats.date_scan import DateColumn, DateScan, Shapes
from analytics.warehouse.formats.date_shapes import Shape, shape_of
from analytics.warehouse.formats.export_format import ExportFormat

# Shapes that the sample missed are found among what could not be read; each round may uncover more.
ROUNDS = 3
_FIRST_TWO = re.compile(r"\s*(\d{1,2})[-/](\d{1,2})[-/]")


def decide_dates(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: Mapping[str, tuple[int, ...]],
    format: ExportFormat,
) -> dict[str, DateRule]:
    """How each time column (canonical name -> positions in the header) is read.

    Columns that hold a time span after the opening are left out. Raises nothing: a tie between day first and
    month first is read day first and is `ambiguous`.
    """
    scan = DateScan(connection, table)
    wanted = [DateColumn(name, places) for name, places in columns.items() if not _is_span(format, name)]
    samples = {column.name: _sampled(scan, column) for column in wanted}
    found = [_hinted(column, format).with_values(samples[column.name]) for column in wanted]
    month_first, ambiguous = _orders(scan, found, [value for values in samples.values() for value in values])
    return dict(_rules(scan, found, month_first, ambiguous, format.nulls))


def _is_span(format: ExportFormat, name: str) -> bool:
    return name in format.columns and bool(format.columns[name].after_opened)


def _sampled(scan: DateScan, column: DateColumn) -> list[str]:
    return [value for position in column.positions for value in scan.sample(position)]


def _hinted(column: DateColumn, format: ExportFormat) -> DateColumn:
    return replace(column, shapes=frozenset(map(_hint, format.date_formats)))


def _hint(text: str) -> Shape:
    return Shape("offset" if "%z" in text else "utc" if text.endswith("Z") else "local", (text,))


def _orders(scan: DateScan, columns: Sequence[DateColumn], sample: Sequence[str]) -> tuple[Shapes, Shapes]:
    """The shapes that are month first, and those for which nothing in the file tells."""
    month_first: set[Shape] = set()
    ambiguous: set[Shape] = set()
    for family in _families(columns):
        touched = [column for column in columns if column.shapes & family]
        better = _better(scan, touched, columns, family, sample)
        month_first |= family if better > 0 else set()
        ambiguous |= family if better == 0 else set()
    return frozenset(month_first), frozenset(ambiguous)


def _families(columns: Sequence[DateColumn]) -> list[Shapes]:
    """Shapes with the same separator decide together, in all columns, whatever their year and time part."""
    families: dict[str, set[Shape]] = {}
    for column in columns:
        for shape in column.shapes:
            if shape.day_or_month_first:
                families.setdefault(_separator(shape), set()).add(shape)
    return [frozenset(families[key]) for key in sorted(families)]


def _separator(shape: Shape) -> str:
    return shape.formats[0][2:3]


def _better(
    scan: DateScan, touched: Sequence[DateColumn], columns: Sequence[DateColumn], family: Shapes, sample: Sequence[str]
) -> int:
    """Above zero: month first is better; below: day first; zero: nothing tells."""
    witnessed = _witnessed(sample, _separator(next(iter(family))))
    if witnessed and _reads_all(scan, touched, family if witnessed > 0 else frozenset(), family):
        return witnessed
    day, month = (sum(scan.readable(touched, chosen)) for chosen in (frozenset[Shape](), family))
    if day != month:
        return month - day
    return scan.violations(columns, frozenset()) - scan.violations(columns, family)


def _witnessed(sample: Sequence[str], separator: str) -> int:
    """1 if some value can only be month first and none only day first; -1 the other way round; else 0."""
    pairs = [found.groups() for value in sample if (found := _FIRST_TWO.match(value)) and separator in value]
    day = any(int(first) > 12 for first, _ in pairs)
    month = any(int(second) > 12 for _, second in pairs)
    return int(month) - int(day)


def _reads_all(scan: DateScan, touched: Sequence[DateColumn], month_first: Shapes, family: Shapes) -> bool:
    """Whether that reading leaves no value of the family unread; then no other reading can be better."""
    counts = zip(touched, scan.readable(touched, month_first), scan.filled(touched), strict=True)
    gaps = [column for column, readable, filled in counts if readable < filled]
    return not any(shape_of(text) in family for column in gaps for text in scan.unreadable(column, month_first))


def _rules(
    scan: DateScan, columns: Sequence[DateColumn], month_first: Shapes, ambiguous: Shapes, nulls: frozenset[str]
) -> Iterator[tuple[str, DateRule]]:
    counts = zip(columns, scan.readable(columns, month_first), scan.filled(columns), strict=True)
    for column, readable, filled in counts:
        unreadable = 0
        if readable < filled:
            column, readable, unreadable = _completed(scan, column, month_first, nulls)
        first = _extended(column, month_first)
        unsure = bool(column.shapes & ambiguous) and readable > 0
        note, rule = _note(column, first, unsure) if filled else "", column.rule(first)
        yield column.name, replace(rule, ambiguous=unsure, readable=readable, unreadable=unreadable, note=note)


def _completed(
    scan: DateScan, column: DateColumn, month_first: Shapes, nulls: frozenset[str]
) -> tuple[DateColumn, int, int]:
    """The column with the shapes that the sample missed, its readable and its unreadable values."""
    left = scan.unreadable(column, month_first)
    for _ in range(ROUNDS):
        seen = column.with_values(list(left))
        if seen == column:
            break
        column = seen
        left = scan.unreadable(column, _extended(column, month_first))
    unknown = sum(count for text, count in left.items() if text.strip().casefold() not in nulls)
    return column, scan.readable([column], _extended(column, month_first))[0], unknown


def _extended(column: DateColumn, month_first: Shapes) -> Shapes:
    """A shape found late follows the shapes that are written with the same separator."""
    separators = {_separator(shape) for shape in month_first}
    late = {shape for shape in column.shapes if shape.day_or_month_first and _separator(shape) in separators}
    return month_first | late


def _note(column: DateColumn, month_first: Shapes, unsure: bool) -> str:
    if unsure:
        return f"{column.name}: this file does not tell day first from month first; read day first, please check."
    if not column.shapes:
        return f"{column.name}: no date that can be read."
    if column.shapes & month_first:
        return f"{column.name}: dates are read month first."
    if any(shape.day_or_month_first for shape in column.shapes):
        return f"{column.name}: dates are read day first."
    return ""
