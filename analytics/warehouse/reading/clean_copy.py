"""Clean copy: the good records of a file, written as the one CSV dialect that is read back without any doubt."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from analytics.warehouse.reading.rows import Tally

DELIMITER = ","
NEWLINE = "\n"


def write_copy(rows: Iterable[Sequence[str]], folder: Path) -> tuple[Path, Tally]:
    """A new CSV in `folder` without a header, every cell quoted; NUL becomes �. Returns its path and its tally."""
    path = new_file(folder, ".csv")
    tally = _Counting()
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator=NEWLINE).writerows(tally.of(rows))
    return path, Tally(tally.records, tally.characters)


def new_file(folder: Path, suffix: str) -> Path:
    """An empty file in `folder` that nothing else uses."""
    with tempfile.NamedTemporaryFile(dir=folder, prefix="rows-", suffix=suffix, delete=False) as file:
        return Path(file.name)


class _Counting:
    def __init__(self) -> None:
        self.records = self.characters = 0

    def of(self, rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
        for row in rows:
            joined = "".join(row)
            self.records += 1
            self.characters += len(joined)
            yield [cell.replace("\0", "\ufffd") for cell in row] if "\0" in joined else row
