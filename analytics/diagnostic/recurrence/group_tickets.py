"""A group's tickets, found again from its definition on whatever export is loaded."""

from dataclasses import dataclass

import pandas as pd
from rapidfuzz import fuzz, process

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.machine_alerts import is_alert
from analytics.diagnostic.recurrence.near_titles import NEARLY_THE_SAME
from analytics.diagnostic.recurrence.recurring_span import FAULTS
from analytics.diagnostic.recurrence.recurring_titles import normal_of, place_names, ticket_numbers
from analytics.filters import Filters
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_MOST_TITLES, _MOST_TICKETS = 2_000, 20_000


@dataclass(frozen=True)
class GroupTickets:
    """Tickets in `frame`, the oldest first, and the SQL `condition` with `parameters` that finds them.

    Columns: ticket_key, opened_at, opened_on, resolved_at, resolved_on, problem_id, title, handle_hours.
    """

    frame: pd.DataFrame
    condition: str
    parameters: dict[str, object]

    def selection(self, words: str = "tickets of one recurring group") -> Selection:
        """Them, to be opened."""
        return Selection(words, self.condition, self.parameters)


def group_tickets(engine: Engine, definition: GroupDefinition, filters: Filters | None = None) -> GroupTickets:
    """All tickets of a group that people reported, up to the filters' end and of their values."""
    conditions, parameters = _same_values(definition)
    if definition.title is not None:
        conditions, parameters = _with_titles(engine, definition.title, conditions, parameters)
    narrowed = (filters or Filters()).between(None, filters.end if filters else None)
    every = [FAULTS, f"NOT {is_alert()}", *conditions, "opened_on IS NOT NULL"]
    every += [*narrowed.period_conditions("opened_on"), *narrowed.value_conditions()]
    bound, condition = parameters | narrowed.parameters(), "\n  AND ".join(every)
    frame = engine.query(
        "SELECT ticket_key, opened_at, opened_on, resolved_at, resolved_on, problem_id, title, handle_hours\n"
        f"FROM tickets\nWHERE {condition}\nORDER BY opened_at DESC, ticket_key DESC\nLIMIT {_MOST_TICKETS}",
        bound,
    )
    return GroupTickets(frame.iloc[::-1].reset_index(drop=True), condition, bound)


def _same_values(definition: GroupDefinition) -> tuple[list[str], dict[str, object]]:
    wanted: dict[str, str | None] = {"category": definition.category}
    if definition.kind != "item":
        wanted["service"] = definition.service
    if definition.kind == "item":
        wanted["configuration_item"] = definition.configuration_item
    conditions = [f"{name} IS NULL" if value is None else f"{name} = :group_{name}" for name, value in wanted.items()]
    return conditions, {f"group_{name}": value for name, value in wanted.items() if value is not None}


def _with_titles(
    engine: Engine, wanted: str, conditions: list[str], parameters: dict[str, object]
) -> tuple[list[str], dict[str, object]]:
    """Narrowed to the titles, as written, that are nearly the same as a normalised one."""
    found = engine.query(
        f"SELECT title, count(*) AS tickets FROM tickets WHERE title IS NOT NULL AND {' AND '.join(conditions)} "
        "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 200000",
        parameters,
    )["title"]
    places, numbers = place_names(engine), ticket_numbers(engine)
    normal = [normal_of(str(title), places, numbers) for title in found]
    near = process.cdist([wanted], normal, scorer=fuzz.ratio, score_cutoff=NEARLY_THE_SAME)[0] if normal else []
    chosen = [str(title) for title, score in zip(found, near, strict=True) if score > 0][:_MOST_TITLES]
    titles = {f"title_{place}": title for place, title in enumerate(chosen)}
    names = ", ".join(f":{name}" for name in titles)
    return [*conditions, f"title IN ({names})" if titles else "FALSE"], parameters | titles
