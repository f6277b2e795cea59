"""Track: a kept forecast held against what came, whether it is on track, and what took it off."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.flow.basis import Basis
from analytics.forecast.deviation import Deviation, deviation_of
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW, SERIES
from analytics.forecast.fan import BANDS
from analytics.forecast.history import LENGTH, History, basis_of, history
from analytics.forecast.kept import Kept, filters_of, kept_of
from analytics.forecast.track_verdict import CANNOT_TELL, NOT_YET, Verdict, judged
from analytics.period import Grain
from analytics.store.kept_forecasts import KeptForecast
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
# Both roundings of numbers put away together move a count by less than this.
_SAME = 0.5
_FLOWS_ONLY = "The backlog was not forecast then, so the flows are judged."


@dataclass(frozen=True)
class Track:
    """`frame`: a row a `period` and `series` with the kept `mean` and `BANDS`, `actual`, and whether `in80` and `in95`.

    `actual` is what came: NaN, and both others None, where it has not come or the records are not sound; `come` counts
    the steps that have. `relative_error` by series is the error so far over that of saying 'as then'. `net` and
    `expected_net` are what came less what ended so far, None if not known. `changed` says how the past was changed
    since, if it was.
    """

    kept: Kept
    frame: pd.DataFrame
    come: int
    verdict: Verdict
    deviation: Deviation | None
    relative_error: Mapping[str, float]
    net: float | None
    expected_net: float | None
    changed: str
    notes: tuple[str, ...]
    basis: Basis

    @property
    def sentence(self) -> str:
        """The verdict."""
        return self.verdict.sentence

    def of(self, series: str) -> pd.DataFrame:
        """The rows of one series."""
        return self.frame[self.frame["series"] == series].reset_index(drop=True)


def track(engine: Engine, record: KeptForecast, until: date | None = None) -> Track:
    """A kept forecast against the snapshot's data, as far as it reached before the day `until`."""
    filters = filters_of(record.forecast.filters).between(None, until)
    grain = Grain(record.forecast.grain)
    return held_against(record, history(engine, filters, grain), basis_of(engine, filters, grain), engine)


def held_against(record: KeptForecast, past: History | None, basis: Basis, engine: Engine) -> Track:
    """The same with the history given, for several forecasts of the same tickets."""
    older = engine.as_of is not None and engine.as_of.date() < record.forecast.known_until
    said = "It was made from newer data than is loaded now: an import was undone, or an older file was loaded."
    return scored(kept_of(record), past, basis, (said,) if older else ())


def scored(kept: Kept, past: History | None, basis: Basis, notes: tuple[str, ...] = ()) -> Track:
    """The same with the history given: the values that are known now."""
    actual = {series: _values(past, series, kept.periods) for series in SERIES}
    come = int(np.isfinite(actual[BACKLOG]).cumprod().sum())
    notes = notes if BACKLOG in kept.fans else (_FLOWS_ONLY, *notes)
    actual = {series: np.where(np.arange(kept.horizon) < come, values, np.nan) for series, values in actual.items()}
    frame = _frame(kept, actual)
    deviation = deviation_of(kept, actual, come)
    verdict = judged(kept, frame, come, deviation) if come else _nothing(kept, past)
    net = float((actual[INFLOW] - actual[OUTFLOW])[:come].sum()) if come else None
    expected_net = deviation.expected_inflow - deviation.expected_outflow if deviation else None
    errors = _relative_errors(kept, actual, come)
    return Track(
        kept, frame, come, verdict, deviation, errors, net, expected_net, _changed(kept, past), notes, basis,
    )  # fmt: skip


def _values(past: History | None, series: str, periods: Array) -> Array:
    """The series at these periods, NaN where it is not known."""
    values = np.full(len(periods), np.nan)
    if past is not None and len(periods):
        places = ((periods - past.periods[0]) // LENGTH[past.grain]).astype(int)
        known = (places >= 0) & (places < past.known)
        values[known] = getattr(past, series)[places[known]]
    return values


def _frame(kept: Kept, actual: Mapping[str, Array]) -> pd.DataFrame:
    fans, steps = kept.fans, kept.horizon
    columns: dict[str, Any] = {
        "period": np.tile(kept.periods.astype("datetime64[us]"), len(fans)),
        "series": np.repeat(np.array(list(fans), dtype=object), steps),
        "mean": np.concatenate([fan.mean for fan in fans.values()]),
    }
    columns |= {name: np.concatenate([fan.bound(name) for fan in fans.values()]) for name in BANDS}
    came = columns["actual"] = np.concatenate([actual[series] for series in fans])
    for level in (80, 95):
        lo, hi = columns[f"lo{level}"], columns[f"hi{level}"]
        told = np.isfinite(came) & np.isfinite(lo)
        columns[f"in{level}"] = np.where(told, ((came >= lo) & (came <= hi)).astype(object), None)
    return pd.DataFrame(columns)


def _relative_errors(kept: Kept, actual: Mapping[str, Array], come: int) -> Mapping[str, float]:
    """By series shown, the mean absolute error over that of its last value known then; left out if that was exact."""
    found = {}
    for series, fan in kept.fans.items():
        known = actual[series][:come]
        naive = float(np.abs(known - kept.past[series][-1]).sum())
        if come and naive > 0:
            found[series] = float(np.abs(known - fan.mean[:come]).sum()) / naive
    return found


def _nothing(kept: Kept, past: History | None) -> Verdict:
    """Why there is nothing to score."""
    if past is None:
        return Verdict(CANNOT_TELL, "Cannot tell: there is no whole period whose records are sound.", None)
    if past.periods[0] > kept.periods[0]:
        return Verdict(CANNOT_TELL, "Cannot tell: the sound records begin after this forecast did.", None)
    if past.ends < past.records_until and np.datetime64(past.records_until) > kept.periods[0]:
        return Verdict(CANNOT_TELL, "Cannot tell: the records of the time since are not sound.", None)
    return Verdict(NOT_YET, f"Nothing has come yet to score: no {kept.grain.value} since is whole.", None)


def _changed(kept: Kept, past: History | None) -> str:
    """How the records of the time before the forecast differ from what was known then; empty if they do not."""
    now = {series: _values(past, series, kept.past_periods) for series in SERIES}
    told = np.isfinite(now[BACKLOG])
    if not told.any():
        return ""
    before = {series: kept.past[series][told] for series in SERIES}
    after = {series: now[series][told] for series in SERIES}
    moved = [
        f"{name} {before[series].sum():,.0f}, now {after[series].sum():,.0f}"
        for series, name in ((INFLOW, "opened"), (OUTFLOW, "ended"))
        if np.abs(before[series] - after[series]).max() > _SAME
    ]
    if np.isfinite(now[BACKLOG][-1]) and abs(kept.past[BACKLOG][-1] - now[BACKLOG][-1]) > _SAME:
        moved.append(f"open at the start {kept.past[BACKLOG][-1]:,.0f}, now {now[BACKLOG][-1]:,.0f}")
    if not moved:
        return ""
    span = f"{int(told.sum())} {kept.grain.value}s before it"
    return f"The records of the past were changed since: for the {span} they then said {'; '.join(moved)}."
