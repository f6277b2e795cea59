"""Levers: what is changed in a simulation, step by step; without any, the present course goes on."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Part:
    """A change of arrivals of one kind of tickets, which leave at ages of their own.

    `factor` is what comes in addition in each step, or no longer (below nought), over all arrivals;
    `end_share_by_age` the share of such tickets of each age that ends in a step.
    """

    factor: Array
    end_share_by_age: Array


@dataclass(frozen=True)
class Levers:
    """For each step to come: the factor on arrivals, tickets closed in addition, and the factor on the pace.

    `parts` are changes of arrivals that `inflow_factor` holds already, where they are of a kind of their own.
    `elasticity` is by how many per cent closures change when the work on hand changes by one: at 1 a desk closes in
    proportion to what is there, at 0 it closes as many as before whatever is there (while there are any).
    """

    inflow_factor: Array
    more_closures: Array
    pace_factor: Array
    elasticity: float = 1.0
    parts: tuple[Part, ...] = ()

    @property
    def pulled(self) -> bool:
        """Whether anything is changed at all."""
        factors = (self.inflow_factor, self.pace_factor)
        return bool(
            self.more_closures.any()
            or any((factor != 1).any() for factor in factors)
            or any(part.factor.any() for part in self.parts)
        )

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
