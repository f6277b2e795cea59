"""Group effects: how far each group lies above or below the others on tickets of the same kind.

The means of groups and kinds are fitted together, so a kind's level does not depend on who handled most of it: with
plain indirect standardisation a group that handles nearly all tickets of a kind would be compared with itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.stats import t as student

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Effects:
    """Per group, in the order given: `effect` on the scale of the values, `reach` of its 95 % interval to each side.

    An effect is the distance from the mean of all tickets that can be compared with the group's; NaN where nothing can
    be compared. `compared` tickets are of kinds that other groups resolve too.
    """

    effect: Numbers
    reach: Numbers
    compared: Numbers


def stratum_numbers(cells: pd.DataFrame, keys: Sequence[str], fewest: int) -> npt.NDArray[np.int64]:
    """A number per cell that names its kind: by all keys, or by fewer of them where the kind is small.

    A kind is kept if it has at least `fewest` tickets of one group and as many of others; what is left over is taken
    together by one key less, from the last one on.
    """
    numbers = np.full(len(cells), -1 if keys else 0, dtype=np.int64)
    for kept in range(len(keys), 0, -1):
        left = np.flatnonzero(numbers < 0)
        part = cells.iloc[left]
        columns = [part[key].astype(object).where(part[key].notna(), "\0").to_numpy() for key in keys[:kept]]
        kind = part.groupby(columns, sort=False).ngroup().to_numpy()
        by_group = part["tickets"].groupby([kind, part["group_number"].to_numpy()]).sum().groupby(level=0)
        enough = (by_group.max() >= fewest) & (by_group.sum() - by_group.max() >= fewest)
        wanted = enough.to_numpy(dtype=bool)[kind] | (kept == 1)
        numbers[left[wanted]] = numbers.max(initial=-1) + 1 + kind[wanted]
    return np.unique(numbers, return_inverse=True)[1].astype(np.int64)


def group_effects(cells: pd.DataFrame, strata: npt.NDArray[np.int64], groups: int) -> Effects:
    """The effects of `groups` groups from cells with `group_number`, `tickets`, `total` and `squares` of the values."""
    group = cells["group_number"].to_numpy(dtype=np.int64)
    n, total = (cells[name].to_numpy(dtype=float) for name in ("tickets", "total"))
    sizes = np.bincount(strata, weights=n)
    held = coo_array((n, (group, strata)), shape=(groups, len(sizes))).toarray()
    weights = np.bincount(group, weights=n, minlength=groups)
    # Weighted least squares with the strata swept out; the pseudo-inverse leaves each connected part centred.
    laplacian = np.diag(weights) - held @ (held / sizes).T
    inverse = np.linalg.pinv(laplacian, hermitian=True)
    part = connected_components(np.abs(laplacian) > 1e-9 * weights.max(initial=1), directed=False)[1]
    centre = np.equal.outer(part, part) * weights
    centred = np.eye(groups) - centre / centre.sum(axis=1, keepdims=True)
    reading = centred @ inverse
    stratum_means = np.bincount(strata, weights=total) / sizes
    swept = np.bincount(group, weights=total - n * stratum_means[strata], minlength=groups)
    effect = reading @ swept
    reach = _reach(cells, strata, effect, reading, held / sizes)
    shared_kind = held[group, strata] < sizes[strata]
    compared = np.bincount(group, weights=n * shared_kind, minlength=groups).astype(float)
    alone = np.bincount(part, minlength=part.max(initial=0) + 1)[part] < 2
    return Effects(np.where(alone, np.nan, effect), np.where(alone, np.nan, reach), compared)


def _reach(
    cells: pd.DataFrame, strata: npt.NDArray[np.int64], effect: Numbers, reading: Numbers, shares: Numbers
) -> Numbers:
    """Half the 95 % interval: the larger of what the spread within cells and the misfit of whole cells make of it.

    Groups differ by more on some kinds than on others; the second counts that, and is the honest one with few kinds.
    """
    group = cells["group_number"].to_numpy(dtype=np.int64)
    n, total, squares = (cells[name].to_numpy(dtype=float) for name in ("tickets", "total", "squares"))
    means = total / n
    # How far one ticket more in a cell would move each effect.
    pull = (reading[:, group] - (reading @ shares)[:, strata]) * n
    within = np.bincount(group, weights=np.maximum(0, squares - n * means**2), minlength=len(reading))
    spare = np.bincount(group, weights=n - 1, minlength=len(reading))
    pooled = within.sum() / max(1.0, spare.sum())
    spread = np.where(spare >= 1, within / np.maximum(1.0, spare), pooled)
    fitted = means - effect[group]
    levels = np.bincount(strata, weights=n * fitted) / np.bincount(strata, weights=n)
    misfit = fitted - levels[strata]
    freedom = max(1, len(cells) - len(np.unique(strata)) - len(np.unique(group)) + 1)
    weights = np.column_stack([spread[group] / n, misfit**2 * (len(cells) / freedom)])
    sampled, unfit = np.sqrt((pull * pull) @ weights).T
    own = np.where(spare >= 1, spare, max(1.0, spare.sum()))
    reach: Numbers = np.maximum(sampled * student.ppf(0.975, own), unfit * student.ppf(0.975, freedom))
    return reach
