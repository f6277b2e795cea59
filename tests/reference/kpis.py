"""The KPIs worked out the slow way, ticket by ticket, from their definitions and not from the SQL.

`desk_frame` derives what a ticket contributes; `reference` counts it. Only definitions stand here: who is in the
population, which day counts, what is divided by what.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

Cells = Mapping[str, Any]
Cell = tuple[float | None, float | None, float | None]
"""Value, numerator, denominator."""

HAPPENED = ("opened_at", "first_response_at", "resolved_at", "closed_at", "updated_at")


@dataclass(frozen=True)
class Rule:
    """`used` tells who counts, `day` when; `share` who of them is in the numerator, `hours` what is averaged."""

    used: Callable[[Cells], bool]
    day: str
    share: Callable[[Cells], bool] | None = None
    hours: str | None = None
    percentile: float | None = None


def _resolved(t: Cells) -> bool:
    return t["status"] != "cancelled" and t["hours"] is not None and t["hours"] >= 0


def _served(t: Cells) -> bool:
    return t["opened_at"] is not None and t["ended_at"] is not None and t["status"] != "cancelled"


def _response_known(t: Cells) -> bool:
    """Missed is missed; met only once there was an answer or the ticket is over."""
    over = t["first_response_at"] is not None or t["ended_at"] is not None
    return t["response_breached"] is not None and (t["response_breached"] or over)


RULES: dict[str, Rule] = {
    "mttr": Rule(_resolved, "resolved_on", hours="hours"),
    "median_time_to_resolve": Rule(_resolved, "resolved_on", hours="hours", percentile=0.5),
    "p90_time_to_resolve": Rule(_resolved, "resolved_on", hours="hours", percentile=0.9),
    "mttr_business": Rule(_resolved, "resolved_on", hours="business_hours"),
    "fcr": Rule(
        lambda t: _served(t) and t["first_contact"] is not None, "ended_on", share=lambda t: bool(t["first_contact"])
    ),
    "sla_adherence": Rule(
        lambda t: t["opened_at"] is not None and t["met"] is not None, "judged_on", share=lambda t: bool(t["met"])
    ),
    "sla_adherence_conventional": Rule(
        lambda t: _served(t) and t["met"] is not None, "ended_on", share=lambda t: bool(t["met"])
    ),
    "response_sla_adherence": Rule(
        lambda t: t["opened_at"] is not None and t["status"] != "cancelled" and _response_known(t),
        "opened_on",
        share=lambda t: not t["response_breached"],
    ),
    "volume": Rule(lambda t: t["opened_at"] is not None, "opened_on"),
    "inflow": Rule(lambda t: t["opened_at"] is not None, "opened_on"),
    "outflow": Rule(lambda t: t["opened_at"] is not None and t["ended_at"] is not None, "ended_on"),
    "reopen_rate": Rule(
        lambda t: _served(t) and t["status"] is not None and t["reopen_count"] is not None,
        "ended_on",
        share=lambda t: t["reopen_count"] > 0,
    ),
    "first_response_time": Rule(
        lambda t: t["response_hours"] is not None and t["response_hours"] >= 0, "responded_on", hours="response_hours"
    ),
}


def desk_frame(tickets: Iterable[Cells], columns: Sequence[str], zone: str) -> list[dict[str, Any]]:
    """Each ticket with what is derived from it; `columns` are all canonical ones, absent cells are None."""
    rows = [{name: ticket.get(name) for name in columns} for ticket in tickets]
    moments = [row[name] for row in rows for name in HAPPENED if row[name] is not None]
    return [_derived(row, max(moments, default=None), ZoneInfo(zone)) for row in rows]


def _derived(row: dict[str, Any], as_of: datetime | None, zone: ZoneInfo) -> dict[str, Any]:
    ended = _ended_at(row, as_of)
    row = row | {"ended_at": ended, "hours": _hours(row, "resolved_at")}
    row["response_hours"] = _hours(row, "first_response_at")
    row["business_hours"] = _business_hours(row, zone)
    row["met"], row["first_contact"] = _met(row, as_of), _first_contact(row)
    judged = ended or min(moment for moment in (row["due_at"], as_of) if moment) if row["met"] is not None else None
    days = {
        "opened_on": row["opened_at"],
        "responded_on": row["first_response_at"],
        "resolved_on": row["resolved_at"],
        "ended_on": ended,
        "judged_on": judged,
    }
    return row | {name: _local_day(moment, zone) for name, moment in days.items()}


def _ended_at(row: Cells, as_of: datetime | None) -> datetime | None:
    ended = row["resolved_at"] or row["closed_at"]
    if ended is None and row["status"] in ("resolved", "closed", "cancelled"):
        ended = row["updated_at"] or as_of
    if ended is None or row["opened_at"] is None:
        return ended
    return max(ended, row["opened_at"])


def _hours(row: Cells, until: str) -> float | None:
    if row["opened_at"] is None or row[until] is None:
        return None
    return (row[until] - row["opened_at"]) / timedelta(hours=1)


def _business_hours(row: Cells, zone: ZoneInfo) -> float | None:
    """Day by day, Monday to Friday, what lies between 08:00 and 18:00 of the clock on the wall."""
    if row["opened_at"] is None or row["resolved_at"] is None:
        return None
    start, end = (row[name].replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) for name in HAPPENED[0:3:2])
    days = [start.date() + timedelta(days=n) for n in range((end.date() - start.date()).days + 1)]
    spent = timedelta()
    for day in days:
        if day.weekday() < 5:
            opens, closes = (datetime.combine(day, time(hour)) for hour in (8, 18))
            spent += max(timedelta(), min(end, closes) - max(start, opens))
    return spent / timedelta(hours=1)


def _met(row: Cells, as_of: datetime | None) -> bool | None:
    if row["status"] == "cancelled":
        return None
    if row["ended_at"] is None:
        late = row["due_at"] is not None and as_of is not None and row["due_at"] < as_of
        return False if late or row["resolution_breached"] else None
    if row["resolution_breached"] is not None:
        return not row["resolution_breached"]
    done = row["resolved_at"] or row["closed_at"]
    return None if done is None or row["due_at"] is None else done <= row["due_at"]


def _first_contact(row: Cells) -> bool | None:
    if row["first_contact_resolved"] is not None:
        return bool(row["first_contact_resolved"])
    if row["reply_count"] is None and row["reassignment_count"] is None:
        return None
    return (row["reply_count"] or 0) <= 1 and not row["reopen_count"] and not row["reassignment_count"]


def _local_day(moment: datetime | None, zone: ZoneInfo) -> date | None:
    return moment.replace(tzinfo=UTC).astimezone(zone).date() if moment else None


def selected(desk: Iterable[Cells], where: Mapping[str, Sequence[Any]]) -> list[Cells]:
    """The tickets that have one of the wanted values in each dimension."""
    return [t for t in desk if all(t[dimension] in values for dimension, values in where.items())]


def reference(
    kpi: str,
    desk: Iterable[Cells],
    key: Callable[[Cells, date], Any],
    start: date | None = None,
    end: date | None = None,
) -> dict[Any, Cell]:
    """Key -> value, numerator, denominator; `key` tells a ticket's group, given the day on which it counts."""
    rule = RULES[kpi]
    used = [t for t in desk if rule.used(t) and (start or date.min) <= t[rule.day] < (end or date.max)]
    groups: dict[Any, list[Cells]] = {}
    for ticket in used:
        groups.setdefault(key(ticket, ticket[rule.day]), []).append(ticket)
    return {name: _cell(rule, tickets) for name, tickets in groups.items()}


def _cell(rule: Rule, tickets: Sequence[Cells]) -> Cell:
    if rule.percentile is not None:
        return float(np.percentile([t[rule.hours] for t in tickets], rule.percentile * 100)), None, len(tickets)
    if rule.hours:
        hours = pd.Series([t[rule.hours] for t in tickets])
        return float(hours.mean()), float(hours.sum()), len(hours)
    if rule.share:
        share = pd.Series([rule.share(t) for t in tickets])
        return float(share.mean()), float(share.sum()), len(share)
    return len(tickets), len(tickets), None


def backlog_on(desk: Iterable[Cells], day: date) -> int:
    """Tickets opened by the end of `day` and not ended by then: each ticket looked at for each day."""
    return sum(
        t["opened_on"] is not None and t["opened_on"] <= day and (t["ended_on"] is None or t["ended_on"] > day)
        for t in desk
    )
