"""Effect: what a KPI did since an action began, against where it was going, and whether that can be told."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import numpy as np

from analytics.calendar_profile import FEWEST_WEEKS
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import day_text, hours_text, percent_text, signed_text, value_text
from analytics.kpi import Direction, Kpi, Unit
from analytics.kpis import find_kpi
from analytics.limits import Array, limits
from analytics.plan.interrupted_series import Interruption, interruption
from analytics.plan.kpi_periods import KpiPeriods, kpi_periods
from analytics.plan.season import season_columns
from analytics.plan.wild_weeks import tamed
from analytics.warehouse.engine import Engine

EffectVerdict = Literal["better", "worse", "changed", "no change that can be told", "too early to tell"]
# (before, after): of weeks, and of periods of four weeks.
FEWEST = {1: (8, 4), 4: (6, 3)}
# A gain of this part of what was expected, or of so many points of a share, is worth an action.
WORTHWHILE, WORTHWHILE_POINTS = 0.10, 0.05
_CAVEATS = (
    "The effect is the mean of the finished weeks after the start, 26 at most, less where the KPI was going.",
    "Where it was going is the level and trend of up to 104 weeks before the start.",
    "The interval holds the true effect in about 95 of 100 cases; neighbouring weeks that are alike make it wider.",
    "Where neighbouring weeks are alike it goes on from the level at the start, not from the trend line before it.",
    "The week of the start counts on neither side, unless it began on a Monday.",
    "Season is taken out where 78 weeks before the start are known, Christmas weeks where one of them was.",
    "A wild week, but not of a level, counts as one 5 sigma (by the median deviation) from its neighbours' median.",
    "Too early to tell: fewer than 4 known weeks after the start or 8 before it.",
    "Also too early: the interval holds both a gain worth having (a tenth, or 5 points of a share) and none.",
    "Before and after is no proof: whatever else began in these weeks is in the effect too.",
)
_SOURCE = (
    "Interrupted time series by segmented regression (Wagner et al. 2002) with AR(1) errors; limits: process "
    "behaviour charts (Shewhart, Wheeler)."
)
# Beyond it a percentage says only that next to nothing was expected.
_MOST_SHARE = 2.0
# Limits that the last of these periods before the start lay beyond say nothing of what came after.
_LATELY = 8
_TOO_EARLY: EffectVerdict = "too early to tell"


@dataclass(frozen=True)
class Estimate:
    """`effect` with the ends of its 95 % interval, in the KPI's unit: the mean since the start less `expected`.

    `after` is the mean of the known periods since the start, `before` that of as many before it. The paths have an
    entry a period: where the KPI was going, and from the start on the interval of that.
    """

    effect: float
    low: float
    high: float
    expected: float
    before: float
    after: float
    path: Array
    path_low: Array
    path_high: Array

    @property
    def percent(self) -> tuple[float, float, float] | None:
        """The effect and its interval as shares of what was expected; None where that is not above 0."""
        found = [
            part / (self.after - part) if self.after > part else np.nan for part in (self.effect, self.low, self.high)
        ]
        return (found[0], found[1], found[2]) if np.isfinite(found).all() else None

    @property
    def is_told(self) -> bool:
        """Whether the interval leaves no change out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class Effect:
    """`estimate` is None where there is too little to make one.

    `lower`, `centre` and `upper` are the limits from before the start (NaN: none), and `outside` how many of the
    `known_after` periods lie beyond them. There are none where half of the last periods before the start, `unsettled`
    of them, lay beyond them already. `wished` is the sign of what is better, 0 where neither way is.
    """

    kpi: Kpi
    started_on: date
    verdict: EffectVerdict
    sentence: str
    periods: KpiPeriods
    basis: Basis
    wished: int
    known_before: int = 0
    known_after: int = 0
    estimate: Estimate | None = None
    lower: float = np.nan
    centre: float = np.nan
    upper: float = np.nan
    outside: int = 0
    unsettled: int = 0

    @property
    def wish_sentence(self) -> str:
        """Which way is better: the KPI's, or what was promised where the KPI has none."""
        if self.kpi.direction is Direction.NEUTRAL and self.wished:
            return f"{'More' if self.wished > 0 else 'Less'} was promised, and so counts as better."
        return f"{self.kpi.direction.value.capitalize()}."

    @property
    def limits_sentence(self) -> str:
        """How many of the periods since the start differ from what was normal; empty where there are no limits."""
        unit = "weeks" if self.periods.length_weeks == 1 else "periods of four weeks"
        if self.unsettled and self.known_after:
            return (
                f"There was no normal course before: {self.unsettled} of the last {_LATELY} {unit} before the start "
                "were signals already."
            )
        if not np.isfinite(self.centre) or not self.known_after:
            return ""
        normal = f"{value_text(max(self.lower, 0.0), self.kpi.unit)} to {value_text(self.upper, self.kpi.unit)}"
        return f"{self.outside} of {self.known_after} {unit} since then lie outside what was normal before: {normal}."


def effect(engine: Engine, kpi_name: str, filters: Filters, started_on: date, promised: float | None = None) -> Effect:
    """The effect of what began on `started_on`. Of the filters' period only the end counts.

    Which way is better is the KPI's direction, or that of the `promised` change where neither way is better.
    """
    kpi = find_kpi(kpi_name)
    periods = kpi_periods(engine, kpi, filters, started_on)
    basis = replace(periods.basis, caveats=(*_CAVEATS, *periods.basis.caveats), source=_SOURCE)
    wished = {Direction.LOWER: -1, Direction.HIGHER: 1}.get(kpi.direction, int(np.sign(promised or 0)))
    return effect_of(kpi, periods, started_on, basis, wished)


def effect_of(kpi: Kpi, periods: KpiPeriods, started_on: date, basis: Basis, wished: int) -> Effect:
    """The same of periods that are measured already."""
    values, start = periods.values, periods.before
    known_before, known_after = (int(np.isfinite(part).sum()) for part in (values[:start], values[start:]))
    found = Effect(kpi, started_on, _TOO_EARLY, "", periods, basis, wished, known_before, known_after)
    found = _with_limits(found)
    if short := _too_short(found):
        return replace(found, sentence=short)
    further, left_out = season_columns(periods.begins, start, periods.length_weeks, FEWEST_WEEKS)
    # A level that jumps stays where it is: there is no wild week in it.
    used = np.where(left_out, np.nan, values if kpi.is_stock else tamed(values, start))
    if np.isfinite(used[start:]).sum() < FEWEST[periods.length_weeks][1]:
        return replace(found, sentence="Too early to tell: too few weeks since the start are no holidays.")
    estimate = _estimate(kpi, interruption(used, start, further), used, start)
    verdict = _verdict(kpi, estimate, wished)
    return replace(found, estimate=estimate, verdict=verdict, sentence=_sentence(found, estimate, verdict))


def _too_short(found: Effect) -> str:
    """Why nothing can be told yet; empty where something may."""
    least_before, least_after = FEWEST[found.periods.length_weeks]
    unit = "weeks" if found.periods.length_weeks == 1 else "periods of four weeks"
    if found.known_after < least_after:
        return (
            f"Too early to tell: {found.known_after} whole {unit} with enough tickets since "
            f"{day_text(found.started_on)}, {least_after} needed."
        )
    if found.known_before < least_before:
        return (
            f"Too early to tell: {found.known_before} whole {unit} with enough tickets before "
            f"{day_text(found.started_on)}, {least_before} needed."
        )
    return ""


def _with_limits(found: Effect) -> Effect:
    """The limits as they were at the start, and the periods after it that lie beyond them."""
    periods = found.periods
    if not periods.before:
        return found
    highest = 1.0 if found.kpi.unit is Unit.RATIO else None
    judged = limits(periods.values[: periods.before], periods.begins[: periods.before], 0.0, highest)
    lower, centre, upper = (float(bound[-1]) for bound in (judged.lower, judged.centre, judged.upper))
    past = periods.values[: periods.before]
    lately = past[np.isfinite(past)][-_LATELY:]
    unsettled = int(((lately < lower) | (lately > upper)).sum())
    if unsettled * 2 >= _LATELY:
        return replace(found, unsettled=unsettled)
    after = periods.values[periods.before :]
    outside = int(((after < lower) | (after > upper)).sum())
    return replace(found, lower=lower, centre=centre, upper=upper, outside=outside)


def _estimate(kpi: Kpi, series: Interruption, used: Array, start: int) -> Estimate:
    after, before = used[start:][np.isfinite(used[start:])], used[:start][np.isfinite(used[:start])]
    highest = 1.0 if kpi.unit is Unit.RATIO else np.inf
    paths = [np.clip(path, 0.0, highest) for path in (series.counterfactual, series.lower, series.upper)]
    actual = float(after.mean())
    usual = float(before[-len(after) :].mean())
    return Estimate(series.effect, series.low, series.high, actual - series.effect, usual, actual, *paths)


def _verdict(kpi: Kpi, estimate: Estimate, wished: int) -> EffectVerdict:
    if estimate.is_told:
        if not wished:
            return "changed"
        return "better" if (estimate.effect > 0) == (wished > 0) else "worse"
    worthwhile = WORTHWHILE_POINTS if kpi.unit is Unit.RATIO else WORTHWHILE * max(estimate.expected, 0.0)
    more, less = wished >= 0 and estimate.high >= worthwhile, wished <= 0 and estimate.low <= -worthwhile
    return _TOO_EARLY if more or less else "no change that can be told"


def _sentence(found: Effect, estimate: Estimate, verdict: EffectVerdict) -> str:
    kpi, weeks = found.kpi, found.known_after * found.periods.length_weeks
    percent, in_percent = estimate.percent, ""
    if percent and kpi.unit is not Unit.RATIO and max(map(abs, percent)) <= _MOST_SHARE:
        shares = [_signed_percent(share) for share in percent]
        in_percent = f", which is {shares[0]} ({shares[1]} to {shares[2]})"
    return (
        f"{verdict[0].upper()}{verdict[1:]}: {kpi.title} was {value_text(estimate.after, kpi.unit)} on average in the "
        f"{weeks} weeks since {day_text(found.started_on)}, {change_words(estimate.effect, kpi)} against where it was "
        f"going (95 % interval {change_words(estimate.low, kpi)} to {change_words(estimate.high, kpi)}){in_percent}."
    )


def change_words(value: float, kpi: Kpi) -> str:
    """A change of the KPI with its sign: `+3.2 h`, `-4.1 points`, `-120`."""
    match kpi.unit:
        case Unit.RATIO:
            return f"{signed_text(value * 100, 1)} points"
        case Unit.HOURS:
            return f"{'+' if value > 0 else ''}{hours_text(value)}"
        case Unit.TICKETS:
            return signed_text(value)


def _signed_percent(share: float) -> str:
    return f"{'+' if share > 0 else ''}{percent_text(share)}"
