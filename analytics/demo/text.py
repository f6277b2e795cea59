"""Numbers to text, set-wise: dates, durations, names and ticket numbers as Arrow columns."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.demo.clock import Bools, Ints
from analytics.demo.course import NEVER
from analytics.demo.settings import DAY

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Planned dates and due dates lie beyond the export.
_BEYOND_DAYS = 900

# How each tool writes a day and a time of day.
ISO: tuple[Callable[[date], str], Callable[[int, int], str]] = (
    lambda day: f"{day:%Y-%m-%d} ",
    lambda hour, minute: f"{hour:02}:{minute:02}:00",
)
EVENT_LOG: tuple[Callable[[date], str], Callable[[int, int], str]] = (
    lambda day: f"{day.day}/{day.month}/{day.year} ",
    lambda hour, minute: f"{hour:02}:{minute:02}",
)
JIRA: tuple[Callable[[date], str], Callable[[int, int], str]] = (
    lambda day: f"{day.day:02}/{_MONTHS[day.month - 1]}/{day:%y} ",
    lambda hour, minute: f"{(hour - 1) % 12 + 1}:{minute:02} {'PM' if hour >= 12 else 'AM'}",
)
Style = tuple[Callable[[date], str], Callable[[int, int], str]]


@cache
def _calendar(style: Style, start: date, days: int) -> tuple[pa.Array, pa.Array]:
    of_day, of_time = style
    all_days = pa.array([of_day(start + timedelta(days=number)) for number in range(days + _BEYOND_DAYS)])
    return all_days, pa.array([of_time(minute // 60, minute % 60) for minute in range(DAY)])


def moments(minutes: Ints, style: Style, start: date, days: int) -> pa.Array:
    """Minutes since `start` as text in the tool's `style`; NEVER is null."""
    all_days, times = _calendar(style, start, days)
    known = np.where(minutes < NEVER, minutes, 0)
    text = pc.binary_join_element_wise(all_days.take(pa.array(known // DAY)), times.take(pa.array(known % DAY)), "")
    return blank(text, minutes >= NEVER)


def blank(text: pa.Array, where: Bools) -> pa.Array:
    """`text` with nulls at `where`."""
    return pc.if_else(pa.array(where), pa.scalar(None, pa.string()), text)


def picked(table: Sequence[str] | pa.Array, places: Ints) -> pa.Array:
    """The texts of `table` at `places`; null where a place is negative."""
    return pa.array(table, pa.string()).take(pa.array(places, mask=places < 0))


def padded(numbers: Ints, width: int) -> pa.Array:
    """Whole numbers with leading zeros."""
    return pc.utf8_lpad(pc.cast(pa.array(numbers), pa.string()), width, "0")


def joined(*parts: pa.Array | str, between: str = "") -> pa.Array:
    """The parts of each row one after another; null if one of them is."""
    return pc.binary_join_element_wise(*parts, between)


def numbered(prefix: str, numbers: Ints, width: int) -> pa.Array:
    """Ticket numbers such as INC0000042; null where a number is negative."""
    return blank(joined(prefix, padded(np.maximum(numbers, 0), width)), numbers < 0)


def spans(minutes: Ints, where: Bools, seconds: str = ":00") -> pa.Array:
    """Durations as hours and minutes, `H:MM` and `seconds`, negative with a minus; null except at `where`."""
    size = np.abs(minutes)
    sign = picked(["", "-"], (minutes < 0).astype(np.int32))
    text = joined(sign, pc.cast(pa.array(size // 60), pa.string()), ":", padded(size % 60, 2), seconds)
    return blank(text, ~where)


def flags(values: Bools) -> pa.Array:
    """`true` and `false`."""
    return picked(["false", "true"], values.astype(np.int32))
