"""Decomposition: a series as trend, season and rest (STL; Cleveland, Cleveland, McRae and Terpenning 1990)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecast.history import History
from analytics.forecast.second_opinion import FEWEST_FOR_SEASON
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
_SEASON = {Grain.WEEK: 52, Grain.DAY: 7}
_PARTS = ("trend", "season", "rest")


@dataclass(frozen=True)
class Decomposition:
    """`frame`: `period`, `value`, and `trend` + `season` + `rest`, which add up to it. `refused` says why not.

    `strength` is the share of the detrended variance that the season explains (Wang, Smith and Hyndman 2006), 0 to 1.
    """

    frame: pd.DataFrame
    strength: float
    refused: str = ""

    @property
    def sentence(self) -> str:
        """How much the season explains."""
        if self.refused:
            return self.refused
        share = f"{self.strength * 100:.0f} %"
        return f"The season explains {share} of what is not trend; the rest is what neither explains."


def decomposition(history: History, series: str) -> Decomposition:
    """The whole known past of a series, robust against single wild periods; refused without two seasons."""
    # Imported where it is used: it takes longer to load than a page to draw.
    from statsmodels.tsa.seasonal import STL

    known, needed = history.known, FEWEST_FOR_SEASON[history.grain]
    if known < needed:
        empty = pd.DataFrame(columns=["period", "value", *_PARTS])
        reason = f"No season: it takes {needed} whole {history.grain.value}s to tell one, and there are {known}."
        return Decomposition(empty, 0.0, reason)
    values = getattr(history, series)
    fitted = STL(values, period=_SEASON[history.grain], robust=True).fit()
    parts = dict(zip(_PARTS, (fitted.trend, fitted.seasonal, fitted.resid), strict=True))
    moving = float(np.var(parts["season"] + parts["rest"]))
    strength = max(0.0, 1 - float(np.var(parts["rest"])) / moving) if moving > 0 else 0.0
    periods = history.periods.astype("datetime64[us]")
    return Decomposition(pd.DataFrame({"period": periods, "value": values, **parts}), strength)
