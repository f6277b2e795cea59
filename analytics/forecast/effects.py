"""Effects: what a scenario's changes do, as numbers by step, read off the last 13 weeks of the desk.

Arrivals that a change adds or takes away are kept apart with the end shares of their own kind: what is closed within
the hour hardly stands in the backlog, so without it the backlog falls by less than inflow does.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.filters import Filters, Value
from analytics.forecast.arrival_mix import Mixed, Target, arrival_mix, in_force, weekday_shares
from analytics.forecast.changes import Automation, Change, Freeze, InflowChange, PeopleChange
from analytics.forecast.frequent_types import RECENT_WEEKS, frequent_types
from analytics.forecast.history import LENGTH, History, history
from analytics.forecast.levers import Levers, Part
from analytics.forecast.scenario import Scenario
from analytics.forecast.survival_flow import SurvivalFlow
from analytics.forecast.throughput import throughput
from analytics.formatting import count_text, day_text
from analytics.period import Grain
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
Ask = Callable[..., Any]


def directly(function: Ask, engine: Engine, *arguments: Any) -> Any:
    """The answer, asked anew."""
    return function(engine, *arguments)


@dataclass(frozen=True)
class Effects:
    """`levers` hold all changes, those of inflow as parts too.

    `reading` says what each change was taken to be, `not_counted` what could not be; both quote the export.
    """

    levers: Levers
    reading: tuple[str, ...]
    not_counted: tuple[str, ...]


def effects(
    engine: Engine, filters: Filters, past: History, horizon: int, scenario: Scenario, elasticity: float = 1.0,
    ask: Ask = directly,
) -> Effects:  # fmt: skip
    """The effects on the filters' tickets in the `horizon` steps after `past`.

    `ask(function, engine, *arguments)` answers `function(engine, *arguments)`, perhaps from what it remembers.
    """
    reckoning = _Reckoning(engine, filters, past, past.ahead(horizon), ask)
    changes = reckoning.within_reach(scenario.changes)
    pace = reckoning.pace([change for change in changes if isinstance(change, Freeze)])
    parts = tuple(reckoning.parts(changes))
    more = sum((reckoning.closures(change) for change in changes if isinstance(change, PeopleChange)), pace * 0)
    factor = 1 + sum((part.factor for part in parts), pace * 0)
    # Who is frozen closes nothing, newcomers included.
    levers = Levers(factor, more * pace, pace, elasticity, parts)
    return Effects(levers, tuple(reckoning.reading), tuple(reckoning.not_counted))


class _Reckoning:
    """One scenario worked out; what was found is noted on the way."""

    def __init__(self, engine: Engine, filters: Filters, past: History, periods: Array, ask: Ask) -> None:
        self._engine, self._filters, self._past, self._periods, self._ask = engine, filters, past, periods, ask
        self.reading: list[str] = []
        self.not_counted: list[str] = []

    def within_reach(self, changes: Sequence[Change]) -> list[Change]:
        """The changes that hold on any of the days ahead; the others are noted."""
        after = (self._periods[-1] + LENGTH[self._past.grain]).astype(date)
        found = []
        for change in changes:
            if change.start is not None and change.start >= after:
                last = day_text(after - timedelta(days=1))
                self.not_counted.append(f"{change.sentence}: it begins after {last}, the last day looked at.")
            elif isinstance(change, Freeze) and change.last < self._until:
                self.not_counted.append(f"{change.sentence}: it is over before the days ahead begin.")
            else:
                found.append(change)
        return found

    @property
    def _until(self) -> date:
        return self._past.ends

    def pace(self, freezes: Sequence[Freeze]) -> Array:
        """The factor on the pace by step."""
        pace = np.ones(len(self._periods))
        for freeze in freezes:
            frozen = in_force(self._periods, self._past.grain, self._weekdays("ended_on"), freeze.start, freeze.last)
            pace *= 1 - frozen * (1 - freeze.share)
            self._note(freeze, f"It holds for {frozen.sum():.1f} of the {len(frozen)} {self._past.grain.value}s ahead.")
        return pace

    def closures(self, change: PeopleChange) -> Array:
        """Closures in addition by step."""
        each, reason = change.tickets_each, ""
        if change.group not in dict(self._filters.where).get("assignment_group", (change.group,)):
            each, reason = 0.0, "the filters leave this group out"
        elif each is None:
            own = throughput(self._engine, self._filters.only("assignment_group", change.group), self._past)
            each = own.per_person
            reason = own.reason and f"{own.reason}; enter how many tickets a week one person ends"
        if reason or each is None:
            self.not_counted.append(f"{change.sentence}: {reason}.")
            return np.zeros(len(self._periods))
        weekdays = self._weekdays("ended_on")
        force = in_force(self._periods, self._past.grain, weekdays, change.start)
        self._note(change, f"{each:.1f} tickets a person and week, {abs(change.people * each):,.0f} a week in all.")
        return change.people * each * force * _weeks_in(self._periods, self._past.grain, weekdays)

    def parts(self, changes: Sequence[Change]) -> Iterator[Part]:
        """What each change of arrivals adds or takes away, after those before it."""
        weekdays = self._weekdays("opened_on")
        targets, factors = [], []
        for change in changes:
            if isinstance(change, InflowChange | Automation):
                target = self._target(change)
                if target.values:
                    targets.append(target)
                    share = change.percent / 100 if isinstance(change, InflowChange) else -change.share
                    factors.append(1 + share * in_force(self._periods, self._past.grain, weekdays, change.start))
        if not targets:
            return
        mixed: Mixed = self._ask(arrival_mix, self._engine, self._recent, tuple(targets))
        so_far = np.ones(len(self._periods))
        for place, target in enumerate(targets):
            after = mixed.factor(factors[: place + 1])
            self.reading.append(_share_sentence(target, mixed, place))
            yield Part(after - so_far, self._end_shares(target))
            so_far = after

    def _target(self, change: InflowChange | Automation) -> Target:
        if isinstance(change, InflowChange):
            return Target(change.dimension, (change.value,), change.sentence)
        types = self._ask(frequent_types, self._engine, self._filters, self._until, change.types)
        if not types.values:
            self.not_counted.append(f"{change.sentence}: {types.reason}")
        named = ", ".join(str(value) for value in types.values)
        return Target(types.dimension, types.values, f"{change.sentence}: {named}")

    def _end_shares(self, target: Target) -> Array:
        shares: Array = self._ask(
            end_shares, self._engine, narrowed(self._filters, target.dimension, target.values), self._past.grain,
            self._until,
        )  # fmt: skip
        return (
            shares if len(shares) else self._ask(end_shares, self._engine, self._filters, self._past.grain, self._until)
        )

    def _weekdays(self, anchor: str) -> Array:
        shares: Array = self._ask(weekday_shares, self._engine, self._recent, anchor)
        return shares

    @property
    def _recent(self) -> Filters:
        return self._filters.between(self._until - timedelta(weeks=RECENT_WEEKS), self._until)

    def _note(self, change: Change, found: str) -> None:
        self.reading.append(f"{change.sentence}. {found}")


def end_shares(engine: Engine, filters: Filters, grain: Grain, until: date) -> Array:
    """The share of the filters' tickets of each age that ends in a step, as seen at `until`; empty if it is not."""
    past = history(engine, filters.between(None, until), grain)
    return SurvivalFlow(past).start(past.known, 1).end_share_by_age if past else np.zeros(0)


def narrowed(filters: Filters, dimension: str, values: tuple[Value, ...]) -> Filters:
    """The filters with only these values of a dimension."""
    others = tuple(pair for pair in filters.where if pair[0] != dimension)
    return replace(filters, where=tuple(sorted((*others, (dimension, values)))))


def _weeks_in(periods: Array, grain: Grain, weekdays: Array) -> Array:
    """How many weeks' work each step holds: 1, or the weekday's share of it."""
    if grain is Grain.WEEK:
        return np.ones(len(periods))
    return np.asarray(weekdays[(periods.astype("datetime64[D]").astype(int) + 3) % 7])


def _share_sentence(target: Target, mixed: Mixed, place: int) -> str:
    tickets, share = mixed.tickets(place), f"{mixed.share(place):.1%}".replace("%", " %")
    if not tickets:
        return f"{target.words}. None came in the last {RECENT_WEEKS} weeks, so nothing changes."
    return f"{target.words}. {count_text(tickets)} came in the last {RECENT_WEEKS} weeks, {share} of all."
