"""Levers: what is changed in a simulation, step by step; without any, the present course goes on."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Levers:
    """For each step to come: the factor on arrivals, tickets closed in addition, and the factor on the pace.

    `elasticity` is by how many per cent closures change when the work on hand changes by one: at 1 a desk closes in
    proportion to what is there, at 0 it closes as many as before whatever is there (while there are any).
    """

    inflow_factor: Array
    more_closures: Array
    pace_factor: Array
    elasticity: float = 1.0

    @classmethod
    def of(
        cls,
        horizon: int,
        inflow_factor: float = 1.0,
        more_closures: float = 0.0,
        pace_factor: float = 1.0,
        elasticity: float = 1.0,
    ) -> Self:
        """The same in each of `horizon` steps."""
        factors, closures, paces = (np.full(horizon, change) for change in (inflow_factor, more_closures, pace_factor))
        return cls(factors, closures, paces, elasticity)
