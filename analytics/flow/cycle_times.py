"""Cycle times: how long each resolved ticket took, with the desk's own 50, 85 and 95 per cent lines."""

from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import where
from analytics.formatting import hours_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

MOST_POINTS = 2_000
_LONGEST = 200
LINES: tuple[float, ...] = (0.5, 0.85, 0.95)
_DEFINITION = (
    "Calendar time from opened to resolved of each ticket that ended in the period, and the times within which 50, 85 "
    "and 95 % of them were resolved."
)
_CAVEATS = (
    "Nights, weekends and time on hold count.",
    "Tickets still open are absent, so that the newest days look better than they will in the end.",
    f"The lines rest on all tickets; points are the {_LONGEST} longest and a fixed sample, at most {MOST_POINTS:,}.",
)
_SOURCE = "Kanban: cycle-time scatterplot with percentile lines (Vacanti, Actionable Agile Metrics, 2015)."


@dataclass(frozen=True)
class CycleTimes:
    """`points` has ticket_key, ticket_id, ended_on, hours. `lines` are (share, hours), empty where too few tickets."""

    points: pd.DataFrame
    lines: tuple[tuple[float, float], ...]
    tickets: int
    basis: Basis

    @property
    def sentence(self) -> str:
        """The answer in our own words; quotes no export."""
        if not self.tickets:
            return "No ticket was resolved in this period."
        if not self.lines:
            return "Too few tickets were resolved in this period to say how long they take."
        hours = dict(self.lines)
        return (
            f"85 % of the {self.tickets:,} tickets that were resolved took at most {hours_text(hours[0.85])}; "
            f"half took at most {hours_text(hours[0.5])}, and one in twenty more than {hours_text(hours[0.95])}."
        )


def cycle_times(engine: Engine, filters: Filters) -> CycleTimes:
    """Cycle times of the tickets in the filters that ended in the period."""
    parameters = filters.parameters()
    ended = [*filters.period_conditions("ended_on"), *filters.value_conditions(), "ended_on IS NOT NULL"]
    resolved = [*ended, "resolution_hours IS NOT NULL"]
    sql = _lines_sql(resolved)
    row = engine.query(sql, parameters).iloc[0]
    counts = engine.query(f"SELECT count(*) AS tickets FROM tickets {where(ended)}", parameters)
    tickets, unresolved = int(row["tickets"]), int(counts["tickets"].iloc[0]) - int(row["tickets"])
    enough = tickets >= FEWEST_TICKETS
    lines = tuple((share, float(row[f"hours_{share * 100:.0f}"])) for share in LINES if enough)
    excluded = (("ended without a resolution, or resolved before they were opened", unresolved),) if unresolved else ()
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, tickets, excluded, _CAVEATS, _SOURCE, filters.sentence("ended"),
    )  # fmt: skip
    return CycleTimes(_points(engine, resolved, filters), lines, tickets, basis)


def _lines_sql(conditions: list[str]) -> str:
    lines = ",\n  ".join(
        f"percentile_cont({share}) WITHIN GROUP (ORDER BY resolution_hours) AS hours_{share * 100:.0f}"
        for share in LINES
    )
    return f"SELECT\n  count(*) AS tickets,\n  {lines}\nFROM tickets\n{where(conditions)}"


def _points(engine: Engine, conditions: list[str], filters: Filters) -> pd.DataFrame:
    """The longest, and of all a sample by scattered keys, the same each time."""
    columns = f"SELECT ticket_key, ticket_id, ended_on, resolution_hours AS hours\nFROM tickets\n{where(conditions)}"
    orders = {
        "resolution_hours DESC, ticket_key": _LONGEST,
        # Knuth's multiplicative hashing: neighbours end up far apart.
        "(CAST(ticket_key AS BIGINT) * 2654435761) % 4294967296": MOST_POINTS - _LONGEST,
    }
    found = [
        engine.query(f"{columns}\nORDER BY {order}\nLIMIT {rows}", filters.parameters())
        for order, rows in orders.items()
    ]
    points = pd.concat(found).drop_duplicates("ticket_key").sort_values(["ended_on", "ticket_key"])
    return points.reset_index(drop=True)
