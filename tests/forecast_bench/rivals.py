"""Rivals: the models of statsforecast and statsmodels, run by `rivals_worker.py` in its own environment.

Each forecast made is kept in bench-results/, so that a run that was stopped goes on where it was.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.period import Grain
from tests.forecast_bench.replay import Replay, Told
from tests.forecast_bench.streams import KEPT

_WORKER = Path(__file__).with_name("rivals_worker.py")
_PROCESSES = 2
_ALL = 10_000


@dataclass(frozen=True)
class Rival:
    """A model with its season: `most` is how many of the newest values it gets, because it is slow."""

    name: str
    model: str
    season: int
    most: int = _ALL


STATSFORECAST = ("AutoETS", "AutoARIMA", "AutoTheta", "AutoCES")
_QUICK = ("AutoETS", "AutoTheta")
_STATSMODELS = (Rival("statsmodels ETS", "StatsmodelsETS", 1), Rival("statsmodels Theta", "StatsmodelsTheta", 52))
# The quick ones first, so that a run that is stopped has told something of each series.
_FIRST = ("AutoTheta", "AutoETS", "StatsmodelsETS", "AutoCES", "StatsmodelsTheta", "AutoARIMA")
# One fit of it takes 5 to 50 seconds.
_SLOW = Rival("AutoARIMA, season 52", "AutoARIMA", 52, 156)


def rivals(grain: Grain, quick: bool, slow: bool) -> tuple[Rival, ...]:
    """The rivals for series by week, each with and without a season of 52, or by day, with a season of 7."""
    models = _QUICK if quick else STATSFORECAST
    if grain is Grain.DAY:
        return tuple(Rival(model, model, 7, 364 if model == "AutoARIMA" else _ALL) for model in models)
    seasonal = [Rival(f"{model}, season 52", model, 52) for model in models if model != "AutoARIMA"]
    plain = [Rival(model, model, 1) for model in models]
    return (*plain, *seasonal, *(() if quick else _STATSMODELS), *((_SLOW,) if slow else ()))


def add_rivals(replays: Sequence[Replay], wanted: Sequence[Rival], python: Path, made_only: bool) -> None:
    """Have every rival tell its forecasts of every replay, from the values known at each origin alone.

    With `made_only` nothing is run, and the rivals count whose forecasts of all replays are kept from earlier runs.
    """
    folder = KEPT / "rivals"
    folder.mkdir(parents=True, exist_ok=True)
    version = versions(python)
    jobs = {(row, rival): _job(replay, rival, version) for row, replay in enumerate(replays) for rival in wanted}
    absent = {key: name for key, name in jobs.items() if not (folder / f"{name}.npz").exists()}
    # Without two years a season of 52 is none: one job for both, at the place of the quicker.
    missing = {name: key for key, name in sorted(absent.items(), key=lambda one: _cost(one[0][1]), reverse=True)}
    # Dealt out like cards, so that both processes end together.
    order = sorted(missing, key=lambda name: _cost(missing[name][1]))
    if not made_only:
        shares = [[(name, *missing[name]) for name in order[start::_PROCESSES]] for start in range(_PROCESSES)]
        _run(shares, replays, folder, python)
    incomplete = {rival for _, rival in absent} if made_only else set()
    for (row, rival), name in jobs.items():
        if rival not in incomplete:
            with np.load(folder / f"{name}.npz") as made:
                seconds = float(made["seconds"]) / len(replays[row].known)
                replays[row].told[rival.name] = Told(made["mean"], made["bands"], seconds)


def _cost(rival: Rival) -> tuple[bool, bool, int]:
    return rival == _SLOW, rival.season > 1 and rival.model != "AutoTheta", _FIRST.index(rival.model)


def _run(shares: Iterable[list[tuple[str, int, Rival]]], replays: Sequence[Replay], folder: Path, python: Path) -> None:
    with tempfile.TemporaryDirectory() as aside:
        running = []
        for place, share in enumerate(share for share in shares if share):
            path = Path(aside) / f"{place}.npz"
            _write(path, share, replays)
            print(f"Process {place + 1}: {len(share)} series to forecast by rivals", file=sys.stderr, flush=True)
            environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
            running.append(subprocess.Popen([python, _WORKER, path, folder], env=environment))
        codes = [process.wait() for process in running]
        if any(codes):
            raise SystemExit("A process of the rivals failed.")


def _write(path: Path, share: list[tuple[str, int, Rival]], replays: Sequence[Replay]) -> None:
    arrays = {}
    for place, (_, row, _) in enumerate(share):
        replay = replays[row]
        arrays |= {f"values_{place}": replay.values[: replay.known[-1]], f"known_{place}": replay.known}
    np.savez(
        path, **arrays, names=[name for name, _, _ in share], models=[rival.model for _, _, rival in share],
        seasons=[_season(replays[row], rival) for _, row, rival in share], most=[rival.most for _, _, rival in share],
        horizons=[replays[row].actual.shape[1] for _, row, _ in share],
    )  # fmt: skip


def _job(replay: Replay, rival: Rival, version: str) -> str:
    """A name that changes with all that the forecasts depend on."""
    told = (rival.model, _season(replay, rival), rival.most, replay.actual.shape[1], replay.known.tolist(), version)
    numbers = replay.values[: replay.known[-1]].tobytes()
    return hashlib.sha256(repr(told).encode() + numbers).hexdigest()[:24]


def _season(replay: Replay, rival: Rival) -> int:
    """A season that was never seen twice is none."""
    return rival.season if replay.known[-1] >= 2 * rival.season else 1


def versions(python: Path) -> str:
    """The libraries of the rivals and their versions."""
    asked = (
        "from importlib.metadata import version as of;"
        "print(', '.join(f'{name} {of(name)}' for name in ('statsforecast', 'statsmodels')))"
    )
    return subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True).stdout.strip()
