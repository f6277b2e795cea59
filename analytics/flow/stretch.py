"""Stretch: which of some weeks an export covers, read off the weekly counts alone; the cheap sibling of `edges`.

Outside it a week says more about the export than about the desk.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.flow.edges import dense_weeks

_SPAN = 4
# Once four weeks together end this part of what the records end per opened ticket later on, hardly any old one lacks.
_CAUGHT_UP = 0.9
# Weeks of opening below this part of the usual week are a desk that grows, not records that begin late.
_ORGANIC = 0.25
_FEWEST_WEEKS = 2 * _SPAN

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Stretch:
    """Places among `weeks`: openings are sound from `opened_from` on, ends from `ended_from` on, both to before `end`.

    Before `ended_from` older tickets are missing; from `end` on new ones all but stop.
    """

    opened_from: int
    ended_from: int
    end: int
    weeks: int

    @property
    def stopped(self) -> bool:
        """Whether new tickets stop before the last week."""
        return self.end < self.weeks


def stretch(opened: Array, ended: Array, from_the_start: bool) -> Stretch:
    """The stretch of consecutive whole weeks; `from_the_start`: the records begin with the first of them."""
    weeks = len(opened)
    if weeks < _FEWEST_WEEKS:
        return Stretch(0, 0, weeks, weeks)
    first, last = dense_weeks(opened)
    # A feed that stops does so within a week, hence the last dense week is not whole either.
    end = weeks if last == weeks - 1 else last
    late = first > 0 or (from_the_start and _begins_at_once(opened[first:end]))
    return Stretch(first, first + _burn_in(opened[first:end], ended[first:end]) if late else first, end, weeks)


def _begins_at_once(opened: Array) -> bool:
    return bool(len(opened)) and bool(np.median(opened[: 2 * _SPAN]) >= _ORGANIC * np.median(opened))


def _burn_in(opened: Array, ended: Array) -> int:
    """Weeks until the ends have caught up with the openings as far as they ever do."""
    if len(opened) < _FEWEST_WEEKS:
        return 0
    half = len(opened) // 2
    usual = min(1.0, float(ended[half:].sum() / max(opened[half:].sum(), 1)))
    came, left = (np.convolve(counts, np.ones(_SPAN), "valid") for counts in (opened, ended))
    return int(np.argmax(left >= _CAUGHT_UP * usual * came))
