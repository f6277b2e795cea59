"""Matched medians: what one more hand-off goes with, between tickets of the same kind.

Tickets come as cells: of one kind (stratum) and one number of hand-offs k. Within a stratum each cell is compared with
the next one that has enough tickets, g hand-offs further (mostly one): d is the difference of their median hours,
w = n n' / (n + n') their overlap. The estimate is sum(w d) / sum(w g): hours per hand-off. Medians, because a few
endless tickets would decide a mean. The standard error of a median is 1.253 (q75 - q25) / (1.349 sqrt(n)) (McGill,
Tukey and Larsen 1978, "Variations of box plots"); the estimate is a weighted sum of medians, hence its interval.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.measure import FEWEST_TICKETS

FEWEST_COMPARED = 30
MOST_HANDOFFS = 8
_Z = 1.959964
_MEDIAN_ERROR = 1.2533 / 1.349
Interval = tuple[float, float, float]


@dataclass(frozen=True)
class Estimate:
    """Hours per hand-off with a 95 % interval from `lo` to `hi`, and what was compared.

    `further` is the same (hours, lo, hi) without the first hand-off, None where too few have more. `explained` is the
    share of the variation of ln(1 + hours) within strata that the number of hand-offs explains. `by_handoffs` has
    handoffs, tickets, hours, lo, hi: the matched median at each number of hand-offs.
    """

    hours: float
    lo: float
    hi: float
    further: Interval | None
    tickets: int
    strata: int
    explained: float
    by_handoffs: pd.DataFrame


def estimate(cells: pd.DataFrame, keys: tuple[str, ...]) -> Estimate | None:
    """The estimate from cells: keys, handoffs, tickets, q25, q50, q75, logs, squares; None if too few to compare.

    `logs` and `squares` are the sums of ln(1 + hours) and of its square over the tickets of the cell.
    """
    steps = _steps(cells, keys)
    price = _price(steps, cells)
    if price is None:
        return None
    compared, further = cells.iloc[_rows(steps)], _price(steps[steps["handoffs"] > 0], cells)
    return Estimate(
        *price, further, int(compared["tickets"].sum()), int(steps["stratum"].nunique()), _explained(compared, keys),
        _course(steps, cells),
    )  # fmt: skip


def comparable(cells: pd.DataFrame, keys: tuple[str, ...]) -> float:
    """The share of the tickets handed over that find others of their kind to be compared with."""
    moved = cells["tickets"].where(cells["handoffs"] > 0, 0)
    return float(moved.iloc[_rows(_steps(cells, keys))].sum() / moved.sum()) if moved.sum() else 0.0


def _steps(cells: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """A row for each two cells compared: stratum, handoffs (of the lower), gap, lower and upper (rows), weight."""
    frame = cells.reset_index(drop=True)
    frame["stratum"] = frame.groupby(list(keys), observed=True).ngroup()
    frame["row"] = frame.index
    frame = frame[frame["tickets"] >= FEWEST_TICKETS].sort_values(["stratum", "handoffs"])
    last = frame.shift()
    follows = frame["stratum"] == last["stratum"]
    upper, lower = frame[follows], last[follows]
    overlap = upper["tickets"] * lower["tickets"] / (upper["tickets"] + lower["tickets"])
    whole = {"handoffs": lower["handoffs"], "lower": lower["row"], "upper": upper["row"]}
    gap = upper["handoffs"] - lower["handoffs"]
    found = {"stratum": upper["stratum"], **{name: column.astype(int) for name, column in whole.items()}}
    return pd.DataFrame({**found, "gap": gap.astype(float), "weight": overlap.astype(float)})


def _rows(steps: pd.DataFrame) -> np.ndarray:
    """The cells that are compared, each once."""
    return np.union1d(steps["lower"].to_numpy(dtype=int), steps["upper"].to_numpy(dtype=int))


def _price(steps: pd.DataFrame, cells: pd.DataFrame) -> Interval | None:
    """Hours per hand-off with its interval, None if too few tickets are compared."""
    if cells["tickets"].iloc[_rows(steps)].sum() < FEWEST_COMPARED:
        return None
    share = steps["weight"] / (steps["weight"] * steps["gap"]).sum()
    hours, error = _sum_of_medians(_differences(steps, share, len(cells)), cells)
    return hours, hours - _Z * error, hours + _Z * error


def _differences(steps: pd.DataFrame, share: pd.Series, cells: int) -> np.ndarray:
    """What each cell's median counts when every difference counts by its share."""
    weights = np.zeros(cells)
    np.add.at(weights, steps["upper"].to_numpy(), share.to_numpy())
    np.add.at(weights, steps["lower"].to_numpy(), -share.to_numpy())
    return weights


def _sum_of_medians(weights: np.ndarray, cells: pd.DataFrame) -> tuple[float, float]:
    """A weighted sum of the cells' medians, and its standard error."""
    spread = (cells["q75"] - cells["q25"]).to_numpy(dtype=float)
    errors = _MEDIAN_ERROR * spread / np.sqrt(cells["tickets"].to_numpy(dtype=float))
    return float(weights @ cells["q50"].to_numpy(dtype=float)), float(np.sqrt((weights**2) @ (errors**2)))


def _course(steps: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The median at the fewest hand-offs, then the mean difference of each further one added up.

    It ends before the first level, after one step, whose interval reaches below zero: from there on it says nothing.
    """
    first = int(steps["handoffs"].min())
    start = steps[steps["handoffs"] == first]
    weights = np.zeros(len(cells))
    np.add.at(weights, start["lower"].to_numpy(), (start["weight"] / start["weight"].sum()).to_numpy())
    compared = cells.iloc[_rows(steps)]
    tickets, rows = compared.groupby(compared["handoffs"].astype(int))["tickets"].sum(), []
    for handoffs in range(first, MOST_HANDOFFS + 1):
        rows.append((handoffs, int(tickets.get(handoffs, 0)), *_sum_of_medians(weights, cells)))
        step = steps[(steps["handoffs"] <= handoffs) & (steps["handoffs"] + steps["gap"] > handoffs)]
        if step.empty:
            break
        weights = weights + _differences(step, step["weight"] / step["gap"] / step["weight"].sum(), len(cells))
    frame = pd.DataFrame(rows, columns=["handoffs", "tickets", "hours", "error"])
    half = _Z * frame.pop("error")
    frame = frame.assign(lo=frame["hours"] - half, hi=frame["hours"] + half)
    vague = (frame["lo"] < 0) & (frame.index > 1)
    return frame[~vague.cummax()]


def _explained(cells: pd.DataFrame, keys: tuple[str, ...]) -> float:
    """Share of the variation of ln(1 + hours) within strata that a line through the hand-offs explains (partial R2)."""
    k, n = cells["handoffs"], cells["tickets"]
    sums = cells.assign(x=n * k, xx=n * k * k, xy=k * cells["logs"])
    strata = sums.groupby(list(keys), observed=True)[["tickets", "x", "xx", "xy", "logs", "squares"]].sum()
    count = strata["tickets"]
    across = float((strata["xx"] - strata["x"] ** 2 / count).sum())
    along = float((strata["squares"] - strata["logs"] ** 2 / count).sum())
    together = float((strata["xy"] - strata["x"] * strata["logs"] / count).sum())
    return together**2 / (across * along) if across > 0 and along > 0 else 0.0
