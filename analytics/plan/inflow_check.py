"""Inflow check: whether less of a type of ticket comes in since an action on it began."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.filters import Filters, Value
from analytics.flow.basis import Basis
from analytics.formatting import day_text
from analytics.measure import FEWEST_TICKETS
from analytics.plan.automation import automation_numbers
from analytics.warehouse.engine import Engine

BEFORE_DAYS = 91
_WEEK_DAYS = 7
_TWO_SIDED_95 = 1.96
_ORIGIN = "automation "
LONGEST_ORIGIN = 200


def origin_of(dimension: str, value: Value) -> str:
    """What an action's origin says of the type that it is about; long values are cut."""
    return f"{_ORIGIN}{dimension}={value}"[:LONGEST_ORIGIN].rstrip()


def type_of(origin: str) -> tuple[str, str] | None:
    """Dimension and value (perhaps cut) of such an origin; None for any other."""
    dimension, equals, value = origin.removeprefix(_ORIGIN).partition("=")
    known = dimension in ("category", "subcategory", "service")
    return (dimension, value) if origin.startswith(_ORIGIN) and equals and value and known else None


@dataclass(frozen=True)
class InflowCheck:
    """Tickets a week before and after, and after / before with a 95 % interval; None where it cannot be told.

    `rest` is the same ratio of everything else that came in, None where there was too little of it.
    """

    verdict: str
    before_per_week: float | None
    after_per_week: float | None
    ratio: float | None
    lo: float | None
    hi: float | None
    rest: float | None
    sentence: str
    basis: Basis


def inflow_check(engine: Engine, dimension: str, value: str, started_on: date) -> InflowCheck:
    """The type's inflow in the 13 weeks before the start against the days since it, at most as many as are checked."""
    wanted, first = automation_numbers().check_after_days, started_on - timedelta(days=BEFORE_DAYS)
    as_of = engine.as_of.date() if engine.as_of else first
    days_after = min((as_of - started_on).days, wanted)
    last = started_on + timedelta(days=max(days_after, 0))
    sql, parameters = _sql(dimension, value), {"value": value, "first": first, "after": last}
    days = engine.query(sql, parameters)
    basis = _basis(engine, sql, parameters, int(days["mine"].sum()))
    if days_after < wanted:
        when = day_text(started_on + timedelta(days=wanted))
        known = max(days_after, 0)
        return _untold(
            "too early", f"Too early to tell: {known} of {wanted} days are loaded; look again after {when}.", basis
        )
    records = _first_day(engine)
    if records is None or records > first:
        return _untold("cannot tell", f"Cannot tell: the records begin after {day_text(first)}, too late.", basis)
    dates = pd.to_datetime(days["opened_on"]).dt.date
    earlier, later = days[dates < started_on], days[dates >= started_on]
    if earlier["mine"].sum() < FEWEST_TICKETS:
        return _untold("too few", f"Too few to tell: fewer than {FEWEST_TICKETS} came in the 13 weeks before.", basis)
    return _told(earlier, later, first, days_after, basis)


def _told(earlier: pd.DataFrame, later: pd.DataFrame, first: date, days_after: int, basis: Basis) -> InflowCheck:
    weeks_before, weeks_after = BEFORE_DAYS / _WEEK_DAYS, days_after / _WEEK_DAYS
    before, after = int(earlier["mine"].sum()), int(later["mine"].sum())
    ratio, lo, hi = rate_ratio(before, weeks_before, after, weeks_after, dispersion(_by_week(earlier, first)))
    others = int(earlier["others"].sum()), int(later["others"].sum())
    rest = (others[1] / weeks_after) / (others[0] / weeks_before) if others[0] >= FEWEST_TICKETS else None
    word = "fewer" if hi < 1 else "more" if lo > 1 else "no change beyond chance"
    sentence = (
        f"{before / weeks_before:,.1f} a week before, {after / weeks_after:,.1f} in the {days_after} days since: "
        f"{_percent(ratio)} (95 % between {_percent(lo)} and {_percent(hi)}), {word}."
    )
    if rest is not None:
        sentence += f" Everything else: {_percent(rest)}."
    return InflowCheck(
        word, before / weeks_before, after / weeks_after, ratio, lo, hi, rest, sentence, basis
    )  # fmt: skip


def rate_ratio(
    before: int, weeks_before: float, after: int, weeks_after: float, spread: float
) -> tuple[float, float, float]:
    """The rate after over the rate before, with a 95 % interval; `spread` widens Poisson's (1 leaves it).

    The logarithm's standard error is sqrt(spread (1 / before + 1 / after)); with none after, half a one stands for it.
    """
    ratio = (after / weeks_after) / (before / weeks_before)
    counted = max(after, 0.5)
    middle = math.log((counted / weeks_after) / (before / weeks_before))
    half = _TWO_SIDED_95 * math.sqrt(spread * (1 / before + 1 / counted))
    return ratio, math.exp(middle - half) if after else 0.0, math.exp(middle + half)


def dispersion(weekly: np.ndarray) -> float:
    """Variance over mean of weekly counts, never below 1."""
    mean = float(weekly.mean()) if len(weekly) else 0.0
    return max(float(weekly.var(ddof=1)) / mean, 1.0) if len(weekly) > 1 and mean else 1.0


def _by_week(days: pd.DataFrame, first: date) -> np.ndarray:
    weeks = np.zeros(BEFORE_DAYS // _WEEK_DAYS)
    places = (pd.to_datetime(days["opened_on"]) - pd.Timestamp(first)).dt.days // _WEEK_DAYS
    np.add.at(weeks, places.to_numpy(dtype=int), days["mine"].to_numpy(dtype=float))
    return weeks


def _sql(dimension: str, value: str) -> str:
    # A cut value stands for all that begin so.
    cut = len(origin_of(dimension, value)) >= LONGEST_ORIGIN
    mine = f"substr({dimension}, 1, {len(value)}) = :value" if cut else f"{dimension} = :value"
    return (
        f"SELECT opened_on, count(*) FILTER (WHERE {mine}) AS mine,\n"
        f"  count(*) FILTER (WHERE ({mine}) IS NOT TRUE) AS others\nFROM tickets\n"
        "WHERE opened_on >= :first AND opened_on < :after\nGROUP BY 1\nORDER BY 1"
    )


def _first_day(engine: Engine) -> date | None:
    found = engine.query("SELECT min(opened_on) AS first_day FROM tickets")["first_day"].iloc[0]
    return None if pd.isna(found) else pd.Timestamp(found).date()


def _untold(verdict: str, sentence: str, basis: Basis) -> InflowCheck:
    return InflowCheck(verdict, None, None, None, None, None, None, sentence, basis)


def _percent(ratio: float) -> str:
    return f"{ratio - 1:+.0%}".replace("%", " %")


def _basis(engine: Engine, sql: str, parameters: dict[str, object], used: int) -> Basis:
    return Basis(
        definition="Tickets of one type opened a week, in the 13 weeks before the action began and in the days since.",
        sql=sql,
        parameters=parameters,
        as_of=engine.as_of,
        used=used,
        caveats=(
            "Before and after alone do not show that the action did it: see what everything else did meanwhile.",
            "The interval is Poisson's, widened where the weeks before spread more than chance.",
            "The day on which the loaded data ends is not whole, and is left out.",
        ),
        filters=Filters().sentence("opened"),
    )
