"""Export formats: data that says what a tool's columns and words mean, and how a file is matched with them."""

from analytics.warehouse.formats.catalogue import find_format, load_formats
from analytics.warehouse.formats.date_rule import DateRule
from analytics.warehouse.formats.dates import decide_dates
from analytics.warehouse.formats.export_format import CancelledRule, ColumnRule, ExportFormat
from analytics.warehouse.formats.generic import propose
from analytics.warehouse.formats.mapping import Mapping, resolve
from analytics.warehouse.formats.profile import ColumnProfile, profile
from analytics.warehouse.formats.recognise import recognise
from analytics.warehouse.formats.recognition import NotRecognised, Recognition
from analytics.warehouse.formats.toml_reader import BadFormat, format_from_toml
from analytics.warehouse.formats.toml_writer import format_to_toml

__all__ = [
    "BadFormat",
    "CancelledRule",
    "ColumnProfile",
    "ColumnRule",
    "DateRule",
    "ExportFormat",
    "Mapping",
    "NotRecognised",
    "Recognition",
    "decide_dates",
    "find_format",
    "format_from_toml",
    "format_to_toml",
    "load_formats",
    "profile",
    "propose",
    "recognise",
    "resolve",
]
