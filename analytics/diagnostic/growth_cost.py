"""The cost of a growing backlog: the hours of work that are added to it each month."""

from math import sqrt

from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.numbers import Guess
from analytics.filters import Filters
from analytics.flow.verdict import Verdict
from analytics.formatting import count_text
from analytics.warehouse.engine import Engine

WEEKS_A_MONTH = 52 / 12
_FEWEST_BOOKED = 30
_Z = 1.96
_FORMULA = "tickets added a week x 52 / 12 x hours of work for a ticket"


def growth_cost(engine: Engine, window: Filters, found: Verdict, assumed: Guess) -> Cost:
    """Hours a month that the drift adds, at the hours booked on tickets ended in the window, else those assumed."""
    if found.verdict != "growing" or found.drift_per_week is None or found.lo is None or found.hi is None:
        return unknown_cost(_FORMULA, "it does not grow beyond chance, and what waiting costs users is not known.")
    effort, where = _effort(engine, window, assumed)
    low, hours, high = (
        drift * WEEKS_A_MONTH * each
        for drift, each in zip((found.lo, found.drift_per_week, found.hi), (effort.low, effort.value, effort.high),
                               strict=True)
    )  # fmt: skip
    formula = f"{found.drift_per_week:,.1f} tickets added a week x 52 / 12 weeks a month x {effort.value:.2g} h "
    return Cost(hours, low, high, f"{formula}for a ticket ({where}) = {hours:,.1f} hours of work left undone.")


def _effort(engine: Engine, window: Filters, assumed: Guess) -> tuple[Guess, str]:
    """Hours for a ticket with their ends, and where they come from."""
    conditions = ["handle_hours > 0", *window.period_conditions("ended_on"), *window.value_conditions()]
    sql = (
        "SELECT count(*) AS tickets, avg(handle_hours) AS mean, stddev_samp(handle_hours) AS spread\n"
        f"FROM tickets\nWHERE {' AND '.join(conditions)}"
    )
    row = engine.query(sql, window.parameters()).iloc[0]
    tickets = int(row["tickets"])
    if tickets < _FEWEST_BOOKED:
        return assumed, f"assumed, between {assumed.low:g} and {assumed.high:g}: too few have booked hours"
    mean, half = float(row["mean"]), _Z * float(row["spread"]) / sqrt(tickets)
    booked = Guess(max(mean - half, 0.0), mean, mean + half)
    return booked, f"the mean booked on {count_text(tickets)} tickets that ended in this time"
