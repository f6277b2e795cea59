"""The tickets of a problem record's group on what is loaded now, and whether it stayed gone."""

from dataclasses import dataclass
from datetime import date

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.group_tickets import GroupTickets, group_tickets
from analytics.errors import BacklightError
from analytics.plan.stayed_gone import StayedGone, stayed_gone
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class ProblemGroup:
    """`opened_on` has the day of each ticket; `gone` is None without a fix; `reason` says why nothing was found."""

    found: GroupTickets | None
    opened_on: tuple[date, ...]
    gone: StayedGone | None
    reason: str = ""


def problem_group(engine: Engine, filters: str, fixed_on: date | None) -> ProblemGroup:
    """By the record's own definition of its group, as JSON."""
    try:
        definition = GroupDefinition.of(filters)
    except BacklightError as error:
        return ProblemGroup(None, (), None, str(error))
    found = group_tickets(engine, definition)
    days = tuple(moment.date() for moment in found.frame["opened_on"])
    gone = stayed_gone(engine, definition, fixed_on) if fixed_on else None
    return ProblemGroup(found, days, gone, "" if days else "No ticket of it is in what is loaded now.")
