"""BreachRisk: open tickets by their probability of missing the due time, with the prediction's own past checked."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.breach_predictions import LEVELS, WEEKS_BACK, Origins, open_sql, origins_of, predictions
from analytics.flow.calibration import Calibration, calibration_of
from analytics.flow.survival import CAN_BE_TIMED
from analytics.tickets import shown_column
from analytics.warehouse.engine import Engine

MOST_SHOWN = 100
_LIKELY = 0.5
_DETAILS = (
    "ticket_id", "source", "title", "ticket_type", "priority", "category", "assignment_group", "opened_at", "due_at",
)  # fmt: skip
CAVEATS = (
    "Comparable tickets were opened in the last 34 weeks and share priority and type (or priority).",
    "The probability is S(age when due) / S(age now) of their Kaplan-Meier curve: it knows the age, not the story.",
    "Priority and type are those of today, also in the check of earlier weeks.",
    "A ticket misses its due time if it has not ended by then; cancelled tickets are left out.",
    "What is open now is asked, whatever the period; the other filters apply, to the comparable tickets too.",
)


@dataclass(frozen=True)
class BreachRisk:
    """`frame` has the open tickets not yet past due, at most `MOST_SHOWN`, likeliest to miss first.

    Columns: ticket facts without people, `hours_left`, `probability` (NaN where it cannot be told), `comparable` (what
    they share) and `comparable_tickets`. Where the prediction is not `trusted`, it is withheld and the next due come
    first. `keys` are the tickets' keys in the same order.
    """

    frame: pd.DataFrame
    keys: tuple[int, ...]
    not_yet_due: int
    without_due: int
    expected_misses: float | None
    likely_misses: int | None
    calibration: Calibration
    sentence: str
    basis: Basis

    @property
    def trusted(self) -> bool:
        """Whether the prediction stood its test."""
        return self.calibration.trusted


def breach_risk(engine: Engine, filters: Filters) -> BreachRisk:
    """The risk of every open ticket of the filters' values that has a due time ahead."""
    filters = filters.between(None, None)
    origins = origins_of(engine)
    cells = predictions(engine, filters, origins)
    checked = calibration_of(cells[cells["weeks_back"] > 0])
    at_risk = _at_risk(engine, filters, origins, cells[cells["weeks_back"] == 0])
    if not checked.trusted:
        at_risk = at_risk.assign(probability=np.nan)
    ordered = at_risk.sort_values(["probability", "hours_left", "ticket_key"], ascending=[False, True, True])
    counts = _open_counts(engine, filters, origins)
    told = at_risk["probability"].dropna()
    expected = float(told.sum()) if len(told) else None
    likely = int((told >= _LIKELY).sum()) if len(told) else None
    sql = f"{open_sql(filters)}\nORDER BY ticket_key"
    basis = Basis(
        "Probability that an open ticket is still open at its due time, from how long comparable tickets stayed open.",
        sql, filters.parameters() | origins.parameters(), engine.as_of, len(at_risk), _left_out(counts), CAVEATS,
        "Conditional survival; Brier score against climatology (Brier 1950).", filters.sentence("open"),
    )  # fmt: skip
    return BreachRisk(
        _detailed(engine, ordered.head(MOST_SHOWN)), tuple(ordered["ticket_key"].head(MOST_SHOWN)), len(at_risk),
        counts["without a due time"], expected, likely, checked,
        _sentence(len(at_risk), expected, likely, checked), basis,
    )  # fmt: skip


def _at_risk(engine: Engine, filters: Filters, origins: Origins, cells: pd.DataFrame) -> pd.DataFrame:
    """Each open ticket with a due time ahead, and what its cell says."""
    tickets = engine.query(open_sql(filters), filters.parameters() | origins.parameters())
    tickets["ticket_type"] = tickets["ticket_type"].astype(object)
    keys = ["priority", "ticket_type", "hours", "due_hours"]
    told = cells.dropna(subset=["due_hours"])[[*keys, "probability", "level", "comparable_tickets"]]
    return tickets.merge(told.drop_duplicates(keys), on=keys, how="left")


def _detailed(engine: Engine, ordered: pd.DataFrame) -> pd.DataFrame:
    """The tickets' facts, in the same order."""
    columns = ", ".join(shown_column(name, engine.reporting_time_zone) for name in _DETAILS)
    keys = {f"key_{i}": int(key) for i, key in enumerate(ordered["ticket_key"])}
    named = ", ".join(f":{name}" for name in keys) or "NULL"
    found = engine.query(
        f"SELECT ticket_key, {columns} FROM tickets WHERE ticket_key IN ({named})",
        keys | {"zone": engine.reporting_time_zone},
    )
    figures = ordered[["ticket_key", "hours_left", "probability", "level", "comparable_tickets"]]
    frame = figures.merge(found, on="ticket_key", how="left").drop(columns="ticket_key")
    words = {i: name for i, (name, _) in enumerate(LEVELS)}
    frame["comparable"] = frame["level"].map(words).where(frame["probability"].notna(), None)
    frame["comparable_tickets"] = frame["comparable_tickets"].where(frame["probability"].notna())
    return frame[[*_DETAILS, "hours_left", "probability", "comparable", "comparable_tickets"]]


def _open_counts(engine: Engine, filters: Filters, origins: Origins) -> dict[str, int]:
    """Open tickets that are not predicted, by reason."""
    reasons = {
        "without a due time": "due_at IS NULL",
        "already past the due time": "due_at <= :origin_0",
    }
    columns = ", ".join(f"count(*) FILTER (WHERE {condition}) AS n_{i}" for i, condition in enumerate(reasons.values()))
    conditions = [CAN_BE_TIMED, "ended_at IS NULL", *filters.value_conditions()]
    sql = f"SELECT {columns} FROM tickets WHERE {' AND '.join(conditions)}"
    row = engine.query(sql, filters.parameters() | origins.parameters()).iloc[0]
    return {reason: int(row[f"n_{i}"]) for i, reason in enumerate(reasons)}


def _left_out(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((reason, count) for reason, count in counts.items() if count)


def _sentence(tickets: int, expected: float | None, likely: int | None, checked: Calibration) -> str:
    if not tickets:
        return "No open ticket has a due time ahead of it."
    counted = f"{tickets:,} open tickets are not yet due" if tickets > 1 else "1 open ticket is not yet due"
    if expected is None or likely is None:
        reason = checked.reason or "too few comparable tickets"
        return f"{counted}; which of them will miss their due time cannot be told: {reason}."
    return (
        f"{counted}; going by comparable tickets about {expected:,.0f} of them will miss their due time, {likely:,} "
        f"more likely than not. Over the last {WEEKS_BACK} weeks such predictions beat the plain average."
    )
