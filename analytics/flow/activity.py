"""Activity: when something last happened to each open ticket, whether that is recorded at all, and in which sources."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analytics.flow.open_tickets import OpenTickets
from analytics.warehouse.engine import Engine

_RECORDS = """
SELECT source,
  count(assignee) AS assigned,
  max(opened_at) FILTER (WHERE requester IS NOT NULL) AS last_request_at,
  max(opened_at) AS last_opened_at,
  max(ended_at) AS last_ended_at,
  max(updated_at) AS last_updated_at
FROM tickets
GROUP BY 1
ORDER BY 1"""
# The last update and the last event of each ticket stand beside it. Histories are read only for tickets with events
# after the moment: the stays, quick to read, tell whether anything came before it; of the events, which also hold
# changes that make no stay, only those are read that decide whether a ticket was silent.
_ACTIVE = """held AS (
  SELECT ticket_key, source, ticket_id, assignment_group, assignee, requester, opened_at,
    CASE WHEN updated_at <= :moment THEN updated_at END AS last_update_at,
    CASE WHEN last_event_at <= :moment THEN last_event_at END AS final_event_at,
    COALESCE(last_event_at > :moment, FALSE) AS has_later_events
  FROM tickets
  WHERE {condition}
),
changes AS (
  SELECT held.ticket_key, entered_at AS changed_at
  FROM held
  JOIN stays ON stays.ticket_key = held.ticket_key
  WHERE has_later_events AND entered_at <= :moment
  UNION ALL
  SELECT held.ticket_key, happened_at
  FROM held
  JOIN ticket_events ON ticket_events.ticket_id = held.ticket_id AND ticket_events.source = held.source
  WHERE has_later_events AND happened_at > :changes_since AND happened_at <= :moment
),
last_changes AS (
  SELECT ticket_key, max(changed_at) AS last_change_at
  FROM changes
  GROUP BY 1
),
active AS (
  SELECT held.*,
    GREATEST(held.opened_at, last_update_at, final_event_at, last_change_at) AS last_activity_at,
    COALESCE(last_update_at, final_event_at, last_change_at) IS NOT NULL AS is_recorded
  FROM held
  LEFT JOIN last_changes ON last_changes.ticket_key = held.ticket_key
)"""


@dataclass(frozen=True)
class Records:
    """What the sources record: `frame` has `source`, `assigned` tickets, `last_request_at` and `newest` time (UTC)."""

    frame: pd.DataFrame

    def without_assignees(self) -> tuple[str, ...]:
        """Sources in which no ticket ever has an assignee."""
        return self._sources(self.frame["assigned"] == 0)

    def ended_before(self, since: datetime) -> tuple[str, ...]:
        """Sources whose export has nothing after `since`: their tickets only look silent."""
        return self._sources(self.frame["newest"] <= pd.Timestamp(since))

    def asked_after(self, since: datetime) -> tuple[str, ...]:
        """Sources in which somebody asked for something after `since`."""
        return self._sources(self.frame["last_request_at"] > pd.Timestamp(since))

    def _sources(self, chosen: pd.Series) -> tuple[str, ...]:
        return tuple(str(name) for name in self.frame[chosen]["source"].astype(object) if not pd.isna(name))


def source_records(engine: Engine) -> Records:
    """What each source records, over all its tickets."""
    found = engine.query(_RECORDS)
    newest = found[["last_opened_at", "last_ended_at", "last_updated_at"]].max(axis=1)
    return Records(found[["source", "assigned", "last_request_at"]].assign(newest=newest))


def active_sql(shown: OpenTickets) -> str:
    """The tables `held` and `active` for a WITH: the open tickets and, in `active`, what happened to them.

    `last_activity_at` is the latest of opening, last update and last event up to `:moment`, exact where it is later
    than `:changes_since`. `is_recorded`: there is such an update or event: silence is more than a missing column.
    """
    return _ACTIVE.format(condition=shown.condition)


def one_of(column: str, sources: tuple[str, ...], name: str) -> tuple[str, dict[str, object]]:
    """The SQL condition that `column` is one of `sources`, and its parameters, which begin with `name`."""
    parameters: dict[str, object] = {f"{name}_{i}": source for i, source in enumerate(sources)}
    condition = f"{column} IN ({', '.join(f':{each}' for each in parameters)})" if parameters else "FALSE"
    return condition, parameters
