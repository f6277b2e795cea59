"""Calibration: predictions made earlier beside what came of them, and whether they beat the plain average."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

FEWEST_PREDICTIONS = 100
_EDGES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Calibration:
    """`frame` has `lowest`, `highest`, `predicted` (mean), `missed` (share that did) and `tickets` by bin.

    `brier` is the mean squared error of the probabilities, `climatology` that of always saying the average, in
    hindsight; both None without predictions. `reason` says why the prediction is not to be trusted, else None.
    """

    frame: pd.DataFrame
    predictions: int
    brier: float | None
    climatology: float | None
    reason: str | None

    @property
    def trusted(self) -> bool:
        """Whether there were enough predictions and they beat the average."""
        return self.reason is None


def calibration_of(cells: pd.DataFrame) -> Calibration:
    """Of cells with `probability`, `missed` (None where not known yet) and `tickets`."""
    known = cells.dropna(subset=["probability", "missed"])
    tickets = known["tickets"].to_numpy(dtype=float)
    count = int(tickets.sum())
    if not count:
        return Calibration(_empty(), 0, None, None, "no ticket with a due time was open in the weeks before")
    predicted, missed = known["probability"].to_numpy(dtype=float), known["missed"].to_numpy(dtype=float)
    base = float(np.average(missed, weights=tickets))
    brier, climatology = float(np.average((predicted - missed) ** 2, weights=tickets)), base * (1 - base)
    return Calibration(
        _binned(predicted, missed, tickets), count, brier, climatology, _reason(count, brier, climatology)
    )


def _binned(predicted: np.ndarray, missed: np.ndarray, tickets: np.ndarray) -> pd.DataFrame:
    edges = np.array(_EDGES)
    places = np.clip(np.searchsorted(edges, predicted, side="right") - 1, 0, len(edges) - 2)
    counts, said, came = (
        np.bincount(places, weights=weights, minlength=len(edges) - 1)
        for weights in (tickets, tickets * predicted, tickets * missed)
    )
    filled = counts > 0
    return pd.DataFrame(
        {
            "lowest": edges[:-1][filled],
            "highest": edges[1:][filled],
            "predicted": said[filled] / counts[filled],
            "missed": came[filled] / counts[filled],
            "tickets": counts[filled].astype(int),
        }
    )


def _empty() -> pd.DataFrame:
    return pd.DataFrame(columns=["lowest", "highest", "predicted", "missed", "tickets"])


def _reason(count: int, brier: float, climatology: float) -> str | None:
    if count < FEWEST_PREDICTIONS:
        return f"only {count} predictions could be checked, {FEWEST_PREDICTIONS} are needed"
    if brier >= climatology:
        return "over the last weeks the prediction was no better than saying the average for every ticket"
    return None
