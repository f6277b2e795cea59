"""Honest gate: decided on the first half of the origins alone, judged on the second, which it has not seen.

The product's gate decides on the origins that the table is made of, so that what it shows beats naive there by
construction; this one says what that is worth later.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.forecast_bench.replay import NAIVE, OURS, Replay
from tests.forecast_bench.scores import geometric_mean, relative_error
from tests.forecast_bench.standing import errors_of


@dataclass(frozen=True)
class Kept:
    """Geometric means over naive at each horizon on the second half, the worst of them, and of how many series."""

    name: str
    series: int
    errors: tuple[float, ...]
    worst: float


def honest_gate(replays: Sequence[Replay]) -> tuple[Kept, Kept, Kept]:
    """All series on the second half of the origins, those that the first half would show, and those it would not."""
    passed = [_passes(replay) for replay in replays]
    return (
        _kept("all", replays),
        _kept("shown by the first half", [one for one, shown in zip(replays, passed, strict=True) if shown]),
        _kept("withheld by the first half", [one for one, shown in zip(replays, passed, strict=True) if not shown]),
    )


def _passes(replay: Replay) -> bool:
    """Only origins whose last step had come true when the second half began decide."""
    half = len(replay.known) // 2
    steps = replay.actual.shape[1]
    decided = int((replay.known[:half] + steps <= replay.known[half]).sum())
    rows = slice(None, max(decided, 1))
    told = replay.told
    return relative_error(told[OURS].mean[rows], told[NAIVE].mean[rows], replay.actual[rows], steps) < 1


def _kept(name: str, replays: Sequence[Replay]) -> Kept:
    found = [errors_of(replay, OURS, slice(len(replay.known) // 2, None)) for replay in replays]
    found = [each for each in found if np.isfinite(each).all()]
    errors = tuple(geometric_mean(each[place] for each in found) for place in range(3))
    return Kept(name, len(found), errors, max((max(each) for each in found), default=float("nan")))
