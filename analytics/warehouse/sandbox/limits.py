"""Limits of one statement: how long, how many rows, how much memory."""

from dataclasses import dataclass

from analytics.errors import BacklightError

DEFAULT_SECONDS, MOST_SECONDS = 10.0, 60.0
DEFAULT_ROWS, MOST_ROWS = 1_000, 100_000
LONGEST_STATEMENT = 20_000
LONGEST_CELL = 20_000
MOST_COLUMNS = 1_000
MOST_BYTES = 64 << 20
# The engine's own limit is passed by single big values, so the kernel's stands above it, for the whole process.
ENGINE_MEMORY = "640MB"
ADDRESS_SPACE = 1400 << 20
STACK = 8 << 20
# How long after a statement's deadline it is looked after, before the parent ends it too.
GRACE = 0.5
AT_ONCE = 2


@dataclass(frozen=True)
class Limits:
    """`seconds` by the clock and `rows` of the result; raises where they are out of bounds."""

    seconds: float = DEFAULT_SECONDS
    rows: int = DEFAULT_ROWS

    def __post_init__(self) -> None:
        if not 0 < self.seconds <= MOST_SECONDS:
            raise BacklightError(f"A statement may take up to {MOST_SECONDS:g} seconds: choose between 1 and that.")
        if not 0 < self.rows <= MOST_ROWS:
            raise BacklightError(f"A result may have up to {MOST_ROWS:,} rows: choose between 1 and that.")
