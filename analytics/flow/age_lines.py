"""Age lines: how old the tickets that a desk ended lately were in the end; its own yardstick for what is open."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.filters import Filters
from analytics.warehouse.engine import Engine

PERCENTILES = (50, 85, 95)
FEWEST_ENDED = 20  # below it one ticket is more than the 5 % beyond the highest line
_DAYS = 365
_DAY_MS = 86_400_000.0


@dataclass(frozen=True)
class AgeLines:
    """`p50`, `p85` and `p95` in days: the age at ending that so many per cent of `tickets` did not exceed.

    They are None, with a `reason`, where fewer than `FEWEST_ENDED` tickets ended from `start` on and before `end`.
    """

    p50: float | None
    p85: float | None
    p95: float | None
    tickets: int
    start: date | None
    end: date | None
    sql: str
    reason: str = ""

    @property
    def known(self) -> dict[str, float]:
        """Name (`p50`) -> days, empty where they cannot be told."""
        lines = {f"p{percent}": getattr(self, f"p{percent}") for percent in PERCENTILES}
        return {name: days for name, days in lines.items() if days is not None}


def age_lines(engine: Engine, filters: Filters) -> AgeLines:
    """The 50th, 85th and 95th percentile of the age at ending of tickets that ended in the 365 days before `end`.

    Without an end: before the day after the as-of day. The filters' values choose the tickets; cancelled ones are
    among them, since they left the backlog too. The lines are linear interpolations (`percentile_cont`).
    Source: Vacanti, Actionable Agile Metrics: age of work in progress against one's own cycle times.
    """
    end = filters.end or (engine.as_of.date() + timedelta(days=1) if engine.as_of else None)
    if end is None:
        return AgeLines(None, None, None, 0, None, None, "", "no ticket has a time")
    year = filters.between(end - timedelta(days=_DAYS), end)
    sql = _sql(year)
    row = engine.query(sql, year.parameters()).iloc[0]
    tickets = int(row["tickets"])
    if tickets < FEWEST_ENDED:
        ended = f"only {tickets} tickets" if tickets > 1 else "only 1 ticket" if tickets else "no ticket"
        reason = f"{ended} ended in the 12 months before, and {FEWEST_ENDED} are needed"
        return AgeLines(None, None, None, tickets, year.start, end, sql, reason)
    p50, p85, p95 = (_days(row[f"p{percent}"]) for percent in PERCENTILES)
    return AgeLines(p50, p85, p95, tickets, year.start, end, sql)


def _sql(year: Filters) -> str:
    lines = ",\n  ".join(
        f"percentile_cont(0.{percent}) WITHIN GROUP (ORDER BY age_ms) AS p{percent}" for percent in PERCENTILES
    )
    conditions = "\n    AND ".join(
        ["opened_at IS NOT NULL", *year.period_conditions("ended_on"), *year.value_conditions()]
    )
    return (
        "WITH ended AS (\n  SELECT epoch_ms(ended_at) - epoch_ms(opened_at) AS age_ms\n  FROM tickets\n"
        f"  WHERE {conditions}\n)\nSELECT count(*) AS tickets,\n  {lines}\nFROM ended"
    )


def _days(milliseconds: object) -> float | None:
    return None if pd.isna(milliseconds) else float(str(milliseconds)) / _DAY_MS
