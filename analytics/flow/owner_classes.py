"""Owner classes: the SQL that puts each open ticket into exactly one class by who holds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.flow.activity import Records, active_sql, one_of
from analytics.flow.open_tickets import OpenTickets

INACTIVE_DAYS = 30
# In the order in which they are asked.
CLASSES: dict[str, str] = {
    "cannot_tell": "Cannot tell: no assignees in the export",
    "unassigned": "Unassigned",
    "group_only": "Group only",
    "assignee_inactive": "Assignee inactive",
    "silent": "Assigned but silent",
    "owned": "Owned",
}
UNNAMED = ("unassigned", "group_only")
UNOWNED = (*UNNAMED, "assignee_inactive", "silent")
_ACTING = """acting AS (
  SELECT assignee AS person
  FROM tickets
  WHERE assignee IS NOT NULL AND ((updated_at > :acting_since AND updated_at <= :moment)
    OR (ended_at > :acting_since AND ended_at <= :moment))
  UNION
  SELECT actor
  FROM ticket_events
  WHERE actor IS NOT NULL AND happened_at > :acting_since AND happened_at <= :moment
)"""


@dataclass(frozen=True)
class OwnerClasses:
    """`sql` are tables for a WITH; the last, `judged`, has a row for each open ticket.

    Its columns: `ticket_key`, `assignment_group`, `assignee`, `opened_at`, `class` (a name of `CLASSES`), and
    `is_told`: whether the ticket is silent can be told.
    """

    sql: str
    parameters: dict[str, object]

    def is_in(self, names: Sequence[str]) -> str:
        """The SQL condition on `tickets` for some of the classes."""
        known = ", ".join(f"'{name}'" for name in names if name in CLASSES)
        return f"ticket_key IN (\n    WITH {self.sql}\n    SELECT ticket_key FROM judged WHERE class IN ({known})\n  )"


def owner_classes(shown: OpenTickets, records: Records, silent_days: int) -> OwnerClasses:
    """The classes of open tickets.

    A source without a single assignee cannot tell. `assignee_inactive`: no event in their name, and no ticket of
    theirs updated or ended, for `INACTIVE_DAYS`; not judged for a past moment, when somebody else may have held it.
    `silent`: an assignee, and no activity for `silent_days`.
    """
    since = {"silent_since": shown.days_before(silent_days), "acting_since": shown.days_before(INACTIVE_DAYS)}
    mute, of_mute = one_of("source", records.without_assignees(), "mute")
    asleep, of_asleep = one_of("source", records.ended_before(since["silent_since"]), "asleep")
    gone, of_gone = one_of("source", records.ended_before(since["acting_since"]), "gone")
    told = f"is_recorded AND NOT {asleep}"
    inactive = f"is_recorded AND NOT {gone} AND acting.person IS NULL" if shown.is_present else "FALSE"
    conditions = {
        "cannot_tell": mute,
        "unassigned": "assignee IS NULL AND assignment_group IS NULL",
        "group_only": "assignee IS NULL",
        "assignee_inactive": inactive,
        "silent": f"{told} AND last_activity_at <= :silent_since",
    }
    cases = "\n      ".join(f"WHEN {condition} THEN '{name}'" for name, condition in conditions.items())
    acting = f"{_ACTING},\n" if shown.is_present else ""
    joined = "\n  LEFT JOIN acting ON acting.person = active.assignee" if shown.is_present else ""
    judged = (
        f"judged AS (\n  SELECT ticket_key, assignment_group, assignee, opened_at, ({told}) AS is_told,\n    CASE\n"
        f"      {cases}\n      ELSE 'owned'\n    END AS class\n"
        f"  FROM active{joined}\n)"
    )
    parameters = {
        "moment": shown.moment,
        "changes_since": since["silent_since"],
        **since,
        **of_mute,
        **of_asleep,
        **of_gone,
    }
    return OwnerClasses(f"{active_sql(shown)},\n{acting}{judged}", parameters)
