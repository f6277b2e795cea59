"""What a ticket says when it is opened: who, how urgent, about what, in which words."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.demo.clock import Bools, Ints
from analytics.demo.demand import Demand
from analytics.demo.people import People, spread
from analytics.demo.settings import Settings

# The settings' `items` are for a desk of this size; a larger one owns more.
_ITEMS_AT = 30_000
PRIORITIES = 5


@dataclass(frozen=True)
class Facts:
    """One value per ticket. Positions: `title` in the title table, `service` in the service table; -1 is unknown."""

    priority: Ints
    requester: Ints
    channel: Ints
    title: Ints
    service: Ints
    item: Ints
    agent: Ints
    desk_agent: Ints
    unowned: Bools


def of_kind(settings: Settings, name: str, kind: Ints) -> npt.NDArray[Any]:
    """The setting `name` of each ticket's kind."""
    return np.array([getattr(work, name) for work in settings.work])[kind]


def group_of(settings: Settings, kind: Ints) -> Ints:
    """The position of the group that each ticket belongs to in the end."""
    own = np.array([settings.group_index(work.group) for work in settings.work], dtype=np.int32)
    return np.asarray(own[kind], dtype=np.int32)


def _priorities(settings: Settings, kind: Ints, rng: np.random.Generator) -> Ints:
    shares = [(*work.priorities, 0.0, 0.0)[:PRIORITIES] for work in settings.work]
    steps = np.cumsum(shares, axis=1).round(9)
    draw = rng.random(len(kind))
    priority = np.ones(len(kind), dtype=np.int32)
    for step in range(PRIORITIES - 1):
        priority += draw >= steps[kind, step]
    return priority


def _picks(counts: list[int], kind: Ints, rng: np.random.Generator) -> Ints:
    """A position in a table in which each kind has `counts` rows, one kind after another."""
    size = np.array(counts)
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    places: Ints = (first[kind] + np.floor(rng.random(len(kind)) * size[kind])).astype(np.int32)
    return places


def _items(settings: Settings, kind: Ints, requester: Ints, tickets: int, rng: np.random.Generator) -> Ints:
    scale = max(1.0, tickets / _ITEMS_AT)
    size = np.array([work.items if work.items == 1 else int(work.items * scale) for work in settings.work])
    item = of_kind(settings, "items_from", kind) + np.floor(rng.random(len(kind)) * size[kind])
    item = np.where(of_kind(settings, "own_item", kind), requester + 1, item)
    silent = (rng.random(len(kind)) < settings.habits["silent_item"]) & (of_kind(settings, "plant", kind) == "")
    return np.where((of_kind(settings, "item", kind) == "") | silent, -1, item).astype(np.int32)


def facts(settings: Settings, demand: Demand, people: People, rng: np.random.Generator) -> Facts:
    """Draws the facts of every ticket."""
    kind, count = demand.kind, len(demand.kind)
    group = group_of(settings, kind)
    requester = rng.integers(0, len(people.requesters), count, dtype=np.int32)
    desk = np.zeros(count, dtype=np.int32)
    return Facts(
        priority=_priorities(settings, kind, rng),
        requester=requester,
        channel=spread(settings.people["channels"], count, rng),
        title=_picks([len(work.titles) * len(work.things) * len(work.endings) for work in settings.work], kind, rng),
        service=_picks([len(work.services) for work in settings.work], kind, rng),
        item=_items(settings, kind, requester, count, rng),
        agent=_agent(people, group, rng),
        desk_agent=_agent(people, desk, rng),
        unowned=rng.random(count) < np.array([each.unowned for each in settings.groups])[group],
    )


def _agent(people: People, group: Ints, rng: np.random.Generator) -> Ints:
    seat = np.floor(rng.random(len(group)) * people.agents_in[group])
    return (people.first_agent[group] + seat).astype(np.int32)
