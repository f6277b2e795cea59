"""Automation: the frequent simple types, each with its volume, effort and how steady it is.

Stabilise before automating: what comes and goes, or takes an hour one day and a week the next, is not understood yet.
"""

import math
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pandas as pd
from scipy import stats

from analytics.filters import Filters, Value, plain_value
from analytics.flow.basis import Basis
from analytics.forecast.effects import narrowed
from analytics.forecast.frequent_types import RECENT_WEEKS, FrequentTypes, frequent_types
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

Steadiness = Literal["steady", "varies", "too few"]
_FILE = Path(__file__).parents[2] / "data" / "automation.toml"
_CHANCE = 0.95
# The middle half of a normal distribution is so many standard deviations wide.
_MIDDLE_HALF = 1.349
_FLAT_HOURS = 1 / 60


@dataclass(frozen=True)
class AutomationNumbers:
    """The numbers in data/automation.toml."""

    fewest_tickets: int
    most_volume_spread: float
    most_time_spread: float
    check_after_days: int


@cache
def automation_numbers() -> AutomationNumbers:
    """As the file has them."""
    return AutomationNumbers(**tomllib.loads(_FILE.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Candidate:
    """A type: tickets a week, median hours, and its spreads, each a share of the mean (None where not to be told).

    `value` is the export's text. `booked_per_week` are hours of work, None where none are booked; `middle_half` are the
    hours between which half of the tickets lie.
    """

    value: Value
    tickets: int
    share: float
    per_week: float
    median_hours: float
    booked_per_week: float | None
    volume_spread: float | None
    beyond_chance: bool
    middle_half: tuple[float, float] | None
    time_spread: float | None

    @property
    def steadiness(self) -> Steadiness:
        """Whether the flow is predictable enough to be automated."""
        limits = automation_numbers()
        if self.tickets < limits.fewest_tickets or self.volume_spread is None or self.time_spread is None:
            return "too few"
        comes_and_goes = self.beyond_chance and self.volume_spread > limits.most_volume_spread
        return "varies" if comes_and_goes or self.time_spread > limits.most_time_spread else "steady"

    @property
    def why(self) -> str:
        """What to do about it first, in a few words."""
        limits = automation_numbers()
        if self.steadiness == "too few":
            return "too few to tell"
        if self.steadiness == "steady":
            return "steady: can be automated"
        parts = []
        if self.beyond_chance and (self.volume_spread or 0) > limits.most_volume_spread:
            parts.append("volume comes and goes")
        if (self.time_spread or 0) > limits.most_time_spread:
            parts.append("time to resolve differs widely")
        return f"stabilise first: {' and '.join(parts)}"


@dataclass(frozen=True)
class Candidates:
    """The types that were chosen, the quickest first; `types` says how, `reason` why there are none (else empty)."""

    types: FrequentTypes
    candidates: tuple[Candidate, ...]
    reason: str
    basis: Basis

    @property
    def sentence(self) -> str:
        """How many, how much of what comes in, and how many to stabilise first; quotes no export."""
        if self.reason:
            return f"What to automate cannot be told. {self.reason}"
        share, count = f"{self.types.share:.0%}".replace("%", " %"), len(self.candidates)
        noun = "type makes" if count == 1 else "types make"
        said = f"{count} frequent simple {noun} {share} of what came in over the last {RECENT_WEEKS} weeks"
        varying = sum(one.steadiness == "varies" for one in self.candidates)
        steady = sum(one.steadiness == "steady" for one in self.candidates)
        few = count - varying - steady
        rest = [f"{steady} steady enough to automate"] if steady else []
        rest += [f"{varying} to stabilise first"] if varying else []
        rest += [f"{few} too few to tell"] if few else []
        return f"{said}: {', '.join(rest)}."

    def selection(self, filters: Filters, value: Value) -> Selection:
        """The tickets of one type in the weeks looked at."""
        mine = narrowed(filters, self.types.dimension, (value,)).between(self.types.start, self.types.until)
        conditions = [*mine.period_conditions("opened_on"), *mine.value_conditions()]
        return Selection(mine.sentence("opened"), " AND ".join(conditions), mine.parameters())


def automation_candidates(engine: Engine, filters: Filters, until: date) -> Candidates:
    """The candidates among the tickets opened in the 13 weeks before `until`."""
    types = frequent_types(engine, filters, until)
    if types.reason:
        return Candidates(types, (), types.reason, _basis(engine, filters, types, "", {}, 0))
    recent = narrowed(filters, types.dimension, types.values).between(types.start, types.until)
    sql = _sql(types, [*recent.period_conditions("opened_on"), *recent.value_conditions()])
    rows = engine.query(sql, recent.parameters())
    weekly = _weekly(engine, recent, types)
    medians = dict(zip(map(plain_value, types.frame["value"]), types.frame.itertuples(), strict=True))
    found = tuple(
        _candidate(row, medians[plain_value(row.value)], weekly.get(plain_value(row.value), np.zeros(RECENT_WEEKS)))
        for row in rows.itertuples()
    )
    order = {value: place for place, value in enumerate(types.values)}
    ranked = tuple(sorted(found, key=lambda one: order[one.value]))
    basis = _basis(engine, filters, types, sql, recent.parameters(), sum(one.tickets for one in ranked))
    return Candidates(types, ranked, "", basis)


def _sql(types: FrequentTypes, conditions: list[str]) -> str:
    hours = types.measured_by
    return (
        f"SELECT {types.dimension} AS value, count(*) AS tickets, sum(handle_hours) AS booked,\n"
        "  count(handle_hours) AS with_hours,\n"
        f"  percentile_cont(0.25) WITHIN GROUP (ORDER BY {hours}) AS q1,\n"
        f"  percentile_cont(0.75) WITHIN GROUP (ORDER BY {hours}) AS q3,\n  count({hours}) AS timed\n"
        f"FROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY 1"
    )


def _weekly(engine: Engine, recent: Filters, types: FrequentTypes) -> dict[Value, np.ndarray]:
    """Tickets by week of the window, by value; weeks without any count 0."""
    conditions = [*recent.period_conditions("opened_on"), *recent.value_conditions()]
    days = engine.query(
        f"SELECT {types.dimension} AS value, opened_on, count(*) AS tickets\nFROM tickets\n"
        f"WHERE {' AND '.join(conditions)}\nGROUP BY 1, 2",
        recent.parameters(),
    )
    week = (pd.to_datetime(days["opened_on"]) - pd.Timestamp(types.start)).dt.days // 7
    counts: dict[Value, np.ndarray] = {}
    for value, place, tickets in zip(days["value"], week, days["tickets"], strict=True):
        counts.setdefault(plain_value(value), np.zeros(RECENT_WEEKS))[int(place)] += int(tickets)
    return counts


def volume_spread(weekly: np.ndarray) -> tuple[float | None, bool]:
    """The spread of weekly counts beyond Poisson's, as a share of their mean, and whether it is beyond chance.

    Variance less mean is what chance does not explain; its root over the mean is the coefficient of variation left.
    Beyond chance: (n - 1) variance / mean is above the 95 % quantile of chi-squared.
    """
    mean = float(weekly.mean()) if len(weekly) else 0.0
    if len(weekly) < 2 or mean == 0:
        return None, False
    variance = float(weekly.var(ddof=1))
    beyond = (len(weekly) - 1) * variance / mean > float(stats.chi2.ppf(_CHANCE, len(weekly) - 1))
    return math.sqrt(max(variance - mean, 0.0)) / mean, beyond


def time_spread(q1: float, median: float, q3: float) -> float:
    """The robust coefficient of variation of hours: the middle half's width over 1.349 and the median.

    It is that of a normal distribution with these quartiles; extremes do not count (Arachchige and others, 2022).
    """
    return (q3 - q1) / _MIDDLE_HALF / max(median, _FLAT_HOURS)


def _candidate(row: Any, chosen: Any, weekly: np.ndarray) -> Candidate:
    spread, beyond = volume_spread(weekly)
    told = row.timed >= automation_numbers().fewest_tickets
    booked = float(row.booked) / RECENT_WEEKS if row.with_hours * 2 >= row.tickets else None
    return Candidate(
        value=plain_value(row.value),
        tickets=int(row.tickets),
        share=float(chosen.share),
        per_week=int(row.tickets) / RECENT_WEEKS,
        median_hours=float(chosen.median_hours),
        booked_per_week=booked,
        volume_spread=spread,
        beyond_chance=beyond,
        middle_half=(float(row.q1), float(row.q3)) if told else None,
        time_spread=time_spread(float(row.q1), float(chosen.median_hours), float(row.q3)) if told else None,
    )


def _basis(
    engine: Engine, filters: Filters, types: FrequentTypes, sql: str, parameters: dict[str, object], used: int
) -> Basis:
    limits = automation_numbers()
    return Basis(
        definition="Of the ten most frequent values of category (else subcategory, else service) of the last 13 "
        "weeks, at most five with the shortest median time. Steady: at least "
        f"{limits.fewest_tickets} tickets, weekly volume that spreads by at most {limits.most_volume_spread:.2g} of "
        "its mean beyond chance, and time to resolve that spreads by at most "
        f"{limits.most_time_spread:.2g} of its median.",
        sql=sql,
        parameters=parameters,
        as_of=engine.as_of,
        used=used,
        caveats=(
            "A short time stands for little skill: no export says how much a type takes.",
            "Chance: weekly counts spread by the root of their mean (Poisson) even where nothing varies.",
            "The spread of time is that of the middle half of the tickets, so that a few extremes do not decide.",
            "Time in queues counts: a type of which some tickets wait at another group is better split first.",
            "The numbers stand in data/automation.toml.",
        ),
        source="The five most frequent types that need least skill first; stabilise before automating.",
        filters=filters.between(types.start, types.until).sentence("opened"),
    )


def last_weeks_end(as_of_day: date, end: date | None) -> date:
    """The Monday up to which whole weeks are known: of the filters' end or the day after the as-of day."""
    until = min(end, as_of_day + timedelta(days=1)) if end else as_of_day + timedelta(days=1)
    return until - timedelta(days=until.weekday())
