"""Signals: which of the core KPIs differ from normal variation at the end of a period, and since which week."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np

from analytics.extent import first_day
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.stretch import Stretch, stretch
from analytics.formatting import day_text, value_text
from analytics.kpi import Count, Direction, Kpi, Unit
from analytics.kpis.backlog import BACKLOG
from analytics.kpis.fcr import FCR
from analytics.kpis.inflow import INFLOW
from analytics.kpis.mttr import MTTR
from analytics.kpis.outflow import OUTFLOW
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.kpis.volume import VOLUME
from analytics.limits import BASELINE_WEEKS, LONGEST_SIGNAL_WEEKS, RECENT_WEEKS, Array, Limits, limits
from analytics.measure import FEWEST_TICKETS, KpiResult, measure_each
from analytics.period import Grain
from analytics.warehouse.engine import Engine

# With these each week that is judged has a whole baseline.
HISTORY_WEEKS = BASELINE_WEEKS + RECENT_WEEKS + LONGEST_SIGNAL_WEEKS
JUDGED = (MTTR, FCR, SLA_ADHERENCE, VOLUME, BACKLOG)
MEASURED = (MTTR, FCR, SLA_ADHERENCE, INFLOW, OUTFLOW)
_WEEK = timedelta(weeks=1)
_NO_DAY = date(1970, 1, 1)
_CAVEATS = (
    "Normal is the mean of 52 weeks that end 4 weeks before, or of those since the baseline was reset, +- 3 sigma.",
    "Sigma is the larger of the mean moving range / 1.128 and the standard deviation.",
    "A signal is a week beyond that, or a shift of the last 4 weeks together.",
    "While a signal lasts its baseline stands still, for half a year at most.",
    "A wild week in the baseline counts as one 5 sigma (by the median deviation) from the median.",
    "Weeks with fewer than five tickets are gaps.",
    "Weeks at the edge of an export, where older tickets are missing or new ones all but stop, are left out.",
    "Where 78 weeks are known, ticket volume is judged with season and Christmas taken out.",
)
_SOURCE = (
    "Process behaviour charts (Shewhart, Wheeler; ServiceNow KPI Signals); the baseline, the larger sigma and the "
    "test for a shift were chosen by back-tests on nine real ticket streams."
)
# KPI name and the Monday with which its baseline begins anew; at most one of each.
Resets = tuple[tuple[str, date], ...]


@dataclass(frozen=True)
class Signal:
    """The limits of one KPI's weeks. A backlog is judged by its net flow: opened less ended, per week.

    `reset` is the Monday with which its baseline was begun anew; `basis` says what the weeks were added up from.
    `left_out` are the values of the weeks that the export covers only in part, NaN in the others.
    """

    kpi: Kpi
    limits: Limits
    reset: date | None
    basis: Basis
    left_out: Array = field(default_factory=lambda: np.zeros(0))

    @property
    def title(self) -> str:
        """What is charted."""
        return _title(self.kpi)

    @property
    def better(self) -> bool | None:
        """Whether the signal is good news; None where there is none, or neither way is better."""
        return self.is_better(self.limits.side)

    def is_better(self, side: int) -> bool | None:
        """Whether it is good news to lie on that side of normal."""
        if not side or self.kpi.direction is Direction.NEUTRAL:
            return None
        return (side > 0) == (self.kpi.direction is Direction.HIGHER)

    @property
    def words(self) -> str:
        """`within normal variation`, `signal since week 34 (18 Aug 2025)` or `cannot tell yet: 5 weeks, 12 needed`."""
        if self.limits.reason:
            return f"cannot tell yet: {self.limits.reason}"
        since = self.limits.since
        if since is None:
            return "within normal variation"
        return f"signal since week {since.isocalendar().week} ({day_text(since)})"

    @property
    def caption(self) -> str:
        """The state where room is short: a signal is at most half a year old, so its week needs no year."""
        if self.limits.reason:
            return "Cannot tell yet"
        since = self.limits.since
        return f"Signal since week {since.isocalendar().week}" if since else "Within normal variation"

    @property
    def sentence(self) -> str:
        """The state, side and verdict: `Net flow: signal since week 34 (18 Aug 2025), higher than normal, worse.`."""
        if not self.limits.side:
            return f"{self.title}: {self.words}."
        verdict = {None: "", True: ", better", False: ", worse"}[self.better]
        return f"{self.title}: {self.words}, {'higher' if self.limits.side > 0 else 'lower'} than normal{verdict}."

    @property
    def limits_words(self) -> str:
        """`Normal for a week is 20.1 h to 34.0 h, from 52 weeks.`; empty where there are no limits."""
        known = np.flatnonzero(np.isfinite(self.limits.centre))
        if self.limits.reason or not len(known):
            return ""
        lower, upper = (float(bound[known[-1]]) for bound in (self.limits.lower, self.limits.upper))
        normal = f"{self.text(lower)} to {self.text(upper)}"
        whole = self.kpi.unit is Unit.RATIO and upper >= 1
        if lower <= 0 and whole:
            normal = "any share"
        elif lower <= 0 and not self.kpi.is_stock:
            normal = f"at most {self.text(upper)}"
        elif lower > 0 and whole:
            normal = f"at least {self.text(lower)}"
        return f"Normal for a week is {normal}, from {self.limits.baseline_weeks} weeks."

    def text(self, value: float) -> str:
        """A weekly value in words, empty where there is none; a net flow has its sign."""
        if np.isnan(value):
            return ""
        return f"{value:+,.0f}" if self.kpi.is_stock and round(value) else value_text(value, self.kpi.unit)


def signals(engine: Engine, filters: Filters, resets: Resets = ()) -> dict[str, Signal]:
    """By KPI name, in the order of the cards: of the tickets of `filters`, in the weeks up to its end."""
    weeks = judged_weeks(filters, engine.as_of, first_day(engine))
    # By day and then added up to weeks: grouping by a date is much faster than by a date's week.
    return signals_of(measure_each(engine, MEASURED, weeks, grain=Grain.DAY), weeks, resets)


def signals_of(counted: Mapping[str, KpiResult], weeks: Filters, resets: Resets) -> dict[str, Signal]:
    """The same from results of `MEASURED` by day or week, which reach over the judged weeks."""
    anew = dict(resets)
    mondays = np.arange(np.datetime64(weeks.start), np.datetime64(weeks.end), 7)
    covered = _stretch(counted, mondays)
    return {kpi.name: _signal(kpi, counted, weeks, mondays, covered, anew.get(kpi.name)) for kpi in JUDGED}


def judged_weeks(filters: Filters, as_of: datetime | None, first: date | None) -> Filters:
    """The filters over the whole, finished weeks that count; over no day if there are none.

    The data starts on the day `first`, in a week that is seldom whole.
    """
    if as_of is None or first is None:
        return filters.between(_NO_DAY, _NO_DAY)
    end = Grain.WEEK.start(min(as_of.date(), filters.end or as_of.date()))
    start = max(end - HISTORY_WEEKS * _WEEK, Grain.WEEK.start(first + _WEEK - timedelta(days=1)))
    return filters.between(min(start, end), end)


def _signal(
    kpi: Kpi, counted: Mapping[str, KpiResult], weeks: Filters, mondays: Array, covered: Stretch, reset: date | None
) -> Signal:
    if kpi.is_stock:
        used: tuple[KpiResult, ...] = (counted[INFLOW.name], counted[OUTFLOW.name])
        values = _net_flow(used[0], used[1], mondays)
    else:
        used = (counted[INFLOW.name if kpi is VOLUME else kpi.name],)
        values = _weekly(used[0], mondays)
    lowest, highest = None if kpi.is_stock else 0.0, 1.0 if kpi.unit is Unit.RATIO else None
    kept = _within(covered, kpi)
    seasonal = kpi is VOLUME and bool(kept.all())
    found = limits(np.where(kept, values, np.nan), mondays, lowest, highest, reset, seasonal)
    centre, lower, upper = (np.where(kept, bound, np.nan) for bound in (found.centre, found.lower, found.upper))
    found = replace(found, centre=centre, lower=lower, upper=upper)
    if covered.stopped:
        day = day_text(mondays[covered.end].astype("datetime64[D]").item())
        found = replace(found, side=0, since=None, reason=f"new tickets all but stop in the week of {day}")
    return Signal(kpi, found, reset, _basis(kpi, used, weeks, mondays), np.where(kept, np.nan, values))


def _stretch(counted: Mapping[str, KpiResult], mondays: Array) -> Stretch:
    """The weeks that the export covers; fewer than are looked at begin with the records."""
    opened, ended = (_sums(counted[name], "numerator", mondays) for name in (INFLOW.name, OUTFLOW.name))
    return stretch(opened, ended, from_the_start=len(mondays) < HISTORY_WEEKS)


def _within(covered: Stretch, kpi: Kpi) -> Array:
    """Whether each week tells of the desk; what rests on ended tickets does so later than what rests on opened ones."""
    places = np.arange(covered.weeks)
    return (places >= (covered.opened_from if kpi is VOLUME else covered.ended_from)) & (places < covered.end)


def _basis(kpi: Kpi, counted: tuple[KpiResult, ...], weeks: Filters, mondays: Array) -> Basis:
    """What the weeks were added up from, by day, and how they are judged."""
    parts = ["numerator" if isinstance(result.kpi.value, Count) else "denominator" for result in counted]
    used = [_sums(result, part, mondays).sum() for result, part in zip(counted, parts, strict=True)]
    return Basis(
        definition=f"{_title(kpi)} of each finished week, against what is normal for it.",
        sql=";\n\n".join(result.query.sql for result in counted),
        parameters=counted[0].query.parameters,
        as_of=counted[0].as_of,
        used=int(sum(used)),
        caveats=_CAVEATS,
        source=_SOURCE,
        filters=weeks.sentence(counted[0].kpi.verb) if len(mondays) else "",
    )


def _title(kpi: Kpi) -> str:
    return "Net flow" if kpi.is_stock else kpi.title


def _weekly(result: KpiResult, mondays: Array) -> Array:
    """The value of each week, NaN where it rests on too few tickets."""
    numerator = _sums(result, "numerator", mondays)
    if isinstance(result.kpi.value, Count):
        return _begun(numerator, numerator)
    denominator = _sums(result, "denominator", mondays)
    return np.where(denominator < FEWEST_TICKETS, np.nan, numerator / np.maximum(denominator, 1))


def _net_flow(opened: KpiResult, ended: KpiResult, mondays: Array) -> Array:
    came, left = (_sums(result, "numerator", mondays) for result in (opened, ended))
    return _begun(came - left, came + left)


def _begun(values: Array, tickets: Array) -> Array:
    """The values from the first week with a ticket on: before it there was nothing to count."""
    found = np.flatnonzero(tickets)
    return np.where(np.arange(len(values)) < (found[0] if len(found) else len(values)), np.nan, values)


def _sums(result: KpiResult, part: str, mondays: Array) -> Array:
    if not len(mondays) or result.frame.empty:
        return np.zeros(len(mondays))
    days = result.frame["period"].to_numpy().astype("datetime64[D]")
    places = (days - mondays[0]).astype(int) // 7
    within = (places >= 0) & (places < len(mondays))
    sums = np.nan_to_num(result.frame[part].to_numpy(dtype=float)[within])
    return np.bincount(places[within], sums, minlength=len(mondays))
