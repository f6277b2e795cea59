"""SurvivalCurve: the share of tickets not yet ended, by hours since opening, and what is read off it."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.formatting import TOO_FEW, UNKNOWN, hours_text
from analytics.measure import FEWEST_TICKETS

MOST_POINTS = 200
QUANTILES = (0.25, 0.5, 0.75, 0.9)
_Z = 1.959963984540054
# Products of floats do not meet a half exactly: what is this near counts as equal.
_NEAR = 1e-9


@dataclass(frozen=True)
class Within:
    """`share` of the tickets ended within `hours` with its 95 % interval; all None with a `reason`."""

    hours: float
    share: float | None
    lo: float | None
    hi: float | None
    reason: str | None = None


@dataclass(frozen=True)
class SurvivalCurve:
    """A Kaplan-Meier curve: at each of `hours`, in order, the `survival` just after and its `greenwood` sum.

    `ended` and `gone` (ended or censored) are counts at that time, `at_risk` those still followed just before.
    Greenwood: var S(t) = S(t)^2 sum(d / (n (n - d))) over the times up to t.
    """

    hours: np.ndarray
    ended: np.ndarray
    gone: np.ndarray
    at_risk: np.ndarray
    survival: np.ndarray
    greenwood: np.ndarray

    @property
    def tickets(self) -> int:
        """All the curve rests on."""
        return int(self.gone.sum())

    @property
    def censored(self) -> int:
        """Those of them still open at the as-of time."""
        return self.tickets - int(self.ended.sum())

    @property
    def too_few(self) -> bool:
        """Whether the curve rests on too few tickets to act on."""
        return self.tickets < FEWEST_TICKETS

    @property
    def followed_hours(self) -> float:
        """The longest time a ticket was followed; 0 without tickets."""
        return float(self.hours[-1]) if len(self.hours) else 0.0

    @property
    def has_ended(self) -> bool:
        """Whether the curve comes down to 0, so that nothing beyond it is unknown."""
        return bool(len(self.hours)) and float(self.survival[-1]) <= _NEAR

    def after(self, hours: float) -> float | None:
        """The share not yet ended after `hours`; None where no ticket was followed for so long."""
        if not len(self.hours) or (hours > self.followed_hours and not self.has_ended):
            return None
        place = int(np.searchsorted(self.hours, hours + _NEAR, side="right")) - 1
        return float(self.survival[place]) if place >= 0 else 1.0

    def quantile(self, share: float) -> float | None:
        """The first time by which at least `share` have ended; None where the curve does not come down so far."""
        return _first(self.hours, self.survival <= 1 - share + _NEAR)

    @property
    def median(self) -> float | None:
        """The time within which half of the tickets end."""
        return self.quantile(0.5)

    @property
    def ended_mean(self) -> float | None:
        """The conventional mean: of the tickets that have ended, as if the others were not there."""
        return float(np.average(self.hours, weights=self.ended)) if self.ended.sum() else None

    @property
    def ended_median(self) -> float | None:
        """The conventional median: of the tickets that have ended, as if the others were not there.

        Like `median`, the first time by which half of them have ended, so that both agree where nothing is open.
        """
        ranks = self.ended.cumsum()
        return float(self.hours[np.searchsorted(ranks, ranks[-1] / 2)]) if len(ranks) and ranks[-1] else None

    def median_interval(self) -> tuple[float | None, float | None]:
        """The times at which the 95 % band crosses one half."""
        lo, hi = self.band()
        return _first(self.hours, lo <= 0.5 + _NEAR), _first(self.hours, hi <= 0.5 + _NEAR)

    def median_text(self) -> str:
        """`3.4 days`, `more than 26.0 days`, `too few`, `cannot tell`."""
        if not self.tickets:
            return UNKNOWN
        if self.too_few:
            return TOO_FEW
        return f"more than {hours_text(self.followed_hours)}" if self.median is None else hours_text(self.median)

    def restricted_mean(self, horizon: float) -> float | None:
        """Mean hours open of the first `horizon` hours (the area under the curve); None if not followed so far."""
        if not len(self.hours) or (self.followed_hours < horizon and not self.has_ended):
            return None
        inside = self.hours < horizon
        edges = np.concatenate([[0.0], self.hours[inside], [horizon]])
        levels = np.concatenate([[1.0], self.survival[inside]])
        return float(np.sum(levels * np.diff(edges)))

    def within(self, hours: float) -> Within:
        """The share ended within `hours`."""
        if self.too_few:
            return Within(hours, None, None, None, f"fewer than {FEWEST_TICKETS} tickets")
        left = self.after(hours)
        if left is None:
            return Within(hours, None, None, None, f"no ticket has been followed for {hours_text(hours)} yet")
        place = int(np.searchsorted(self.hours, hours + _NEAR, side="right")) - 1
        lo, hi = self.band()
        if place < 0:
            lo, hi = _wilson(np.array([1.0]), np.array([float(self.tickets)]))
        return Within(hours, 1 - left, 1 - float(hi[max(place, 0)]), 1 - float(lo[max(place, 0)]))

    def band(self) -> tuple[np.ndarray, np.ndarray]:
        """The 95 % band, point by point: Greenwood on the log(-log) scale, so that it stays within 0 and 1.

        Where the curve is 1 or 0 that scale has no value: Wilson's interval of the tickets at risk.
        """
        lo, hi = _wilson(self.survival, np.maximum(self.at_risk.astype(float), 1))
        inner = (self.survival > _NEAR) & (self.survival < 1 - _NEAR)
        logs = np.log(self.survival[inner])
        spread = np.exp(_Z * np.sqrt(self.greenwood[inner]) / logs)
        lo[inner], hi[inner] = self.survival[inner] ** (1 / spread), self.survival[inner] ** spread
        return lo, hi

    def points(self, most: int = MOST_POINTS) -> pd.DataFrame:
        """`hours`, `survival`, `lo`, `hi`, `at_risk` from (0, 1) on: at most `most`, evenly spread over the falls."""
        lo, hi = self.band()
        steps = np.flatnonzero(self.ended > 0)
        if len(steps) >= most:
            steps = np.unique(steps[np.linspace(0, len(steps) - 1, most - 1).round().astype(int)])
        columns = {"hours": self.hours, "survival": self.survival, "lo": lo, "hi": hi, "at_risk": self.at_risk}
        start = {"hours": 0.0, "survival": 1.0, "lo": 1.0, "hi": 1.0, "at_risk": self.tickets}
        kept = pd.DataFrame({name: values[steps] for name, values in columns.items()})
        return kept if len(kept) and kept["hours"].iloc[0] == 0 else pd.concat([pd.DataFrame([start]), kept])


def curve_of(frame: pd.DataFrame) -> SurvivalCurve:
    """The curve of a frame with these columns, in order of hours."""
    hours, ended, gone, at_risk, survival, greenwood = (
        frame[name].to_numpy(dtype=float) for name in ("hours", "ended", "gone", "at_risk", "survival", "greenwood")
    )
    return SurvivalCurve(hours + 0.0, ended.astype(int), gone.astype(int), at_risk.astype(int), survival, greenwood)


def curve_of_counts(hours: np.ndarray, ended: np.ndarray, gone: np.ndarray) -> SurvivalCurve:
    """The curve of tickets counted by hours, in any order, the same time more than once."""
    times, places = np.unique(hours, return_inverse=True)
    d, leaving = (np.bincount(places, weights=counts, minlength=len(times)) for counts in (ended, gone))
    at_risk = leaving[::-1].cumsum()[::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(d < at_risk, d / (at_risk * (at_risk - d)), 0.0)
    survival = np.cumprod(1 - d / at_risk) if len(times) else np.array([])
    return SurvivalCurve(times, d.astype(int), leaving.astype(int), at_risk.astype(int), survival, np.cumsum(terms))


def _first(hours: np.ndarray, below: np.ndarray) -> float | None:
    places = np.flatnonzero(below)
    return float(hours[places[0]]) if len(places) else None


def _wilson(shares: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Wilson's 95 % interval of a share."""
    middle = shares + _Z**2 / (2 * counts)
    half = _Z * np.sqrt(shares * (1 - shares) / counts + (_Z / (2 * counts)) ** 2)
    whole = 1 + _Z**2 / counts
    return np.clip((middle - half) / whole, 0, 1), np.clip((middle + half) / whole, 0, 1)


def fitting_horizon(curve: SurvivalCurve) -> float:
    """Hours of 7, 30, 90 or 365 days: the first by which 90 % have ended, else the longest that was followed."""
    days = [7.0, 30.0, 90.0, 365.0]
    ended = (day for day in days if (left := curve.after(day * 24)) is not None and left <= 0.1)
    followed = [day for day in days if day * 24 <= curve.followed_hours]
    return 24 * next(ended, followed[-1] if followed else math.ceil(days[0]))
