"""What can go wrong with entered state. Each takes facts and builds one sentence: what, where, what to do."""

from pathlib import Path

from analytics.errors import BacklightError


class StoreUnavailable(BacklightError):
    """The database of entered state could not be opened, read or written."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(
            f"What people have entered in {place} cannot be used ({why}): "
            "check that it exists, can be written and has space, then try again."
        )


class StoreIsNewer(BacklightError):
    """A newer Backlight has changed the tables; this one does not know them."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} was written by a newer Backlight: update this one, or name another folder.")


class BadStoreUrl(BacklightError):
    """A database URL that cannot be used. The URL is not repeated: it may hold a password."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"BACKLIGHT_STATE_URL {why}: write it as sqlite:////folder/state.sqlite "
            "or postgresql://user:password@host/database, or leave it out."
        )


class BadName(BacklightError):
    """A name for a saved thing that has other characters than letters, digits, - and _, or is too long."""

    def __init__(self, kind: str, name: str, longest: int) -> None:
        super().__init__(
            f"{name[:longest]!a} cannot name a {kind}: use 1 to {longest} letters (a to z), digits, '-' and '_'."
        )


class BadNote(BacklightError):
    """An annotation or note that is empty, too long, or holds a character that no database takes."""

    def __init__(self, kind: str, why: str, longest: int) -> None:
        super().__init__(f"The {kind} {why}: write 1 to {longest} characters of plain text.")


class UnstorableText(BacklightError):
    """Text that no database takes: a NUL character, or half of a surrogate pair."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(
            f"The {kind} '{name}' holds a character that is not text: save its file as UTF-8 and try again."
        )


class BadTarget(BacklightError):
    """A target that is not a number on the line: infinite, or not a number."""

    def __init__(self, kpi: str, value: object) -> None:
        super().__init__(f"{value} cannot be the target of '{kpi}': enter a number, or nothing to remove the target.")


class BadTargetsFile(BacklightError):
    """data/targets.toml was edited into something else than one number per KPI."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} cannot be read ({why}): write one line per KPI, such as sla_adherence = 0.90.")


class EditedMeanwhile(BacklightError):
    """Somebody else changed the same record since it was read; nothing was written."""

    def __init__(self, kind: str, fields: tuple[str, ...]) -> None:
        super().__init__(
            f"Somebody else has changed this {kind} since you opened it, and your change of "
            f"{', '.join(name.replace('_', ' ') for name in fields)} was not saved: look at what they wrote, then "
            "save yours again."
        )


class NoSuchRecord(BacklightError):
    """A number that no record has."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(f"There is no {kind} {number}: it was never there, or another database holds it.")


class BadEntry(BacklightError):
    """Something entered that a record cannot hold."""

    def __init__(self, what: str, why: str, what_to_do: str) -> None:
        super().__init__(f"The {what} {why}: {what_to_do}.")


class NoBackup(BacklightError):
    """A file that is not there, or no backup of Backlight at all."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            f"{file} is no backup that can be restored ({why}): name a file that 'python -m analytics backup' has "
            "written. Nothing was changed."
        )


class DamagedBackup(BacklightError):
    """A backup that was changed or cut off since it was written."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(f"{file} is damaged ({why}): fetch it again, or use another backup. Nothing was changed.")


class NewerBackup(BacklightError):
    """A backup with tables that this version does not know."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} was made by a newer Backlight: update this one, then restore it. Nothing was changed."
        )


class BackupIsThere(BacklightError):
    """A backup would overwrite a file."""

    def __init__(self, file: Path, is_backup: bool) -> None:
        what_to_do = "name another file, or add --replace" if is_backup else "it is no backup, so name another file"
        super().__init__(f"{file} is there already: {what_to_do}.")


class CannotWriteBackup(BacklightError):
    """A backup that could not be written; what was there under its name before still is."""

    def __init__(self, file: Path, why: str) -> None:
        super().__init__(
            f"The backup {file} cannot be written ({why}): name a file in a folder that exists, can be written and has "
            "space."
        )


class NothingEntered(BacklightError):
    """A backup of a place where no database is."""

    def __init__(self, place: str) -> None:
        super().__init__(f"There is nothing to back up: {place} is not there. Name the folder with --database.")
