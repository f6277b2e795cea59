"""People who ask for news: calls of their own about a ticket already raised, and nudges inside a ticket."""

from dataclasses import replace

import numpy as np

from analytics.demo.clock import Bools, Floats, Ints, WorkingClock
from analytics.demo.course import NEVER, Course, whole
from analytics.demo.settings import DAY, Settings

_PATIENCE = 2 * DAY
_HEAVIEST = 30 * DAY


def waiting(course: Course, horizon: int) -> Floats:
    """Minutes from opening to the end, or to the export."""
    ended = np.minimum(np.minimum(course.resolved, course.cancelled), horizon)
    wait: Floats = np.maximum(ended - course.opened, 0).astype(np.float64)
    return wait


def _chased(weight: Floats, count: int, rng: np.random.Generator) -> Ints:
    total = np.cumsum(weight)
    places: Ints = np.searchsorted(total, rng.random(count) * total[-1], side="right").astype(np.int32)
    return places


def chase(
    settings: Settings,
    clock: WorkingClock,
    chases: Bools,
    may_be_chased: Bools,
    course: Course,
    rng: np.random.Generator,
) -> tuple[Course, Ints]:
    """The course with the calls of `chases` placed while another ticket waits, and that ticket (-1: none)."""
    mine = np.flatnonzero(chases).astype(np.int32)
    wait = waiting(course, settings.horizon)
    parent = np.full(len(chases), -1, dtype=np.int32)
    weight = np.where(may_be_chased & (wait > _PATIENCE), np.minimum(wait, _HEAVIEST), 0.0)
    parent[mine] = _chased(weight, len(mine), rng)
    begun, span = course.opened[parent[mine]], wait[parent[mine]]
    # Asked in working hours, somewhere in the later part of the wait.
    since, until = clock.at(begun), clock.at(begun + span)
    asked = clock.back(since + (0.4 + 0.55 * rng.random(len(mine))) * (until - since))
    asked = np.clip(asked, begun + 1, np.minimum(begun + span - 1, settings.horizon - 60))
    return _answered(settings, course, mine, asked, rng), parent


def _answered(settings: Settings, course: Course, mine: Ints, asked: Floats, rng: np.random.Generator) -> Course:
    """Calls are answered and done within minutes, beside the queue."""
    responded = asked + 1 + 15 * rng.random(len(mine))
    resolved = responded + 2 + 8 * rng.random(len(mine))
    steps = {
        "opened": asked, "responded": responded, "arrived": responded, "started": responded, "resolved": resolved,
        "first_resolved": resolved, "closed": resolved + settings.habits["closes_after_days"] * DAY,
    }  # fmt: skip
    changed = {}
    for name, minutes in steps.items():
        changed[name] = getattr(course, name).copy()
        changed[name][mine] = whole(minutes)
    fixed = course.fixed_at_desk.copy()
    fixed[mine] = True
    return replace(course, **changed, fixed_at_desk=fixed)


def nudges(settings: Settings, course: Course, chases: Bools, rng: np.random.Generator) -> Ints:
    """How often the requester asked inside the ticket itself; only after a day of waiting."""
    weeks = np.maximum(waiting(course, settings.horizon) - DAY, 0) / (7 * DAY)
    count = np.minimum(rng.poisson(settings.habits["nudges_per_week"] * np.minimum(weeks, 12)), 6)
    return np.where(chases | course.fixed_at_desk | (course.cancelled < NEVER), 0, count).astype(np.int32)
