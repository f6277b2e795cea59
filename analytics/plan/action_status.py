"""What a change of status means for the days of an action, and three versions of one action laid side by side."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from analytics.store.actions import Action, ActionStatus

NEXT: dict[ActionStatus, tuple[tuple[str, ActionStatus], ...]] = {
    "planned": (("Begin", "under way"), ("Drop", "dropped")),
    "under way": (("Done", "done"), ("Drop", "dropped")),
    "done": (("Not done yet", "under way"),),
    "dropped": (("Plan again", "planned"),),
}


def with_days(before: Action, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """`values` with the day of a beginning or end filled in where the status changes and no day was entered."""
    filled = dict(values)
    status = values.get("status", before.status)
    if status == before.status:
        return filled
    started, done = (values.get(name, getattr(before, name)) for name in ("started_on", "done_on"))
    if status in ("under way", "done") and started is None:
        started = filled["started_on"] = min(done, today) if done else today
    if status == "done" and done is None:
        filled["done_on"] = max(today, started)
    if status != "done" and done is not None and done == before.done_on:
        filled["done_on"] = None
    return filled


def changed_fields(base: Action, mine: Mapping[str, Any]) -> dict[str, Any]:
    """What was changed in a form that began as `base`: what was left alone is nobody's to overwrite."""
    return {name: value for name, value in mine.items() if getattr(base, name) != value}


def meanwhile(base: Action, theirs: Action) -> dict[str, Any]:
    """What others changed since `base`: field -> their value."""
    return changed_fields(base, asdict(theirs))
