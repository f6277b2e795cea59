"""Change and problem records, and which incidents they are linked to."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Floats, Ints, WorkingClock
from analytics.demo.course import NEVER, whole
from analytics.demo.people import People, spread
from analytics.demo.settings import DAY, Settings

# The groups that make changes and own problems, by position: all but the service desk.
_OWNERS = {1: 0.16, 2: 0.24, 3: 0.4, 4: 0.2}


@dataclass(frozen=True)
class Changes:
    """Minutes since the start; `tier` 0 standard, 1 normal, 2 emergency; `planted`: the bad one's position."""

    opened: Ints
    starts: Ints
    ends: Ints
    closed: Ints
    tier: Ints
    failed: Ints
    group: Ints
    agent: Ints
    item: Ints
    what: Ints
    planted: int


@dataclass(frozen=True)
class Problems:
    """Minutes since the start, NEVER while not resolved."""

    opened: Ints
    resolved: Ints
    closed: Ints
    group: Ints
    agent: Ints
    item: Ints
    what: Ints


def _sorted_minutes(rate: Floats, count: int, rng: np.random.Generator) -> Floats:
    total = np.concatenate([[0.0], np.cumsum(rate)])
    return np.sort(np.interp(rng.random(count) * total[-1], total, np.arange(len(rate) + 1) * 60.0))


def _owner(people: People, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    group = np.array(list(_OWNERS), dtype=np.int32)[
        spread({str(key): share for key, share in _OWNERS.items()}, count, rng)
    ]
    seat = np.floor(rng.random(count) * people.agents_in[group])
    return group, (people.first_agent[group] + seat).astype(np.int32)


def changes(
    settings: Settings, clock: WorkingClock, people: People, rate: Floats, count: int, rng: np.random.Generator
) -> Changes:
    """So many changes in order of opening, done in the evening; one of them is the planted one."""
    opened = _sorted_minutes(rate, count, rng)
    bad = settings.bad_change
    ends_badly = settings.minute(bad["ends"])
    planted = int(np.searchsorted(opened, ends_badly - bad["minutes"] - 90).clip(0, count - 1))
    tier = np.searchsorted(np.cumsum(settings.records["tiers"]), rng.random(count)).clip(0, 2).astype(np.int32)
    failed = (rng.random(count) < np.array(settings.records["failed"])[tier]).astype(np.int32)
    wait = np.array([1.0, 5.0, 0.1])[tier] * rng.exponential(1.0, count)
    evening = np.floor(opened / DAY + wait) * DAY + (17.5 + 4 * rng.random(count)) * 60
    starts = np.maximum(np.where(tier == 2, opened + 30, evening), opened + 20)
    ends = starts + 15 + rng.exponential(60.0, count)
    group, agent = _owner(people, count, rng)
    item = rng.integers(1, 200, count, dtype=np.int32)
    tier[planted], failed[planted], ends[planted] = 2, 1, ends_badly
    starts[planted] = ends_badly - bad["minutes"]
    opened[planted] = starts[planted] - 60
    group[planted] = settings.group_index(bad["group"])
    agent[planted] = people.first_agent[group[planted]]
    closed = clock.after(ends, 60 + rng.exponential(600.0, count))
    what = rng.integers(0, 2**16, count, dtype=np.int32)
    return Changes(
        whole(opened), whole(starts), whole(ends), whole(closed), tier, failed, group, agent, item, what, planted
    )


def problems(
    settings: Settings, clock: WorkingClock, people: People, rate: Floats, count: int, rng: np.random.Generator
) -> Problems:
    """So many problem records in order of opening; weeks until their cause is removed."""
    opened = _sorted_minutes(rate, count, rng)
    days = settings.records["problem_days"] * np.exp(0.8 * rng.standard_normal(count))
    resolved = clock.after(opened + days * DAY, 60.0)
    group, agent = _owner(people, count, rng)
    return Problems(
        whole(opened), whole(resolved), whole(resolved + 7 * DAY), group, agent,
        rng.integers(1, 200, count, dtype=np.int32), rng.integers(0, 2**16, count, dtype=np.int32),
    )  # fmt: skip


def caused_by(changes: Changes, opened: Ints, group: Ints, rng: np.random.Generator) -> Ints:
    """The change behind each incident (-1: none): the next one or two in the group of most failed changes.

    `opened` is NEVER for tickets that are not incidents.
    """
    cause = np.full(len(opened), -1, dtype=np.int32)
    order = np.argsort(opened, kind="stable")
    for owner in _OWNERS:
        mine = order[(group[order] == owner) & (opened[order] < NEVER)]
        failed = np.flatnonzero(
            (changes.failed == 1) & (changes.group == owner) & (rng.random(len(changes.failed)) < 0.6)
        )
        failed = failed[failed != changes.planted]
        for offset in (0, 1):
            place = np.searchsorted(opened[mine], changes.ends[failed] + 30) + offset
            cause[mine[place[place < len(mine)]]] = failed[place < len(mine)]
    return cause


def linked_problem(settings: Settings, problems: Problems, opened: Ints, rng: np.random.Generator) -> Ints:
    """The problem record that each incident is linked to (-1: none): for a few, one opened shortly before."""
    latest = np.searchsorted(problems.opened, opened) - 1 - np.floor(3 * rng.random(len(opened)))
    linked = (rng.random(len(opened)) < settings.habits["problem_linked"]) & (opened < NEVER)
    return np.where(linked, np.maximum(latest, -1), -1).astype(np.int32)
