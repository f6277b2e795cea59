"""Growing demand: the category behind much of the backlog's growth, where more of it comes in than before."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.booked import booked
from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.growing_values import Growing, growing_values
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.window import dried_up, end_of, last_days, past_caveats
from analytics.extent import first_day
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.bridge import OPEN_AT_END
from analytics.formatting import count_text, percent_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "growing_demand"
_FEWEST_DAYS = 91
_MONTH_DAYS = 365 / 12
_HEADINGS = {
    "value": "Category", "change": "Grew by", "share": "Share of all growth", "opened": "Opened",
    "opened_before": "Opened before", "demand": "Through demand", "throughput": "Through throughput",
    "by_demand": "By demand, beyond chance",
}  # fmt: skip
_FORMULA = "More tickets of the category a month than in the period before x the hours booked on one of them."


def growing_demand(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where one category makes up enough of the growth, beyond chance and through demand."""
    limit, most_days = numbers.threshold(_NAME, "growth_share"), round(numbers.threshold(_NAME, "window_days"))
    end, first = end_of(engine, filters), first_day(engine)
    days = min(most_days, (end - first).days // 2) if end and first else 0
    rule = _rule(limit, most_days)
    if end is None or days < _FEWEST_DAYS:
        reason = f"it takes records of two periods of at least {_FEWEST_DAYS} days each."
        empty = Basis("", "", {}, engine.as_of, 0)
        return Finding(_NAME, CANNOT_TELL, None, limit, "ratio", "", rule, None, None, empty, reason)
    window = last_days(engine, filters, days)
    found = growing_values(engine, window)
    last = end - timedelta(days=1)
    basis = replace(found.basis, caveats=(*found.basis.caveats, *past_caveats(engine, window)))
    told = Finding(_NAME, CANNOT_TELL, None, limit, "ratio", "", rule, window.start, last, basis)
    if reason := dried_up(engine, window):
        return replace(told, reason=reason)
    return _judged(engine, told, found, window, limit)


def _judged(engine: Engine, told: Finding, found: Growing, window: Filters, limit: float) -> Finding:
    if int(found.whole.frame["value"].notna().sum()) < 2:
        return replace(told, reason="fewer than two categories are recorded.")
    days = (window.end - window.start).days if window.start and window.end else 0
    if found.change < FEWEST_TICKETS:
        way = "shrank by" if found.change < 0 else "changed by only"
        sentence = (
            f"The backlog {way} {count_text(abs(found.change))} tickets in {days} days: no one demand makes it grow."
        )
        return replace(told, verdict=DISAGREES, value=0.0, sentence=sentence)
    named = found.frame[found.frame["by_demand"] & (found.frame["share"] >= limit)].reset_index(drop=True)
    grew = f"The backlog grew by {count_text(found.change)} tickets in {days} days"
    if named.empty:
        return _unnamed(replace(told, details=_shown(found)), found, grew, limit)
    return replace(
        told, verdict=AGREES, value=float(named["share"].max()), sentence=f"{grew}; {_sentence(named.iloc[0], days)}",
        selection=_selection(window, str(named["value"].iloc[0])), details=_shown(found),
        cost=_cost(engine, window, named.iloc[0], days),
    )  # fmt: skip


def _unnamed(told: Finding, found: Growing, grew: str, limit: float) -> Finding:
    """No category is to blame; cannot tell where one may yet be, by chance or among what has no category."""
    largest = found.most_through_demand
    if largest >= limit:
        brought = f"of which one category, with more of it coming in than ending, brought {percent_text(largest)}"
        return replace(told, reason=f"{grew}, {brought}, which may be chance.")
    if largest + found.unlabelled >= limit:
        unknown = f"{percent_text(found.unlabelled)} of all growth has no category recorded"
        return replace(told, reason=f"{grew}; {unknown}, and no category stands out in the rest.")
    most = f": the most that one brought so is {percent_text(largest)} of all growth" if largest else ""
    sentence = f"{grew}; no one category makes it grow through demand{most}."
    return replace(told, verdict=DISAGREES, value=largest, sentence=sentence)


def _sentence(row: pd.Series, days: int) -> str:
    opened, before = int(row["opened"]), int(row["opened_before"])
    share, change = percent_text(float(row["share"])), count_text(int(row["change"]))
    return (
        f"one category brought {share} of all growth ({change} tickets): {count_text(opened)} of it came in, against "
        f"{count_text(before)} in the {days} days before."
    )


def _shown(found: Growing) -> pd.DataFrame:
    """The categories that grew, under words for people."""
    return found.frame.rename(columns=_HEADINGS)[list(_HEADINGS.values())]


def _selection(window: Filters, value: str) -> Selection:
    """The tickets of the category that are open at the end, the oldest first."""
    chosen = window.only("category", value)
    conditions = ["opened_on IS NOT NULL", OPEN_AT_END, *chosen.value_conditions()]
    words = "tickets of the category that grew, open at the end"
    return Selection(words, " AND ".join(conditions), chosen.parameters(), "opened_at, ticket_id")


def _cost(engine: Engine, window: Filters, row: pd.Series, days: int) -> Cost:
    chosen = window.only("category", str(row["value"]))
    conditions = [*chosen.period_conditions("ended_on"), *chosen.value_conditions()]
    work = booked(engine, " AND ".join(conditions), chosen.parameters())
    if work is None:
        return unknown_cost(_FORMULA, "no work is booked on tickets of this category.")
    more = max(0.0, float(row["demand"])) / days * _MONTH_DAYS
    hours = work.hours
    return Cost(more * hours.value, more * hours.low, more * hours.high, _FORMULA)


def _rule(limit: float, days: int) -> str:
    return (
        f"Agrees where the backlog grew in the last {days} days (or half of what is loaded, where that is less), one "
        f"category makes up at least {percent_text(limit)} of all growth, and its demand grew beyond chance against "
        "all other demand and the period before."
    )
