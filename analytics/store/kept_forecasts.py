"""Kept forecasts: what was expected once, with what was known then, to be scored when the data arrives.

One that was removed is only marked, so that removing can be undone; its numbers never change.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from analytics.store.moments import utc
from analytics.store.names import checked_note, checked_text
from analytics.store.tables import KEPT_FORECASTS

BY_ITSELF = "First forecast of its week"


@dataclass(frozen=True)
class Unkept:
    """A forecast to be kept: `filters` and `numbers` are JSON, `origin` the first day forecast.

    `known_until` is the last day of which anything was known, `snapshot` the data that it was made from.
    """

    filters: str
    grain: str
    origin: date
    known_until: date
    horizon: int
    model: str
    snapshot: str
    numbers: str


@dataclass(frozen=True)
class KeptForecast:
    """A kept forecast. `name` is a person's text, for inert elements only, unless `by_itself`: then it is ours.

    `kept_at` is UTC.
    """

    id: int
    name: str
    forecast: Unkept
    kept_at: datetime
    by_itself: bool
    removed: bool


def kept_forecasts(connection: Connection) -> tuple[KeptForecast, ...]:
    """All of them, the newest origin first, removed ones included."""
    columns = KEPT_FORECASTS.c
    rows = connection.execute(select(KEPT_FORECASTS).order_by(columns.origin.desc(), columns.id.desc()))
    return tuple(_kept(row) for row in rows)


def keep_forecast(connection: Connection, name: str, forecast: Unkept) -> int:
    """Keep one under a name of 1 to 200 characters; its number. Raises `BadNote`."""
    entered = _entered(checked_note("name", name), forecast)
    return int(connection.execute(insert(KEPT_FORECASTS).returning(KEPT_FORECASTS.c.id), entered).scalar_one())


def is_kept_once(connection: Connection, forecast: Unkept) -> bool:
    """Whether one of its filters, grain and origin was kept by itself before, even if removed since."""
    found = select(KEPT_FORECASTS.c.id).where(KEPT_FORECASTS.c.kept_once == _key(forecast))
    return connection.execute(found).first() is not None


def keep_forecast_once(connection: Connection, forecast: Unkept) -> bool:
    """Keep the first of its filters, grain and origin; False where that was done before, even if removed since."""
    key = _key(forecast)
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    entered = _entered(BY_ITSELF, forecast) | {"kept_once": key}
    new = dialect.insert(KEPT_FORECASTS).values(entered).on_conflict_do_nothing(index_elements=["kept_once"])
    # Not by the count of rows: SQLAlchemy does not tell it of an insert on PostgreSQL.
    return connection.execute(new.returning(KEPT_FORECASTS.c.id)).first() is not None


def remove_forecast(connection: Connection, number: int) -> None:
    """Take one off the list, if it is there."""
    _mark(connection, number, datetime.now(UTC))


def restore_forecast(connection: Connection, number: int) -> None:
    """Put a removed one back."""
    _mark(connection, number, None)


def _key(forecast: Unkept) -> str:
    return sha256(f"{forecast.filters}|{forecast.grain}|{forecast.origin}".encode()).hexdigest()


def _mark(connection: Connection, number: int, removed_at: datetime | None) -> None:
    one = update(KEPT_FORECASTS).where(KEPT_FORECASTS.c.id == number)
    connection.execute(one.values(removed_at=removed_at))


def _entered(name: str, forecast: Unkept) -> dict[str, Any]:
    checked_text("filters of", name, forecast.filters)
    return {"name": name, **vars(forecast), "kept_at": datetime.now(UTC)}


def _kept(row: Row[Any]) -> KeptForecast:
    forecast = Unkept(**{name: getattr(row, name) for name in Unkept.__dataclass_fields__})
    by_itself, removed = row.kept_once is not None, row.removed_at is not None
    return KeptForecast(row.id, row.name, forecast, utc(row.kept_at), by_itself, removed)
