"""How an import goes about its files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from analytics.errors import BacklightError
from analytics.warehouse.formats import ExportFormat


@dataclass(frozen=True)
class ImportOptions:
    """How to import.

    `format` is used instead of recognising one, `formats` for the files (or members of archives) of that name;
    `saved` mappings may be recognised too; `time_zone` is the zone in which times without an offset were written;
    `reporting_time_zone` the one that days are reported in (None: as before, else `time_zone`).
    """

    format: ExportFormat | None = None
    saved: Sequence[ExportFormat] = ()
    time_zone: str = "UTC"
    reporting_time_zone: str | None = None
    progress: Callable[[str], None] = field(default=lambda _message: None)
    formats: Mapping[str, ExportFormat] = field(default_factory=dict)

    def format_for(self, file: str) -> ExportFormat | None:
        """The format that was chosen for the file, or None to recognise one."""
        return self.formats.get(file, self.format)


def check_time_zone(name: str) -> str:
    """`name`, if it is an IANA time zone; raises `BacklightError`."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BacklightError(f"'{name}' is not a time zone: use a name such as Europe/Rome or UTC.") from None
    return name
