"""A finding: what the tickets say of one statement, by which rule, and which tickets say it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import pandas as pd

from analytics.diagnostic.cost import Cost
from analytics.flow.basis import Basis
from analytics.selection import Selection

# Of the statement: the tickets agree that it is so, speak against it, agree in part, or cannot tell.
Verdict = Literal["agrees", "disagrees", "partial", "cannot tell"]
AGREES: Verdict = "agrees"
DISAGREES: Verdict = "disagrees"
PARTIAL: Verdict = "partial"
CANNOT_TELL: Verdict = "cannot tell"


@dataclass(frozen=True)
class Finding:
    """What the tickets say of one statement.

    `value` stands against `threshold`, both in `unit` (None where not worked out). `sentence` says what was found in
    our own words and quotes no export; `reason` why it cannot be told, else it is empty. `rule` is the rule with its
    thresholds in words. `first` and `last` are the days looked at, both inclusive (None without any). `selection`
    finds the tickets behind it (None where there are none to show). `details` is a table that may quote the export,
    for inert elements only; `trend` has `period` and `value` in `unit`, oldest first, or is empty.
    """

    id: str
    verdict: Verdict
    value: float | None
    threshold: float | None
    unit: str
    sentence: str
    rule: str
    first: date | None
    last: date | None
    basis: Basis
    reason: str = ""
    selection: Selection | None = None
    details: pd.DataFrame = field(default_factory=pd.DataFrame)
    trend: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"period": [], "value": []}))
    cost: Cost | None = None

    def __post_init__(self) -> None:
        # A reason stands by itself, whatever the rule took it from.
        object.__setattr__(self, "reason", self.reason[:1].upper() + self.reason[1:])

    def document(self, tickets: list[str], tickets_total: int) -> dict[str, Any]:
        """The finding as it stands in the command line's JSON; `tickets` are numbers, perhaps not all."""
        return {
            "id": self.id,
            "verdict": self.verdict,
            "value": self.value,
            "threshold": self.threshold,
            "unit": self.unit,
            "sentence": self.sentence,
            "reason": self.reason,
            "rule": self.rule,
            "period": {
                "from": self.first.isoformat() if self.first else None,
                "to": self.last.isoformat() if self.last else None,
            },
            "tickets": tickets,
            "tickets_total": tickets_total,
            "cost": self.cost.document() if self.cost else None,
            **{name: value for name, value in self.basis.document().items() if name in _OF_BASIS},
        }


_OF_BASIS = ("as_of", "filters", "tickets_used", "tickets_excluded", "excluded", "caveats")
