"""measure(engine, query) -> KpiResult: run a query and say what stands behind the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.kpi import Count, Kpi
from analytics.period import Grain
from analytics.query import Query, account_sql, compose
from analytics.warehouse.engine import Engine

FEWEST_TICKETS = 5


@dataclass(frozen=True)
class KpiResult:
    """A measured KPI.

    `frame` has `period` (first day; with a grain), the dimensions asked for, `value`, `numerator`, `denominator`,
    `too_few` (a ratio or statistic on fewer than `FEWEST_TICKETS` tickets: not to act on), `unfinished` (the period
    ends after the as-of time) and `reason` (why there is no value). A value that cannot be told is NaN.
    """

    kpi: Kpi
    query: Query
    frame: pd.DataFrame
    as_of: datetime | None

    @property
    def value(self) -> float | None:
        """The value of an unsplit result, or None if it cannot be told."""
        value = self.frame["value"].iloc[0] if len(self.frame) else None
        return None if value is None or pd.isna(value) else float(value)

    @property
    def tickets(self) -> int:
        """How many tickets an unsplit result rests on."""
        column = "numerator" if isinstance(self.kpi.value, Count) or self.kpi.is_stock else "denominator"
        count = self.frame[column].iloc[0] if len(self.frame) else 0
        return 0 if pd.isna(count) else int(count)

    @property
    def too_few(self) -> bool:
        """Whether an unsplit result rests on too few tickets to act on."""
        return bool(len(self.frame) and self.frame["too_few"].iloc[0])


@dataclass(frozen=True)
class Account:
    """Where the tickets of a selection went: `used`, and `excluded` as (reason, tickets)."""

    used: int
    excluded: tuple[tuple[str, int], ...]

    @property
    def tickets_excluded(self) -> int:
        """All that were not used."""
        return sum(count for _, count in self.excluded)


def measure(engine: Engine, query: Query) -> KpiResult:
    """Run a query of one KPI."""
    (kpi,) = query.kpis
    return _result(kpi, query, engine.query(query.sql, query.parameters), engine.as_of)


def measure_each(
    engine: Engine, kpis: Sequence[Kpi], filters: Filters, by: Sequence[str] = (), grain: Grain | None = None
) -> dict[str, KpiResult]:
    """Several KPIs by name; those with the same population and anchor share one pass over the tickets."""
    shared: dict[tuple[str, str, bool], list[Kpi]] = {}
    for kpi in kpis:
        shared.setdefault((kpi.population, kpi.anchor, kpi.is_stock), []).append(kpi)
    results = {}
    for together in shared.values():
        query = compose(together, filters, by, grain)
        frame = engine.query(query.sql, query.parameters)
        results |= {kpi.name: _result(kpi, compose(kpi, filters, by, grain), frame, engine.as_of) for kpi in together}
    return {kpi.name: results[kpi.name] for kpi in kpis}


def account(engine: Engine, kpi: Kpi, filters: Filters) -> Account:
    """How many tickets of the selection the KPI uses, and why it does not use the others."""
    counts = engine.query(account_sql(kpi, filters), filters.parameters())
    by_reason = dict(zip(counts["reason"].tolist(), counts["tickets"].tolist(), strict=True))
    reasons = {i: exclusion.reason for i, exclusion in enumerate(kpi.exclusions, 1)} | {-1: "not told by any column"}
    excluded = tuple((reason, int(by_reason[i])) for i, reason in reasons.items() if by_reason.get(i))
    return Account(int(by_reason.get(0, 0)), excluded)


def notes(engine: Engine, kpi: Kpi) -> list[str]:
    """What the loaded data does to this KPI's meaning, a sentence each."""
    return engine.query("SELECT note FROM notes WHERE kpi = :kpi ORDER BY note", {"kpi": kpi.name})["note"].tolist()


def _result(kpi: Kpi, query: Query, raw: pd.DataFrame, as_of: datetime | None) -> KpiResult:
    frame = raw[[name for name in ("period", *query.by) if name in raw]].copy()
    numerator, denominator = raw.get(f"{kpi.name}_numerator"), raw.get(f"{kpi.name}_denominator")
    frame["value"] = _value(kpi, raw)
    frame["numerator"] = np.nan if numerator is None else numerator.astype(float)
    frame["denominator"] = np.nan if denominator is None else denominator.astype(float)
    if query.grain and not query.by and not kpi.is_stock:
        frame = _with_empty_periods(kpi, frame, query.grain)
    few = frame["denominator"] < FEWEST_TICKETS
    frame["too_few"] = few & (frame["denominator"] > 0)
    reasons = np.where(frame["value"].isna(), "no tickets to measure", None)
    frame["reason"] = pd.Series(reasons, index=frame.index, dtype=object)  # as text, None would turn into a truthy NaN
    if query.grain:
        frame["unfinished"] = _unfinished(frame["period"], query.grain, as_of)
    return KpiResult(kpi, query, frame, as_of)


def _value(kpi: Kpi, raw: pd.DataFrame) -> pd.Series:
    """Divide last; nothing divided by nothing is unknown."""
    if f"{kpi.name}_value" in raw:
        return raw[f"{kpi.name}_value"].astype(float)
    numerator = raw[f"{kpi.name}_numerator"].astype(float)
    if f"{kpi.name}_denominator" not in raw:
        return numerator.fillna(0.0) if kpi.is_stock else numerator
    return numerator / raw[f"{kpi.name}_denominator"].astype(float).replace(0.0, np.nan)


def _with_empty_periods(kpi: Kpi, frame: pd.DataFrame, grain: Grain) -> pd.DataFrame:
    """Periods without a ticket have a row too: a count of 0, a ratio that cannot be told."""
    if frame.empty:
        return frame
    days = pd.to_datetime(frame["period"])
    periods, day = [], days.min().date()
    while day <= days.max().date():
        periods.append(pd.Timestamp(day))
        day = grain.next(day)
    full = frame.assign(period=days).set_index("period").reindex(pd.DatetimeIndex(periods, name="period"))
    empty = ["value", "numerator"] if isinstance(kpi.value, Count) else ["denominator"]
    full[empty] = full[empty].fillna(0.0)
    return full.reset_index()


def _unfinished(periods: pd.Series, grain: Grain, as_of: datetime | None) -> pd.Series:
    starts = pd.to_datetime(periods)
    if as_of is None or starts.empty:
        return pd.Series(False, index=starts.index)
    current = pd.Timestamp(grain.start(as_of.date()))
    return starts >= current
