"""Alert groups: what monitoring tools raise again and again, kept apart from what people report."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.diagnostic.recurrence.recurring_span import RecurringSpan
from analytics.warehouse.engine import Engine

_COLUMNS = ("configuration_item", "service", "category", "tickets")
_MOST = 20


@dataclass(frozen=True)
class AlertGroups:
    """What machines raised within the window.

    `frame` has configuration_item, service, category and tickets, the most first. `tickets` came from machines
    altogether: by their channel, by who raised them (these two are `from_machines`), or as evenly as a clock.
    """

    frame: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_COLUMNS)))
    tickets: int = 0
    from_machines: int = 0


def alert_groups(
    engine: Engine, span: RecurringSpan, more_than: int, regular: Sequence[RecurringGroup] = ()
) -> AlertGroups:
    """Those with more than so many tickets in the window; `regular` groups are too even to come from people."""
    frame = engine.query(
        "SELECT configuration_item, service, category, count(*) AS tickets\nFROM tickets\nWHERE "
        f"{' AND '.join(span.conditions('window_start', alerts=True))}\nGROUP BY 1, 2, 3\nORDER BY 4 DESC, 1, 2, 3",
        span.parameters,
    )
    rows = [
        (one.definition.configuration_item, one.definition.service, one.definition.category, one.tickets)
        for one in regular
    ]
    texts = frame.astype(dict.fromkeys(_COLUMNS[:3], object))
    every = pd.concat([texts, pd.DataFrame(rows, columns=list(_COLUMNS))], ignore_index=True) if rows else texts
    often = every[every["tickets"] > more_than].sort_values("tickets", ascending=False, kind="stable")
    return AlertGroups(
        often.head(_MOST).reset_index(drop=True), int(every["tickets"].sum()), int(frame["tickets"].sum())
    )
