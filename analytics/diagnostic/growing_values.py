"""Growing values: which categories' backlog grew in a window beyond chance, and through demand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.contributions import Contributions, contributions
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_CHANCE = 0.01
# A level of open tickets swings like a Poisson count and more where queues are long: hence three, not two.
_DEVIATIONS = 3.0


@dataclass(frozen=True)
class Growing:
    """The growth of the backlog in a window, by category.

    `change` is that of the whole backlog, `grew` that of all categories that grew, together. `frame` has those that
    grew by at least five tickets, the most grown first: `value`, `start`, `end`, `change`, `share` (of `grew`),
    `opened`, `opened_before`, `demand`, `throughput`, `p_value` (that its demand grew no more than all other demand)
    and `by_demand`: its backlog grew beyond chance, more through demand than throughput, and demand beyond chance.
    """

    whole: Contributions
    change: int
    grew: int
    frame: pd.DataFrame

    @property
    def most_through_demand(self) -> float:
        """The largest share of one category that grew more through demand than throughput, be it by chance."""
        through = (self.frame["demand"] > 0) & (self.frame["demand"] > self.frame["throughput"])
        return float(self.frame.loc[through, "share"].max()) if through.any() else 0.0

    @property
    def unlabelled(self) -> float:
        """The share of all growth of tickets without a category."""
        every = self.whole.frame
        grown = every.loc[every["value"].isna(), "change"].clip(lower=0).sum()
        return float(grown) / max(self.grew, 1)

    @property
    def basis(self) -> Basis:
        """What stands behind it."""
        return self.whole.basis


def growing_values(engine: Engine, window: Filters) -> Growing:
    """The growth in a bounded window by category; demand is compared with the period of equal length before."""
    found = contributions(engine, window, "category")
    columns = ["value", "start", "end", "change", "opened", "opened_before", "demand", "throughput"]
    grown = found.frame["value"].notna() & (found.frame["change"] >= FEWEST_TICKETS)
    frame = found.frame.loc[grown, columns].sort_values("change", ascending=False, kind="stable")
    frame = frame.reset_index(drop=True)
    grew = int(found.frame["change"].clip(lower=0).sum())
    frame["share"] = frame["change"] / max(grew, 1)
    frame["p_value"] = _p_values(frame, found.frame)
    frame["by_demand"] = _by_demand(frame, len(found.frame))
    return Growing(found, found.change, grew, frame)


def _by_demand(frame: pd.DataFrame, looked_at: int) -> pd.Series:
    grew = frame["change"] > _DEVIATIONS * np.sqrt((frame["start"] + frame["end"]).clip(lower=1).astype(float))
    by_demand = (frame["demand"] > 0) & (frame["demand"] > frame["throughput"])
    return grew & by_demand & (frame["p_value"] < _CHANCE / max(1, looked_at))


def _p_values(frame: pd.DataFrame, every: pd.DataFrame) -> np.ndarray:
    """Of the tickets opened in both periods, a category's against all: Fisher's exact test, one-sided."""
    now, before = every["opened"].sum(), every["opened_before"].sum(skipna=False)
    if pd.isna(before):
        return np.full(len(frame), np.nan)
    mine = (frame["opened"] + frame["opened_before"]).astype(int)
    return np.asarray(stats.hypergeom.sf(frame["opened"].astype(int) - 1, int(now + before), mine, int(now)))
