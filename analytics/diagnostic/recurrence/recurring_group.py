"""One recurring group: what its tickets have in common, how often it came, whether anyone owns it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.group_state import GroupState
from analytics.diagnostic.recurrence.group_tickets import GroupTickets

NO_RECORD, LINKED, KEPT_HERE = "none", "linked in the export", "kept here"


@dataclass(frozen=True)
class RecurringGroup:
    """`tickets` came within the window, on days of `spells` spells, and `before` in the year up to it.

    `expected` is how many days with a ticket are usual for like things in the window (NaN: cannot be told), `p` the
    probability of as many. `typical_title` is a title as written, else empty: export text. `record` says whether a
    problem record is linked in the export or kept here. `returned` tickets were opened after an earlier one had been
    resolved, `after_fix` of them after a linked problem record was, or after the day on which one kept here says fixed;
    `is_fixed` says whether there is such a day.
    """

    definition: GroupDefinition
    state: GroupState
    tickets: int
    spells: int
    before: int
    expected: float
    p: float
    typical_title: str
    first_seen: date
    last_seen: date
    record: str
    returned: int
    after_fix: int
    is_fixed: bool
    found: GroupTickets = field(repr=False, compare=False)

    @property
    def key(self) -> str:
        """The same for the same group on every export."""
        return self.definition.key

    @property
    def name(self) -> str:
        """Its item, else its typical title, else its service: export text."""
        return self.definition.configuration_item or self.typical_title or self.definition.service or "not recorded"

    @property
    def counts(self) -> bool:
        """Whether it speaks for the statement: neither dismissed nor gone."""
        return self.state in ("emerging", "active")

    @property
    def is_owned(self) -> bool:
        """Whether it has a problem record."""
        return self.record != NO_RECORD

    @property
    def is_kept_here(self) -> bool:
        """Whether its problem record is kept in this product."""
        return self.record == KEPT_HERE

    def document(self) -> dict[str, Any]:
        """The group as it stands in the command line's JSON."""
        definition = self.definition
        return {
            "key": self.key,
            "state": self.state,
            "kind": definition.kind,
            "service": definition.service,
            "configuration_item": definition.configuration_item,
            "category": definition.category,
            "typical_title": self.typical_title or None,
            "tickets": self.tickets,
            "spells": self.spells,
            "tickets_before": self.before,
            "usual_days": None if pd.isna(self.expected) else round(self.expected, 3),
            "probability": self.p,
            "first_seen": self.first_seen.isoformat(),
            "last_seen": self.last_seen.isoformat(),
            "problem_record": self.record,
            "returned_after_resolution": self.returned,
            "returned_after_problem_was_fixed": self.after_fix,
            "filters": definition.json,
        }
