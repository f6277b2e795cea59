"""Starters: requests booked for a first day, and a site where too many are late."""

from dataclasses import replace

import numpy as np

from analytics.demo.clock import Bools, Floats, Ints, WorkingClock
from analytics.demo.course import NEVER, Course, whole
from analytics.demo.facts import Facts
from analytics.demo.people import People
from analytics.demo.settings import DAY, Settings


def _first_mornings(settings: Settings, opened: Floats, rng: np.random.Generator) -> Floats:
    """A working day one to four weeks after the request, mostly a Monday; as the minute at which work begins."""
    day = np.floor(opened / DAY) + 8 + np.floor(21 * rng.random(len(opened)))
    weekday = (settings.start.weekday() + day) % 7
    wanted = np.where(rng.random(len(opened)) < 0.7, 0, np.minimum(weekday, 4))
    return np.asarray((day - weekday + wanted) * DAY + settings.onboarding["ready_by_hour"] * 60)


def _late(settings: Settings, site: Ints, people: People, rng: np.random.Generator) -> Bools:
    table = settings.onboarding
    share = np.array([table["late_at"].get(name, table["late"]) for name in people.sites])
    return rng.random(len(site)) < share[site]


def book(
    settings: Settings,
    clock: WorkingClock,
    people: People,
    facts: Facts,
    booked: Bools,
    course: Course,
    rng: np.random.Generator,
) -> tuple[Course, Ints]:
    """The course with `booked` tickets done around their first mornings, and when each is needed (NEVER: not)."""
    mine = np.flatnonzero(booked)
    opened = course.opened[mine].astype(float)
    morning = _first_mornings(settings, opened, rng)
    late = _late(settings, people.site[facts.requester[mine]], people, rng)
    ahead = clock.back(clock.at(morning) - 60 - rng.exponential(900.0, len(mine)))
    behind = clock.after(morning, 120 + rng.exponential(800.0, len(mine)))
    done = np.maximum(np.where(late, behind, ahead), course.responded[mine] + 60.0)
    needed, resolved, closed = np.full(len(booked), NEVER, dtype=np.int32), course.resolved.copy(), course.closed.copy()
    needed[mine], resolved[mine] = whole(morning), whole(done)
    closed[mine] = whole(done + settings.habits["closes_after_days"] * DAY)
    return replace(
        course, resolved=resolved, first_resolved=np.where(booked, resolved, course.first_resolved), closed=closed
    ), needed
