"""Forecasts of the rivals, in an environment of its own: statsforecast needs a pandas older than the project's.

Run as a script: `python rivals_worker.py JOBS.npz FOLDER`. JOBS holds, for each job, its name, model, season length,
how many of the newest values to use, horizon, values, and how many of them are known at each origin. FOLDER gets a
file for each job as it is done: `mean` and `bands` (lo80, hi80, lo95, hi95) by origin and step, and `seconds`. Nothing
of the project is imported.
"""

import sys
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from statsforecast import models
from statsmodels.tsa.exponential_smoothing.ets import ETSModel
from statsmodels.tsa.forecasting.theta import ThetaModel

LEVELS = (80, 95)
Array = np.ndarray[Any, np.dtype[Any]]


def main(jobs: Path, folder: Path) -> None:
    """Do the jobs that have no file yet."""
    for name, model, season, most, horizon, values, known in _read(jobs):
        path = folder / f"{name}.npz"
        if not path.exists():
            began = time.perf_counter()
            told = [_forecast(model, season, values[max(0, place - most) : place], horizon) for place in known]
            seconds = time.perf_counter() - began
            partial = path.with_suffix(".partial.npz")
            np.savez(partial, mean=[m for m, _ in told], bands=np.stack([b for _, b in told], 1), seconds=seconds)
            partial.rename(path)


def _read(jobs: Path) -> Iterator[tuple[str, str, int, int, int, Array, Array]]:
    with np.load(jobs) as given:
        lists = [given[name] for name in ("names", "models", "seasons", "most", "horizons")]
        for place, (name, model, season, most, horizon) in enumerate(zip(*lists, strict=True)):
            values, known = given[f"values_{place}"], given[f"known_{place}"]
            yield str(name), str(model), int(season), int(most), int(horizon), values, known


def _forecast(model: str, season: int, past: Array, horizon: int) -> tuple[Array, Array]:
    """Never below nought. A season must have been seen twice; a model that fails says that all stays as it is."""
    season = season if len(past) >= 2 * season else 1
    run = {"StatsmodelsETS": _statsmodels_ets, "StatsmodelsTheta": _statsmodels_theta}.get(model)
    try:
        mean, bands = run(season, past, horizon) if run else _statsforecast(model, season, past, horizon)
        if np.isfinite(mean).all() and np.isfinite(bands).all():
            return np.maximum(mean, 0.0), np.maximum(bands, 0.0)
    except Exception as failure:  # noqa: BLE001
        print(f"{model} with season {season} failed on {len(past)} values: {failure!r}", file=sys.stderr)
    last = np.full(horizon, float(past[-1]))
    return last, np.stack([last] * 4)


def _statsforecast(model: str, season: int, past: Array, horizon: int) -> tuple[Array, Array]:
    told = getattr(models, model)(season_length=season).forecast(past, horizon, level=list(LEVELS))
    return told["mean"], np.stack([told[f"{side}-{level}"] for level in LEVELS for side in ("lo", "hi")])


def _statsmodels_ets(_: int, past: Array, horizon: int) -> tuple[Array, Array]:
    """The better by AICc of a level alone and a damped trend, with additive errors."""
    weeks = pd.Series(past)
    found = [ETSModel(weeks, trend=trend, damped_trend=trend is not None).fit(disp=False) for trend in (None, "add")]
    best = min(found, key=lambda fit: fit.aicc)
    told = best.get_prediction(start=len(past), end=len(past) + horizon - 1)
    bands = [np.asarray(told.pred_int(alpha=1 - level / 100)) for level in LEVELS]
    return np.asarray(told.predicted_mean), np.stack([each[:, side] for each in bands for side in (0, 1)])


def _statsmodels_theta(season: int, past: Array, horizon: int) -> tuple[Array, Array]:
    """With a season where statsmodels' own test finds one."""
    fit = ThetaModel(past, period=season, deseasonalize=season > 1, method="additive").fit()
    bands = [np.asarray(fit.prediction_intervals(horizon, alpha=1 - level / 100)) for level in LEVELS]
    return np.asarray(fit.forecast(horizon)), np.stack([each[:, side] for each in bands for side in (0, 1)])


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
