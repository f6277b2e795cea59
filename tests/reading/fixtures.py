"""What the fixtures of this folder are, for annotations."""

from collections.abc import Callable
from pathlib import Path

from analytics.warehouse.reading import RawRows

Cells = list[tuple[str, ...]]
Read = Callable[..., RawRows]
Loaded = Callable[[RawRows], Cells]
Workbook = Callable[..., Path]
One = Callable[[Path], RawRows]
