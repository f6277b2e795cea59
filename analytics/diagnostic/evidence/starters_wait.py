"""Starters wait: how many new joiners were not ready by the start of their first morning."""

from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, PARTIAL, Finding, Verdict
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.onboarding.starters import ENOUGH, LONGEST, Starters, starters
from analytics.filters import Filters
from analytics.formatting import count_text, percent_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_NAME = "starters_wait"
_DAYS_A_MONTH = 365.25 / 12
# A request that stays open for longer was forgotten; the starter found another way.
_LONGEST_DAYS = 10


def starters_wait(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where more are late than the threshold beyond chance, partial where chance could do it."""
    threshold, fewest = numbers.threshold(_NAME, "late_share"), round(numbers.threshold(_NAME, "fewest_starters"))
    found = starters(engine, filters, window_days(numbers))
    reason, start, end = reason_of(found, fewest), found.filters.start, found.filters.end
    told = not reason and found.share is not None
    return Finding(
        _NAME, _verdict(found, threshold) if told else CANNOT_TELL,
        found.share.value if told and found.share else None, threshold, "ratio", sentence_of(found) if told else "",
        _rule(threshold, fewest, window_days(numbers)), start, end - timedelta(days=1) if end else None, found.basis,
        reason=reason, selection=found.selection if told and found.late else None,
        details=_details(found) if told else pd.DataFrame(), trend=_trend(found), cost=_cost(found, numbers, told),
    )  # fmt: skip


def window_days(numbers: Numbers) -> int:
    """Days of first mornings that are looked at."""
    return round(numbers.threshold(_NAME, "window_days"))


def fewest_starters(numbers: Numbers) -> int:
    """Starters that it takes to tell."""
    return round(numbers.threshold(_NAME, "fewest_starters"))


def reason_of(found: Starters, fewest: int) -> str:
    """Why it cannot be told; empty where it can."""
    if found.due >= fewest:
        return ""
    if not found.has_needed:
        starters_found = f" {count_text(found.requests)} requests for new joiners were found." if found.requests else ""
        return f"The export does not say by when anything is needed, such as a first day.{starters_found}"
    if not found.due and found.requests and found.undated == found.requests:
        return f"None of the {count_text(found.requests)} requests for new joiners says by when it is needed."
    if not found.due and not found.requests:
        return "No request for a new joiner was found in this window by the words for it."
    mornings = f"{found.due or 'no'} first {'morning' if found.due == 1 else 'mornings'} of starters"
    return f"There {'was' if found.due == 1 else 'were'} {mornings} in this window, and it takes {fewest} to tell."


def sentence_of(found: Starters) -> str:
    """What was found in our own words; quotes no export. Empty without starters."""
    share = found.share
    if share is None:
        return ""
    if not found.late:
        return f"All of the {count_text(found.due)} starters were ready by their first morning."
    were = "was" if found.late == 1 else "were"
    of_all = f"{count_text(found.late)} of {count_text(found.due)} starters"
    text = f"{of_all} {were} not ready by their first morning: {share.words}."
    facts = []
    if found.second_day:
        facts.append(f"{count_text(found.second_day)} still waited on the second")
    if found.still_open:
        facts.append(f"{count_text(found.still_open)} {'is' if found.still_open == 1 else 'are'} still open")
    more = " and ".join(facts)
    return " ".join(filter(None, (text, f"{more}." if more else "", _worst_words(found))))


def _worst_words(found: Starters) -> str:
    worst = found.worst
    if worst is None:
        return ""
    return (
        f"One site stands out: {percent_text(float(worst['share']))} of its {int(worst['starters'])} starters, against "
        f"{percent_text(float(worst['elsewhere']))} elsewhere."
    )


def _verdict(found: Starters, threshold: float) -> Verdict:
    if found.share is None:
        return CANNOT_TELL
    verdict = found.share.above(threshold)
    return PARTIAL if verdict == AGREES and found.late < FEWEST_TICKETS else verdict


def _rule(threshold: float, fewest: int, days: int) -> str:
    further = f"further back, to {LONGEST * days} days at most, where they are fewer than {ENOUGH}"
    return (
        f"Agrees when more than {percent_text(threshold)} of the starters of the last {days} days ({further}) were "
        "not ready by the start of business on their first day, with the lower end of the 95 % interval above it too; "
        f"it takes {fewest} starters to tell."
    )


def _details(found: Starters) -> pd.DataFrame:
    """By site, else by department: starters, late, share."""
    frame = found.sites if len(found.sites) > 1 or found.departments.empty else found.departments
    name = "Site" if frame is found.sites else "Department"
    return pd.DataFrame(
        {
            name: frame["value"], "Starters": frame["starters"], "Late": frame["late"],
            "Late, %": (frame["share"] * 100).round(1),
            "Stands out": ["yes" if out else "" for out in frame["stands_out"]],
        }
    )  # fmt: skip


def _trend(found: Starters) -> pd.DataFrame:
    return pd.DataFrame({"period": found.months["month"].dt.date, "value": found.months["share"]})


def _cost(found: Starters, numbers: Numbers, told: bool) -> Cost:
    lost = numbers.guess(_NAME, "share_of_day_lost")
    words = (
        f"x {lost.value:g} of the time lost ({lost.low:g} to {lost.high:g}); at most {_LONGEST_DAYS} days a starter."
    )
    if not told or not found.days:
        return unknown_cost(f"Business hours late a month {words}", "How late starters were cannot be told.")
    longest = _LONGEST_DAYS * found.day_hours
    late = sum(min(hours, longest) for hours in found.hours if hours > 0)
    monthly = late / found.days * _DAYS_A_MONTH
    low, hours, high = (monthly * each for each in (lost.low, lost.value, lost.high))
    return Cost(hours, low, high, f"{monthly:,.1f} business hours late a month {words}", whose="users")
