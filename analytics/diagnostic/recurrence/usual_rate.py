"""The usual rate of like things, and which of them came up more often than chance allows.

A frequent kind of demand is not a fault that returns. So a group is set against its peers (things of the same kind
over the same days), or against its own past, and only what is improbable even among so many comparisons is named.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

# Of the groups named, at most this part may be there by chance (Benjamini and Hochberg, 1995).
FALSE_SHARE = 0.01
# With fewer like things, what is usual for one of them cannot be told.
FEWEST_PEERS = 8
_ROUNDS = 5
_TRIMMED = 0.05


@dataclass(frozen=True)
class Rates:
    """Per row: `p` of as many or more by chance (NaN: cannot be told), and how many were `expected`."""

    p: np.ndarray
    expected: np.ndarray


def among_peers(counts: pd.Series, blocks: pd.Series) -> Rates:
    """Each count against the others of its block: negative binomial by moments, Poisson where they spread no more.

    The one judged is left out of its peers, and so is the largest twentieth, as long as they are improbable
    themselves: a second faulty printer does not make the first one usual.
    """
    values = counts.to_numpy(dtype=float)
    codes = pd.factorize(blocks, use_na_sentinel=False)[0]
    odd = _largest(values, codes)
    rates = _left_one_out(values, codes, odd)
    for _ in range(_ROUNDS):
        still = odd & improbable(rates.p)
        if (still == odd).all():
            break
        odd = still
        rates = _left_one_out(values, codes, odd)
    return rates


def _largest(values: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """The largest twentieth of each block, at least one."""
    blocks = pd.DataFrame({"code": codes, "value": values}).groupby("code")["value"]
    places = blocks.rank(method="first", ascending=False).to_numpy()
    most = np.maximum(np.ceil(blocks.transform("size").to_numpy() * _TRIMMED), 1)
    chosen: np.ndarray = (places <= most) & (values > 0)
    return chosen


def _left_one_out(values: np.ndarray, codes: np.ndarray, odd: np.ndarray) -> Rates:
    if not len(values):
        return Rates(np.empty(0), np.empty(0))
    usual = np.where(odd, 0.0, values)
    size, total, squares = (np.bincount(codes, weights=w) for w in (1.0 - odd, usual, usual**2))
    own = np.where(odd, 0.0, values)
    peers = size[codes] - ~odd
    enough = peers >= FEWEST_PEERS
    over = np.where(enough, peers, 1.0)
    mean = (total[codes] - own) / over
    variance = (squares[codes] - own**2) / over - mean**2
    # Nothing at all among the peers still leaves a chance: as if half a one had come up.
    mean = np.maximum(mean, 0.5 / over)
    p = at_least(values, mean, variance * over / np.maximum(over - 1, 1))
    return Rates(np.where(enough, p, np.nan), np.where(enough, mean, np.nan))


def against_past(counts: pd.Series, before: pd.Series, blocks: pd.Series) -> Rates:
    """Each count against its own past, as its part of what its block brought then and now.

    With b before, and a block that brings w now for each one it brought before, the expectation is (b + 1/2) w; it is
    itself uncertain, so the count is negative binomial with b + 1/2 successes.
    """
    now, then = counts.groupby(blocks, dropna=False).transform("sum"), before.groupby(blocks, dropna=False)
    past = then.transform("sum").to_numpy(dtype=float)
    told = past > 0
    size = before.to_numpy(dtype=float) + 0.5
    expected = size * now.to_numpy(dtype=float) / np.where(told, past, 1.0)
    p = stats.nbinom.sf(counts.to_numpy(dtype=float) - 1, size, size / (size + expected))
    return Rates(np.where(told, p, np.nan), np.where(told, expected, np.nan))


def at_least(counts: np.ndarray, mean: np.ndarray, variance: np.ndarray) -> np.ndarray:
    """The probability of as many or more: negative binomial of this mean and variance, at least Poisson's."""
    spread = variance > mean * (1 + 1e-9)
    size = np.where(spread, mean**2 / np.where(spread, variance - mean, 1.0), 1.0)
    wide = stats.nbinom.sf(counts - 1, size, size / (size + mean))
    p: np.ndarray = np.where(spread, wide, stats.poisson.sf(counts - 1, mean))
    return p


def improbable(p: np.ndarray, false_share: float = FALSE_SHARE) -> np.ndarray:
    """Which of them are improbable among all that can be told, by Benjamini and Hochberg's procedure."""
    told = np.flatnonzero(~np.isnan(p))
    order = told[np.argsort(p[told], kind="stable")]
    within = p[order] <= false_share * np.arange(1, len(order) + 1) / max(len(order), 1)
    found = np.zeros(len(p), dtype=bool)
    if within.any():
        found[order[: np.flatnonzero(within).max() + 1]] = True
    return found
