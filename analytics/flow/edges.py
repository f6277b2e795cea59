"""Edges: where the records begin and end too early or too thin for a rate, each as a dated mark with a sentence.

The rules need opened, ended and as-of alone. Nothing is cut silently: a real shutdown looks like a stopped feed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from analytics.filters import Filters, Value
from analytics.flow.ages import Ages, ages, ages_by
from analytics.flow.daily import DailyFlow, daily_flow, daily_flows
from analytics.flow.weekly import weeks_of
from analytics.formatting import count_text, day_text
from analytics.warehouse.engine import Engine

PARTIAL, START, COLLAPSE, CLOSED_ONLY, RAMP_UP, OPENED_SINCE = (
    "partial week", "start of the records", "inflow collapse", "closed only", "ramp-up", "opened since",
)  # fmt: skip
_SPAN = 8
_JUMP = 4
# A single full week, such as the day on which all was moved to another tool, is no stretch.
_FEWEST_DENSE = 4
_POISSON_DEVIATIONS = 5
_SURVIVED = 0.10
_FEWEST_EXPECTED_OPEN = 10
_FULL_BACKLOG = 0.90
# A desk whose first weeks bring less than this share of its usual week has grown; its records were not begun late.
_ORGANIC = 0.25
_WEEK = timedelta(days=7)
_WORTH_SAYING = timedelta(weeks=4)


@dataclass(frozen=True)
class Mark:
    """Days from `start` to before `end`, what is the matter (`kind`), and a sentence; `left_out`: of rates."""

    kind: str
    start: date
    end: date
    sentence: str
    left_out: bool = True

    def document(self) -> dict[str, Any]:
        """The mark as it stands in the command line's JSON."""
        return {
            "kind": self.kind,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "left_out": self.left_out,
            "sentence": self.sentence,
        }


@dataclass(frozen=True)
class Edges:
    """`marks` by day; rates of flow are sound in the weeks from `first_week` to `last_week` (Mondays), None if none."""

    marks: tuple[Mark, ...] = ()
    first_week: date | None = None
    last_week: date | None = None

    def usable(self, weeks: pd.Series) -> pd.Series:
        """Which of these weeks lie between the edges."""
        if self.first_week is None or self.last_week is None:
            return weeks != weeks
        return (weeks >= pd.Timestamp(self.first_week)) & (weeks <= pd.Timestamp(self.last_week))

    def within(self, start: date | None, end: date | None) -> tuple[Mark, ...]:
        """The marks that touch the days from `start` to before `end`."""
        return tuple(
            mark for mark in self.marks if (end is None or mark.start < end) and (start is None or mark.end > start)
        )


def edges(engine: Engine, filters: Filters) -> Edges:
    """The edges of all tickets of the filters' values, whatever the period."""
    daily = daily_flow(engine, filters)
    return edges_of(daily, ages(engine, filters)) if len(daily.frame) else Edges()


def edges_by(engine: Engine, filters: Filters, dimension: str) -> Mapping[Value, Edges]:
    """The same for each value of a dimension, asked at once."""
    aged = ages_by(engine, filters, dimension)
    return {value: edges_of(daily, aged[value]) for value, daily in daily_flows(engine, filters, dimension).items()}


def edges_of(daily: DailyFlow, aged: Ages) -> Edges:
    """The edges of a daily flow and its tickets' ages."""
    weeks = weeks_of(daily, None, None)
    partial = list(_partial(weeks))
    whole = weeks[~weeks["partial"]].reset_index(drop=True)
    if whole.empty:
        return Edges(tuple(partial))
    first, last = dense_weeks(whole["opened"].to_numpy())
    marks = [*partial, *_start(whole, first), *_collapse(whole, last)]
    # A feed that stops does so within a week, hence the last dense week is not whole either.
    start, end = _monday(whole, first), _monday(whole, last) + (_WEEK if last == len(whole) - 1 else timedelta())
    closed = list(_closed_only(daily, aged))
    begun = list(_begun(whole.iloc[first : last + 1], start, aged, cut=first > 0))
    for mark in begun:
        start = max(start, _next_monday(mark.end)) if mark.left_out else start
    for mark in closed:
        end = min(end, mark.start - timedelta(days=mark.start.weekday()))
    found = tuple(sorted((*marks, *begun, *closed), key=lambda mark: (mark.start, mark.end)))
    return Edges(found, start, end - _WEEK) if start < end else Edges(found)


def dense_weeks(opened: np.ndarray) -> tuple[int, int]:
    """First and last place of the dense stretch of weekly counts: rule 2, and its mirror image at the end."""
    after_end = _jump(opened[::-1])
    last = len(opened) - 1 - after_end
    return _jump(opened[: last + 1]), last


def _jump(opened: np.ndarray) -> int:
    """Place of the largest step up to weeks with four times the tickets of any eight before, else 0."""
    steps, counts = np.diff(opened), opened.astype(float)
    if not len(steps):
        return 0
    # Of the first weeks, before there are eight, the median of those there are.
    begun = [float(np.median(counts[:weeks])) for weeks in range(1, min(_SPAN, len(counts)))]
    spans = np.median(sliding_window_view(counts, _SPAN), axis=1) if len(counts) >= _SPAN else np.zeros(0)
    earlier = np.concatenate([begun, np.maximum.accumulate(spans)])
    last = [float(np.median(counts[place:])) for place in range(max(len(counts) - _SPAN + 1, 1), len(counts))]
    usual = np.concatenate([spans[1:], last])
    expected = usual * np.arange(1, len(counts))
    thin = expected - counts.cumsum()[:-1] > _POISSON_DEVIATIONS * np.sqrt(expected)
    lasting = np.arange(len(steps), 0, -1) >= _FEWEST_DENSE
    found = (steps > 0) & lasting & thin & (usual >= _JUMP * earlier[: len(steps)])
    return int(np.argmax(np.where(found, steps, 0))) + 1 if found.any() else 0


def _partial(weeks: pd.DataFrame) -> Iterable[Mark]:
    for monday in weeks.loc[weeks["partial"], "week"].dt.date:
        sentence = f"The records cover only part of the week of {day_text(monday)}: it is left out of rates."
        yield Mark(PARTIAL, monday, monday + _WEEK, sentence)


def _start(whole: pd.DataFrame, first: int) -> Iterable[Mark]:
    if first:
        before, day = count_text(int(whole["opened"].iloc[:first].sum())), _monday(whole, first)
        usual = float(whole["opened"].iloc[first : first + _SPAN].median())
        said = f"Only {before} tickets were opened in the {first} weeks before {day_text(day)}, against about "
        yield Mark(
            START, _monday(whole, 0), day, f"{said}{usual:,.0f} a week then: the records, or the work, begin there."
        )


def _collapse(whole: pd.DataFrame, last: int) -> Iterable[Mark]:
    if last < len(whole) - 1:
        day, end = _monday(whole, last), _monday(whole, len(whole) - 1) + _WEEK
        after = count_text(int(whole["opened"].iloc[last + 1 :].sum()))
        said = f"New tickets all but stop in the week of {day_text(day)} ({after} after it): the export was chosen by "
        yield Mark(COLLAPSE, day, end, f"{said}opening date, the feed stopped, or the desk did. Left out of rates.")


def _closed_only(daily: DailyFlow, aged: Ages) -> Iterable[Mark]:
    """Rule 3: hardly any ticket is open although many should be, so the export holds finished tickets only."""
    survival, last_day = aged.survival(), daily.last_day
    opened = daily.frame["opened"].to_numpy()[::-1]
    # Of finished tickets alone the curve reaches nought at the oldest; beyond it none is expected open.
    expected = float((opened[: len(survival)] * survival[: len(opened)]).sum())
    seen = float(aged.still_open.sum())
    if last_day is None or expected < _FEWEST_EXPECTED_OPEN or seen >= _SURVIVED * expected:
        return
    day = last_day - timedelta(days=_first_under(survival, _SURVIVED))
    said = f"About {expected:,.0f} tickets should be open at the end and {seen:,.0f} are: the export holds closed "
    yield Mark(
        CLOSED_ONLY,
        day,
        last_day + timedelta(days=1),
        f"{said}tickets only. Weeks since {day_text(day)} lack the rest.",
    )


def _begun(dense: pd.DataFrame, start: date, aged: Ages, cut: bool) -> Iterable[Mark]:
    """Rule 4: tickets opened before the records are missing, so that first the outflow and then the level is low."""
    opened = dense["opened"].to_numpy()
    if not cut and np.median(opened[:_SPAN]) < _ORGANIC * np.median(opened):
        return
    survival = aged.survival()
    burnt = start + timedelta(days=_burn_in(survival))
    said = f"The records hold tickets opened since {day_text(start)}; until {day_text(burnt)} "
    if burnt > start:
        yield Mark(RAMP_UP, start, burnt, f"{said}too few end, because older ones are missing. Left out of rates.")
    time = survival[: 7 * len(dense)].cumsum()
    full = start + timedelta(days=int(np.searchsorted(time, _FULL_BACKLOG * time[-1])))
    if full > max(burnt, start + _WORTH_SAYING):
        said = f"Until about {day_text(full)} the backlog counts only tickets opened since {day_text(start)}: "
        yield Mark(OPENED_SINCE, start, full, f"{said}it may rise because older open tickets are missing.", False)


def _burn_in(survival: np.ndarray) -> int:
    """The first age under 10 % survival; where so many never end, the age by which 90 % of those that do have ended."""
    floor = float(survival[-1])
    return _first_under(survival, _SURVIVED if floor < _SURVIVED else floor + _SURVIVED * (1 - floor))


def _first_under(survival: np.ndarray, share: float) -> int:
    return int(np.argmax(survival < share)) if (survival < share).any() else len(survival)


def _monday(weeks: pd.DataFrame, place: int) -> date:
    monday: date = weeks["week"].iloc[place].date()
    return monday


def _next_monday(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)
