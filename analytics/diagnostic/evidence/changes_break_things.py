"""Changes break things: incidents that name a change as their cause, and those that possibly have one."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd
from scipy import stats

from analytics.diagnostic.booked import booked
from analytics.diagnostic.changes.change_incidents import QUARTER_DAYS, ChangeIncidents, change_incidents
from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.formatting import count_text, percent_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_NAME = "changes_break_things"
_UNIT, _POSSIBLE_UNIT = "incidents a quarter", "possible incidents a quarter"
_MONTH_DAYS = 365 / 12
_FORMULA = "Incidents linked to a change a month x hours of work each"
_FEWEST_TESTED = 5
_HEADINGS = {
    "change": "Change", "tier": "Tier", "outcome": "Outcome", "item": "Item", "ended_at": "Ended (UTC)",
    "linked": "Incidents linked", "on_item_after": "On its item after", "expected": "Expected there",
}  # fmt: skip


def changes_break_things(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees by links above the threshold, partial by possible ones alone."""
    limit, days = numbers.threshold(_NAME, "incidents_per_quarter"), numbers.threshold(_NAME, "days_after")
    found = change_incidents(engine, filters, days)
    window = found.window
    last = window.end - timedelta(days=1) if window.end else None
    told = Finding(
        _NAME, CANNOT_TELL, None, limit, _UNIT, "", _rule(limit, days), window.start, last, found.basis,
        details=found.worst.rename(columns=_HEADINGS),
    )  # fmt: skip
    if found.quarters.empty:
        return replace(told, first=None, reason=_no_quarter(found))
    trend = _trend(found, "linked") if found.linked_ever else told.trend
    told = replace(told, trend=trend, cost=_cost(engine, found, numbers))
    return _judged(told, found, limit)


def _judged(told: Finding, found: ChangeIncidents, limit: float) -> Finding:
    by_link = found.linked / len(found.quarters)
    enough = found.linked >= FEWEST_TICKETS
    if enough and by_link > limit:
        selection = found.linked_selection
        return replace(told, verdict=AGREES, value=by_link, sentence=_by_link(found), selection=selection)
    if found.possible >= FEWEST_TICKETS:
        return replace(
            told, verdict=PARTIAL, value=found.possible / len(found.quarters), unit=_POSSIBLE_UNIT,
            sentence=f"{_links(found)} {_possible(found)}", selection=found.possible_selection,
            trend=_trend(found, "possible"),
        )  # fmt: skip
    if not found.records.ever:
        return replace(told, reason=f"no change records are loaded, and {_names_a_change(found)}.")
    if by_link > limit:
        return replace(told, reason=f"too few: {found.linked} incidents are linked to a change in this time.")
    if not found.linked_ever and found.suspects.tested < _FEWEST_TESTED:
        return replace(told, reason="no incident is linked to a change, and too few name the item that was changed.")
    value = by_link if found.linked_ever else None
    behind = found.linked_selection if found.linked else None
    return replace(told, verdict=DISAGREES, value=value, sentence=_quiet(found), selection=behind)


def _by_link(found: ChangeIncidents) -> str:
    linked = found.worst[found.worst["linked"] > 0]
    possible = f" {_possible(found)}" if found.possible >= FEWEST_TICKETS else ""
    noun = "change" if len(linked) == 1 else "changes"
    worst = f", {count_text(int(linked['linked'].max()))} by the worst" if len(linked) > 1 else ""
    return f"{_links(found)[:-1]} ({count_text(len(linked))} {noun}{worst}).{possible}{_failures(found)}"


def _links(found: ChangeIncidents) -> str:
    when = f"in {_time(found)}"
    if not found.linked:
        return f"No incident is linked to a change {when}."
    mean = found.linked / len(found.quarters)
    each = f", {mean:,.1f} a quarter".replace(".0 ", " ") if len(found.quarters) > 1 else ""
    verb = "incident is" if found.linked == 1 else "incidents are"
    return f"{count_text(found.linked)} {verb} linked to a change {when}{each}."


def _possible(found: ChangeIncidents) -> str:
    changes = len(found.suspects.frame)
    noun = "change" if changes == 1 else "changes"
    what = f"{count_text(found.possible)} incidents not linked"
    if found.linked:
        what = f"{count_text(found.possible)} more"
    return f"{what} are possibly caused by {count_text(changes)} {noun}: more than expected on the item soon after."


def _quiet(found: ChangeIncidents) -> str:
    tested = found.suspects.tested
    around = f" {count_text(tested)} changes on items with incidents were tested: after none came more than expected."
    return f"{_links(found)}{around if tested and not found.possible else ''}{_failures(found)}"


def _failures(found: ChangeIncidents) -> str:
    """The share of all changes that failed, where enough outcomes are known."""
    tiers = found.records.tiers
    known, failed = int(tiers["known"].sum()), int(tiers["failed"].sum())
    if known < FEWEST_TICKETS:
        return ""
    return f" Of {count_text(known)} changes with a known outcome {percent_text(failed / known)} failed."


def _time(found: ChangeIncidents) -> str:
    quarters = len(found.quarters)
    return "the last quarter" if quarters == 1 else f"the last {quarters} quarters"


def _no_quarter(found: ChangeIncidents) -> str:
    if not found.records.ever and not found.linked_ever:
        return "no change records are loaded, and no ticket names a change that caused it."
    return f"changes are recorded for less than a quarter ({QUARTER_DAYS} days)."


def _names_a_change(found: ChangeIncidents) -> str:
    """What there is where no changes are loaded: links below the threshold, which are at least so many."""
    number = found.linked_ever
    verb = "ticket names" if number == 1 else "tickets name"
    return f"only {count_text(number)} {verb} a change as the cause, which says nothing of the others"


def _trend(found: ChangeIncidents, column: str) -> pd.DataFrame:
    return found.quarters[["period", column]].rename(columns={column: "value"})


def _cost(engine: Engine, found: ChangeIncidents, numbers: Numbers) -> Cost:
    """Linked incidents a month, with Poisson's exact 95 % interval, times booked hours or the assumption."""
    if found.linked < FEWEST_TICKETS:
        return unknown_cost(_FORMULA, "too few incidents are linked to a change.")
    selection = found.linked_selection
    work = booked(engine, selection.condition, selection.parameters)
    hours = work.hours if work else numbers.guess(_NAME, "hours_per_incident")
    months = len(found.quarters) * QUARTER_DAYS / _MONTH_DAYS
    low, high = stats.chi2.ppf(0.025, 2 * found.linked) / 2, stats.chi2.ppf(0.975, 2 * found.linked + 2) / 2
    ends = f"{hours.value:,.1f} hours of work each ({hours.low:,.1f} to {hours.high:,.1f}"
    source = f"booked on {count_text(work.tickets)} of them" if work else "assumed"
    formula = f"{found.linked / months:,.1f} incidents linked to a change a month x {ends}, {source})."
    return Cost(
        found.linked / months * hours.value, float(low) / months * hours.low, float(high) / months * hours.high, formula
    )


def _rule(limit: float, days: float) -> str:
    return (
        f"Agrees where more than {limit:g} a quarter, on the mean of the last four quarters, are linked to a change, "
        f"and at least {FEWEST_TICKETS} in all. Partial where only possible ones are found: at least {FEWEST_TICKETS} "
        f"on one item within {days:g} days of a change, twice as many as expected and beyond chance."
    )
