"""Mappings: how someone's own export reads, saved under a name as the TOML that data/formats/ also holds."""

from sqlalchemy import Connection, select

from analytics.store.names import checked_name, checked_text
from analytics.store.tables import SAVED_MAPPINGS
from analytics.store.upsert import put, remove


def saved_mappings(connection: Connection) -> dict[str, str]:
    """Name -> TOML text, by name."""
    columns = SAVED_MAPPINGS.c
    return {row.name: row.toml for row in connection.execute(select(columns.name, columns.toml).order_by(columns.name))}


def save_mapping(connection: Connection, name: str, toml: str) -> None:
    """Keep one under its name, in place of an earlier one."""
    put(connection, SAVED_MAPPINGS, checked_name("mapping", name), checked_text("mapping", name, toml))


def delete_mapping(connection: Connection, name: str) -> None:
    """Forget one, if it is there."""
    remove(connection, SAVED_MAPPINGS, name)
