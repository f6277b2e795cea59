"""The one door to what people enter. Each call is one transaction; a write is on disk when the call returns."""

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from analytics.store import annotations, baselines, kept_forecasts, mappings, scenarios, settings, targets
from analytics.store.actions import Actions
from analytics.store.annotations import Annotation
from analytics.store.answer_times import AnswerTimes
from analytics.store.asked_questions import AskedQuestions
from analytics.store.backup import Backup, back_up
from analytics.store.baselines import Baseline
from analytics.store.database import FILE, Database, connect
from analytics.store.handed_work import Builders, HandedWorks, WorkSessions
from analytics.store.kept_forecasts import KeptForecast, Unkept
from analytics.store.kept_selections import KeptSelections
from analytics.store.migration import migrate
from analytics.store.problem_records import ProblemRecords
from analytics.store.responses import Responses
from analytics.store.restoring import Restored, restore
from analytics.store.saved_views import SavedViews
from analytics.store.scenarios import SavedScenario
from analytics.store.time_log import TimeLog


@dataclass(frozen=True)
class Store:
    """Entered state. Open with `open_store`; threads and processes may share one place."""

    database: Database

    @property
    def actions(self) -> Actions:
        """The plan's actions."""
        return Actions(self.database)

    @property
    def problems(self) -> ProblemRecords:
        """The problem records kept here, and the recurring groups that were put aside."""
        return ProblemRecords(self.database)

    @property
    def responses(self) -> Responses:
        """What people answered in the self-check."""
        return Responses(self.database)

    @property
    def handed_work(self) -> HandedWorks:
        """The work handed to the business."""
        return HandedWorks(self.database)

    @property
    def builders(self) -> Builders:
        """Who may build in which business unit."""
        return Builders(self.database)

    @property
    def work_sessions(self) -> WorkSessions:
        """The sessions on handed work, with agenda and minutes."""
        return WorkSessions(self.database)

    @property
    def time_log(self) -> TimeLog:
        """Leadership's own weeks in three classes of work."""
        return TimeLog(self.database)

    @property
    def answer_times(self) -> AnswerTimes:
        """How long this product took for its latest answers."""
        return AnswerTimes(self.database)

    @property
    def saved_views(self) -> SavedViews:
        """Pages with their addresses, under names that people gave them."""
        return SavedViews(self.database)

    @property
    def asked_questions(self) -> AskedQuestions:
        """The latest questions, as they were understood."""
        return AskedQuestions(self.database)

    @property
    def kept_selections(self) -> KeptSelections:
        """Tickets behind pictures, so that a link can name them."""
        return KeptSelections(self.database)

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

    def annotations(self) -> tuple[Annotation, ...]:
        """What people wrote about days, by day."""
        with self.database.reading() as connection:
            return annotations.annotations(connection)

    def add_annotation(self, day: date, text: str) -> int:
        """Keep 1 to 200 characters about a day; the annotation's number."""
        with self.database.writing() as connection:
            return annotations.add_annotation(connection, day, text)

    def remove_annotation(self, number: int) -> None:
        """Forget an annotation, if it is there."""
        with self.database.writing() as connection:
            annotations.remove_annotation(connection, number)

    def baselines(self, kpi: str | None = None) -> tuple[Baseline, ...]:
        """The resets of one KPI's baseline, or of all, oldest first; undone ones are kept and say so."""
        with self.database.reading() as connection:
            return baselines.baselines(connection, kpi)

    def reset_baseline(self, kpi: str, week: date, note: str) -> int:
        """Begin a KPI's baseline anew with the week that holds the day `week`; the number of the reset."""
        with self.database.writing() as connection:
            return baselines.reset_baseline(connection, kpi, week, note)

    def undo_baseline(self, number: int) -> None:
        """Take a reset back, so that the one before it is in force again."""
        with self.database.writing() as connection:
            baselines.undo_baseline(connection, number)

    def kept_forecasts(self) -> tuple[KeptForecast, ...]:
        """Earlier forecasts, the newest origin first; removed ones are kept and say so."""
        with self.database.reading() as connection:
            return kept_forecasts.kept_forecasts(connection)

    def keep_forecast(self, name: str, forecast: Unkept) -> int:
        """Keep a forecast under a name of 1 to 200 characters; its number."""
        with self.database.writing() as connection:
            return kept_forecasts.keep_forecast(connection, name, forecast)

    def keep_forecast_once(self, forecast: Unkept) -> bool:
        """Keep the first forecast of its filters, grain and origin; whether it was the first."""
        # Every session asks: looking first spares the lock that writers wait for.
        with self.database.reading() as connection:
            if kept_forecasts.is_kept_once(connection, forecast):
                return False
        with self.database.writing() as connection:
            return kept_forecasts.keep_forecast_once(connection, forecast)

    def remove_forecast(self, number: int) -> None:
        """Take a kept forecast off the list, if it is there."""
        with self.database.writing() as connection:
            kept_forecasts.remove_forecast(connection, number)

    def restore_forecast(self, number: int) -> None:
        """Put a removed forecast back."""
        with self.database.writing() as connection:
            kept_forecasts.restore_forecast(connection, number)

    def scenarios(self) -> tuple[SavedScenario, ...]:
        """The what-ifs that people have saved, by name."""
        with self.database.reading() as connection:
            return scenarios.scenarios(connection)

    def save_scenario(self, name: str, changes: str, created_at: datetime | None = None) -> str:
        """Keep a scenario under 1 to 60 characters, in place of an earlier one; the name as it is kept."""
        with self.database.writing() as connection:
            return scenarios.save_scenario(connection, name, changes, created_at)

    def delete_scenario(self, name: str) -> None:
        """Forget a scenario, if it is there."""
        with self.database.writing() as connection:
            scenarios.delete_scenario(connection, name)

    def back_up(self, file: Path, replace: bool = False) -> Backup:
        """Write everything to one file, while others go on. Raises `BackupIsThere`, `CannotWriteBackup`."""
        return back_up(self.database, file, replace)

    def restore(self, file: Path, folder: Path) -> Restored:
        """Put a backup in place of everything, which is first kept beside the database, or else in `folder`.

        Raises `NoBackup`, `DamagedBackup`, `NewerBackup`, `CannotWriteBackup`: then nothing was changed.
        """
        own = self.database.file
        return restore(self.database, file, own.parent if own else folder)

    def close(self) -> None:
        """Let go of the connections; a later call opens new ones."""
        self.database.engine.dispose()


def open_store(folder: Path, url: str | None = None) -> Store:
    """Open `url`, else BACKLIGHT_STATE_URL, else `state.sqlite` in `folder`, and bring its tables up to date."""
    database = connect(folder, url or os.environ.get("BACKLIGHT_STATE_URL"))
    migrate(database)
    return Store(database)


def place_of_state(folder: Path) -> Path | None:
    """The SQLite file that `open_store` would open or make; None where BACKLIGHT_STATE_URL names PostgreSQL."""
    url = os.environ.get("BACKLIGHT_STATE_URL")
    return connect(folder, url).file if url else folder / FILE
