"""Frequent types: what comes most often and needs least skill, the first to be automated or self-served.

Types are the values of category, or of subcategory or service where there is but one. Of the ten most frequent of the
last three months (13 weeks), those with the shortest median time, at most half of them: hours of work booked, where
most tickets of all ten have them, else hours to resolve. A short time stands for little skill: no export says how much
a type takes.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.filters import Filters, Value, plain_value
from analytics.forecast.changes import TYPES
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine

DIMENSIONS = ("category", "subcategory", "service")
RECENT_WEEKS = 13
_CANDIDATES = 10
# Fewer have no median to go by.
FEWEST_TICKETS = 20


@dataclass(frozen=True)
class FrequentTypes:
    """`frame` has a row a candidate: value, tickets, share (of all arrivals), median_hours, chosen; chosen ones first.

    `measured_by` is handle_hours or resolution_hours; `reason` says why there are none, else it is empty.
    """

    dimension: str
    frame: pd.DataFrame
    measured_by: str
    start: date
    until: date
    reason: str = ""

    @property
    def values(self) -> tuple[Value, ...]:
        """The types chosen, the quickest first."""
        return tuple(plain_value(value) for value in self.frame.loc[self.frame["chosen"], "value"])

    @property
    def share(self) -> float:
        """The part of all arrivals that they make."""
        return float(self.frame.loc[self.frame["chosen"], "share"].sum())

    @property
    def sentence(self) -> str:
        """How they were chosen; quotes no export."""
        if self.reason:
            return self.reason
        time = "hours of work booked" if self.measured_by == "handle_hours" else "time to resolve"
        return (
            f"Of the {len(self.frame)} most frequent values of {self.dimension} from {day_text(self.start)} to "
            f"{day_text(self.until - timedelta(days=1))}, these {len(self.values)} have the shortest median {time}, "
            f"which stands for little skill. Together they are {self.share:.0%} of what came in.".replace("%", " %")
        )


def frequent_types(engine: Engine, filters: Filters, until: date, types: int = TYPES) -> FrequentTypes:
    """The types chosen from the 13 weeks before `until`, at most so many."""
    start = until - timedelta(weeks=RECENT_WEEKS)
    for dimension in DIMENSIONS:
        found = _counted(engine, filters.between(start, until), dimension)
        if len(found) > 1:
            return _chosen(dimension, found, start, until, types)
    frame = pd.DataFrame(columns=["value", "tickets", "share", "median_hours", "chosen"]).astype({"chosen": bool})
    reason = "No types can be told apart: category, subcategory and service each have fewer than two values with "
    return FrequentTypes("", frame, "", start, until, f"{reason}{FEWEST_TICKETS} tickets in the last 13 weeks.")


def _counted(engine: Engine, filters: Filters, dimension: str) -> pd.DataFrame:
    """The candidates with their share of all that came in."""
    conditions = [*filters.period_conditions("opened_on"), *filters.value_conditions()]
    frame = engine.query(
        f"SELECT {dimension} AS value, count(*) AS tickets, count(handle_hours) AS handled,\n"
        "  count(resolution_hours) AS resolved, median(handle_hours) AS handle_hours,\n"
        f"  median(resolution_hours) AS resolution_hours\nFROM tickets\nWHERE {' AND '.join(conditions)}\n"
        f"GROUP BY 1\nORDER BY 2 DESC, 1",
        filters.parameters(),
    )
    frame["share"] = frame["tickets"] / max(frame["tickets"].sum(), 1)
    return frame[frame["value"].notna() & (frame["resolved"] >= FEWEST_TICKETS)].head(_CANDIDATES)


def _chosen(dimension: str, found: pd.DataFrame, start: date, until: date, types: int) -> FrequentTypes:
    # Never the slower half: among few there is nothing else to tell simple ones by.
    most = min(types, -(-len(found) // 2))
    handled = (found["handled"] * 2 >= found["tickets"]).all()
    measured_by = "handle_hours" if handled else "resolution_hours"
    ranked = found.sort_values([measured_by, "tickets"], ascending=[True, False], kind="stable").reset_index(drop=True)
    frame = ranked[["value", "tickets", "share"]].assign(
        median_hours=ranked[measured_by], chosen=[place < most for place in range(len(ranked))]
    )
    return FrequentTypes(dimension, frame, measured_by, start, until)
