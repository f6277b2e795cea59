"""Brings the tables to what this version expects, on every opening. Two processes may do so at once."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, select

from analytics.store.database import Database
from analytics.store.errors import StoreIsNewer

# Any fixed number: PostgreSQL's lock for those who migrate.
_LOCK = 7_215_340


def migrate(database: Database, revision: str = "head") -> None:
    """Run what is missing, in one transaction: all of it or nothing."""
    config = _config()
    with database.reading() as connection:
        if _current(connection) == ScriptDirectory.from_config(config).get_current_head() and revision == "head":
            return
    with database.writing() as connection:
        _wait_for_others(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise StoreIsNewer(database.place) from error


def revisions() -> list[str]:
    """Every revision, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "analytics.store:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _wait_for_others(connection: Connection) -> None:
    # On SQLite the transaction itself is the lock.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
