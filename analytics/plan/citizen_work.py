"""Citizen work: kinds of requests that the business could build an answer to itself, waiting behind others.

A kind is a category with its subcategory (else a service). It must be a request, rules-based, manual or a matter of
knowledge by its words, not critical by its words, and, as far as the export records it: not urgent, seldom handed on,
steady, and waiting longer than the usual request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.diagnostic.window import end_of, last_days
from analytics.filters import Filters, Value, plain_value
from analytics.flow.basis import Basis
from analytics.formatting import count_text
from analytics.plan.automation import volume_spread
from analytics.plan.risk import RiskFacts, guess_of
from analytics.plan.work_words import named_in, titles_sql, work_rules
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

REASONS = {
    "no_words": "of a kind whose words tell nothing of rules, manual work or knowledge",
    "critical": "of a kind that is critical by its words",
    "urgent": "of a kind that is mostly urgent",
    "handed_on": "of a kind that is often handed on",
    "varies": "of a kind that comes and goes",
    "quick": "of a kind that waits less than the usual request",
    "too_few": "of a kind with too few requests",
}
_WEEK = 7


@dataclass(frozen=True)
class Kind:
    """One kind of request: `values` by dimension quote the export. Unknown numbers are None, and hours calendar hours.

    `left_out` names the first of `REASONS` that speaks against it, or is empty: a candidate.
    """

    values: tuple[tuple[str, Value], ...]
    requests: int
    open_now: int
    median_hours: float | None
    handoffs: float | None
    priority: float | None
    spread: float | None
    kinds: tuple[str, ...]
    left_out: str
    guess: RiskFacts

    @property
    def title(self) -> str:
        """Its values, joined; quotes the export."""
        return " / ".join(str(value) for _, value in self.values if value is not None)


@dataclass(frozen=True)
class CitizenWork:
    """The kinds of the window from `start` to before `until`, those who wait longest in all first."""

    candidates: tuple[Kind, ...]
    looked_at: int
    requests: int
    usual_hours: float | None
    start: date | None
    until: date | None
    filters: Filters
    basis: Basis

    @property
    def sentence(self) -> str:
        """How many candidates, and how many requests they are; quotes no export."""
        days = work_rules().window_days
        if not self.requests:
            return f"What the business could build cannot be told: no request of the last {days} days is recorded."
        if not self.candidates:
            many = "kind of request was" if self.looked_at == 1 else "kinds of requests were"
            return (
                f"No kind of request fits: {self.looked_at} {many} looked at, and what spoke against each is under How?"
            )
        count, tickets = len(self.candidates), sum(one.requests for one in self.candidates)
        open_now = sum(one.open_now for one in self.candidates)
        noun = "kind of request" if count == 1 else "kinds of requests"
        share = f"{tickets / self.requests:.0%}".replace("%", " %")
        return (
            f"{count} {noun} could be built by the business under guard-rails: {count_text(tickets)} requests of the "
            f"last {days} days ({share}), {count_text(open_now)} of them open."
        )

    def filters_of(self, kind: Kind) -> Filters:
        """The filters that find a kind's requests, without a period."""
        found = self.filters.between(None, None)
        for dimension, value in kind.values:
            found = found.only(dimension, value)
        return found

    def selection(self, kind: Kind) -> Selection:
        """A kind's requests in the window."""
        mine = self.filters_of(kind).between(self.start, self.until)
        conditions = [_REQUESTS, *mine.period_conditions("opened_on"), *mine.value_conditions()]
        return Selection(mine.sentence("opened"), " AND ".join(conditions), mine.parameters())


_REQUESTS = "ticket_type = 'request'"


def citizen_work(engine: Engine, filters: Filters) -> CitizenWork:
    """The kinds of requests in the days up to the filters' end, judged by data/citizen-work.toml."""
    rules = work_rules()
    recent = last_days(engine, filters, rules.window_days)
    conditions = " AND ".join([_REQUESTS, *recent.period_conditions("opened_on"), *recent.value_conditions()])
    end = end_of(engine, filters) or date(1970, 1, 1)
    dimensions = _dimensions(engine, conditions, recent)
    sql, parameters = _sql(dimensions, conditions, recent.parameters() | {"until": end})
    rows = engine.query(sql, parameters)
    weekly = _weekly(engine, dimensions, conditions, recent)
    total = int(rows["requests"].sum())
    usual = _usual(engine, conditions, recent.parameters() | {"until": end})
    kinds = [_kind(row, dimensions, weekly, usual) for row in rows.to_dict("records")]
    candidates = [kind for kind in kinds if not kind.left_out]
    excluded = {name: sum(kind.requests for kind in kinds if kind.left_out == name) for name in REASONS}
    basis = _basis(engine, sql, parameters, total - sum(excluded.values()), recent, excluded)
    ranked = sorted(candidates, key=lambda one: -one.requests * (one.median_hours or 0.0))
    return CitizenWork(
        tuple(ranked), len(kinds), total, usual, recent.start, recent.end, filters.between(None, None), basis
    )  # fmt: skip


def _dimensions(engine: Engine, conditions: str, recent: Filters) -> tuple[str, ...]:
    """Category with subcategory where requests have a category, else service."""
    found = engine.query(
        f"SELECT count(DISTINCT category) AS categories\nFROM tickets\nWHERE {conditions}", recent.parameters()
    )
    return ("category", "subcategory") if int(found["categories"].iloc[0]) else ("service",)


def _sql(
    dimensions: tuple[str, ...], conditions: str, parameters: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    rules, named = work_rules(), ", ".join(dimensions)
    kinds, of_kinds = titles_sql(rules.kinds, "kind")
    critical, of_critical = titles_sql(rules.critical, "critical")
    columns = ",\n  ".join([*kinds, *critical])
    sql = (
        f"SELECT {named}, count(*) AS requests, count(title) AS titled,\n"
        "  count(*) FILTER (WHERE ended_on IS NULL OR ended_on >= :until) AS open_now,\n"
        "  median(resolution_hours) AS median_hours, avg(reassignment_count) AS handoffs,\n"
        "  median(priority) AS priority, count(DISTINCT requester) AS users,\n"
        f"  {columns}\nFROM tickets\nWHERE {conditions}\nGROUP BY {named}"
    )
    return sql, {**parameters, **of_kinds, **of_critical}


def _usual(engine: Engine, conditions: str, parameters: Mapping[str, object]) -> float | None:
    """The median hours to resolve of all requests of the window."""
    sql = f"SELECT median(resolution_hours) AS hours\nFROM tickets\nWHERE {conditions}"
    return _number(engine.query(sql, dict(parameters))["hours"].iloc[0])


def _weekly(
    engine: Engine, dimensions: tuple[str, ...], conditions: str, recent: Filters
) -> dict[tuple[Value, ...], np.ndarray]:
    """Requests by whole week of the window, by kind."""
    named, weeks = ", ".join(dimensions), work_rules().window_days // _WEEK
    days = engine.query(
        f"SELECT {named}, opened_on, count(*) AS requests\nFROM tickets\nWHERE {conditions}\n"
        f"GROUP BY {named}, opened_on",
        recent.parameters(),
    )
    first = recent.start or date(1970, 1, 1)
    counts: dict[tuple[Value, ...], np.ndarray] = {}
    for row in days.to_dict("records"):
        place = (pd.Timestamp(row["opened_on"]).date() - first) // timedelta(days=_WEEK)
        key = tuple(plain_value(row[name]) for name in dimensions)
        if 0 <= place < weeks:
            counts.setdefault(key, np.zeros(weeks))[place] += int(row["requests"])
    return counts


def _kind(
    row: Mapping[Any, Any], dimensions: tuple[str, ...], weekly: Mapping[tuple[Value, ...], np.ndarray],
    usual: float | None,
) -> Kind:  # fmt: skip
    rules = work_rules()
    values = tuple((name, plain_value(row[name])) for name in dimensions)
    text = " / ".join(str(value) for _, value in values if value is not None)
    spread, beyond = volume_spread(weekly.get(tuple(value for _, value in values), np.zeros(0)))
    kinds, critical = _named(row, text, "kind"), _named(row, text, "critical")
    users = int(row["users"]) or None
    kind = Kind(
        values=values,
        requests=int(row["requests"]),
        open_now=int(row["open_now"]),
        median_hours=_number(row["median_hours"]),
        handoffs=_number(row["handoffs"]),
        priority=_number(row["priority"]),
        spread=spread if beyond else 0.0 if spread is not None else None,
        kinds=kinds,
        left_out="",
        guess=guess_of((text,), dict(rules.risk), users, rules.many_users),
    )
    return kind if not (reason := _left_out(kind, bool(critical), usual)) else _without(kind, reason)


def _without(kind: Kind, reason: str) -> Kind:
    return Kind(**{**vars(kind), "left_out": reason})


def _named(row: Mapping[Any, Any], text: str, prefix: str) -> tuple[str, ...]:
    """The names whose words stand in the kind's own name, or in enough of its titles."""
    rules = work_rules()
    words = rules.kinds if prefix == "kind" else rules.critical
    by_name, titled = named_in(words, text), int(row["titled"])
    by_title = [name for name, _ in words if titled and int(row[f"{prefix}_{name}"]) >= rules.titles_share * titled]
    return tuple(name for name, _ in words if name in by_name or name in by_title)


def _left_out(kind: Kind, critical: bool, usual: float | None) -> str:
    """The first reason against a kind; what is not recorded speaks neither for nor against."""
    rules = work_rules()
    if kind.requests < rules.fewest_requests:
        return "too_few"
    if not kind.kinds:
        return "no_words"
    if critical:
        return "critical"
    if kind.priority is not None and kind.priority < rules.least_priority:
        return "urgent"
    if kind.handoffs is not None and kind.handoffs > rules.most_handoffs:
        return "handed_on"
    if kind.spread is not None and kind.spread > rules.most_volume_spread:
        return "varies"
    if kind.median_hours is not None and usual is not None and kind.median_hours < usual:
        return "quick"
    return ""


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))


def _basis(
    engine: Engine, sql: str, parameters: Mapping[str, object], used: int, recent: Filters, excluded: Mapping[str, int]
) -> Basis:
    rules = work_rules()
    return Basis(
        definition=f"Kinds of requests with at least {rules.fewest_requests} in {rules.window_days} days that are "
        "rules-based, manual or a matter of knowledge by their words, not critical by their words, and as far as it "
        f"is recorded: of priority {rules.least_priority} or less urgent, handed on at most {rules.most_handoffs:g} "
        "times, steady, and with a median time to resolve at or above that of all requests.",
        sql=sql,
        parameters=parameters,
        as_of=engine.as_of,
        used=used,
        excluded=tuple((REASONS[name], count) for name, count in excluded.items() if count),
        caveats=(
            "Words are a hint, not a judgement: somebody who knows the work decides.",
            "The words stand in data/citizen-work.toml; those of your own language and desk can be added.",
            "Risk is guessed from words until somebody answers; what is not known counts as a risk, never as none.",
        ),
        source="Citizen developers and fusion teams: rules-based, manual, knowledge-based work, triaged by risk.",
        filters=recent.sentence("opened"),
    )
