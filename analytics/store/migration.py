"""Brings the tables to what this version expects, on every opening. Two processes may do so at once."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from analytics.store.database import Database
from analytics.store.errors import StoreIsNewer


def migrate(database: Database, revision: str = "head") -> None:
    """Run what is missing, in one transaction: all of it or nothing."""
    config = _config()
    newest = ScriptDirectory.from_config(config).get_current_head()
    with database.reading() as connection:
        if revision == "head" and current_revision(connection) == newest:
            return
    with database.writing(alone=True) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise StoreIsNewer(database.place) from error


def current_revision(connection: Connection) -> str | None:
    """The revision that the tables are at; None before the first."""
    return MigrationContext.configure(connection).get_current_revision()


def revisions() -> list[str]:
    """Every revision, oldest first."""
    script = ScriptDirectory.from_config(_config())
    return [step.revision for step in reversed(list(script.walk_revisions()))]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "analytics.store:migrations")
    config.set_main_option("path_separator", "os")
    return config
