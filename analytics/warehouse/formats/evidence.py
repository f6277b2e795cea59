"""What the values of a column speak for: the share of them that are dates, known words, numbers or ids."""

import re
from collections.abc import Callable, Mapping

from analytics.warehouse.formats.date_shapes import shape_of
from analytics.warehouse.formats.export_format import COMMON_NULLS
from analytics.warehouse.formats.profile import ColumnProfile

ID_LIKE = re.compile(r"[A-Za-z]{0,12}[ #_-]{0,2}[0-9][0-9A-Za-z-]*")
# 'NA' is a country code too, so it is not among the common nulls; as evidence it says nothing.
NULLS = COMMON_NULLS | {"na", "unknown"}
_NUMBER = re.compile(r"[+-]?[0-9]+([.,][0-9]+)?")
_DURATION = re.compile(r"-?[0-9]+:[0-9]{2}(:[0-9]{2})?")

# Rows per id above which a file is taken for an event log rather than for a list with a few duplicates.
REPEATED = 1.3


def share(profile: ColumnProfile, holds: Callable[[str], object]) -> float:
    """Share (0..1) of the column's known distinct values of which `holds` is true; 0 if there are none."""
    values = [value for value in profile.values if value.casefold() not in NULLS]
    return sum(bool(holds(value)) for value in values) / len(values) if values else 0.0


def dates(profile: ColumnProfile) -> float:
    """Share of values that are dates by their form; plain numbers are not."""
    return share(profile, lambda value: (shape := shape_of(value)) is not None and shape.formats)


def numeric_dates(profile: ColumnProfile) -> float:
    """Share of values that could be epoch seconds, milliseconds or Excel serials."""
    return share(profile, lambda value: (shape := shape_of(value)) is not None and not shape.formats)


def words(profile: ColumnProfile, known: Mapping[str, object]) -> float:
    """Share of values that stand in `known` (casefolded)."""
    return share(profile, lambda value: value.casefold() in known)


def numbers(profile: ColumnProfile) -> float:
    """Share of values that are plain numbers."""
    return share(profile, _NUMBER.fullmatch)


def durations(profile: ColumnProfile) -> float:
    """Share of values written H:MM or H:MM:SS."""
    return share(profile, _DURATION.fullmatch)


def ids(profile: ColumnProfile) -> float:
    """Share of values that look like ticket numbers."""
    return share(profile, ID_LIKE.fullmatch)


def rows_per_value(profile: ColumnProfile) -> float:
    """Mean number of rows that share a value of the column; 0 if it is empty."""
    return profile.filled / profile.distinct if profile.distinct else 0.0


def has_values(profile: ColumnProfile) -> bool:
    """Whether the column holds anything but words for unknown."""
    return any(value.casefold() not in NULLS for value in profile.values)
