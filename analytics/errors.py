"""Every error that a user can see. Each takes facts and builds one sentence: what, where, what to do."""

from collections.abc import Iterable
from difflib import get_close_matches


class BacklightError(Exception):
    """Something the user can mend. `str(error)` is one clear sentence; the command line exits with 2."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean 'mttr'?` for the known word nearest to `word`, or nothing."""
    nearest = get_close_matches(word.casefold(), {name.casefold(): name for name in known}, n=1, cutoff=0.5)
    return f" Did you mean '{nearest[0]}'?" if nearest else ""


class UnknownName(BacklightError):
    """A KPI, dimension, grain or format that does not exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known = tuple(known)
        hint = did_you_mean(name, known) or f" Known: {', '.join(known)}."
        super().__init__(f"There is no {kind} '{name}'.{hint}")


class PersonDimension(BacklightError):
    """A split or filter by a person: Backlight does not compare people."""

    def __init__(self, dimension: str) -> None:
        super().__init__(
            f"'{dimension}' names people, and Backlight does not compare people: "
            "split by assignment_group, department or site instead."
        )


class BadDate(BacklightError):
    """A date that cannot be read."""

    def __init__(self, text: str, where: str) -> None:
        super().__init__(f"'{text}' for {where} is not a date: write it as 2026-03-31.")


class NoData(BacklightError):
    """Nothing has been imported yet."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"There are no tickets in {folder} yet: "
            "run 'python -m analytics import FILE' or 'python -m analytics demo'."
        )


class UnreadableFile(BacklightError):
    """A file that cannot be read as an export at all; nothing of it was imported."""

    def __init__(self, file: str, why: str, what_to_do: str) -> None:
        super().__init__(f"{file} {why}: {what_to_do}")


class NoRoom(BacklightError):
    """Memory or disk space ran out; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("There is not enough memory or disk space: free some, or split the file; nothing was changed.")


class QueryTooLong(BacklightError):
    """A query that did not finish within its time limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The query took longer than {seconds:g} seconds and was stopped: choose a shorter period or fewer splits."
        )
