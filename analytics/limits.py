"""Process-behaviour limits of a weekly series: which weeks differ from normal variation, and since when.

Each week is judged as it would have been at its end: against the 52 weeks that end 4 weeks before it, or those since
the baseline was reset. It is a signal if it lies beyond 3 sigma, or if the last 4 weeks together have shifted. While
a signal lasts its baseline stands still, for half a year at most: what stays longer is the new normal.
"""

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from analytics.calendar_profile import FEWEST_WEEKS, calendar_profile

BASELINE_WEEKS = 52
FEWEST_BASELINE_WEEKS = 12
RECENT_WEEKS = 4
# In a shorter baseline the likeness of neighbouring weeks cannot be told, and half of the shifts found are none.
FEWEST_FOR_SHIFT = 26
SIGMAS = 3.0
LONGEST_SIGNAL_WEEKS = 26
# The mean of the ranges between neighbours is this many standard deviations (d2 of two).
_D2 = 1.128
# The standard deviation of a normal distribution is this many median absolute deviations.
_MAD_TO_SIGMA = 1.4826
_WILD_SIGMAS = 5.0
_HIGHEST_RHO = 0.9
_FEWEST_RECENT = 3
# A difference below this part of the mean is the computer's rounding.
_ROUNDING = 1e-9

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Limits:
    """A judged series, an entry a week: the Mondays `weeks`, `values` (NaN for a gap), and `centre`, `lower`, `upper`.

    `signals` is 1 above, -1 below, 0 within or before the half year that is judged. `baseline` is True for the weeks
    on which the last limits rest, of which `baseline_weeks` are known. `side` is that of the signal the series ends
    in, which began in the week `since`. `reason` says why the end cannot be judged, else it is empty.
    """

    weeks: Array
    values: Array
    centre: Array
    lower: Array
    upper: Array
    signals: Array
    baseline: Array
    baseline_weeks: int
    side: int = 0
    since: date | None = None
    reason: str = ""


@dataclass(frozen=True)
class _Baselines:
    """For each week what its baseline says: known weeks, mean, sigma and the standard error of a recent mean."""

    known: Array
    mean: Array
    sigma: Array
    error: Array


def limits(
    values: Array,
    weeks: Array,
    lowest: float | None = None,
    highest: float | None = None,
    reset: date | None = None,
    seasonal: bool = False,
) -> Limits:
    """The limits of consecutive finished weeks; NaN is a week that cannot be told.

    `lowest` and `highest` are what a value can be at all. `reset` is the Monday with which the baseline begins anew.
    A `seasonal` series, of counts, of 78 weeks or more is judged after its calendar profile is taken out.
    """
    profile = np.ones(len(values))
    if seasonal and len(values) >= FEWEST_WEEKS:
        profile = calendar_profile(values, weeks, len(values) - RECENT_WEEKS)
    level = values / profile
    first = int(np.searchsorted(weeks, np.datetime64(reset))) if reset else 0
    found = _baselines(level, first)
    bases, signals, starts = _judge(level, found, first)
    shown = _shown(bases, found, first)
    centre, reach = found.mean[shown] * profile, SIGMAS * found.sigma[shown] * profile
    centre[found.known[shown] < FEWEST_BASELINE_WEEKS] = np.nan
    lower, upper = _cut(centre - reach, lowest, highest), _cut(centre + reach, lowest, highest)
    none = np.zeros(len(level), dtype=bool)
    return _told(Limits(weeks, values, centre, lower, upper, signals, none, 0), level, bases, starts, first)


def _shown(bases: Array, found: _Baselines, first: int) -> Array:
    """The same, with the limits as they are now over the weeks from `first` on that could not be judged."""
    shown = bases.copy()
    early = (np.arange(len(bases)) >= first) & (found.known[bases] < FEWEST_BASELINE_WEEKS)
    shown[early] = bases[-1:]
    return shown


def _cut(bound: Array, lowest: float | None, highest: float | None) -> Array:
    """No limit lies where no value can."""
    return np.asarray(np.clip(bound, -np.inf if lowest is None else lowest, np.inf if highest is None else highest))


def _baselines(level: Array, first: int) -> _Baselines:
    """Row t is of the 52 weeks that end 4 weeks before week t; for weeks from `first` on, none before it.

    Only the rows of the weeks that are judged are filled.
    """
    lag = BASELINE_WEEKS + RECENT_WEEKS - 1
    rows = np.arange(max(len(level) - LONGEST_SIGNAL_WEEKS, 0), len(level))
    places = rows[:, None] - lag + np.arange(BASELINE_WEEKS)
    allowed = (places >= 0) & ((places >= first) | (rows[:, None] < first))
    windows = np.where(allowed, level[np.maximum(places, 0)], np.nan)
    unfilled = len(level) - len(rows)
    return _Baselines(*(np.concatenate([np.zeros(unfilled), column]) for column in _statistics(_tamed(windows))))


def _tamed(windows: Array) -> Array:
    """Wild weeks cut to 5 sigma from the median, so that one of them does not hide all that comes in its year."""
    middle = _median(windows)
    reach = _WILD_SIGMAS * _MAD_TO_SIGMA * _median(np.abs(windows - middle))
    return np.where(reach > 0, np.clip(windows, middle - reach, middle + reach), windows)


def _median(windows: Array) -> Array:
    """The median of each row's known values, as a column; 0 where none is known."""
    count = np.isfinite(windows).sum(axis=1)[:, None]
    ordered = np.nan_to_num(np.sort(windows, axis=1))  # NaN comes last
    middle = [np.take_along_axis(ordered, np.maximum(place, 0) // 2, axis=1) for place in (count - 1, count)]
    return np.asarray((middle[0] + middle[1]) / 2)


def _statistics(windows: Array) -> tuple[Array, Array, Array, Array]:
    """Sigma is the larger of the mean moving range / 1.128 and the standard deviation.

    Neighbouring weeks are alike, so `weight` of them tell as little as one; the deviation allows for it. For
    independent weeks it is 1, and the deviation is the usual one.
    """
    known = np.isfinite(windows)
    count = known.sum(axis=1)
    several = np.maximum(count, 2)
    mean = np.where(known, windows, 0.0).sum(axis=1) / np.maximum(count, 1)
    apart = np.where(known, windows - mean[:, None], 0.0)
    squares = (apart**2).sum(axis=1)
    products = (apart[:, 1:] * apart[:, :-1]).sum(axis=1)
    rho = np.divide(products, squares, out=np.zeros(len(count)), where=squares > 0)
    # Kendall's correction: an estimated autocorrelation is too low by about (1 + 3 rho) / n.
    rho = np.clip(rho + (1 + 3 * rho) / several, 0.0, _HIGHEST_RHO)
    weight = np.minimum((1 + rho) / (1 - rho), several / 2)
    deviation = np.sqrt(squares / (several - weight))
    pairs = known[:, 1:] & known[:, :-1]
    ranges = np.where(pairs, np.abs(apart[:, 1:] - apart[:, :-1]), 0.0).sum(axis=1)
    sigma = np.maximum(ranges / np.maximum(pairs.sum(axis=1), 1) / _D2, deviation)
    error = sigma * np.sqrt(_recent_variance(rho) + weight / several)
    return count, mean, sigma, error


def _recent_variance(rho: Array) -> Array:
    """The variance of the mean of 4 weeks of an AR(1) series of variance 1."""
    lags = np.arange(1, RECENT_WEEKS)
    return np.asarray((1 + 2 * ((1 - lags / RECENT_WEEKS) * rho[:, None] ** lags).sum(axis=1)) / RECENT_WEEKS)


def _judge(level: Array, found: _Baselines, first: int) -> tuple[Array, Array, Array]:
    """For each week: the week whose baseline it is judged by, its side, and the week in which its signal began."""
    values = level.tolist()
    told = list(zip(*(column.tolist() for column in (found.known, found.mean, found.sigma, found.error)), strict=True))
    bases, starts = np.arange(len(values)), np.arange(len(values))
    sides = np.zeros(len(values), dtype=int)
    side = start = base = 0
    for week in range(max(len(values) - LONGEST_SIGNAL_WEEKS, 0), len(values)):
        value = values[week]
        recent = values[max(week + 1 - RECENT_WEEKS, first if week >= first else 0) : week + 1]
        lasting = side != 0 and week != first
        if not (lasting and (math.isnan(value) or _side(recent, *told[base])[0] == side)):
            base = week
            side, since = _side(recent, *told[base])
            start = week - since
        bases[week], starts[week] = base, start
        sides[week] = 0 if math.isnan(value) else side
    return bases, sides, starts


def _side(recent: list[float], known: int, mean: float, sigma: float, error: float) -> tuple[int, int]:
    """The side of the last of the recent weeks, and for how many weeks before it that began."""
    if known < FEWEST_BASELINE_WEEKS or math.isnan(recent[-1]):
        return 0, 0
    least = max(abs(mean), 1.0) * _ROUNDING
    reach = SIGMAS * sigma + least
    if abs(recent[-1] - mean) > reach:
        return (1 if recent[-1] > mean else -1), 0
    if known < FEWEST_FOR_SHIFT:
        return 0, 0
    # Cut to the limits, so that one wild week is not taken for a shift.
    apart = [min(max(value - mean, -reach), reach) for value in recent if not math.isnan(value)]
    shift = sum(apart) / len(apart)
    alike = sum(value * shift > 0 for value in apart)
    if alike < _FEWEST_RECENT or abs(shift) <= SIGMAS * error + least:
        return 0, 0
    return (1 if shift > 0 else -1), len(recent) - 1


def _told(judged: Limits, level: Array, bases: Array, starts: Array, first: int) -> Limits:
    """The limits with what is said of their end."""
    if not len(level):
        return replace(judged, reason=f"0 weeks, {FEWEST_BASELINE_WEEKS} needed")
    known = np.flatnonzero(np.isfinite(level))
    if not len(known) or known[-1] < len(level) - RECENT_WEEKS:
        return replace(judged, reason="no recent week with enough tickets")
    last = known[-1]
    end = bases[last] + 1 - RECENT_WEEKS
    places = np.arange(len(level))
    baseline = (places < end) & (places >= max(end - BASELINE_WEEKS, first))
    weeks = int(np.isfinite(level[baseline]).sum())
    judged = replace(judged, baseline=baseline, baseline_weeks=weeks)
    if weeks < FEWEST_BASELINE_WEEKS:
        return replace(judged, reason=f"{weeks} {'week' if weeks == 1 else 'weeks'}, {FEWEST_BASELINE_WEEKS} needed")
    if last < first or not judged.signals[last]:
        return judged
    return replace(
        judged, side=int(judged.signals[last]), since=judged.weeks[starts[last]].astype("datetime64[D]").item()
    )
