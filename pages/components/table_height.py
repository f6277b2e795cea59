"""The height of a table: as tall as its rows, up to a limit beyond which it scrolls."""

from collections.abc import Sized
from typing import Literal

MOST_ROWS = 8
SCROLLED = 320


def table_height(rows: Sized) -> int | Literal["content"]:
    """Pixels, or `content`."""
    return "content" if len(rows) <= MOST_ROWS else SCROLLED
