"""Scenario: changes supposed together, under a name; kept as JSON, which is checked when it is read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.errors import BacklightError
from analytics.forecast.changes import Change, Freeze, change_of, document_of

MOST_CHANGES = 20
# So far it is looked ahead, in weeks, and so long after the last day that a change names.
REACHES = (13, 26, 39, 52)
_AFTERWARDS = timedelta(weeks=6)


@dataclass(frozen=True)
class Scenario:
    """`changes` in the order in which they were entered; without any it is the present course.

    The name is a person's text: it goes to inert elements only.
    """

    name: str = ""
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if len(self.changes) > MOST_CHANGES:
            raise BacklightError(f"A scenario holds at most {MOST_CHANGES} changes: take some away.")

    @property
    def json(self) -> str:
        """The changes as JSON."""
        return json.dumps([document_of(change) for change in self.changes], ensure_ascii=False)


def weeks_ahead(changes: Iterable[Change], known_until: date) -> int:
    """How many weeks ahead of the last day known to look, to see what the changes do: the least of `REACHES`."""
    days = [change.last if isinstance(change, Freeze) else change.start for change in changes]
    last = max((day for day in days if day), default=known_until)
    far = last + _AFTERWARDS - known_until
    return next((weeks for weeks in REACHES if timedelta(weeks=weeks) >= far), REACHES[-1])


def scenario_of(name: str, text: str) -> Scenario:
    """The scenario whose changes are that JSON; raises `BacklightError` for what is none."""
    try:
        documents = json.loads(text)
    except (ValueError, RecursionError):
        documents = None
    if not isinstance(documents, list):
        raise BacklightError("The changes of this scenario cannot be read: delete it and enter it anew.")
    return Scenario(name, changes_of(documents))


def changes_of(documents: Iterable[object]) -> tuple[Change, ...]:
    """The changes that plain values describe; raises `BacklightError`."""
    return tuple(change_of(document) for document in documents)
