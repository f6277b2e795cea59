"""What a question measures: its split, the whole, the same over the compared days, and where the tickets went."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from analytics.ask.question import Question
from analytics.ask.span import Span
from analytics.bound import Bound
from analytics.filters import Filters
from analytics.kpi import Kpi, Statistic
from analytics.measure import Account, KpiResult, account, measure, notes, result_of
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Side:
    """The KPI over one span: `split` as asked, `groups` by the dimensions alone, `whole` without any split."""

    split: KpiResult
    groups: KpiResult
    whole: KpiResult


@dataclass(frozen=True)
class Measured:
    """`now` over the days asked about, `before` over those compared with; `kept` says where the tickets went."""

    question: Question
    now: Side
    before: Side | None
    kept: Account
    said: tuple[str, ...]
    as_of: datetime | None

    @property
    def kpi(self) -> Kpi:
        """The KPI."""
        return self.now.whole.kpi

    @property
    def day(self) -> date | None:
        """The as-of day."""
        return self.as_of.date() if self.as_of else None


def measured(engine: Engine, question: Question) -> Measured:
    """Measure all that an answer shows, at once: small statements leave a core idle when they take turns."""
    kpi, filters = question.measured, question.filters
    with ThreadPoolExecutor(4) as pool:
        asked = pool.submit(side, engine, kpi, filters, question.by, question.grain)
        kept, said = pool.submit(account, engine, kpi, filters), pool.submit(notes, engine, kpi)
        earlier = compared_filters(question)
        before = pool.submit(side, engine, kpi, earlier, question.by, question.grain) if earlier else None
        return Measured(
            question, asked.result(), before.result() if before else None, kept.result(), tuple(said.result()),
            engine.as_of,
        )  # fmt: skip


def side(engine: Engine, kpi: Kpi, filters: Filters, by: tuple[str, ...], grain: Grain | None) -> Side:
    """Both coarser results follow from the split where parts add up; a median's do not, and are measured."""
    split = measure(engine, compose(kpi, filters, by, grain))
    groups = _without_grain(engine, split) if grain else split
    return Side(split, groups, _whole(engine, groups) if by else groups)


def compared_filters(question: Question) -> Filters | None:
    """The filters over the compared span, None without one.

    A limit on the day of opening is an age where the KPI is a level: it goes back with the days.
    """
    span = question.compare
    if span is None:
        return None
    filters = question.filters.between(span.start, span.end)
    if not question.measured.is_stock:
        return filters
    return replace(filters, bounds=tuple(_as_old(bound, question.span, span) for bound in filters.bounds))


def _as_old(bound: Bound, span: Span, earlier: Span) -> Bound:
    if bound.column != "opened_on" or not isinstance(bound.limit, date) or not (span.end and earlier.end):
        return bound
    return replace(bound, limit=bound.limit - (span.end - earlier.end))


def _without_grain(engine: Engine, split: KpiResult) -> KpiResult:
    kpi, query = split.kpi, split.query
    coarse = compose(kpi, query.filters, query.by)
    if isinstance(kpi.value, Statistic) or split.frame.empty:
        return measure(engine, coarse)
    frame = split.frame
    if kpi.is_stock:
        frame = frame[frame["period"] == frame["period"].max()]
    if not query.by:
        return result_of(kpi, coarse, _added(kpi, frame), split.as_of)
    names = [name for name in ("numerator", "denominator") if name in _parts(kpi)]
    summed = frame.groupby(list(query.by), dropna=False, observed=True)[names].sum(min_count=1).reset_index()
    raw = {name: summed[name] for name in query.by} | {f"{kpi.name}_{name}": summed[name] for name in names}
    return result_of(kpi, coarse, raw, split.as_of)


def _whole(engine: Engine, groups: KpiResult) -> KpiResult:
    kpi, coarse = groups.kpi, compose(groups.kpi, groups.query.filters)
    if isinstance(kpi.value, Statistic):
        return measure(engine, coarse)
    return result_of(kpi, coarse, _added(kpi, groups.frame), groups.as_of)


def _added(kpi: Kpi, frame: pd.DataFrame) -> dict[str, pd.Series]:
    """One row: the parts of all rows added up."""
    return {f"{kpi.name}_{name}": pd.Series([np.nansum(frame[name].to_numpy(dtype=float))]) for name in _parts(kpi)}


def _parts(kpi: Kpi) -> tuple[str, ...]:
    return ("numerator", "denominator") if hasattr(kpi.value, "denominator") else ("numerator",)
