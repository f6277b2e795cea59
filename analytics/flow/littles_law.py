"""Little's law as a check: average backlog against throughput times mean time in system.

L = lambda W (Little 1961). Both sides are counted in whole days, as the backlog is: a ticket is in the system on each
day that it is open at the end of. Over a window that begins and ends with the same tickets the two are equal.
"""

from dataclasses import dataclass

import pandas as pd

from analytics.extent import bounded
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import where
from analytics.kpis import find_kpi
from analytics.measure import FEWEST_TICKETS, measure
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine

_CLOSE = 0.1
_DEFINITION = (
    "Average backlog: the mean over the days of the period of the tickets open at the end of the day. Beside it "
    "tickets ended per day times the mean number of days that they had been open."
)
_CAVEATS = (
    "The law holds for a steady desk over a long time; a short period cuts off what began before or ends after it.",
    "Tickets that never end are in the backlog and in no time in system.",
)
_SOURCE = "Little 1961, A Proof for the Queuing Formula L = lambda W; Little and Graves 2008."


@dataclass(frozen=True)
class LittlesLaw:
    """`average_backlog` in tickets, `ended_per_day`, `mean_days` in system of the tickets that ended, `days` counted.

    None where nothing tells: no days, or fewer than `FEWEST_TICKETS` tickets ended.
    """

    average_backlog: float | None
    ended_per_day: float | None
    mean_days: float | None
    ended: int
    days: int
    basis: Basis

    @property
    def expected_backlog(self) -> float | None:
        """Throughput times mean time in system."""
        known = self.ended_per_day is not None and self.mean_days is not None
        return self.ended_per_day * self.mean_days if known else None  # type: ignore[operator]

    @property
    def ratio(self) -> float | None:
        """Average backlog over what throughput and time in system say; 1 for a steady desk."""
        expected = self.expected_backlog
        return self.average_backlog / expected if self.average_backlog is not None and expected else None

    @property
    def sentence(self) -> str:
        """What the two say together; quotes no export."""
        if self.average_backlog is None or self.ratio is None or self.expected_backlog is None:
            return "Cannot check the backlog against throughput and time: too few tickets ended in this period."
        both = (
            f"On average {self.average_backlog:,.0f} tickets were open; {self.ended_per_day:,.1f} ended a day after "
            f"{self.mean_days:,.1f} days on average, which makes {self.expected_backlog:,.0f}"
        )
        return f"{both}. {_meaning(self.ratio)}"


def littles_law(engine: Engine, filters: Filters) -> LittlesLaw:
    """The check for the tickets in the filters over the period, up to the newest day of the data."""
    window = bounded(engine, filters)
    levels = measure(engine, compose(find_kpi("backlog"), window, grain=Grain.DAY))
    sql, parameters = _ended_sql(window), window.parameters()
    moved = engine.query(sql, parameters)
    ended = int(moved.loc[moved["tickets"] > 0, "tickets"].sum())
    days = len(levels.frame)
    average = float(levels.frame["value"].mean()) if days else None
    enough = ended >= FEWEST_TICKETS and days > 0
    spent = float((_day_numbers(moved["moved_on"]) * moved["tickets"]).sum()) if enough else 0.0
    basis = Basis(
        _DEFINITION, f"{levels.query.sql};\n\n{sql}", parameters, engine.as_of, ended, (), _CAVEATS, _SOURCE,
        window.sentence("ended, or open,"),
    )  # fmt: skip
    return LittlesLaw(average, ended / days if enough else None, spent / ended if enough else None, ended, days, basis)


def _ended_sql(filters: Filters) -> str:
    """Tickets that ended in the period by the day they did, and with a minus by the day they were opened."""
    conditions = [
        "opened_on IS NOT NULL", "ended_on IS NOT NULL", *filters.period_conditions("ended_on"),
        *filters.value_conditions(),
    ]  # fmt: skip
    sides = [
        f"SELECT {day} AS moved_on, {sign}count(*) AS tickets\nFROM tickets\n{where(conditions)}\nGROUP BY 1"
        for day, sign in (("ended_on", ""), ("opened_on", "-"))
    ]
    return "\nUNION ALL\n".join(sides)


def _day_numbers(days: pd.Series) -> pd.Series:
    return (pd.to_datetime(days) - pd.Timestamp(0)).dt.days


def ratio_text(ratio: float) -> str:
    """`0.85`, `2.1`, `315`: as many places as tell something."""
    return f"{ratio:.2f}" if ratio < 1 else f"{ratio:.1f}" if ratio < 10 else f"{ratio:,.0f}"


def _meaning(ratio: float) -> str:
    if abs(ratio - 1) <= _CLOSE:
        return "The two agree within a tenth: backlog, throughput and time in system fit together."
    if ratio > 1:
        return (
            f"The backlog is {ratio_text(ratio)} times that: it holds tickets that do not come out, old or newly "
            "piled up, so that the time of the tickets that ended looks better than what those waiting will see."
        )
    return (
        f"The backlog is {ratio:.2f} times that: old tickets left in this period, and their days lie before it; "
        "the desk was working off more than it holds now."
    )
