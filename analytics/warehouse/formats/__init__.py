"""Export formats: data that says what a tool's columns and words mean, and how a file is matched with them."""

from analytics.warehouse.formats.catalogue import find_format, load_formats
from analytics.warehouse.formats.export_format import CancelledRule, ColumnRule, ExportFormat
from analytics.warehouse.formats.mapping import Mapping, resolve
from analytics.warehouse.formats.toml_reader import BadFormat, format_from_toml
from analytics.warehouse.formats.toml_writer import format_to_toml

__all__ = [
    "BadFormat",
    "CancelledRule",
    "ColumnRule",
    "ExportFormat",
    "Mapping",
    "find_format",
    "format_from_toml",
    "format_to_toml",
    "load_formats",
    "resolve",
]
