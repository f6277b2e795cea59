"""What an import has to say: per file the rows read, and where each of them went."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ImportReport:
    """One file's import. `rows_read = tickets + merged + rejected` holds for every file.

    `tickets` are the distinct tickets in the file, `merged` further rows of the same tickets, `rejected` rows that
    could not be used (kept with line and reason). `confidence` is that of the recognition, 0 to 1. `mapping` is
    canonical column -> the headers it was read from. `unchanged` is True if the same file was imported before.
    """

    file: str
    format: str
    title: str
    confidence: float
    rows_read: int
    tickets: int
    merged: int
    rejected: int
    warnings: tuple[str, ...]
    mapping: dict[str, tuple[str, ...]]
    unchanged: bool = False

    def __post_init__(self) -> None:
        if self.rows_read != self.tickets + self.merged + self.rejected:
            raise AssertionError(f"rows do not add up in {self.file}: {self}")
