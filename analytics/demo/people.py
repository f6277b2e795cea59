"""Who works and who asks: invented names, each requester with one site and one department."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Ints
from analytics.demo.settings import Settings


@dataclass(frozen=True)
class People:
    """Requesters by number, with the positions of their site and department; agents by group, one after another."""

    requesters: tuple[str, ...]
    site: Ints
    department: Ints
    sites: tuple[str, ...]
    departments: tuple[str, ...]
    agents: tuple[str, ...]
    first_agent: Ints
    agents_in: Ints


def spread(shares: Mapping[str, float], size: int, rng: np.random.Generator) -> Ints:
    """`size` positions in `shares`, drawn in proportion."""
    weights = np.array(list(shares.values()), dtype=float)
    return np.searchsorted(np.cumsum(weights / weights.sum()), rng.random(size)).astype(np.int32)


def _names(settings: Settings, count: int, rng: np.random.Generator) -> tuple[str, ...]:
    first, last = settings.people["first_names"], settings.people["last_names"]
    pairs = len(first) * len(last)
    shuffled = rng.permutation(pairs)
    names = [f"{first[number % len(first)]} {last[number // len(first)]}" for number in shuffled[:count]]
    return tuple(names) + tuple(f"{names[more % pairs]} {2 + (more - pairs) // pairs}" for more in range(pairs, count))


def people(settings: Settings, tickets: int, rng: np.random.Generator) -> People:
    """The organisation that goes with so many tickets."""
    table = settings.people
    agents_in = np.array([group.agents for group in settings.groups], dtype=np.int32)
    requesters = min(max(tickets // table["per_tickets"], 40), table["at_most"])
    names = _names(settings, requesters + int(agents_in.sum()), rng)
    return People(
        requesters=names[int(agents_in.sum()) :],
        site=spread(table["sites"], requesters, rng),
        department=spread(table["departments"], requesters, rng),
        sites=tuple(table["sites"]),
        departments=tuple(table["departments"]),
        agents=names[: int(agents_in.sum())],
        first_agent=np.concatenate([[0], np.cumsum(agents_in)[:-1]]).astype(np.int32),
        agents_in=agents_in,
    )
