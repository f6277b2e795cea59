"""Standing: how one method did over many replays, against naive at the same origins."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.forecast_bench.replay import NAIVE, Replay
from tests.forecast_bench.scores import band_loss, geometric_mean, held, relative_error


@dataclass(frozen=True)
class Standing:
    """`errors` and pinball `losses` over naive's, geometric means over the series, by horizon.

    `beats_naive` is the share of series that do and `worst` the worst of them, both at the longest horizon; `held80`
    and `held95` are shares of what came within the intervals, NaN without any; `milliseconds` are for one forecast.
    """

    method: str
    series: int
    errors: tuple[float, ...]
    losses: tuple[float, ...]
    beats_naive: float
    worst: float
    held80: float
    held95: float
    milliseconds: float


def standing(replays: Sequence[Replay], method: str) -> Standing | None:
    """The standing of a method over the replays that it told anything of; None where there is none."""
    told = [replay for replay in replays if method in replay.told]
    if not told:
        return None
    errors = [errors_of(replay, method) for replay in told]
    longest = [each[-1] for each in errors if np.isfinite(each[-1])]
    losses = [_losses(replay, method) for replay in told]
    return Standing(
        method, len(told), _means(errors), _means(losses),
        float(np.mean([error < 1 for error in longest])), max(longest),
        _held(told, method, 0), _held(told, method, 2),
        float(np.mean([replay.told[method].seconds for replay in told])) * 1000,
    )  # fmt: skip


def _means(ratios: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """By horizon, of those that can be told."""
    return tuple(geometric_mean(each for each in by if np.isfinite(each)) for by in zip(*ratios, strict=True))


def errors_of(replay: Replay, method: str, rows: slice = slice(None)) -> tuple[float, ...]:
    """The method's error over naive's at each horizon, at some of the origins."""
    mean, rival, actual = replay.told[method].mean[rows], replay.told[NAIVE].mean[rows], replay.actual[rows]
    return tuple(relative_error(mean, rival, actual, horizon) for horizon in replay.horizons)


def _losses(replay: Replay, method: str) -> tuple[float, ...]:
    bands, rival = replay.told[method].bands, replay.told[NAIVE].bands
    if bands is None or rival is None:
        return (np.nan,) * len(replay.horizons)
    both = [[band_loss(each, replay.actual, horizon) for each in (bands, rival)] for horizon in replay.horizons]
    return tuple(ours / theirs if theirs > 0 else np.nan for ours, theirs in both)


def _held(replays: Sequence[Replay], method: str, lower: int) -> float:
    """Pooled over series, origins and steps; `lower` is the place of the lower bound."""
    inside = []
    for replay in replays:
        bands = replay.told[method].bands
        if bands is not None:
            inside.append(held(bands[lower], bands[lower + 1], replay.actual, max(replay.horizons)).ravel())
    return float(np.concatenate(inside).mean()) if inside else float("nan")
