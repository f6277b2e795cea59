"""Slow group: a group that takes clearly longer than the usual one for tickets of the same kinds."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.slow_groups import SlowGroups, slow_groups
from analytics.diagnostic.window import last_days
from analytics.filters import Filters, Value
from analytics.formatting import count_text, hours_text
from analytics.kpis.mttr import MTTR
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "slow_group"
_FORMULA = "Hours lost to a group's longer times: not worked out."
_REASON = "a longer time is mostly waiting, which is no work of the desk."
_HEADINGS = {
    "label": "Group", "tickets": "Tickets", "hours": "Typical hours, like with like", "times": "Times the usual",
    "at_least": "At least",
}  # fmt: skip


def slow_group(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where a group takes at least so many times as long as the usual one, and longer beyond chance."""
    times, days = numbers.threshold(_NAME, "times_slower"), round(numbers.threshold(_NAME, "window_days"))
    window = last_days(engine, filters, days)
    found = slow_groups(engine, window)
    last = window.end - timedelta(days=1) if window.end else None
    told = Finding(
        _NAME, CANNOT_TELL, None, times, "times", "", _rule(times, days), window.start, last, found.mix.basis,
        details=found.frame.rename(columns=_HEADINGS)[list(_HEADINGS.values())], cost=unknown_cost(_FORMULA, _REASON),
    )  # fmt: skip
    if not found.mix.keys:
        return replace(
            told, reason="type, priority and category are not recorded, so that like cannot be compared with like."
        )
    if found.frame.empty:
        return replace(told, reason="fewer than two groups resolve enough tickets of the same kinds.")
    return _judged(told, found, times, window)


def _judged(told: Finding, found: SlowGroups, times: float, window: Filters) -> Finding:
    frame = found.frame
    slow = frame[(frame["times"] >= times) & (frame["at_least"] > 1)]
    if slow.empty:
        most = float(frame["times"].max())
        if most >= times:
            unsure = f"a group takes {most:.1f} times as long as the usual one, and with so few like tickets"
            return replace(told, value=most, reason=f"{unsure} that may be chance.")
        sentence = (
            f"None of {count_text(len(frame))} groups takes clearly {times:g} times as long as the usual one for like "
            f"tickets; the most is {most:.1f} times."
        )
        return replace(told, verdict=DISAGREES, value=most, sentence=sentence)
    values = tuple(slow["value"])
    return replace(
        told, verdict=AGREES, value=float(slow["times"].iloc[0]), sentence=_sentence(slow, len(frame)),
        selection=_selection(window, values),
    )  # fmt: skip


def _sentence(slow: pd.DataFrame, groups: int) -> str:
    first = slow.iloc[0]
    verb = "takes" if len(slow) == 1 else "take"
    clearest = "It takes" if len(slow) == 1 else "The clearest takes"
    return (
        f"{count_text(len(slow))} of {count_text(groups)} groups {verb} clearly longer than the usual one for like "
        f"tickets. {clearest} {first['times']:.1f} times as long (at least {first['at_least']:.1f}), typically "
        f"{hours_text(first['hours'])} a ticket."
    )


def _selection(window: Filters, values: tuple[Value, ...]) -> Selection:
    """The tickets that the slow groups resolved, the longest first."""
    others = tuple(pair for pair in window.where if pair[0] != "assignment_group")
    chosen = replace(window, where=tuple(sorted((*others, ("assignment_group", values)))))
    conditions = [MTTR.population, *chosen.period_conditions(MTTR.anchor), *chosen.value_conditions()]
    words = "tickets resolved by the groups that take longer"
    return Selection(words, " AND ".join(conditions), chosen.parameters(), "resolution_hours DESC, ticket_id")


def _rule(times: float, days: int) -> str:
    return (
        f"Agrees where a group's typical time over the last {days} days is at least {times:g} times that of the usual "
        "other group for tickets of the same type, priority and category, and longer beyond chance. Groups that "
        "take less than half the middle one's time, such as a first line, are left aside."
    )
