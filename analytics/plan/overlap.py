"""Overlap: what else happened around the start of an action, so that its effect is not taken for its own alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.filters import Filters
from analytics.flow.mass_closures import mass_closures
from analytics.formatting import day_text
from analytics.store.actions import KeptAction
from analytics.warehouse.engine import Engine

_BEFORE = timedelta(weeks=8)
_AFTER = timedelta(weeks=26)
_NAMED = 5


@dataclass(frozen=True)
class Overlap:
    """`actions` are the numbers of other actions that began in the same weeks, `clean_ups` days of mass closure."""

    actions: tuple[int, ...]
    clean_ups: tuple[date, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to keep in mind; empty where nothing overlaps. Our own words."""
        said = []
        if self.actions:
            noun = "another action" if len(self.actions) == 1 else f"{len(self.actions)} other actions"
            numbers = _listed([f"no. {number}" for number in self.actions])
            said.append(f"In the same weeks {noun} began ({numbers}): their effects cannot be told apart.")
        if self.clean_ups:
            days = _listed([day_text(day) for day in self.clean_ups])
            said.append(f"Old tickets were closed in bulk on {days}: part of the change may be that clean-up.")
        return tuple(said)


def overlap(engine: Engine, filters: Filters, started_on: date, others: tuple[int, ...]) -> Overlap:
    """What overlaps in the 8 weeks before the start, and in the 26 after it."""
    window = filters.between(started_on - _BEFORE, min(started_on + _AFTER, filters.end or date.max))
    if window.start is None or window.end is None or window.start >= window.end:
        return Overlap(others, ())
    marked = mass_closures(engine, window).frame
    return Overlap(others, tuple(day.date() for day in marked["day"]))


def overlapping(actions: Iterable[KeptAction], one: KeptAction) -> tuple[int, ...]:
    """The numbers of other actions that began from 8 weeks before to 26 after it; what was dropped counts if begun."""
    start = one.entered.started_on
    if start is None:
        return ()
    began = [(kept.id, kept.entered.started_on) for kept in actions if kept.id != one.id]
    return tuple(number for number, day in began if day and start - _BEFORE <= day <= start + _AFTER)


def _listed(words: list[str]) -> str:
    shown = words[:_NAMED]
    rest = f" and {len(words) - _NAMED} more" if len(words) > _NAMED else ""
    return ", ".join(shown) + rest
