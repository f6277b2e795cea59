"""Drift of the priority mix between a period and the one before: a proxy where no history shows changes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2_contingency

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import where
from analytics.warehouse.engine import Engine

FEWEST_IN_PERIOD = 30
_CHANCE = 0.05
_DEFINITION = (
    "Half the sum of the differences between the shares of the priorities among tickets opened in the period and in "
    "the period of equal length before (total variation distance): the share of tickets that would have to change "
    "priority to make the two mixes alike."
)
_CAVEATS = (
    "A proxy: without a history it cannot be seen whether any ticket changed, only whether the mix did.",
    "The mix also moves because other tickets come in.",
    "Priorities are as they stand now.",
)
_SOURCE = "Total variation distance; chance judged by Pearson's chi-squared test of the two mixes at 5 %."


@dataclass(frozen=True)
class PriorityDrift:
    """`distance` is 0 to 1, None with a `reason`; `p_value` is that of no drift. `mix` has priority, before, now."""

    distance: float | None
    p_value: float | None
    mix: pd.DataFrame
    reason: str | None
    basis: Basis

    @property
    def sentence(self) -> str:
        """The answer in our own words; quotes no export."""
        if self.distance is None or self.p_value is None:
            return f"Cannot tell how often priorities are changed: {self.reason}."
        now, before = (int(self.mix[name].sum()) for name in ("now", "before"))
        verdict = "more than chance makes likely" if self.p_value < _CHANCE else "no more than chance can make"
        return (
            "No history shows changes of priority. As a proxy, the mix of priorities drifted by "
            f"{self.distance * 100:.1f} % against the period before, {verdict} ({now:,} tickets, {before:,} before)."
        )


def priority_drift(engine: Engine, filters: Filters) -> PriorityDrift:
    """The drift between the period of the filters, which is bounded, and the one before."""
    before = filters.previous()
    sql, parameters = _sql(filters), filters.parameters() | {"before_date": before.start if before else None}
    mix = engine.query(sql, parameters) if before else pd.DataFrame({"priority": [], "before": [], "now": []})
    now, earlier = (int(mix[name].sum()) for name in ("now", "before"))
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, now + earlier, (), _CAVEATS, _SOURCE, filters.sentence("opened")
    )
    if min(now, earlier) < FEWEST_IN_PERIOD:
        return PriorityDrift(None, None, mix, _reason(now + earlier), basis)
    shares = mix[["now", "before"]].to_numpy(dtype=float) / np.array([now, earlier])
    distance = float(np.abs(shares[:, 0] - shares[:, 1]).sum() / 2)
    p_value = float(chi2_contingency(mix[["now", "before"]].to_numpy()).pvalue) if len(mix) > 1 else 1.0
    return PriorityDrift(distance, p_value, mix, None, basis)


def _reason(tickets: int) -> str:
    if not tickets:
        return "there is no history of them, and no ticket here has a priority"
    return f"there is no history of them, and this period or the one before has fewer than {FEWEST_IN_PERIOD} tickets"


def _sql(filters: Filters) -> str:
    conditions = [
        "priority IS NOT NULL", "opened_on >= :before_date", "opened_on < :to_date", *filters.value_conditions(),
    ]  # fmt: skip
    return (
        "SELECT priority, count(*) FILTER (WHERE opened_on < :from_date) AS before, "
        "count(*) FILTER (WHERE opened_on >= :from_date) AS now\n"
        f"FROM tickets\n{where(conditions)}\nGROUP BY 1\nORDER BY 1"
    )
