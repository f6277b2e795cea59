"""Combination: the mean and the median of the rivals' forecasts, step by step, bounds too."""

from collections.abc import Sequence

import numpy as np

from tests.forecast_bench.replay import Replay, Told
from tests.forecast_bench.rivals import STATSFORECAST

COMBINATIONS = ("mean of statsforecast's", "median of statsforecast's")


def add_combinations(replay: Replay) -> None:
    """Add those of the models without a season, and those of the models with the longest they were given."""
    plain = [replay.told[name] for name in STATSFORECAST if name in replay.told]
    seasonal = [
        replay.told.get(f"{name}, season 52", replay.told[name]) for name in STATSFORECAST if name in replay.told
    ]
    if len(plain) < 2:
        return
    _add(replay, plain, "")
    if any(one is not other for one, other in zip(plain, seasonal, strict=True)):
        _add(replay, seasonal, ", season 52")


def _add(replay: Replay, parts: Sequence[Told], ending: str) -> None:
    seconds = sum(part.seconds for part in parts)
    bands = np.stack([part.bands for part in parts if part.bands is not None])
    means = np.stack([part.mean for part in parts])
    for name, middle in zip(COMBINATIONS, (np.mean, np.median), strict=True):
        replay.told[f"{name}{ending}"] = Told(middle(means, axis=0), middle(bands, axis=0), seconds)
