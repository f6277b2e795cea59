"""What recurring groups cost: each time after the first, the work of the desk and the hours of whoever is affected."""

import math
from collections.abc import Sequence

import pandas as pd

from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.diagnostic.recurrence.recurring_span import RecurringSpan
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_MONTH_DAYS = 365.25 / 12
_NORMAL = 1.96
_RULE = "problems_return"


def recurring_cost(engine: Engine, groups: Sequence[RecurringGroup], span: RecurringSpan, numbers: Numbers) -> Cost:
    """Hours a month: repeats beyond each group's first in the window, by booked hours and hours lost by users."""
    repeats = sum(max(group.tickets - 1, 0) for group in groups)
    words = "Repeats beyond the first of each group in a month, times the hours of work booked on one (median; of all "
    words += "incidents where the groups have none)"
    words += ", plus the hours that the person affected loses"
    if not repeats:
        return unknown_cost(f"{words}.", "no group counts, so there is nothing to reckon with.")
    lost, booked = numbers.guess(_RULE, "hours_lost_by_user"), _booked(engine, groups, span)
    work = 0.0 if booked is None else booked
    monthly = _MONTH_DAYS / span.days
    spread = _NORMAL * math.sqrt(repeats)
    least, most = max(repeats - spread, 0.0) * monthly, (repeats + spread) * monthly
    at_work = "work is not booked and so not counted" if booked is None else f"{booked:.1f} h of work"
    formula = (
        f"{words}: {repeats} repeats in {span.days} days are {repeats * monthly:.1f} a month; {at_work}, and "
        f"{lost.value:g} h lost by users ({lost.low:g} to {lost.high:g}, assumed)."
    )
    hours = repeats * monthly * (work + lost.value)
    whose = "users" if booked is None else "the desk and users"
    return Cost(hours, least * (work + lost.low), most * (work + lost.high), formula, whose)


def _booked(engine: Engine, groups: Sequence[RecurringGroup], span: RecurringSpan) -> float | None:
    """The median of booked hours on the groups' tickets, else on all incidents; None where too few have any."""
    since = pd.Timestamp(span.year_start)
    frames = [group.found.frame for group in groups]
    known = pd.concat([frame.loc[frame["opened_on"] >= since, "handle_hours"] for frame in frames]).dropna()
    if len(known) >= FEWEST_TICKETS:
        return float(known.median())
    every = engine.query(
        "SELECT count(handle_hours) AS booked, median(handle_hours) AS hours\nFROM tickets\n"
        f"WHERE {' AND '.join(span.conditions())}",
        span.parameters,
    ).iloc[0]
    return float(every["hours"]) if every["booked"] >= FEWEST_TICKETS else None
