"""Upgrade: a snapshot built by an earlier version of Backlight is built anew from its own tickets before it is read."""

from pathlib import Path

import duckdb

from analytics.warehouse.importer import rebuild
from analytics.warehouse.schema import LAYOUT
from analytics.warehouse.snapshots import current_snapshot


def up_to_date_snapshot(folder: Path) -> Path | None:
    """The current snapshot in the present layout, or None if nothing is loaded."""
    path = current_snapshot(folder)
    if path is None or _layout_of(path) == LAYOUT:
        return path
    return rebuild(folder)


def _layout_of(path: Path) -> str | None:
    with duckdb.connect(path, read_only=True) as connection:
        row = connection.execute("SELECT value FROM facts WHERE name = 'layout'").fetchone()
    return str(row[0]) if row else None
