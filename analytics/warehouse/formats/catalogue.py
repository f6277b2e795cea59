"""The formats that come with the product: one TOML file each in `data/formats`."""

from functools import cache
from pathlib import Path

from analytics.errors import UnknownName
from analytics.warehouse.formats.export_format import ExportFormat
from analytics.warehouse.formats.toml_reader import format_from_toml

FOLDER = Path(__file__).parents[3] / "data" / "formats"
# Words for guessing at unknown layouts, not a layout.
GENERIC = FOLDER / "generic.toml"


@cache
def load_formats() -> tuple[ExportFormat, ...]:
    """Every built-in format, sorted by name. Raises BadFormat if a file says something unknown."""
    files = sorted(path for path in FOLDER.glob("*.toml") if path != GENERIC)
    formats = (format_from_toml(path.read_text(encoding="utf-8")) for path in files)
    return tuple(sorted(formats, key=lambda format: format.name))


@cache
def vocabulary() -> ExportFormat:
    """Synonyms of headers and words of many tools, for guessing at an unknown layout; `columns` holds the synonyms."""
    return format_from_toml(GENERIC.read_text(encoding="utf-8"))


def find_format(name: str) -> ExportFormat:
    """The built-in format of that name. Raises UnknownName."""
    known = {format.name: format for format in load_formats()}
    if name not in known:
        raise UnknownName("format", name, known)
    return known[name]
