"""Outcome: what a scenario makes of the forecast, against the present course with the same surprises."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.filters import Filters
from analytics.forecast.changes import Automation, Freeze
from analytics.forecast.effects import Ask, Effects, directly, effects
from analytics.forecast.elasticity import elasticity
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.fan import Fan
from analytics.forecast.forecast import Forecast
from analytics.forecast.history import LENGTH, History
from analytics.forecast.paths import Paths
from analytics.forecast.scenario import Scenario
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
MARK_DAYS = 30
# What the articles say of automating the five most frequent types: by so much is the backlog lower after 30 days.
CLAIMED = (0.2, 0.3)

CAVEATS = (
    "Both courses meet with the same surprises, so their difference is surer than either of them.",
    "Arrivals added or taken away leave as fast as their own kind: what is closed at once hardly adds to a backlog.",
    "A person more closes as many tickets a week as one of the group did in the last 13, from the first day on.",
    "In a freeze arrivals go on, and what waits grows older; afterwards closures follow the work on hand.",
)


@dataclass(frozen=True)
class Mark:
    """The backlog at the end of `day`: on the present course, as expected with its 80 % interval, and the difference.

    `under_today` is the probability that it is under today's. What is not known is NaN.
    """

    day: date
    present: float
    expected: float
    lo80: float
    hi80: float
    difference: float
    difference_lo80: float
    difference_hi80: float
    under_today: float

    @property
    def level(self) -> str:
        """`about 612 by 30 Jul 2026`."""
        return f"about {self.expected:,.0f} by {day_text(self.day)}"

    @property
    def sentence(self) -> str:
        """`about 612 by 30 Jul 2026, 45 fewer than on the present course (80 % between 30 and 60 fewer)`."""
        said = self.level
        if round(self.difference) == 0:
            return f"{said}, as on the present course"
        way = "fewer" if self.difference < 0 else "more"
        said += f", {abs(self.difference):,.0f} {way} than on the present course"
        if not np.isfinite(self.difference_lo80):
            return said
        ends = sorted((abs(self.difference_lo80), abs(self.difference_hi80)))
        if self.difference_lo80 * self.difference_hi80 < 0:
            return f"{said} (80 % between {self.difference_lo80:+,.0f} and {self.difference_hi80:+,.0f})"
        return f"{said} (80 % between {ends[0]:,.0f} and {ends[1]:,.0f} {way})"


@dataclass(frozen=True)
class Outcome:
    """`fans` by series as the scenario has them; `marks` at 30 days, at the end of each freeze, and of the forecast.

    `marks` are in order of time, as far as the forecast reaches. `known_until` is the last day known, `tested_until`
    the last on which the model is tested, None where that is not before the end. `reading` and `not_counted` say what
    the changes were taken to be and quote the export.
    """

    scenario: Scenario
    fans: Mapping[str, Fan]
    paths: Paths
    marks: tuple[Mark, ...]
    today: float
    known_until: date
    tested_until: date | None
    reading: tuple[str, ...]
    not_counted: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Where the backlog would stand; quotes nothing."""
        changes, left_out = len(self.scenario.changes), len(self.not_counted)
        if not changes:
            said = _joined([mark.level for mark in self.marks])
            return f"Nothing is changed yet: on the present course the backlog is {said}.{self._beyond}"
        if left_out == changes:
            these = "This change" if changes == 1 else "None of these changes"
            return f"{these} could {'not ' if changes == 1 else ''}be counted, so this is the present course."
        these = "this change" if changes == 1 else "these changes"
        said = _joined([mark.sentence for mark in self.marks])
        missing = f" Not counted: {left_out} of {changes} changes." if left_out else ""
        return f"With {these} the backlog is {said}.{missing}{self._beyond}"

    @property
    def in_a_month(self) -> Mark | None:
        """The mark at 30 days; None where the forecast does not reach so far."""
        day = self.known_until + timedelta(days=MARK_DAYS)
        return next((mark for mark in self.marks if mark.day == day), None)

    @property
    def _beyond(self) -> str:
        if self.tested_until is None:
            return ""
        return f" The model is tested until {day_text(self.tested_until)} only; what lies beyond is not."

    @property
    def claim(self) -> str:
        """What the articles claim of automation beside what is expected here; empty where nothing is automated."""
        automated = [change for change in self.scenario.changes if isinstance(change, Automation)]
        mark, (least, most) = self.in_a_month, CLAIMED
        if not automated or mark is None or len(self.not_counted) == len(self.scenario.changes):
            return ""
        later = max((change.start for change in automated if change.start), default=date.min)
        held = max((mark.day - later).days + 1, 0)
        since = f", where it has held for {held} days by then" if held < MARK_DAYS else ""
        interval = f" (80 % between {mark.lo80:,.0f} and {mark.hi80:,.0f})" if np.isfinite(mark.lo80) else ""
        return (
            f"A hypothesis from articles, not measured here: a backlog {least:.0%} to {most:.0%} lower after "
            f"{MARK_DAYS} days, which would be {(1 - most) * self.today:,.0f} to {(1 - least) * self.today:,.0f} on "
            f"{day_text(mark.day)}. Expected here: about {mark.expected:,.0f}{interval}{since}."
        ).replace("0%", "0 %")


def _joined(said: Sequence[str]) -> str:
    return ", and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def what_if(
    engine: Engine, filters: Filters, present: Forecast, scenario: Scenario,
    follows: float | None = None, ask: Ask = directly,
) -> Outcome | None:  # fmt: skip
    """The outcome of a scenario on the filters' forecast; None where that shows no backlog (its sentence says why).

    `follows` is the elasticity to reckon with, else the desk's own.
    """
    if present.history is None or present.paths is None:
        return None
    used = elasticity(present.history).reckoned if follows is None else follows
    found = effects(engine, filters, present.history, present.horizon, scenario, used, ask)
    return outcome(present, present.history, present.paths, scenario, found)


def outcome(present: Forecast, past: History, paths: Paths, scenario: Scenario, found: Effects) -> Outcome:
    """The outcome of effects on a forecast with this history and these paths."""
    changed = paths.changed(found.levers)
    fans = {series: _aligned(present.fans[series], paths.fan(series), changed.fan(series)) for series in present.fans}
    length = LENGTH[past.grain].astype(int)
    frozen = [(change.last - past.last_day).days for change in scenario.changes if isinstance(change, Freeze)]
    days = sorted({MARK_DAYS, *frozen, int(length * present.horizon)})
    marks = tuple(_marks(present, past, paths, changed, fans[BACKLOG], days))
    tested = int(present.tested.horizon * length) if present.tested else 0
    until = past.last_day + timedelta(days=tested) if 0 < tested < days[-1] else None
    return Outcome(
        scenario, fans, changed, marks, paths.start, past.last_day, until, found.reading, found.not_counted
    )  # fmt: skip


def _aligned(shown: Fan, drawn: Fan, changed: Fan) -> Fan:
    """The changed fan, moved by what the fan shown lies beside its own courses: unchanged, it is the fan shown."""
    mean = np.maximum(shown.mean + (changed.mean - drawn.mean), 0)
    return Fan(mean, np.maximum(shown.bands + (changed.bands - drawn.bands), 0))


def _marks(
    present: Forecast, past: History, before: Paths, after: Paths, fan: Fan, after_days: Sequence[int]
) -> Iterator[Mark]:
    """The marks so many days ahead, where the forecast reaches so far."""
    shown = present.fans[BACKLOG]
    known = bool(np.isfinite(shown.bands).all())
    length = int(LENGTH[past.grain].astype(int))
    for days in after_days:
        if 0 < days <= length * present.horizon:
            at = days / length
            difference = _at(after.backlog, before.start, at) - _at(before.backlog, before.start, at)
            # The courses stand beside the fan shown by the same at each of them.
            beside = _at(shown.mean - before.backlog.mean(axis=0), 0, at)
            under = _at(after.backlog, before.start, at) + beside < before.start
            spread = np.quantile(difference, [0.1, 0.9]) if known else [np.nan, np.nan]
            yield Mark(
                past.last_day + timedelta(days=days), float(_at(shown.mean, before.start, at)),
                float(_at(fan.mean, before.start, at)), float(_at(fan.bound("lo80"), before.start, at)),
                float(_at(fan.bound("hi80"), before.start, at)), float(difference.mean()), float(spread[0]),
                float(spread[1]), float(under.mean()) if known else np.nan,
            )  # fmt: skip


def _at(levels: Array, start: float, steps: float) -> Array:
    """Levels at the end of steps, read between them at so many steps after the start."""
    whole = np.concatenate([np.full((*levels.shape[:-1], 1), start), levels], axis=-1)
    step = min(int(steps), whole.shape[-1] - 2)
    return np.asarray(whole[..., step] + (whole[..., step + 1] - whole[..., step]) * (steps - step))
