"""Same every month: whether the groups that stand out in one of the last three months do so in the others too."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.group_tickets import group_tickets
from analytics.diagnostic.recurrence.month_groups import MONTH_DAYS, MONTHS, STANDS_OUT, MonthGroups, month_groups
from analytics.diagnostic.recurrence.recurring_table import either
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import count_text, day_text, percent_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "same_every_month"
# One thing in all three months is a fault; it takes a few for the months to be alike.
_FEWEST_SAME, _FEWEST_TICKETS = 3, 5
_DEFINITION = (
    "For each of the last three months of 30 days: the items and near titles that came up more often than like things "
    "did in that month. The overlap is the part of them that is there in all three."
)
_SIZE = (
    "By number alone, large kinds of demand come first in every month, on any desk. So groups are compared by how far "
    "they stand out from like things in the same month, not by their size."
)
_LIKE = (
    "Items are set against items of the same category, titles against those of the same service and category and "
    "against their own past."
)
_CHANCE = "In a month one group in a hundred stands out by chance, but hardly ever the same one three times."
_CAVEATS = (_SIZE, _CHANCE, _LIKE)
_FORMULA = "Hours that the same groups cost each month: see the recurring groups under 'Repeats'."


def same_every_month(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where enough of a month's top groups are in the other two as well; in part where a few are."""
    share, top = numbers.threshold(_NAME, "overlap_share"), round(numbers.threshold(_NAME, "top_groups"))
    found = month_groups(engine, filters, top)
    span = found.span
    finding = Finding(
        _NAME, CANNOT_TELL, None, share, "ratio", "", _rule(share, top), span.start if span else None,
        span.end - timedelta(days=1) if span else None, _basis(engine, filters, found),
        cost=unknown_cost(_FORMULA, "they are counted once, under 'Repeats'."),
    )  # fmt: skip
    reason = _untold(found)
    if reason or span is None:
        return replace(finding, reason=reason)
    same = len(found.same)
    verdict = AGREES if found.overlap >= share and same >= _FEWEST_SAME else PARTIAL if same else DISAGREES
    return replace(
        finding, verdict=verdict, value=found.overlap, sentence=_sentence(found), details=_details(found),
        selection=_selection(engine, filters, found),
    )  # fmt: skip


def _rule(share: float, top: int) -> str:
    return (
        f"Agrees where {percent_text(share)} or more of the {top} groups that stand out most in a month, and at least "
        f"{_FEWEST_SAME}, are there in each of the last {MONTHS} months of {MONTH_DAYS} days; in part where any is. A "
        f"group stands out where like things come up as often with a probability of {percent_text(STANDS_OUT)} at most."
    )


def _untold(found: MonthGroups) -> str:
    if found.span is None:
        return "no ticket has an opening date."
    if min(found.tickets) < _FEWEST_TICKETS:
        return f"one of the last {MONTHS} months has fewer than {_FEWEST_TICKETS} incidents."
    if all(one.told for one in found.candidates):
        return ""
    literal = f" {_literal(found)}" if found.dimension else ""
    named = any(one.has_titles for one in found.candidates)
    lacks = "titles have too short a past to be set against" if named else "incidents name no item and have no title"
    return f"{lacks}, so the same issue cannot be told from the same kind of demand.{literal}"


def _sentence(found: MonthGroups) -> str:
    when = f"in the {MONTHS} months to {_until(found)}"
    if not any(found.months):
        said = f"Nothing stands out from its like in any of the {MONTHS} months to {_until(found)}."
        return f"{said} {_literal(found)}" if found.dimension else said
    same, listed = len(found.same), [len(groups) for groups in reversed(found.months)]
    stand = " and ".join((", ".join(str(number) for number in listed[:-1]), str(listed[-1])))
    said = (
        f"{same} of the groups that stand out {when} ({stand} in each) {'is' if same == 1 else 'are'} there in all "
        f"three: an overlap of {percent_text(found.overlap)}."
    )
    return f"{said} {_literal(found)}" if found.dimension else said


def _until(found: MonthGroups) -> str:
    return day_text(found.span.end - timedelta(days=1)) if found.span else ""


def _literal(found: MonthGroups) -> str:
    verb = "is" if found.frequent == 1 else "are"
    return (
        f"By number alone, {count_text(found.frequent)} of the {count_text(found.kinds)} most frequent values of "
        f"{found.dimension} {verb} the same each month: frequent demand, and no fault by that."
    )


def _details(found: MonthGroups) -> pd.DataFrame:
    """A row a group that stands out in a month: the month (1 is the latest), what it is, and if it is in all."""
    rows = [
        {
            "months_back": place, "configuration_item": one.configuration_item, "title": one.title,
            "service": one.service, "category": one.category, "in_all": one in found.same,
        }
        for place, groups in enumerate(found.months)
        for one in groups
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _selection(engine: Engine, filters: Filters, found: MonthGroups) -> Selection | None:
    """The tickets of the groups in all three months."""
    if found.span is None or not found.same:
        return None
    until = filters.between(None, found.span.end)

    def tickets(definition: GroupDefinition) -> tuple[str, dict[str, object]]:
        looked_up = group_tickets(engine, definition, until)
        return looked_up.condition, looked_up.parameters

    return either([tickets(one) for one in found.same], found.span, "tickets of groups that are there in each month")


def _basis(engine: Engine, filters: Filters, found: MonthGroups) -> Basis:
    if found.span is None:
        return Basis(_DEFINITION, "", {}, engine.as_of, 0, caveats=_CAVEATS)
    return Basis(
        _DEFINITION, found.candidates[0].sql, found.span.parameters, engine.as_of, sum(found.tickets), (), _CAVEATS,
        "The backlog self-check, second question.",
        filters.between(found.span.start, found.span.end).sentence("opened"),
    )  # fmt: skip
