"""What stands behind recurring groups: the tickets used and left out, caveats, and why they cannot be told."""

from datetime import timedelta

from analytics.diagnostic.recurrence.recurring_groups import Recurring
from analytics.diagnostic.recurrence.recurring_span import FAULTS, RecurringSpan
from analytics.diagnostic.recurrence.usual_rate import FALSE_SHARE, FEWEST_PEERS
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import count_text, day_text
from analytics.warehouse.engine import Engine

_DEFINITION = (
    "A recurring group is the same configuration item and category, or nearly the same title on one service and "
    "category, that came up in more spells of three days than the threshold, and on more days than like things do."
)
_USUAL = (
    "Usual is what other items of the same category bring (negative binomial, the item itself left out; at least "
    f"{FEWEST_PEERS} others), else the item's own past. A title must stand out from its own past too."
)
_TITLES = (
    "Titles are compared without numbers, dates, names of places and words of politeness or urgency; those that name "
    "another ticket are left out: they ask about it."
)
_OUTAGES = (
    "Days with tickets are counted, not tickets, and days near each other once: one outage that brings many tickets is "
    "no fault that returns."
)
_SOURCE = "Diagnostic, sign 2: the same thing more than twice in a quarter. Multiplicity: Benjamini and Hochberg, 1995."


def recurring_basis(engine: Engine, filters: Filters, found: Recurring) -> Basis:
    """The basis of the groups found."""
    if found.span is None:
        return Basis(_DEFINITION, "", {}, engine.as_of, 0, source=_SOURCE)
    return Basis(
        _DEFINITION, found.candidates.sql, found.span.parameters, engine.as_of, found.candidates.tickets,
        _excluded(engine, found.span, found), _caveats(found), _SOURCE,
        filters.between(found.span.start, found.span.end).sentence("opened"),
    )  # fmt: skip


def untold(found: Recurring) -> str:
    """Why recurring groups cannot be told, else empty."""
    span, candidates = found.span, found.candidates
    if span is None:
        return "no ticket has an opening date."
    when = f"in the {span.days} days to {day_text(span.end - timedelta(days=1))}"
    if candidates.tickets < 5:
        return f"fewer than 5 incidents were opened {when}."
    if candidates.told:
        return ""
    if candidates.has_titles:
        return (
            "titles alone tell a fault from frequent demand only against their past, and the records do not go back "
            f"{found.past_days} days before {day_text(span.start)}."
        )
    if not candidates.services:
        return (
            f"of {count_text(candidates.tickets)} incidents {when} fewer than 5 % name an item or have a title, so one "
            "thing cannot be told from another."
        )
    if found.counted:
        return ""
    number = found.frequent_total
    return (
        "incidents name no item and have no title, and a service with a category is too coarse to tell a fault that "
        f"returns from usual demand: {count_text(number)} such {'pair' if number == 1 else 'pairs'} came more than "
        f"{found.more_than} times {when}, none beyond what it brought before."
    )


def _excluded(engine: Engine, span: RecurringSpan, found: Recurring) -> tuple[tuple[str, int], ...]:
    days = "opened_on >= :window_start AND opened_on < :window_end"
    conditions = [days, f"NOT ({FAULTS})", *span.filters.value_conditions()]
    counted = engine.query(f"SELECT count(*) AS tickets FROM tickets WHERE {' AND '.join(conditions)}", span.parameters)
    others = int(counted["tickets"].iloc[0])
    reasons = (("requests, changes, problem records and what was cancelled", others),)
    return tuple(
        (reason, count) for reason, count in (*reasons, ("machine alerts", found.alerts.from_machines)) if count
    )


def _caveats(found: Recurring) -> tuple[str, ...]:
    caveats = [
        _OUTAGES,
        _USUAL,
        f"Of all groups named, {FALSE_SHARE:.0%} may be chance (Benjamini and Hochberg).".replace("%", " %"),
        _TITLES,
    ]
    if found.candidates.capped:
        caveats.append(
            f"{count_text(found.candidates.capped)} rare titles were compared by being equal only: there are too many "
            "to compare each with all others."
        )
    return tuple(caveats)
