"""The one door to what people enter. Each call is one transaction; a write is on disk when the call returns."""

import os
from dataclasses import dataclass
from pathlib import Path

from analytics.store import mappings, settings, targets
from analytics.store.database import Database, connect
from analytics.store.migration import migrate


@dataclass(frozen=True)
class Store:
    """Entered state. Open with `open_store`; threads and processes may share one place."""

    database: Database

    def targets(self) -> dict[str, float]:
        """KPI name -> target in the KPI's unit: entered values over the shipped data/targets.toml."""
        with self.database.reading() as connection:
            return targets.shipped_targets() | targets.entered_targets(connection)

    def set_target(self, kpi: str, value: float | None) -> None:
        """Enter the target of one KPI; None removes the entered one. The caller knows which KPIs exist."""
        with self.database.writing() as connection:
            targets.enter_target(connection, kpi, value)

    def mappings(self) -> dict[str, str]:
        """Saved mapping name -> TOML text."""
        with self.database.reading() as connection:
            return mappings.saved_mappings(connection)

    def save_mapping(self, name: str, toml: str) -> None:
        """Keep a mapping under its name, in place of an earlier one."""
        with self.database.writing() as connection:
            mappings.save_mapping(connection, name, toml)

    def delete_mapping(self, name: str) -> None:
        """Forget a mapping, if it is there."""
        with self.database.writing() as connection:
            mappings.delete_mapping(connection, name)

    def setting(self, name: str, default: str) -> str:
        """The value that was set for `name`, else `default`."""
        with self.database.reading() as connection:
            found = settings.setting(connection, name)
        return default if found is None else found

    def set_setting(self, name: str, value: str) -> None:
        """Set one value, in place of an earlier one."""
        with self.database.writing() as connection:
            settings.set_setting(connection, name, value)

    def close(self) -> None:
        """Let go of the connections; a later call opens new ones."""
        self.database.engine.dispose()


def open_store(folder: Path, url: str | None = None) -> Store:
    """Open `url`, else BACKLIGHT_STORE_URL, else `state.sqlite` in `folder`, and bring its tables up to date."""
    database = connect(folder, url or os.environ.get("BACKLIGHT_STORE_URL"))
    migrate(database)
    return Store(database)
