"""Group shares: which of many groups have a share above a threshold beyond chance, though many were looked at."""

import numpy as np
import pandas as pd
from scipy import stats

_CHANCE = 0.025  # one side of a 95 % interval, for all groups together


def groups_above(parts: pd.Series, wholes: pd.Series, threshold: float, fewest: int) -> pd.Series:
    """Whether each share `parts / wholes` is above the threshold beyond chance; never on under `fewest` of a whole.

    The lower end of Wilson's interval (1927), with the level divided by the number of groups judged (Bonferroni).
    """
    judged = wholes >= fewest
    if not judged.any():
        return judged
    z = float(stats.norm.isf(_CHANCE / int(judged.sum())))
    whole = wholes.where(judged, 1).astype(float)
    share = parts.where(judged, 0) / whole
    spread = z * np.sqrt(share * (1 - share) / whole + z**2 / (4 * whole**2))
    low = (share + z**2 / (2 * whole) - spread) / (1 + z**2 / whole)
    return judged & (low > threshold)
