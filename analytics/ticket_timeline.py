"""One ticket's timeline: what it is, what happened to it and when, and where it stayed."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.formatting import hours_text
from analytics.local_times import hours_between, local_times, utc_time
from analytics.ticket_columns import allowed_columns, column_title
from analytics.ticket_stays import ticket_stays
from analytics.tickets import PEOPLE
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TICKETS

CONCEALED = "(a person)"
MOST_EVENTS = 2_000
_MOMENTS = {
    "opened_at": "Opened", "first_response_at": "First response", "due_at": "Due", "resolved_at": "Resolved",
    "closed_at": "Closed",
}  # fmt: skip
_TIMES = frozenset(column.name for column in TICKETS if column.type == "TIMESTAMP")
# The tool's own words tell the same change in more detail.
_TOLD_BY = {"status": "source_status", "priority": "source_priority"}
_TITLES = {"source_status": "Status", "source_priority": "Priority"}


@dataclass(frozen=True)
class TicketTimeline:
    """One ticket. Times are local to the reporting time zone.

    `facts`: the ticket's columns by name, None for unknown. `events`, in order: `happened_at`, `after` (since the
    opening, in words), `what`, `before`, `now` and `actor`; the times that the ticket names are among them, without
    `before` and `now`, and what is planned too. `stays`: see `ticket_stays`. `has_history` tells whether the source
    gave events; `hand_offs` counts the changes of group among them, None without a history. `late_hours` are from the
    due time to the end, or to the as-of time while it is open: negative for early, None without a due time.
    """

    facts: Mapping[str, object]
    events: pd.DataFrame
    stays: pd.DataFrame
    has_history: bool
    hand_offs: int | None
    late_hours: float | None


def ticket_timeline(
    engine: Engine, ticket_id: str, source: str | None = None, people: bool = False
) -> TicketTimeline | None:
    """The timeline of a ticket, None if there is none of that number; without a source, the first that has it.

    `people` adds the names of people, which only an administrator may turn on.
    """
    zone = engine.reporting_time_zone
    row = _row(engine, ticket_id, source, people)
    if row is None:
        return None
    changes = _changes(engine, row, people)
    stays, hand_offs = ticket_stays(engine, row)
    events = pd.concat([_moments(row), changes], ignore_index=True)
    events = events.sort_values(["happened_at", "place"], kind="stable", na_position="first", ignore_index=True)
    events.insert(1, "after", [_after(row["opened_at"], moment) for moment in events["happened_at"]])
    events["happened_at"] = local_times(events["happened_at"], zone)
    has_history = not changes.empty
    now = utc_time(engine.as_of, zone) if engine.as_of else None
    ended = now if row["ended_at"] is None else row["resolved_at"] or row["closed_at"]
    return TicketTimeline(
        _local(row, zone), events.drop(columns="place"), stays, has_history, hand_offs if has_history else None,
        hours_between(row["due_at"], ended),
    )  # fmt: skip


def _row(engine: Engine, ticket_id: str, source: str | None, people: bool) -> dict[str, object] | None:
    """The ticket's columns as they stand, times in UTC."""
    names = ("ticket_key", *allowed_columns(people))
    of_source = " AND source = :source" if source else ""
    found = engine.query(
        f"SELECT {', '.join(names)} FROM tickets WHERE ticket_id = :ticket_id{of_source} ORDER BY source LIMIT 1",
        {"ticket_id": ticket_id, "source": source},
    )
    if found.empty:
        return None
    row = found.astype(object).iloc[0]
    return {name: None if pd.isna(row[name]) else row[name] for name in names}


def _local(row: Mapping[str, object], zone: str) -> dict[str, object]:
    times = [name for name in row if name in _TIMES and row[name] is not None]
    shown = local_times(pd.Series([row[name] for name in times], dtype="datetime64[us]"), zone)
    return dict(row) | dict(zip(times, shown, strict=True))


def _changes(engine: Engine, row: Mapping[str, object], people: bool) -> pd.DataFrame:
    found = engine.query(
        "SELECT happened_at, field, old_value, new_value, actor FROM ticket_events "
        f"WHERE ticket_id = :ticket_id AND source = :source ORDER BY happened_at, field LIMIT {MOST_EVENTS}",
        {"ticket_id": row["ticket_id"], "source": row["source"]},
    ).astype(object)
    found = found.where(found.notna(), None)
    told = set(zip(found["happened_at"], found["field"], strict=True))
    twice = [
        (when, _TOLD_BY.get(field)) in told for when, field in zip(found["happened_at"], found["field"], strict=True)
    ]
    kept = found.drop(index=found.index[twice])
    hidden = ~kept["field"].isin(PEOPLE) | people
    return pd.DataFrame(
        {
            "happened_at": pd.to_datetime(kept["happened_at"]),
            "what": [_TITLES.get(field, column_title(field)) for field in kept["field"]],
            "before": kept["old_value"].where(hidden | kept["old_value"].isna(), CONCEALED),
            "now": kept["new_value"].where(hidden | kept["new_value"].isna(), CONCEALED),
            "actor": kept["actor"] if people else None,
            "place": 1,
        }
    )


def _moments(row: Mapping[str, object]) -> pd.DataFrame:
    """The times that the ticket itself names; at one moment the opening comes before what changed, the end after."""
    known = [(name, words) for name, words in _MOMENTS.items() if row[name] is not None]
    return pd.DataFrame(
        {
            "happened_at": pd.to_datetime([row[name] for name, _ in known]),
            "what": [words for _, words in known],
            "before": None,
            "now": None,
            "actor": None,
            "place": [0 if name == "opened_at" else 2 for name, _ in known],
        }
    )


def _after(opened: object, moment: object) -> str:
    """How long after the opening, in words; nothing at the opening itself or where it is not known."""
    hours = hours_between(opened, moment)
    return f"{hours_text(abs(hours))}{' before' if hours < 0 else ''}" if hours else ""
