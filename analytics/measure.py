"""measure(engine, query) -> KpiResult: run a query and say what stands behind the number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.kpi import Count, Kpi
from analytics.period import Grain
from analytics.query import Query, account_sql, compose
from analytics.warehouse.engine import Engine

FEWEST_TICKETS = 5

# By name, all of one length: series as the engine returned them, and arrays worked out from them.
Columns = dict[str, Any]


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
    return result_of(kpi, query, _columns(engine.query(query.sql, query.parameters)), engine.as_of)


def measure_each(
    engine: Engine, kpis: Sequence[Kpi], filters: Filters, by: Sequence[str] = (), grain: Grain | None = None
) -> dict[str, KpiResult]:
    """Several KPIs by name; those with the same population and anchor share one pass over the tickets."""
    shared: dict[tuple[str, str, bool], list[Kpi]] = {}
    for kpi in kpis:
        shared.setdefault((kpi.population, kpi.anchor, kpi.is_stock), []).append(kpi)
    results: dict[str, KpiResult] = {}
    for together in shared.values():
        query = compose(together, filters, by, grain)
        raw = _columns(engine.query(query.sql, query.parameters))
        results |= {kpi.name: result_of(kpi, compose(kpi, filters, by, grain), raw, engine.as_of) for kpi in together}
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
    found = engine.query("SELECT note FROM notes WHERE kpi = :kpi ORDER BY note", {"kpi": kpi.name})
    return [str(note) for note in found["note"]]


def result_of(kpi: Kpi, query: Query, raw: Columns, as_of: datetime | None) -> KpiResult:
    """The result of a KPI from the columns that its query, or one that it shares, returned."""
    columns = {name: raw[name] for name in ("period", *query.by) if name in raw} | _numbers(kpi, raw)
    if query.grain and not query.by and not kpi.is_stock:
        columns = _with_empty_periods(kpi, columns, query.grain)
    value, tickets = columns["value"], columns["denominator"]
    columns["too_few"] = (tickets > 0) & (tickets < FEWEST_TICKETS)
    reasons = np.full(len(value), None, dtype=object)
    reasons[np.isnan(value)] = "no tickets to measure"
    columns["reason"] = pd.Series(reasons, dtype=object)  # as text, None would turn into a truthy NaN
    if query.grain:
        columns["unfinished"] = _unfinished(columns["period"], query.grain, as_of)
    return KpiResult(kpi, query, pd.DataFrame(columns), as_of)


def _columns(frame: pd.DataFrame) -> Columns:
    """Whole columns: taking them out of a frame again and again costs more than most queries."""
    return {str(name): column for name, column in frame.items()}


def _numbers(kpi: Kpi, raw: Columns) -> Columns:
    """Value, numerator and denominator; divide last: nothing divided by nothing is unknown."""
    numerator, denominator, statistic = (
        _floats(raw, f"{kpi.name}_{part}") for part in ("numerator", "denominator", "value")
    )
    if f"{kpi.name}_value" in raw:
        value = statistic
    elif f"{kpi.name}_denominator" in raw:
        value = numerator / np.where(denominator == 0.0, np.nan, denominator)
    else:
        value = np.nan_to_num(numerator) if kpi.is_stock else numerator
    return {"value": value, "numerator": numerator, "denominator": denominator}


def _floats(raw: Columns, name: str) -> Any:
    rows = len(next(iter(raw.values())))
    return raw[name].to_numpy(dtype=float, na_value=np.nan) if name in raw else np.full(rows, np.nan)


def _with_empty_periods(kpi: Kpi, columns: Columns, grain: Grain) -> Columns:
    """Periods without a ticket have a row too: a count of 0, a ratio that cannot be told."""
    found = columns["period"].to_numpy()
    if not len(found):
        return columns
    periods = grain.starts(found.min(), found.max())
    places = np.searchsorted(periods, found)
    empty = ("value", "numerator") if isinstance(kpi.value, Count) else ("denominator",)
    full: Columns = {"period": pd.Series(periods)}
    for name in ("value", "numerator", "denominator"):
        full[name] = np.full(len(periods), 0.0 if name in empty else np.nan)
        full[name][places] = columns[name]
    return full


def _unfinished(periods: pd.Series, grain: Grain, as_of: datetime | None) -> Any:
    if as_of is None or periods.empty:
        return np.zeros(len(periods), dtype=bool)
    return periods.to_numpy() >= np.datetime64(grain.start(as_of.date()))
