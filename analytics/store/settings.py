"""Settings: one text per name, such as reporting_time_zone. What a value means is its reader's business."""

from sqlalchemy import Connection, select

from analytics.store.names import checked_name, checked_text
from analytics.store.tables import SETTINGS
from analytics.store.upsert import put


def setting(connection: Connection, name: str) -> str | None:
    """The value that was set, or None."""
    row = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == name)).first()
    return str(row.value) if row else None


def set_setting(connection: Connection, name: str, value: str) -> None:
    """Set one, in place of an earlier value."""
    put(connection, SETTINGS, checked_name("setting", name), checked_text("setting", name, value))
