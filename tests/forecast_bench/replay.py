"""Replay: what each method said of a series at the same past origins, and what came.

Ours is the product's own back-test: as of the end of the history and, of long ones, as of some years before too, so
that more than the last two years are judged. Rivals are added to it under their names.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analytics.forecast.backtest import Tested, backtest, plan
from analytics.forecast.expectation import SERIES
from analytics.forecast.gate import withheld
from analytics.forecast.history import History
from analytics.period import Grain
from tests.forecast_bench.cases import Case
from tests.forecast_bench.scores import SHARES

Array = np.ndarray[Any, np.dtype[Any]]
OURS, NAIVE, SEASONAL = "Backlight", "naive", "seasonal naive"
HORIZONS = {Grain.WEEK: (4, 8, 13), Grain.DAY: (7, 14, 28)}
# Histories are replayed as of so many periods before their end.
_AS_OF = {Grain.WEEK: (192, 96, 0), Grain.DAY: (0,)}
_BOUNDS = ("lo80", "hi80", "lo95", "hi95")
# Naive's own interval: the changes over as many steps that were seen in this many periods.
_SEEN = {Grain.WEEK: 156, Grain.DAY: 364}


@dataclass(frozen=True)
class Told:
    """Expected values by origin and step, the four bounds of the 80 and 95 % intervals, and seconds a forecast."""

    mean: Array
    bands: Array | None
    seconds: float


@dataclass(frozen=True)
class Replay:
    """One series of a case: values, how many were known at each origin, what came, and what each method had told.

    `shown` says whether the product shows this series at the end of the history.
    """

    case: Case
    series: str
    values: Array
    known: Array
    actual: Array
    shown: bool
    told: dict[str, Told] = field(default_factory=dict)

    @property
    def horizons(self) -> tuple[int, ...]:
        """The three horizons judged."""
        return HORIZONS[self.case.history.grain]


def replays(case: Case, origins: int) -> Iterator[Replay]:
    """The series of a case at about so many origins, half as many again at most, with ours and both naive told."""
    grain = case.history.grain
    enough = max(HORIZONS[grain]) * 5
    pasts = [
        case.history.until(case.history.known - back) for back in _AS_OF[grain] if case.history.known >= enough + back
    ]
    began = time.perf_counter()
    tested = [_tested(past) for past in pasts]
    forecasts = sum(len(plan(past.known, grain, max(HORIZONS[grain]))[1]) for past in pasts) * len(SERIES)
    seconds = (time.perf_counter() - began) / forecasts
    kept_back = withheld(tested[-1])
    for series in SERIES:
        yield _replay(case, series, tested, origins, not case.refused and series not in kept_back, seconds)


def _tested(past: History) -> Tested:
    tested = backtest(past, max(HORIZONS[past.grain]))
    if tested is None:
        raise SystemExit("A case is too short for a back-test.")
    return tested


def _replay(case: Case, series: str, tested: list[Tested], origins: int, shown: bool, seconds: float) -> Replay:
    values = np.asarray(getattr(case.history, series), dtype=float)
    parts = [one.backtests[series] for one in tested]
    rows = [_spread(len(part.known), max(origins // len(parts), origins // 2)) for part in parts]
    known, actual, mean, last, seasonal = (
        np.concatenate([getattr(part, name)[kept] for part, kept in zip(parts, rows, strict=True)])
        for name in ("known", "actual", "mean", "naive", "seasonal")
    )
    fans = [part.fans[row] for part, kept in zip(parts, rows, strict=True) for row in kept]
    bands = np.stack([np.stack([fan.bound(name) for fan in fans]) for name in _BOUNDS])
    found = Replay(case, series, values, known, actual, shown)
    found.told[OURS] = Told(mean, bands, seconds)
    found.told[NAIVE] = Told(last, _naive_bands(values, known, actual.shape[1], case.history.grain), 0.0)
    if np.isfinite(seasonal).all():
        found.told[SEASONAL] = Told(seasonal, None, 0.0)
    return found


def _spread(rows: int, wanted: int) -> Array:
    """The newest row and others evenly before it."""
    apart = max(rows // wanted, 1)
    return np.arange(rows - 1, -1, -apart)[:wanted][::-1]


def _naive_bands(values: Array, known: Array, steps: int, grain: Grain) -> Array:
    """The last value plus the quantiles of the changes that were seen over as many steps before."""
    found = np.empty((len(SHARES), len(known), steps))
    for row, place in enumerate(known):
        past = values[max(0, place - _SEEN[grain]) : place]
        for step in range(1, steps + 1):
            found[:, row, step - 1] = past[-1] + np.quantile(past[step:] - past[:-step], SHARES)
    return np.rint(np.maximum(found, 0.0))
