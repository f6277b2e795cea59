"""Recurring groups as tables and as one selection: for details, pictures and the tickets behind them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.diagnostic.recurrence.recurring_span import LOOK_BACK_DAYS, RecurringSpan
from analytics.selection import Selection

_MOST_SELECTED = 20
_PARAMETER = re.compile(r":([a-z_][a-z0-9_]*)")


def groups_table(groups: Sequence[RecurringGroup]) -> pd.DataFrame:
    """A row a group. Titles, items, services and categories are export text; columns without any are left out."""
    rows = [
        {
            "state": group.state, "configuration_item": group.definition.configuration_item,
            "typical_title": group.typical_title, "tickets": group.tickets, "usual": _usual(group.expected),
            "earlier_in_the_year": group.before, "after_one_was_resolved": group.returned,
            "problem_record": group.record,
            "first": group.first_seen, "last": group.last_seen, "category": group.definition.category,
            "service": group.definition.service,
        }
        for group in groups
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    empty = [name for name in ("configuration_item", "typical_title", "service") if name in table]
    return table.drop(columns=[name for name in empty if not table[name].any()])


def _usual(expected: float) -> str:
    """How many days with a ticket are usual."""
    return "cannot tell" if pd.isna(expected) else "under 1" if expected < 1 else f"{expected:.0f}"


def groups_selection(groups: Sequence[RecurringGroup], span: RecurringSpan) -> Selection | None:
    """The tickets of the window of all of them (of the first 20), the newest first; None without any."""
    found = [(group.found.condition, group.found.parameters) for group in groups]
    words = f"tickets of recurring groups opened in the {span.days} days to {span.end - timedelta(days=1)}"
    return either(found, span, words)


def either(found: Sequence[tuple[str, Mapping[str, object]]], span: RecurringSpan, words: str) -> Selection | None:
    """The tickets of the window that meet any of some conditions, each with its parameters; None without any."""
    parts: list[str] = []
    parameters: dict[str, object] = {"window_start": span.start, "window_end": span.end}
    for place, (condition, bound) in enumerate(found[:_MOST_SELECTED]):
        named = _PARAMETER.sub(rf":g{place}_\1", condition)
        parts.append(f"({named})")
        parameters |= {f"g{place}_{name}": value for name, value in bound.items()}
    if not parts:
        return None
    inside = "opened_on >= :window_start AND opened_on < :window_end"
    return Selection(words, f"{inside} AND ({' OR '.join(parts)})", parameters)


def weekly_tickets(groups: Sequence[RecurringGroup], span: RecurringSpan) -> pd.DataFrame:
    """Tickets of each group a week of the year up to the window's end: `place` (of the group), `week`, `tickets`."""
    return weekly_counts([group.found.frame["opened_on"] for group in groups], span.end)


def weekly_counts(opened_on: Sequence[pd.Series], end: date) -> pd.DataFrame:
    """The same of days of opening, a series a place."""
    frames = []
    for place, opened in enumerate(opened_on):
        days = pd.to_datetime(opened)
        days = days[(days >= pd.Timestamp(end - timedelta(days=LOOK_BACK_DAYS))) & (days < pd.Timestamp(end))]
        weeks = (days - pd.to_timedelta(days.dt.day_of_week, unit="D")).value_counts().sort_index()
        frames.append(pd.DataFrame({"place": place, "week": weeks.index, "tickets": weeks.to_numpy()}))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame({"place": [], "week": [], "tickets": []})


def monthly_trend(groups: Sequence[RecurringGroup], span: RecurringSpan, months: int = 12) -> pd.DataFrame:
    """`period` (first of 30 days, oldest first) and `value`, the groups' tickets in them."""
    if not groups:
        return pd.DataFrame({"period": [], "value": []})
    days = pd.concat([pd.to_datetime(group.found.frame["opened_on"]) for group in groups])
    back = ((pd.Timestamp(span.end) - days).dt.days - 1) // 30
    counts = np.bincount(back[(back >= 0) & (back < months)], minlength=months)[::-1]
    starts = [pd.Timestamp(span.end - timedelta(days=30 * (months - place))) for place in range(months)]
    return pd.DataFrame({"period": starts, "value": counts})
