"""Headline: a KPI as one line for a person: value, change in words, target and how many tickets it rests on."""

from dataclasses import dataclass, replace
from datetime import date

from analytics.filters import Filters
from analytics.formatting import change_text, day_text, value_text
from analytics.kpi import Direction, Kpi, Unit
from analytics.measure import KpiResult
from analytics.window import length_words


@dataclass(frozen=True)
class Headline:
    """What a card says. `better` is None where neither way is better or nothing changed; absent texts are None.

    `known` is False for `too few` and `cannot tell`: states of their own, never a number to act on.
    """

    kpi: Kpi
    value: str
    known: bool
    basis: str
    change: str | None = None
    higher: bool | None = None
    better: bool | None = None
    target: str | None = None


def headline(result: KpiResult, before: KpiResult | None, target: float | None, why_not: str = "") -> Headline:
    """The headline of an unsplit result against the period before; `why_not` says why there is no value."""
    text = value_text(result.value, result.kpi.unit, result.too_few)
    if result.value is None:
        return Headline(result.kpi, text, False, why_not or "no tickets to measure", target=_target(result, target))
    if result.too_few:
        return Headline(result.kpi, text, False, _basis(result), target=_target(result, target))
    known = Headline(result.kpi, text, True, _basis(result), target=_target(result, target))
    return _compared(known, result, before) if before else known


def comparable(filters: Filters, first_day: date | None) -> Filters | None:
    """The period before, or None where there is none or the data, from `first_day` on, does not cover it."""
    earlier = filters.previous()
    if earlier is None or earlier.start is None or first_day is None or earlier.start < first_day:
        return None
    return earlier


def comparison(filters: Filters, first_day: date | None) -> str:
    """What the changes are against: `Changes are against the 90 days before.`; nothing where time is not bounded."""
    if filters.previous() is None or first_day is None:
        return ""
    if comparable(filters, first_day) is None:
        return f"No change is shown: the data starts on {day_text(first_day)}."
    return f"Changes are against the {length_words(filters)} before."


def _compared(known: Headline, result: KpiResult, before: KpiResult) -> Headline:
    if result.value is None or before.value is None or before.too_few:
        return replace(known, change="too few before to compare")
    text = change_text(result.value, before.value, result.kpi.unit)
    if result.value == before.value or text.lstrip("+-").startswith("0.0 "):
        return replace(known, change="unchanged")
    higher = result.value > before.value
    better = _better(higher, result.kpi.direction)
    verdict = "higher" if higher else "lower"
    if better is not None:
        verdict = "better" if better else "worse"
    return replace(known, change=f"{text}, {verdict}", higher=higher, better=better)


def _better(higher: bool, direction: Direction) -> bool | None:
    return None if direction is Direction.NEUTRAL else higher == (direction is Direction.HIGHER)


def _target(result: KpiResult, target: float | None) -> str | None:
    """`Target: at most 24.0 h, missed`; without a verdict where there is no value to judge."""
    if target is None or result.kpi.direction is Direction.NEUTRAL:
        return None
    upwards = result.kpi.direction is Direction.HIGHER
    goal = f"Target: at {'least' if upwards else 'most'} {goal_text(target, result.kpi.unit)}"
    if result.value is None or result.too_few:
        return goal
    met = result.value >= target if upwards else result.value <= target
    return f"{goal}, {'met' if met else 'missed'}"


def goal_text(target: float, unit: Unit) -> str:
    """A target without needless decimals: `90 %`, `24 h`."""
    return value_text(target, unit).replace(".0 ", " ")


def _basis(result: KpiResult) -> str:
    return f"{result.tickets:,} {'ticket' if result.tickets == 1 else 'tickets'}"
