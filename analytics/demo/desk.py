"""The whole simulated desk: every ticket, change and problem from the first day to the export."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analytics.demo.chasers import chase, nudges
from analytics.demo.clock import Bools, Floats, Ints, WorkingClock, working_clock
from analytics.demo.course import NEVER, Course, course
from analytics.demo.demand import Demand, arrivals, hourly_rate
from analytics.demo.facts import Facts, facts, of_kind
from analytics.demo.onboarding import book
from analytics.demo.people import People, people
from analytics.demo.records import Changes, Problems, caused_by, changes, linked_problem, problems
from analytics.demo.settings import Settings, Source

SOURCES: tuple[Source, ...] = ("incidents", "requests", "applications")


@dataclass(frozen=True)
class Reprioritised:
    """First and later changes of priority: the minute (NEVER: none) and the priority from then on."""

    first_at: Ints
    first: Ints
    second_at: Ints
    second: Ints


@dataclass(frozen=True)
class Records:
    """Changes and problems; and per ticket the positions of its `cause` and its `problem` in them (-1: none)."""

    changes: Changes
    problems: Problems
    cause: Ints
    problem: Ints


@dataclass(frozen=True)
class Desk:
    """One value per ticket in every array of `kind`, `facts` and `course`; positions refer to the other parts."""

    settings: Settings
    seed: int
    clock: WorkingClock
    people: People
    kind: Ints
    facts: Facts
    course: Course
    needed: Ints
    parent: Ints
    nudges: Ints
    reprioritised: Reprioritised
    records: Records
    number: Ints

    def of(self, source: Source) -> Ints:
        """Positions of one source's tickets, in order of opening, which is the order of their numbers."""
        mine = np.flatnonzero(of_kind(self.settings, "source", self.kind) == source)
        return mine[np.argsort(self.course.opened[mine], kind="stable")].astype(np.int32)


def simulate(settings: Settings, tickets: int, seed: int, say: Callable[[str], None]) -> Desk:
    """Simulates the desk; the same settings, number and seed give the same desk."""
    rng = np.random.default_rng(seed)
    crowd = people(settings, tickets, rng)
    demand = arrivals(settings, tickets, rng)
    said = facts(settings, demand, crowd, rng)
    say(f"Sending {len(demand.kind):,} tickets through the queues")
    went, needed, parent = _went(settings, demand, said, crowd, rng)
    chases = parent >= 0
    said = replace(said, requester=np.where(chases, said.requester[parent], said.requester))
    records = _records(settings, demand, went, crowd, chases, rng)
    desk = Desk(
        settings=settings,
        seed=seed,
        clock=_business(settings),
        people=crowd,
        kind=demand.kind,
        facts=said,
        course=went,
        needed=needed,
        parent=parent,
        nudges=nudges(settings, went, chases, rng),
        reprioritised=_reprioritise(settings, said, went, rng),
        records=records,
        number=np.zeros(len(demand.kind), dtype=np.int32),
    )
    return replace(desk, number=_numbers(desk))


def _business(settings: Settings) -> WorkingClock:
    return working_clock(settings, settings.opens, settings.closes)


def _went(
    settings: Settings, demand: Demand, said: Facts, crowd: People, rng: np.random.Generator
) -> tuple[Course, Ints, Ints]:
    """The course of all tickets, when booked ones are needed, and which ticket each chaser asks about."""
    clock = _business(settings)
    behaviour, source = of_kind(settings, "behaviour", demand.kind), of_kind(settings, "source", demand.kind)
    went = course(settings, demand, said, rng)
    went, needed = book(settings, clock, crowd, said, behaviour == "booked", went, rng)
    chases = behaviour == "chases"
    went, parent = chase(settings, clock, chases, (source == "incidents") & ~chases, went, rng)
    return went, needed, parent


def _records(
    settings: Settings, demand: Demand, went: Course, crowd: People, chases: Bools, rng: np.random.Generator
) -> Records:
    clock, rate = _business(settings), hourly_rate(settings)
    altered = changes(settings, clock, crowd, rate, demand.changes, rng)
    known = problems(settings, clock, crowd, rate, demand.problems, rng)
    key = of_kind(settings, "key", demand.kind)
    incident = np.where((of_kind(settings, "source", demand.kind) == "incidents") & ~chases, went.opened, NEVER)
    named = rng.random(len(demand.kind)) < settings.bad_change["linked"]
    others = caused_by(altered, np.where(key == "outage", NEVER, incident), went.group, rng)
    cause = np.where(key == "outage", np.where(named, altered.planted, -1), others)
    # Nobody has opened a problem record for the recurring fault.
    linked = linked_problem(settings, known, np.where(key == "recurring", NEVER, incident), rng)
    return Records(altered, known, cause.astype(np.int32), linked)


def _reprioritise(settings: Settings, said: Facts, went: Course, rng: np.random.Generator) -> Reprioritised:
    """Tickets whose priority somebody changed while they waited: mostly up, and a third of those down again."""
    count = len(said.priority)
    habit = np.array([group.reprioritises for group in settings.groups])[went.group]
    ended = np.minimum(np.minimum(went.first_resolved, went.cancelled), settings.horizon).astype(float)
    span = ended - went.responded
    changed = (rng.random(count) < habit * 1.15) & (span > 60) & ~went.cleared & ~went.fixed_at_desk
    up = (rng.random(count) < 0.8) & (said.priority > 2)
    first = np.clip(np.where(up, said.priority - 1, said.priority + 1), 1, 4)
    changed &= first != said.priority
    again = changed & (rng.random(count) < 0.35)
    return Reprioritised(
        first_at=_at(changed, went.responded + (0.1 + 0.4 * rng.random(count)) * span),
        first=np.where(changed, first, said.priority).astype(np.int32),
        second_at=_at(again, went.responded + (0.6 + 0.3 * rng.random(count)) * span),
        second=np.where(again, said.priority, np.where(changed, first, said.priority)).astype(np.int32),
    )


def _at(chosen: Bools, minutes: Floats) -> Ints:
    return np.where(chosen, np.floor(minutes), NEVER).astype(np.int32)


def _numbers(desk: Desk) -> Ints:
    number = np.zeros(len(desk.kind), dtype=np.int32)
    for source in SOURCES:
        mine = desk.of(source)
        number[mine] = np.arange(1, len(mine) + 1)
    return number
