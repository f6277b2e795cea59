"""Reading: any export file becomes raw rows, and no row is lost on the way without being named."""

from analytics.warehouse.reading.export_file import read_file
from analytics.warehouse.reading.loading import load
from analytics.warehouse.reading.rows import RawRows, RejectedRow

__all__ = ["RawRows", "RejectedRow", "load", "read_file"]
