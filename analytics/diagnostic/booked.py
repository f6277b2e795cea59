"""Booked work: the hours that people booked on tickets, for what a sign costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from analytics.diagnostic.numbers import Guess
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_Z = 1.959963984540054  # the normal quantile of 97.5 %


@dataclass(frozen=True)
class Booked:
    """Mean hours a ticket with its 95 % interval, from so many tickets with hours on them."""

    hours: Guess
    tickets: int


def booked(engine: Engine, condition: str, parameters: Mapping[str, object]) -> Booked | None:
    """The hours booked on the tickets that meet an SQL condition; None on fewer than five with any."""
    sql = (
        "SELECT count(handle_hours) AS tickets, avg(handle_hours) AS hours, stddev_samp(handle_hours) AS spread\n"
        f"FROM tickets\nWHERE {condition}"
    )
    found = engine.query(sql, dict(parameters)).iloc[0]
    tickets = int(found["tickets"])
    if tickets < FEWEST_TICKETS:
        return None
    mean, reach = float(found["hours"]), _Z * float(found["spread"]) / sqrt(tickets)
    return Booked(Guess(max(0.0, mean - reach), mean, mean + reach), tickets)
