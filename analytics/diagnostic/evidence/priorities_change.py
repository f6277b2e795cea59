"""Priorities change: how many tickets have their priority changed, in all and in the groups that change most."""

from dataclasses import replace
from datetime import timedelta

from analytics.diagnostic.cost import unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding
from analytics.diagnostic.group_shares import groups_above
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share import Share
from analytics.diagnostic.window import last_days
from analytics.filters import NOT_RECORDED, Filters, Value
from analytics.flow.priority_drift import PriorityDrift
from analytics.flow.reprioritisation import Reprioritisation, changed_selection, reprioritisation
from analytics.formatting import count_text, percent_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_NAME = "priorities_change"
_DAYS = 365
_FEWEST_IN_GROUP = 30
_CHANCE = 0.01
_HEADINGS = {
    "assignment_group": "Group", "tickets": "Tickets", "changed": "Changed", "share": "Share", "changes": "Changes",
    "above": "Above the threshold, beyond chance",
}  # fmt: skip
_FORMULA = "Hours lost to changes of priority: not worked out."
_REASON = "what it costs to put one ticket down for another is booked nowhere."


def priorities_change(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where more tickets of the desk, or of one group, than the threshold have had their priority changed."""
    limit, window = numbers.threshold(_NAME, "changed_share"), last_days(engine, filters, _DAYS)
    found = reprioritisation(engine, window)
    last = window.end - timedelta(days=1) if window.end else None
    told = Finding(
        _NAME, CANNOT_TELL, None, limit, "ratio", "", _rule(limit), window.start, last, found.basis,
        cost=unknown_cost(_FORMULA, _REASON),
    )  # fmt: skip
    if found.drift is not None:
        return _by_proxy(told, found.drift, limit)
    if found.tickets < FEWEST_TICKETS:
        return replace(told, reason="too few tickets with a history of their priority were opened.")
    return _by_history(told, found, window, limit)


def _by_history(told: Finding, found: Reprioritisation, window: Filters, limit: float) -> Finding:
    groups, share = found.groups, Share(found.changed, found.tickets)
    above = groups_above(groups["changed"], groups["tickets"], limit, _FEWEST_IN_GROUP)
    above &= groups["changed"] >= FEWEST_TICKETS
    named, verdict = int(above.sum()), share.above(limit)
    few = verdict != DISAGREES and found.changed < FEWEST_TICKETS
    if few and not named:
        return replace(told, reason=f"too few: {found.changed} of {found.tickets} tickets had their priority changed.")
    noun = "group changes" if named == 1 else "groups change"
    worst = float((groups["changed"] / groups["tickets"])[above].max()) if named else 0.0
    whose, most = ("their", f"the most {percent_text(worst)}") if named > 1 else ("its", percent_text(worst))
    by_group = f" {count_text(named)} {noun} more than {percent_text(limit)} of {whose} tickets, beyond chance: {most}."
    values = tuple(_value(name) for name in groups.loc[above, "assignment_group"])
    selection = changed_selection(_held_by(window, values) if values else window)
    return replace(
        told, verdict=AGREES if named else verdict, value=worst if named and verdict == DISAGREES else share.value,
        sentence=f"{_sentence(found, share)}{by_group if named else ''}",
        selection=selection if found.changed else None,
        details=groups.assign(above=above).rename(columns=_HEADINGS)[list(_HEADINGS.values())],
    )  # fmt: skip


def _by_proxy(told: Finding, drift: PriorityDrift, limit: float) -> Finding:
    """Without a history at most partial: a mix that moves may have other reasons, one that does not says nothing."""
    if drift.distance is None or drift.p_value is None:
        return replace(told, reason=f"{drift.reason}.".replace("of them", "of priorities"))
    if drift.distance > limit and drift.p_value < _CHANCE:
        return replace(
            told,
            verdict=PARTIAL,
            value=drift.distance,
            sentence=drift.sentence,
            details=drift.mix.rename(columns=str.capitalize),
        )
    moved = f"the mix of priorities, which moved by {percent_text(drift.distance)} against the year before"
    return replace(told, reason=f"no history shows changes of priority, and {moved}, cannot speak against it.")


def _sentence(found: Reprioritisation, share: Share) -> str:
    tickets = f"{count_text(found.tickets)} tickets opened in a year"
    if not found.changed:
        return f"None of {tickets} had its priority changed."
    times = f"{found.changes_per_changed:.1f} times each"
    return (
        f"{share.words} of {tickets} had their priority changed, {times}: {count_text(found.raised)} were raised, "
        f"{count_text(found.lowered)} lowered."
    )


def _held_by(window: Filters, values: tuple[Value, ...]) -> Filters:
    others = tuple(pair for pair in window.where if pair[0] != "assignment_group")
    return replace(window, where=tuple(sorted((*others, ("assignment_group", values)))))


def _value(name: object) -> Value:
    return None if name == NOT_RECORDED else str(name)


def _rule(limit: float) -> str:
    return (
        f"Agrees where more than {percent_text(limit)} of the tickets opened in the last {_DAYS} days have had their "
        f"priority changed, beyond chance: of all tickets, or of those of one group of at least {_FEWEST_IN_GROUP}. "
        "Without a history the mix of priorities stands in, and then it is partial at most."
    )
