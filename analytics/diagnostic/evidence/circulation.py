"""Circulation: pairs of groups between which tickets go and come straight back."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.window import last_days
from analytics.filters import Filters
from analytics.flow.bounce_price import bounce_price
from analytics.flow.handoffs import Handoffs, handoffs
from analytics.flow.moves import where
from analytics.formatting import count_text, hours_text, percent_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "circulation"
_DAYS = 365
_MONTHS = 12
_IN_WHOLE_DAYS = 100 * 24
_TRIPS = 2  # a return is a hand-off there and one back
_HEADINGS = {
    "group_a": "One group", "group_b": "The other", "tickets": "Tickets", "returns": "Straight back",
    "hours": "Hours away",
}  # fmt: skip
_FORMULA = "Returns a month x 2 hand-offs x the booked hours that go with one more hand-off, like compared with like."


def circulation(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where there is a pair of groups between which tickets came straight back often enough."""
    fewest, least = numbers.threshold(_NAME, "fewest_tickets"), numbers.threshold(_NAME, "least_share")
    window = last_days(engine, filters, _DAYS)
    found = handoffs(engine, window)
    last = window.end - timedelta(days=1) if window.end else None
    told = Finding(
        _NAME, CANNOT_TELL, None, fewest, "tickets", "", _rule(fewest, least), window.start, last, found.basis,
    )  # fmt: skip
    if found.reason:
        return replace(told, reason=f"{found.reason}.")
    if not found.handoffs:
        return replace(told, reason="no ticket is recorded to have changed its group in this time.")
    shares = _shares(found)
    named = (found.ping_pong["tickets"] >= fewest) & (shares >= least)
    pairs = found.ping_pong[named].reset_index(drop=True)
    if pairs.empty:
        most = float(found.ping_pong.loc[shares >= least, "tickets"].max()) if (shares >= least).any() else 0.0
        return replace(told, verdict=DISAGREES, value=most, sentence=_silence(found, fewest, least))
    return replace(
        told, verdict=AGREES, value=float(pairs["tickets"].max()), sentence=_sentence(found, pairs),
        details=pairs.rename(columns=_HEADINGS), selection=_selection(window, pairs), cost=_cost(engine, window, pairs),
    )  # fmt: skip


def _shares(found: Handoffs) -> pd.Series:
    """Of all hand-offs between the two groups of each pair, whichever way, those straight back."""
    pairs, back = found.pairs, found.ping_pong
    made = pairs.set_index(["from_group", "to_group"])["handoffs"]
    ways = [pd.MultiIndex.from_frame(back[list(way)]) for way in (("group_a", "group_b"), ("group_b", "group_a"))]
    there, again = (made.reindex(way, fill_value=0).to_numpy() for way in ways)
    return back["returns"] / (there + again)


def _sentence(found: Handoffs, pairs: pd.DataFrame) -> str:
    noun = "pair of groups sends" if len(pairs) == 1 else "pairs of groups send"
    returns, hours = int(pairs["returns"].sum()), float(pairs["hours"].sum())
    days = f"{hours / 24:,.0f} days" if hours >= _IN_WHOLE_DAYS else hours_text(hours)
    away = f", {days} away in all" if hours else ""
    return (
        f"{count_text(len(pairs))} {noun} tickets back and forth: {count_text(returns)} of "
        f"{count_text(found.handoffs)} hand-offs in a year went straight back between them{away}. "
        f"The most tickets of one pair are {count_text(int(pairs['tickets'].max()))}."
    )


def _silence(found: Handoffs, fewest: float, least: float) -> str:
    if not found.returns:
        return f"None of {count_text(found.handoffs)} hand-offs in a year went straight back."
    return (
        f"{count_text(found.returns)} of {count_text(found.handoffs)} hand-offs in a year went straight back, and no "
        f"pair of groups did so with {fewest:g} tickets and {percent_text(least)} of its hand-offs."
    )


def _selection(window: Filters, pairs: pd.DataFrame) -> Selection:
    """The tickets that came straight back between any of the pairs, the largest twenty of them."""
    parameters, either = dict(window.parameters()), []
    for place, row in enumerate(pairs.head(20).itertuples()):
        a, b = f":pair_a_{place}", f":pair_b_{place}"
        either.append(f"(value = {a} AND previous_value = {b} OR value = {b} AND previous_value = {a})")
        parameters |= {a[1:]: row.group_a, b[1:]: row.group_b}
    stays = [
        "field = 'assignment_group'",
        "returned",
        *window.period_conditions("entered_on"),
        f"({' OR '.join(either)})",
    ]
    condition = f"ticket_key IN (SELECT ticket_key FROM stays {where(stays)})"
    words = "tickets that went from one group to another and straight back"
    return Selection(words, " AND ".join([condition, *window.value_conditions()]), parameters)


def _cost(engine: Engine, window: Filters, pairs: pd.DataFrame) -> Cost:
    price = bounce_price(engine, window, rate_per_hour=1.0)  # any rate: it asks for booked work
    if price.work is None:
        waiting = "time away is waiting and no work"
        return unknown_cost(_FORMULA, f"no work is booked on enough of these tickets, and {waiting}.")
    trips = _TRIPS * float(pairs["returns"].sum()) / _MONTHS
    ends = (max(0.0, trips * hours) for hours in (price.work.hours, price.work.lo, price.work.hi))
    hours, low, high = ends
    return Cost(hours, low, high, _FORMULA)


def _rule(fewest: float, least: float) -> str:
    return (
        f"Agrees where at least {fewest:g} tickets went from one group to another and straight back between the same "
        f"two groups in the last {_DAYS} days, and at least {percent_text(least)} of all hand-offs "
        "between these two were such returns."
    )
