"""The second line: hops between groups, then the group's queue, and one spring clean of what waited too long."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Bools, Floats, Ints, WorkingClock
from analytics.demo.demand import Demand
from analytics.demo.facts import Facts, group_of, of_kind
from analytics.demo.front_line import FrontLine, agents_at_work, lanes
from analytics.demo.queues import serve
from analytics.demo.settings import DAY, Settings

_MOST_MOVES = 8
# An urgent ticket on call: median minutes of work, and the spread of its logarithm.
_ON_CALL, _ON_CALL_SPREAD = 120.0, 0.7


@dataclass(frozen=True)
class SecondLine:
    """Minutes since the start; `moves` counts changes of group, `cleared` are tickets that the clean-up closed."""

    moves: Ints
    arrived: Floats
    started: Floats
    done: Floats
    effort: Floats
    cleared: Bools


def _moves(settings: Settings, demand: Demand, first: FrontLine, rng: np.random.Generator) -> Ints:
    count = len(demand.opened)
    draw = rng.random(count)
    pair = of_kind(settings, "bounces_with", demand.kind) != ""
    bounced = np.where(pair & (draw < settings.habits["bounced"]), 2 + rng.poisson(1.1, count), 0)
    wrong = np.where(~pair & (draw < settings.habits["moved_again"]), 1, 0)
    return np.where(first.at_desk & ~first.fixed, np.minimum(1 + bounced + wrong, _MOST_MOVES), 0).astype(np.int32)


def second_line(
    settings: Settings,
    timers: list[WorkingClock],
    demand: Demand,
    facts: Facts,
    first: FrontLine,
    rng: np.random.Generator,
) -> SecondLine:
    """Takes what the front line did not solve through the queues of its groups."""
    count, group = len(demand.opened), group_of(settings, demand.kind)
    moves = _moves(settings, demand, first, rng)
    effort = of_kind(settings, "effort", demand.kind) * 60.0 * rng.gamma(1.6, 1 / 1.6, count)
    effort = np.where(first.fixed, 0.0, effort * np.where(moves > 1, 1.3, 1.0))
    hops = np.where(moves > 1, rng.gamma(np.maximum(moves - 1, 1), settings.habits["hop_hours"] * 60.0), 0.0)
    arrived, started, done = first.done.copy(), first.done.copy(), first.done.copy()
    cleared = np.zeros(count, dtype=bool)
    on_call = ~first.fixed & (facts.priority == 1)
    done[on_call] += _ON_CALL * np.exp(_ON_CALL_SPREAD * rng.standard_normal(int(on_call.sum())))
    waits = ~first.fixed & ~on_call & (of_kind(settings, "behaviour", demand.kind) == "queued")
    for index, timer in enumerate(timers):
        mine = np.flatnonzero(waits & (group == index))
        if len(mine):
            arrived[mine] = timer.after(first.done[mine], hops[mine])
            queue = _Queue(timer, demand.opened[mine], arrived[mine], effort[mine], lanes(facts.priority[mine]))
            started[mine], done[mine], cleared[mine] = queue.run(settings, settings.groups[index].utilisation, rng)
    return SecondLine(moves, arrived, started, done, effort, cleared)


@dataclass(frozen=True)
class _Queue:
    """One group's tickets, in minutes since the start."""

    timer: WorkingClock
    opened: Floats
    arrived: Floats
    effort: Floats
    lane: Ints

    def run(self, settings: Settings, utilisation: float, rng: np.random.Generator) -> tuple[Floats, Floats, Bools]:
        """Started, done, cleared. What the clean-up closes had not been begun, so it only helps those behind it."""
        work = self.effort / agents_at_work(self.timer, self.opened, self.effort, utilisation)
        started, _ = self._served(work)
        table = settings.clean_up
        moment = float(settings.minute(table["at"]))
        old = self.opened < moment - table["older_than_days"] * DAY
        cleared = old & (started > moment + table["minutes"]) & (rng.random(len(work)) < table["share"])
        started, done = self._served(np.where(cleared, 0.0, work))
        closing = moment + table["minutes"] * rng.random(len(work))
        # One person works on one ticket for as long as its effort, however large the group is.
        done = np.maximum(done, self.timer.after(started, self.effort))
        return np.where(cleared, closing, started), np.where(cleared, closing, done), cleared

    def _served(self, work: Floats) -> tuple[Floats, Floats]:
        start, done = serve(self.timer.at(self.arrived), work, self.lane)
        return np.maximum(self.timer.back(start), self.arrived), self.timer.back(done)
