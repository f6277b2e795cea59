"""Findings made up for tests of what is shown of them."""

from datetime import date
from typing import Any

import pandas as pd

from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding import Finding, Verdict
from analytics.flow.basis import Basis

QUARTER = (date(2026, 4, 1), date(2026, 6, 30))


def finding(name: str, verdict: Verdict, **more: Any) -> Finding:
    """A finding on the second quarter of 2026; `trend` is a list of values."""
    values = more.pop("trend", [])
    usual: dict[str, Any] = {
        "value": 0.04, "threshold": 0.02, "unit": "ratio", "sentence": "4 % of demand is chasing.",
        "rule": "more than 2 % of demand.", "reason": "the export has no column for it." if verdict == "cannot tell"
        else "", "basis": Basis("A definition.", "SELECT 1", {}, None, 1_204), "first": QUARTER[0], "last": QUARTER[1],
        "trend": pd.DataFrame({"period": pd.date_range("2026-01-05", periods=len(values), freq="7D"), "value": values}),
    }  # fmt: skip
    return Finding(name, verdict, **(usual | more))


def cost(hours: float, low: float, high: float, whose: str = "the desk") -> Cost:
    """A known cost."""
    return Cost(hours, low, high, f"{hours:g} tickets x 1 hour", whose)
