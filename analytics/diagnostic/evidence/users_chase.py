"""Users chase: how much of the demand asks about a ticket that is there already."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.chasing.chasers import FEWEST_TITLES, Chasers, chasers
from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.flow.moves import where
from analytics.formatting import count_text, hours_text, percent_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_NAME = "users_chase"
_DAYS_A_MONTH = 365.25 / 12
_UNSEEN = (
    "Titles alone cannot speak against it: neither the channel of a ticket nor the comments and contacts inside it are "
    "in the export, and most people ask there."
)


def users_chase(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where the share of chasers is above the threshold beyond chance, partial where chance could do it."""
    threshold, again = numbers.threshold(_NAME, "chaser_share"), again_within(numbers)
    found = chasers(engine, filters, again)
    start, end = found.filters.start, found.filters.end
    told = Finding(
        _NAME, verdict_of(found, threshold), found.share.value if found.share else None, threshold, "ratio",
        sentence_of(found), _rule(threshold, again), start, end - timedelta(days=1) if end else None, found.basis,
        reason=reason_of(found), selection=found.selection if found.share and found.chasers else None,
        details=_details(found), trend=_trend(found), cost=_cost(found, numbers),
    )  # fmt: skip
    if told.verdict == DISAGREES and not _contacts_are_seen(engine, found):
        return replace(told, verdict=CANNOT_TELL, reason=_UNSEEN)
    return told


def _contacts_are_seen(engine: Engine, found: Chasers) -> bool:
    """Whether asking shows elsewhere than in titles: by the channel of tickets, or by a history of who did what."""
    if found.inside.touches is not None or found.inside.replies is not None:
        return True
    conditions = [*found.filters.period_conditions("opened_on"), *found.filters.value_conditions()]
    sql = f"SELECT count(channel) AS known FROM tickets {where(conditions)}"
    return int(engine.query(sql, found.filters.parameters())["known"][0]) >= FEWEST_TICKETS


def again_within(numbers: Numbers) -> int:
    """Days within which the same subject is the same matter."""
    return round(numbers.threshold(_NAME, "again_within_days"))


def verdict_of(found: Chasers, threshold: float) -> Verdict:
    """The verdict; under five contacts nothing is sure."""
    if found.share is None:
        return CANNOT_TELL
    verdict = found.share.above(threshold)
    return PARTIAL if verdict == AGREES and found.chasers < FEWEST_TICKETS else verdict


def sentence_of(found: Chasers) -> str:
    """What was found in our own words; empty where it cannot be told."""
    if found.share is None:
        return ""
    titled = f"{count_text(found.titled)} tickets that people raised"
    if not found.chasers:
        return f"None of the {titled} asks about an earlier one by its title."
    ask = "ticket asks" if found.chasers == 1 else "tickets ask"
    parts = [
        f"{count_text(found.chasers)} {ask} about one that was there already, {found.share.words} of the {titled}."
    ]
    wait = found.median_wait_hours
    if wait is not None:
        parts.append(f"The tickets asked about had waited {hours_text(wait)} (median).")
    if found.inside.touched:
        inside = count_text(found.inside.touched)
        parts.append(f"Besides, people changed {inside} of their own tickets themselves while they waited.")
    return " ".join(parts)


def reason_of(found: Chasers) -> str:
    """Why it cannot be told; empty where it can."""
    if found.share is not None:
        return ""
    if not found.tickets:
        return "No incident or request of people was opened in this window."
    if found.titled:
        return f"Only {found.titled} tickets of this window have a title, and it takes {FEWEST_TITLES}."
    reasons = ["The export has no titles, so a call for news looks like any other ticket."]
    if found.alike is None:
        reasons.append("It does not say who asked either.")
    elif found.alike >= FEWEST_TICKETS:
        reasons.append(
            f"{percent_text(found.alike / found.tickets)} of the {count_text(found.tickets)} tickets are of a person "
            "with an earlier one of the same category and subcategory still open: asking again, or another matter."
        )
    if found.inside.has_history and found.inside.touches is None:
        reasons.append("Its history does not say which changes came from the people who asked.")
    if found.duplicates >= FEWEST_TICKETS:
        reasons.append(
            f"{percent_text(found.duplicates / found.tickets)} are marked as duplicates, of whom is not said."
        )
    return " ".join(reasons)


def _rule(threshold: float, again: int) -> str:
    return (
        f"Agrees when more than {percent_text(threshold)} of the tickets that people raise ask about an earlier one, "
        f"with the lower end of the 95 % interval above it too; the same person and subject again counts "
        f"within {again} days while the first is open. Speaks against it only where the export has channels, or who "
        "did what inside a ticket: titles alone show too little."
    )


def _details(found: Chasers) -> pd.DataFrame:
    """The groups whose tickets are asked about, else how the chasers were found."""
    if len(found.groups):
        frame = found.groups.assign(median_hours=found.groups["median_hours"].round(1))
        return frame.rename(
            columns={
                "assignment_group": "Group of the ticket asked about", "asked_about": "Tickets asked about",
                "chasers": "Contacts", "median_hours": "Hours waited (median)",
            }
        )  # fmt: skip
    kinds = found.kinds[found.kinds["chasers"] > 0]
    return pd.DataFrame({"How it was found": kinds["words"], "Contacts": kinds["chasers"]})


def _trend(found: Chasers) -> pd.DataFrame:
    if found.share is None:
        return pd.DataFrame({"period": [], "value": []})
    return pd.DataFrame({"period": found.months["month"].dt.date, "value": found.months["share"]})


def _cost(found: Chasers, numbers: Numbers) -> Cost:
    minutes = numbers.guess(_NAME, "minutes_per_contact")
    words = (
        f"contacts a month x {minutes.value:g} minutes of work each ({minutes.low:g} to {minutes.high:g}). The users' "
        "own time for asking is not in it: about as much again"
    )
    if found.share is None or not found.days:
        return unknown_cost(f"{words}.", "The contacts cannot be told from other tickets.")
    monthly = found.chasers / found.days * _DAYS_A_MONTH
    low, hours, high = (monthly * each / 60 for each in (minutes.low, minutes.value, minutes.high))
    return Cost(hours, low, high, f"{monthly:,.1f} {words}, another {hours:,.1f} hours.")
