"""Recurring groups: what comes back more often than like things do, apart from frequent demand and machine alerts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

from analytics.diagnostic.recurrence.alert_groups import AlertGroups, alert_groups
from analytics.diagnostic.recurrence.group_candidates import PAST_DAYS, Candidates, group_candidates
from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.group_record import fixed_problems, record_of
from analytics.diagnostic.recurrence.group_state import group_state
from analytics.diagnostic.recurrence.group_tickets import group_tickets
from analytics.diagnostic.recurrence.machine_alerts import is_regular
from analytics.diagnostic.recurrence.near_titles import largest_share
from analytics.diagnostic.recurrence.normalised_title import normalised_title
from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.diagnostic.recurrence.recurring_span import SPELL_DAYS, RecurringSpan, recurring_span
from analytics.diagnostic.recurrence.usual_rate import FALSE_SHARE
from analytics.filters import Filters
from analytics.warehouse.engine import Engine

# Each is looked at ticket by ticket; nobody reads a longer list.
MOST_GROUPS = 60
# Of an item's titles, so many are about the same thing where one fault comes back; else it is used a lot.
_ALIKE, _ALIKE_SHARE = 70, 0.5
_FREQUENT = ("name", "category", "service", "tickets")


@dataclass(frozen=True)
class Recurring:
    """The recurring `groups` of a `span` (None where nothing is dated), the least probable first.

    `frequent` lists what came more than so many times, and as often as like things do: `name`, `category`, `service`,
    `tickets`; `frequent_total` counts them. `candidates` says what could be looked at.
    """

    span: RecurringSpan | None
    more_than: int
    groups: tuple[RecurringGroup, ...] = ()
    frequent: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_FREQUENT)))
    frequent_total: int = 0
    alerts: AlertGroups = field(default_factory=AlertGroups)
    candidates: Candidates = field(default_factory=Candidates)

    @property
    def past_days(self) -> int:
        """How far back before the window it takes records to set titles against."""
        return PAST_DAYS

    @property
    def counted(self) -> tuple[RecurringGroup, ...]:
        """Those that speak for the statement."""
        return tuple(group for group in self.groups if group.counts)

    @property
    def unowned(self) -> tuple[RecurringGroup, ...]:
        """Those of them without a problem record."""
        return tuple(group for group in self.counted if not group.is_owned)


def recurring_groups(
    engine: Engine,
    filters: Filters,
    more_than: int = 2,
    window_days: int = 90,
    owned: frozenset[str] = frozenset(),
    dismissed: frozenset[str] = frozenset(),
    fixed: tuple[tuple[str, date], ...] = (),
) -> Recurring:
    """The groups of so many days up to the filters' end; `owned`, `dismissed` and `fixed` as in `Known`."""
    span = recurring_span(engine, filters, window_days)
    if span is None:
        return Recurring(None, more_than)
    candidates = group_candidates(engine, span)
    odd = candidates.improbable
    found = [_looked_at(engine, span, row, owned, dismissed, fixed) for row in odd.head(MOST_GROUPS).to_dict("records")]
    groups, machines = [], []
    for group in found:
        if is_regular(group.found.frame["opened_at"].tail(200), engine.reporting_time_zone):
            machines.append(group)
        elif _is_listed(group, span, more_than) and _is_one_fault(group, span, candidates):
            groups.append(group)
    frequent = _frequent(candidates, more_than, {group.key for group in (*groups, *machines)})
    alerts = alert_groups(engine, span, more_than, machines)
    return Recurring(span, more_than, tuple(groups), frequent.head(20), len(frequent), alerts, candidates)


def definition_of(row: Mapping[Any, Any]) -> GroupDefinition:
    """The definition of a candidate's row."""
    texts = {
        name: None if pd.isna(row[name]) else str(row[name])
        for name in ("category", "service", "configuration_item", "title")
    }
    return GroupDefinition(row["kind"], **texts)


def _looked_at(
    engine: Engine, span: RecurringSpan, row: Mapping[Any, Any], owned: frozenset[str], dismissed: frozenset[str],
    fixed: tuple[tuple[str, date], ...],
) -> RecurringGroup:  # fmt: skip
    definition = definition_of(row)
    found = group_tickets(engine, definition, span.filters.between(None, span.end))
    frame = found.frame
    inside = frame[pd.to_datetime(frame["opened_on"]) >= pd.Timestamp(span.start)]
    returned = _after_an_end(frame, inside)
    ends = [fixed_problems(engine, frame), *(_end_of(day) for key, day in fixed if key == definition.key)]
    fixed_at = min((end for end in ends if end is not None), default=None)
    return RecurringGroup(
        definition,
        group_state(frame["opened_on"], span.end, definition.key in dismissed),
        len(inside), int(row["spells"]), int(row["before"]), float(row["expected"]), float(row["p"]),
        _typical(inside if len(inside) else frame), frame["opened_on"].min().date(), frame["opened_on"].max().date(),
        record_of(frame, span, definition.key in owned), returned,
        0 if fixed_at is None else int((inside["opened_at"] > fixed_at).sum()), fixed_at is not None, found,
    )  # fmt: skip


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max)


def _after_an_end(frame: pd.DataFrame, inside: pd.DataFrame) -> int:
    """How many tickets of the window were opened after an earlier one had been resolved."""
    first_end = frame["resolved_at"].min()
    return 0 if pd.isna(first_end) else int((inside["opened_at"] > first_end).sum())


def _typical(frame: pd.DataFrame) -> str:
    """The commonest title as written, of the commonest normalised one; empty without titles."""
    titles = frame["title"].dropna().astype(str)
    if titles.empty:
        return ""
    normal = titles.map(normalised_title)
    return str(titles[normal == normal.mode().iloc[0]].mode().iloc[0])


def _is_one_fault(group: RecurringGroup, span: RecurringSpan, candidates: Candidates) -> bool:
    """An item whose titles differ, and that brings no more than it always did, is used a lot: no fault that returns."""
    if group.definition.kind != "item":
        return True
    frame = group.found.frame
    lately = frame[pd.to_datetime(frame["opened_on"]) >= pd.Timestamp(span.year_start)]
    titles = lately["title"].dropna().astype(str)
    if len(titles) * 2 < len(lately):
        return True
    alike = largest_share(titles.map(normalised_title), _ALIKE)
    return alike >= _ALIKE_SHARE or candidates.past_of(group.definition) < FALSE_SHARE / max(len(candidates.frame), 1)


def _is_listed(group: RecurringGroup, span: RecurringSpan, more_than: int) -> bool:
    """More than so many spells within as many days as the window has, at some time of the year; one outage is one.

    What came that often stays listed while it still comes, and is listed as gone once it does not.
    """
    days = pd.to_datetime(group.found.frame["opened_on"])
    spells = ((days[days >= pd.Timestamp(span.year_start)] - pd.Timestamp(span.start)).dt.days // SPELL_DAYS).unique()
    starts = np.sort(spells) * SPELL_DAYS
    together = np.searchsorted(starts, starts + span.days) - np.arange(len(starts))
    often = bool(together.max(initial=0) > more_than)
    return often and (group.tickets > 0 or group.state in ("gone", "dismissed"))


def _frequent(candidates: Candidates, more_than: int, taken: set[str]) -> pd.DataFrame:
    frame = candidates.frame
    often = frame[frame["tickets"] > more_than]
    if taken:
        free = [definition_of(row).key not in taken for row in often.to_dict("records")]
        often = often[pd.Series(free, index=often.index, dtype=bool)]
    items = often["configuration_item"]
    named = often.assign(name=items.where(items.notna(), often["example"]))
    return named.sort_values("tickets", ascending=False, kind="stable")[list(_FREQUENT)].reset_index(drop=True)
