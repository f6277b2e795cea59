"""Clearing: when the backlog will be at or under a number, and how likely it is so on a given day.

Two questions that are often mixed up, both answered by counting simulated courses:
`probability`: the share of courses whose backlog is at or under the target *on* the day. It may fall again later.
`reached`: the share that has been at or under it *at some time until* the end of a week (first passage). It never
falls, and the `dates` are read from it: the first week by whose end 50, 85 or 95 % of the courses have been there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.errors import BacklightError
from analytics.flow.basis import Basis
from analytics.forecast.deadline import deadline
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import Forecast
from analytics.forecast.gate import FEWEST_FOR_INTERVALS
from analytics.forecast.paths import Paths
from analytics.formatting import count_text, day_text

Array = np.ndarray[Any, np.dtype[Any]]
DATES: Mapping[str, float] = {"p50": 0.5, "p85": 0.85, "p95": 0.95}
# Tickets are whole: a simulated backlog of 400.3 is one of 400.
_HALF = 0.5


@dataclass(frozen=True)
class Clearing:
    """`probability` on the day `by`, with the backlog `expected` then and its 80 % interval, in tickets.

    By week ahead, whose last days are `weeks`: `at`, the share of courses at or under the target at its end, and
    `reached`, the share that has been so by then. `dates` has the last day of the first week for `p50`, `p85`, `p95`;
    None is "not on this course", as far as is forecast. Where `refused` says why not, all of it is None or empty.
    """

    target: int
    by: date | None
    now: int | None
    probability: float | None
    expected: float | None
    lo80: float | None
    hi80: float | None
    weeks: Array
    at: Array
    reached: Array
    dates: Mapping[str, date | None]
    tested_until: date | None
    basis: Basis
    refused: str = ""

    @property
    def sentence(self) -> str:
        """The answer in words, or why there is none."""
        if self.refused or self.probability is None or self.by is None:
            return self.refused
        lo, hi = (f"{bound:,.0f}" for bound in (self.lo80, self.hi80))
        spread = f"about {self.expected:,.0f} are expected, 80 % between {lo} and {hi}"
        return f"{self._when}{self._chance}: {spread}.{self._beyond}"

    @property
    def _chance(self) -> str:
        open_now = self.now or 0
        still = "are still open" if open_now <= self.target else "are open"
        chance, day = chance_text(self.probability or 0.0), day_text(self.by or date.min)
        return f"The chance that at most {count_text(self.target)} {still} on {day} is {chance}"

    @property
    def _when(self) -> str:
        wanted = count_text(self.target)
        if self.now is not None and self.now <= self.target:
            return f"{count_text(self.now)} open now is at or under {wanted} already. "
        weeks = len(self.weeks)
        told = [f"{_share_text(name)} by {day_text(day)}" for name, day in self.dates.items() if day]
        if not told:
            chance = chance_text(float(self.reached[-1]))
            come = f"the chance that the backlog comes down to {wanted} within {weeks} weeks"
            return f"Not on this course: {come} is {chance}. "
        never = [_share_text(name) for name, day in self.dates.items() if not day]
        rest = f"; {' and '.join(never)} not within {weeks} weeks on this course" if never else ""
        return f"The chance that the backlog has come down to {wanted} is {', '.join(told)}{rest}. "

    @property
    def _beyond(self) -> str:
        if self.tested_until is None or self.by is None or self.by <= self.tested_until:
            return ""
        return f" The model is tested until {day_text(self.tested_until)} only; what lies beyond is not."


def clearing(found: Forecast, target: int, by: date | None = None, paths: Paths | None = None) -> Clearing:
    """When the backlog is at or under `target`, and how likely it is so on the day `by` (else in 13 weeks).

    `paths` are other courses than the forecast's own, such as changed ones, which may be shorter; the dates are looked
    for as far as they go. Raises `BacklightError` for a target under
    nought or a day that cannot be asked for.
    """
    if target < 0:
        raise BacklightError(f"A backlog cannot be {target}: choose a target of 0 tickets or more.")
    courses, refused = paths or found.paths, no_chances(found)
    if refused or courses is None or found.history is None:
        none = np.zeros(0)
        now = round(float(found.history.backlog[-1])) if found.history else None
        return Clearing(
            target, by, now, None, None, None, None, none.astype("datetime64[D]"), none, none, dict.fromkeys(DATES),
            None, found.basis, refused,
        )  # fmt: skip
    limit = deadline(found, by)
    then, under = limit.backlog(courses), courses.backlog < target + _HALF
    lo, hi = np.quantile(then, [0.1, 0.9])
    already = bool(courses.start < target + _HALF)
    reached = np.maximum.accumulate(under | already, axis=1).mean(axis=0)
    known = found.history.last_day
    weeks = np.datetime64(known) + 7 * np.arange(1, courses.backlog.shape[1] + 1)
    return Clearing(
        target, limit.day, round(courses.start), float((then < target + _HALF).mean()), float(then.mean()), float(lo),
        float(hi), weeks, under.mean(axis=0), reached, _dates(reached, weeks, known if already else None),
        known + timedelta(weeks=found.tested.horizon) if found.tested else None, _basis(found),
    )  # fmt: skip


def probability_under(backlog: Array, target: int) -> float:
    """The share of courses at or under the target."""
    return float((backlog < target + _HALF).mean())


def no_chances(found: Forecast) -> str:
    """Why no probability can be given, in a sentence; empty where one can."""
    if found.refused:
        return found.refused
    if BACKLOG not in found.fans or found.paths is None or found.history is None:
        return found.withheld.get(BACKLOG, "The backlog is not forecast.")
    if not np.isfinite(found.fans[BACKLOG].bands).all():
        needed = FEWEST_FOR_INTERVALS[found.history.grain]
        return (
            f"No chance is given: it takes {needed} whole weeks to know how far off the forecast can be, and there are "
            f"{found.history.known}."
        )
    return ""


def chance_text(probability: float) -> str:
    """`63 %`, `under 1 %`, `over 99 %`: nothing that was simulated is certain."""
    if probability < 0.01:
        return "under 1 %"
    return "over 99 %" if probability > 0.99 else f"{probability * 100:.0f} %"


def _share_text(name: str) -> str:
    return f"{DATES[name] * 100:.0f} %"


def _dates(reached: Array, weeks: Array, already: date | None) -> dict[str, date | None]:
    if already:
        return dict.fromkeys(DATES, already)
    return {
        name: weeks[int(np.argmax(reached >= share))].astype(date) if reached[-1] >= share else None
        for name, share in DATES.items()
    }


def _basis(found: Forecast) -> Basis:
    return replace(
        found.basis,
        definition="The share of simulated courses whose backlog is at or under the target: on the day asked for (read "
        "on the line between the ends of two weeks), and for the dates, by the end of which week it has been so at "
        "least once. The courses are those of the forecast, as wide as its past errors call for. "
        + found.basis.definition,
    )
