"""The first contact: the service desk solves a ticket at once or passes it on; some work goes straight to its team."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Bools, Floats, Ints, WorkingClock
from analytics.demo.demand import Demand
from analytics.demo.facts import Facts, of_kind
from analytics.demo.queues import serve
from analytics.demo.settings import Settings, Work

# The position of the service desk in `settings.groups`: demo.toml names it first.
DESK = 0
# Agent minutes: to solve a ticket at the first contact, and to pass one on.
_SOLVE, _PASS_ON = 14.0, 6.0
_YEAR = 365 * 24 * 60


@dataclass(frozen=True)
class FrontLine:
    """Minutes since the start, and which tickets were solved; `at_desk` are those that the desk saw at all."""

    at_desk: Bools
    fixed: Bools
    responded: Floats
    done: Floats
    effort: Floats


def agents_at_work(clock: WorkingClock, opened: Floats, effort: Floats, utilisation: float) -> float:
    """Agents at work at the same time, so that the first year's effort fills `utilisation` of the staffed time."""
    return max(float(effort[opened < _YEAR].sum()) / (utilisation * float(clock.at(np.array([_YEAR]))[0])), 1e-9)


def lanes(priority: Ints) -> Ints:
    """The lane of each priority: 1 and 2 before 3 before 4 before 5."""
    return np.clip(priority - 2, 0, 3).astype(np.int32)


def _queued_at_desk(work: Work) -> bool:
    return work.behaviour == "queued" and work.source != "applications"


def front_line(
    settings: Settings, clock: WorkingClock, demand: Demand, facts: Facts, rng: np.random.Generator
) -> FrontLine:
    """Answers every ticket: through the desk's queue, or, for the rest, by the team that gets it directly."""
    count = len(demand.opened)
    at_desk = np.array([_queued_at_desk(work) for work in settings.work])[demand.kind] & (facts.priority > 1)
    fixed = at_desk & (rng.random(count) < of_kind(settings, "first_line", demand.kind))
    effort = np.where(at_desk, np.where(fixed, _SOLVE, _PASS_ON) * rng.gamma(2.0, 0.5, count), 0.0)
    responded = clock.after(demand.opened, rng.exponential(50.0, count))
    done = demand.opened.copy()
    urgent = facts.priority == 1
    # On call: answered within minutes, at any hour.
    responded[urgent] = demand.opened[urgent] + 2 + 10 * rng.random(int(urgent.sum()))
    done[urgent] = responded[urgent]
    agents = agents_at_work(clock, demand.opened[at_desk], effort[at_desk], settings.groups[DESK].utilisation)
    came = clock.at(demand.opened[at_desk])
    start, ready = serve(came, effort[at_desk] / agents, lanes(facts.priority[at_desk]))
    responded[at_desk] = np.maximum(clock.back(start), demand.opened[at_desk]) + 1
    # One agent's work on a ticket lasts its effort; the queue, which is the whole desk, moves faster than that.
    done[at_desk] = clock.after(np.maximum(clock.back(ready), responded[at_desk]), effort[at_desk])
    return FrontLine(at_desk, fixed, responded, done, effort)
