"""Needed: what must change, each lever alone, to have at most so many open on a day with a wanted probability.

Each lever is pulled on the simulated courses until the wanted share of them is at or under the target, by bisection:
more of any lever never leaves more open.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np

from analytics.errors import BacklightError
from analytics.filters import Filters, check_dimension
from analytics.forecast.clearing import no_chances, probability_under
from analytics.forecast.deadline import Deadline, deadline
from analytics.forecast.elasticity import Elasticity, elasticity
from analytics.forecast.forecast import Forecast
from analytics.forecast.inflow_mix import Part, inflow_mix
from analytics.forecast.levers import Levers
from analytics.forecast.paths import Paths
from analytics.forecast.shortened import shortened
from analytics.forecast.spared_arrivals import spared_arrivals
from analytics.forecast.throughput import Throughput, throughput
from analytics.formatting import count_text, day_text
from analytics.warehouse.engine import Engine

FEWER_ARRIVALS, MORE_CLOSURES, FASTER_HANDLING = "fewer_arrivals", "more_closures", "faster_handling"
_FASTEST = 4.0
_HALVINGS = 14
_RECENT_WEEKS = 13


@dataclass(frozen=True)
class Lever:
    """How much of a lever is `needed` alone, in `unit`, beside what is `now`; None where it cannot do it alone.

    `now` is what the present course brings a week until the day. `people` are those whose throughput the needed
    closures are. `parts` are the most frequent values of a dimension that would have to stay away, text of an export,
    which `sentence` never quotes; with none of them the chance is `chance_without`.
    """

    lever: str
    needed: float | None
    unit: str
    now: float
    possible: bool
    sentence: str
    people: float | None = None
    parts: tuple[Part, ...] = ()
    chance_without: float | None = None


@dataclass(frozen=True)
class Needed:
    """The levers, or why there are none (`refused`), for `target` by `by` with `probability`.

    `per_week` closures in all are needed each week, by (now - target + arrivals not exceeded with that probability) /
    weeks, where `per_week_now` were closed lately; the formula asks nothing of how closures come about. `follows` is
    the elasticity that was reckoned with, `elasticity` the desk's own.
    """

    target: int
    by: date | None
    probability: float
    levers: tuple[Lever, ...]
    per_week: float | None
    per_week_now: float | None
    follows: float
    elasticity: Elasticity
    throughput: Throughput
    dimension: str
    refused: str = ""

    @property
    def wanted(self) -> str:
        """What the levers are for."""
        if self.refused or self.by is None:
            return self.refused
        return (
            f"To have at most {count_text(self.target)} open on {day_text(self.by)} with a chance of "
            f"{self.probability * 100:g} %, by one change alone:"
        )

    @property
    def sentence(self) -> str:
        """The closed formula in words."""
        if self.refused or self.per_week is None:
            return self.refused
        return (
            f"If arrivals stay as expected, about {self.per_week:,.0f} tickets must be closed a week in all; in the "
            f"last {_RECENT_WEEKS} weeks it was {self.per_week_now:,.0f}."
        )


def needed(
    engine: Engine,
    filters: Filters,
    found: Forecast,
    target: int,
    by: date | None = None,
    probability: float = 0.8,
    dimension: str = "category",
    follows: float | None = None,
) -> Needed:
    """What each lever alone must do; `follows` is the elasticity to reckon with, else the desk's own.

    Raises `BacklightError` for a day that cannot be asked for, or a probability that is not between 0 and 1.
    """
    check_dimension(dimension)
    if not 0 < probability < 1:
        said = f"A chance of {probability:g} cannot be asked for: choose one between 0 and 1, such as 0.8."
        raise BacklightError(said)
    refused = no_chances(found)
    if refused or found.paths is None or found.history is None:
        none = Elasticity(reason="nothing is forecast")
        return Needed(
            target, by, probability, (), None, None, 1.0, none, Throughput(None, None), dimension, refused
        )  # fmt: skip
    past, limit = found.history, deadline(found, by)
    own, person = elasticity(past), throughput(engine, filters, past)
    asked = Asked(
        shortened(found.paths, limit.steps), limit, target, probability, own.reckoned if follows is None else follows
    )
    mix, fewer = inflow_mix(engine, filters, past, dimension), fewer_arrivals(asked)
    spared = spared_arrivals(
        engine, filters, past, dimension, mix, fewer.needed, limit.steps, asked.elasticity, asked.chance_with,
        probability,
    ) if fewer.needed else None  # fmt: skip
    levers = (
        replace(fewer, parts=spared.parts, chance_without=spared.chance) if spared else fewer,
        more_closures(asked, person),
        faster_handling(asked),
    )
    return Needed(
        target, limit.day, probability, levers, per_week_needed(asked), float(past.outflow[-_RECENT_WEEKS:].mean()),
        asked.elasticity, own, person, dimension,
    )  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """The courses up to the deadline, what is wanted of them, and the elasticity to reckon with."""

    paths: Paths
    limit: Deadline
    target: int
    probability: float
    elasticity: float

    def chance(self, **pulled: float) -> float:
        """The share of courses at or under the target on the day, had these levers of `Levers.of` been pulled."""
        return self.chance_with(Levers.of(self.limit.steps, elasticity=self.elasticity, **pulled))

    def chance_with(self, levers: Levers) -> float:
        """The same with these levers."""
        return probability_under(self.limit.backlog(self.paths.changed(levers)), self.target)

    def least(self, most: float, chance: Callable[[float], float]) -> float | None:
        """The least pull up to `most` that gives the wanted probability, None where none does."""
        if self.chance() >= self.probability:
            return 0.0
        if chance(most) < self.probability:
            return None
        low, high = 0.0, most
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (low, middle) if chance(middle) >= self.probability else (middle, high)
        return high


def per_week_needed(asked: Asked) -> float:
    """(open now - target + arrivals not exceeded with that probability) / weeks; at least nought."""
    arrived = float(np.quantile(asked.limit.arrived(asked.paths), asked.probability))
    return max(0.0, (asked.paths.start - asked.target + arrived) / asked.limit.weeks)


def fewer_arrivals(asked: Asked) -> Lever:
    """The share of arrivals of all kinds that must stay away."""
    now = float(asked.limit.arrived(asked.paths).mean() / asked.limit.weeks)
    lever = partial(Lever, FEWER_ARRIVALS, unit="share of arrivals", now=now)
    cut = asked.least(1.0, lambda share: asked.chance(inflow_factor=1 - share))
    if cut is None:
        said = "Fewer arrivals alone cannot do it: not even with none at all is the chance high enough."
        return lever(needed=None, possible=False, sentence=said)
    if not cut:
        return lever(needed=0.0, possible=True, sentence="No fewer arrivals are needed.")
    share = _rounded_up(cut)
    said = f"{share * 100:.1f} % fewer of each kind: about {now * (1 - share):,.0f} a week in place of {now:,.0f}."
    return lever(needed=share, possible=True, sentence=said)


def more_closures(asked: Asked, person: Throughput) -> Lever:
    """The tickets that must be closed each week beyond those of the present course."""
    paths, weeks = asked.paths, asked.limit.weeks
    now = float((paths.start + asked.limit.arrived(paths) - asked.limit.backlog(paths)).mean() / weeks)
    lever = partial(Lever, MORE_CLOSURES, unit="tickets a week", now=now)
    more = asked.least(
        float(paths.start + paths.inflow.max(initial=0.0)), lambda tickets: asked.chance(more_closures=tickets)
    )
    if more is None:
        said = "More closures alone cannot do it: the work at hand runs out before the chance is high enough."
        return lever(needed=None, possible=False, sentence=said)
    if not more:
        return lever(needed=0.0, possible=True, sentence="No further closures are needed.")
    tickets = float(math.ceil(more))
    people = tickets / person.per_person if person.per_person else None
    noun = "ticket" if tickets == 1 else "tickets"
    said = f"{tickets:,.0f} more {noun} closed each week, beside the {now:,.0f} or so of the present course"
    return lever(needed=tickets, possible=True, sentence=f"{said}{_people_words(people, person)}.", people=people)


def faster_handling(asked: Asked) -> Lever:
    """By which share more of the tickets of each age must end in a week."""
    lever = partial(Lever, FASTER_HANDLING, unit="share faster", now=0.0)
    more = asked.least(_FASTEST - 1, lambda faster: asked.chance(pace_factor=1 + faster))
    if more is None:
        said = f"Faster handling alone cannot do it: not even if each ticket closed {_FASTEST:.0f} times as fast."
        return lever(needed=None, possible=False, sentence=said)
    if not more:
        return lever(needed=0.0, possible=True, sentence="No faster handling is needed.")
    share = _rounded_up(more)
    said = f"Each ticket closes {share * 100:.1f} % faster: of those open, at any age, so many more end in a week."
    return lever(needed=share, possible=True, sentence=said)


def _rounded_up(share: float) -> float:
    return math.ceil(share * 1000) / 1000


def _people_words(people: float | None, person: Throughput) -> str:
    if people is None or person.per_person is None:
        return f"; how many people that takes cannot be told, because {person.reason}"
    count = f"{people:.1f}" if people < 10 else f"{people:.0f}"
    return f": the work of {count} people at this desk's {person.per_person:.1f} tickets a week each"
