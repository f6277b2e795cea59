"""Cost: the hours that a sign takes each month, as an estimate with an interval and its formula in words."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cost:
    """Hours a month from `low` to `high`, most likely `hours`; all None where they cannot be told, for `reason`.

    `formula` says how they were worked out, with its numbers; `whose` whose time it is: `the desk` or `users`.
    """

    hours: float | None
    low: float | None
    high: float | None
    formula: str
    whose: str = "the desk"
    reason: str = ""

    def money(self, hourly_rate: float | None) -> tuple[float, float, float] | None:
        """What `low`, `hours` and `high` come to at a rate; None without one or without hours."""
        if hourly_rate is None or self.hours is None or self.low is None or self.high is None:
            return None
        return self.low * hourly_rate, self.hours * hourly_rate, self.high * hourly_rate

    def document(self) -> dict[str, Any]:
        """As it stands in JSON: hours a month."""
        return {
            "hours_per_month": self.hours,
            "low": self.low,
            "high": self.high,
            "whose": self.whose,
            "formula": self.formula,
            "reason": self.reason,
        }


def unknown_cost(formula: str, reason: str) -> Cost:
    """A cost that cannot be told."""
    return Cost(None, None, None, formula, reason=reason)
