"""FcrRules: first contact resolution under each rule that the columns allow, and how far the rules differ."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.kpis.fcr import FCR
from analytics.kpis.first_response_time import FIRST_RESPONSE_TIME
from analytics.kpis.reopen_rate import REOPEN_RATE
from analytics.measure import FEWEST_TICKETS, KpiResult, account, measure_each
from analytics.warehouse.engine import Engine

ENDED = "opened_at IS NOT NULL AND ended_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled')"


@dataclass(frozen=True)
class ContactRule:
    """A rule: its words, when the columns tell (`known`), when a ticket passes, and when the KPI itself uses it."""

    words: str
    known: str
    passes: str
    used: str = "FALSE"


_VISITS = "COALESCE(reopen_count, 0) = 0 AND COALESCE(reassignment_count, 0) = 0"
RULES: tuple[ContactRule, ...] = (
    ContactRule(
        "the tool's own flag", "first_contact_rule = 'flag'", "first_contact_resolved", "first_contact_rule = 'flag'"
    ),
    ContactRule(
        "at most one reply, not reopened, one group (as far as recorded)",
        "reply_count IS NOT NULL",
        f"reply_count <= 1 AND {_VISITS}",
        "first_contact_rule LIKE 'at most one reply%'",
    ),
    ContactRule(
        "not reopened, one group",
        "reopen_count IS NOT NULL AND reassignment_count IS NOT NULL",
        "reopen_count = 0 AND reassignment_count = 0",
        "first_contact_rule = 'not reopened, one group'",
    ),
    ContactRule(
        "one group", "reassignment_count IS NOT NULL", "reassignment_count = 0", "first_contact_rule = 'one group'"
    ),
    ContactRule(
        "resolved within one hour, one group",
        "resolution_hours IS NOT NULL AND reassignment_count IS NOT NULL",
        "resolution_hours <= 1 AND reassignment_count = 0",
    ),
)


@dataclass(frozen=True)
class FcrRules:
    """`frame` has a row per source and rule: `source`, `rule`, `share`, `tickets`, `in_kpi`, `too_few`.

    `in_kpi` is how many of the tickets the KPI itself judges by the rule. `range_points` is the widest distance between
    two rules on one source, in percentage points; None where fewer than two can be told. `results` holds the KPIs
    `fcr`, `reopen_rate` and `first_response_time`.
    """

    frame: pd.DataFrame
    range_points: float | None
    results: Mapping[str, KpiResult]
    sentence: str
    basis: Basis


def fcr_rules(engine: Engine, filters: Filters) -> FcrRules:
    """Every rule on the tickets that ended in the period, source by source: the columns differ between tools."""
    sql = _sql(filters)
    frame = _framed(engine.query(sql, filters.parameters()))
    results = measure_each(engine, (FCR, REOPEN_RATE, FIRST_RESPONSE_TIME), filters)
    behind = account(engine, FCR, filters)
    basis = Basis(
        f"{FCR.definition} Each rule is measured on the tickets whose columns tell it.", sql, filters.parameters(),
        engine.as_of, behind.used, behind.excluded, FCR.caveats, FCR.source, filters.sentence(FCR.verb),
    )  # fmt: skip
    widest = _widest(frame)
    return FcrRules(frame, widest, results, _sentence(frame, widest, results["fcr"]), basis)


def _sql(filters: Filters) -> str:
    counts = ",\n  ".join(
        f"count(*) FILTER (WHERE {rule.known}) AS tickets_{i},\n"
        f"  count(*) FILTER (WHERE {rule.known} AND {rule.passes}) AS passing_{i},\n"
        f"  count(*) FILTER (WHERE {rule.used}) AS used_{i}"
        for i, rule in enumerate(RULES)
    )
    conditions = [ENDED, *filters.period_conditions(FCR.anchor), *filters.value_conditions()]
    return f"SELECT\n  source,\n  {counts}\nFROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY 1\nORDER BY 1"


def _framed(counts: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (row["source"], rule.words, int(row[f"passing_{i}"]), int(row[f"tickets_{i}"]), int(row[f"used_{i}"]))
        for row in counts.to_dict("records")
        for i, rule in enumerate(RULES)
        if row[f"tickets_{i}"]
    ]
    frame = pd.DataFrame(rows, columns=["source", "rule", "passing", "tickets", "in_kpi"])
    too_few = frame["tickets"] < FEWEST_TICKETS
    share = (frame["passing"] / frame["tickets"].where(~too_few)).astype(float)
    return frame.assign(share=share, too_few=too_few)[["source", "rule", "share", "tickets", "in_kpi", "too_few"]]


def _widest(frame: pd.DataFrame) -> float | None:
    told = frame.dropna(subset=["share"]).groupby("source", dropna=False)["share"]
    spread = (told.max() - told.min())[told.count() > 1]
    return float(spread.max() * 100) if len(spread) else None


def _sentence(frame: pd.DataFrame, widest: float | None, fcr: KpiResult) -> str:
    if frame.empty:
        return "First contact resolution cannot be told: no column holds a flag, replies, reopenings or hand-overs."
    if fcr.value is None or fcr.too_few:
        return "Too few tickets ended in this period to say how many were resolved at the first contact."
    ours = f"First contact resolution is {fcr.value * 100:.1f} % by the rule in use"
    if widest is None:
        return f"{ours}; the columns allow no second rule to set beside it."
    return f"{ours}; the rules that the columns allow differ by up to {widest:.0f} points on the same source."
