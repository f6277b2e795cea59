"""The course of every ticket through the desk: answered, queued, worked on, on hold, resolved, reopened, closed."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Bools, Floats, Ints, WorkingClock, working_clock
from analytics.demo.demand import Demand
from analytics.demo.facts import Facts, group_of, of_kind
from analytics.demo.front_line import DESK, FrontLine, front_line
from analytics.demo.second_line import SecondLine, second_line
from analytics.demo.settings import DAY, Settings

NEVER = 2**30


@dataclass(frozen=True)
class Course:
    """The minute of each step since the start, NEVER if it does not happen; also steps after the export."""

    opened: Ints
    responded: Ints
    moved: Ints
    arrived: Ints
    started: Ints
    held: Ints
    resumed: Ints
    first_resolved: Ints
    reopened: Ints
    resolved: Ints
    cancelled: Ints
    closed: Ints
    group: Ints
    moves: Ints
    effort_minutes: Floats
    fixed_at_desk: Bools
    cleared: Bools


def whole(minutes: Floats) -> Ints:
    """Whole minutes, rounded down, at most NEVER."""
    return np.floor(np.minimum(minutes, NEVER)).astype(np.int32)


def skewed(median_minutes: Floats, sigma: float, rng: np.random.Generator) -> Floats:
    """Lognormal durations with these medians."""
    return np.asarray(median_minutes * np.exp(sigma * rng.standard_normal(len(median_minutes))))


def clocks(settings: Settings) -> list[WorkingClock]:
    """The working clock of each group."""
    return [working_clock(settings, group.opens, group.closes) for group in settings.groups]


def course(settings: Settings, demand: Demand, facts: Facts, rng: np.random.Generator) -> Course:
    """Sends all tickets through the desk."""
    timers = clocks(settings)
    first = front_line(settings, timers[DESK], demand, facts, rng)
    second = second_line(settings, timers, demand, facts, first, rng)
    held, resumed, resolved = _finish(settings, timers, demand, facts, first, second, rng)
    again, reopened = _reopen(settings, timers, demand, first, second, resolved, rng)
    cancelled = _cancel(settings, demand, first, second, resolved, rng)
    gone = cancelled < NEVER
    ended = np.where(gone, NEVER, again)
    closing = np.where(second.cleared, 1, settings.habits["closes_after_days"] * DAY)
    return Course(
        opened=whole(demand.opened),
        responded=whole(np.minimum(first.responded, second.started)),
        moved=whole(np.where(second.moves > 0, first.done, NEVER)),
        arrived=whole(second.arrived),
        started=whole(second.started),
        held=whole(held),
        resumed=whole(resumed),
        first_resolved=whole(np.where(gone, NEVER, resolved)),
        reopened=whole(np.where(gone, NEVER, reopened)),
        resolved=whole(ended),
        cancelled=whole(cancelled),
        closed=whole(np.where(gone, cancelled, np.minimum(ended + closing, NEVER))),
        group=np.where(first.fixed, DESK, group_of(settings, demand.kind)).astype(np.int32),
        moves=second.moves,
        effort_minutes=first.effort + second.effort,
        fixed_at_desk=first.fixed,
        cleared=second.cleared,
    )


def _lead(settings: Settings, demand: Demand, facts: Facts, group: Ints, rng: np.random.Generator) -> Floats:
    """Working minutes between the group's work on a ticket and its resolution."""
    pace = np.array([each.pace for each in settings.groups])[group]
    haste = np.array(settings.habits["haste"])[facts.priority - 1]
    lead: Floats = skewed(of_kind(settings, "lead", demand.kind) * 60.0, 0.85, rng) * pace * haste
    return lead


def _finish(
    settings: Settings,
    timers: list[WorkingClock],
    demand: Demand,
    facts: Facts,
    first: FrontLine,
    second: SecondLine,
    rng: np.random.Generator,
) -> tuple[Floats, Floats, Floats]:
    """On hold from, on hold until, resolved: what follows when the group has done its part."""
    count = len(demand.opened)
    group = group_of(settings, demand.kind)
    lead = _lead(settings, demand, facts, group, rng)
    # On call, somebody works until it is solved.
    plain = (
        ~first.fixed
        & ~second.cleared
        & (facts.priority > 1)
        & (of_kind(settings, "behaviour", demand.kind) == "queued")
    )
    holds = plain & (rng.random(count) < settings.habits["held"])
    hold = skewed(np.full(count, settings.habits["hold_hours"] * 60.0), 0.9, rng)
    held, resumed, resolved = np.full(count, float(NEVER)), np.full(count, float(NEVER)), second.done.copy()
    for index, timer in enumerate(timers):
        mine = plain & (group == index)
        waits = mine & holds
        held[waits] = second.done[waits]
        resumed[waits] = timer.after(second.done[waits], hold[waits])
        resolved[mine] = timer.after(np.where(holds, resumed, second.done)[mine], lead[mine])
    return held, resumed, resolved


def _reopen(
    settings: Settings,
    timers: list[WorkingClock],
    demand: Demand,
    first: FrontLine,
    second: SecondLine,
    resolved: Floats,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Resolved for the last time, and reopened: before the ticket closes by itself."""
    count = len(resolved)
    share = settings.habits["reopened"] * np.where(first.fixed, 0.5, 1.6)
    back = (rng.random(count) < share) & ~second.cleared & (of_kind(settings, "behaviour", demand.kind) == "queued")
    gap = (0.1 + 0.8 * rng.random(count)) * settings.habits["closes_after_days"] * DAY
    reopened = np.where(back, resolved + gap, NEVER)
    final = resolved.copy()
    final[back] = timers[DESK].after(reopened[back], skewed(np.full(int(back.sum()), 240.0), 0.9, rng))
    return final, reopened


def _cancel(
    settings: Settings,
    demand: Demand,
    first: FrontLine,
    second: SecondLine,
    resolved: Floats,
    rng: np.random.Generator,
) -> Floats:
    """When the requester withdrew the ticket; requests of the portal are approved beforehand and are not withdrawn."""
    share = settings.habits["cancelled"] * 2.2
    may = ~first.fixed & ~second.cleared & (of_kind(settings, "source", demand.kind) != "requests")
    may &= of_kind(settings, "behaviour", demand.kind) == "queued"
    gone = may & (rng.random(len(resolved)) < share)
    when = first.responded + (0.05 + 0.9 * rng.random(len(resolved))) * (resolved - first.responded)
    return np.where(gone, when, float(NEVER))
