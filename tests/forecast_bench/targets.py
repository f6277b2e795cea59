"""Targets: what forecasts are to reach by week, and whether they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.forecast.expectation import BACKLOG
from tests.forecast_bench.honest_gate import honest_gate
from tests.forecast_bench.replay import OURS, Replay
from tests.forecast_bench.rivals import STATSFORECAST
from tests.forecast_bench.standing import Standing, errors_of, standing

SINGLE = (*STATSFORECAST, *(f"{name}, season 52" for name in STATSFORECAST))
_BACKLOG_ERRORS = (0.88, 0.82, 0.72)


@dataclass(frozen=True)
class Reached:
    """What was found, in words, and whether it is enough; None where it cannot be told."""

    found: str
    met: bool | None


@dataclass(frozen=True)
class Target:
    """A target and how it is found over replays by week."""

    name: str
    reached: Callable[[Sequence[Replay]], Reached]


def flows(replays: Sequence[Replay]) -> list[Replay]:
    """Inflow and outflow."""
    return [replay for replay in replays if replay.series != BACKLOG]


def backlogs(replays: Sequence[Replay]) -> list[Replay]:
    """The backlog."""
    return [replay for replay in replays if replay.series == BACKLOG]


def _errors(
    chosen: Callable[[Sequence[Replay]], list[Replay]], most: Sequence[float]
) -> Callable[[Sequence[Replay]], Reached]:
    def reached(replays: Sequence[Replay]) -> Reached:
        own = standing(chosen(replays), OURS)
        if own is None:
            return Reached("none", None)
        return Reached(_numbers(own.errors), all(error <= top for error, top in zip(own.errors, most, strict=True)))

    return reached


def _best_single(replays: Sequence[Replay]) -> Reached:
    own, others = standing(flows(replays), OURS), _singles(flows(replays))
    if own is None or not others:
        return Reached("not run", None)
    best = [min(other.errors[place] for other in others) for place in range(3)]
    ratios = [ours / theirs for ours, theirs in zip(own.errors, best, strict=True)]
    return Reached(_numbers(ratios), max(ratios) <= 0.95)


def _ahead(replays: Sequence[Replay]) -> Reached:
    own, others = standing(backlogs(replays), OURS), _singles(backlogs(replays))
    if own is None or not others:
        return Reached("not run", None)
    best = min(others, key=lambda other: other.errors[-1])
    return Reached(
        f"{own.errors[-1]:.3f} against {best.errors[-1]:.3f}, {best.method}", own.errors[-1] < best.errors[-1]
    )


def _beats(replays: Sequence[Replay]) -> Reached:
    own = standing(backlogs(replays), OURS)
    return Reached(f"{own.beats_naive:.0%}", own.beats_naive >= 0.85) if own else Reached("none", None)


def _held(chosen: Callable[[Sequence[Replay]], list[Replay]]) -> Callable[[Sequence[Replay]], Reached]:
    def reached(replays: Sequence[Replay]) -> Reached:
        own = standing(chosen(replays), OURS)
        if own is None:
            return Reached("none", None)
        enough = 0.75 <= own.held80 <= 0.85 and 0.92 <= own.held95 <= 0.98
        return Reached(f"{own.held80:.1%}, {own.held95:.1%}", enough)

    return reached


def _worst(replays: Sequence[Replay]) -> Reached:
    errors = [max(errors_of(replay, OURS)) for replay in replays if replay.shown]
    worst = max((error for error in errors if np.isfinite(error)), default=float("nan"))
    return Reached(f"{worst:.2f}", worst <= 1.25) if errors else Reached("none", None)


def _worst_later(replays: Sequence[Replay]) -> Reached:
    shown = honest_gate(replays)[1]
    return Reached(f"{shown.worst:.2f}", shown.worst <= 1.25) if shown.series else Reached("none", None)


def _singles(replays: Sequence[Replay]) -> list[Standing]:
    found = [standing(replays, name) for name in SINGLE]
    return [one for one in found if one and one.series == len(replays)]


def _numbers(found: Sequence[float]) -> str:
    return " / ".join(f"{each:.3f}" for each in found)


TARGETS = (
    Target("flows at most 0.83 of naive at 4 / 8 / 13 weeks", _errors(flows, (0.83,) * 3)),
    Target("flows at most 0.95 of the best single statsforecast model", _best_single),
    Target("intervals of flows hold 75 to 85 % and 92 to 98 %", _held(flows)),
    Target("backlog at most 0.88 / 0.82 / 0.72 of naive", _errors(backlogs, _BACKLOG_ERRORS)),
    Target("backlog ahead of every statsforecast model at 13 weeks", _ahead),
    Target("backlog beats naive at 13 weeks in at least 85 % of series", _beats),
    Target("intervals of the backlog hold 75 to 85 % and 92 to 98 %", _held(backlogs)),
    Target("no series shown is worse than 1.25 of naive at any horizon", _worst),
    Target("nor later, shown by the first half of the origins alone", _worst_later),
)
