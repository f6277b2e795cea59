"""The price of a bounce: hours that each extra hand-off adds, like compared with like."""

from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.matched_medians import FEWEST_COMPARED, Estimate, comparable, estimate
from analytics.flow.moves import LAST_STAY, of_tickets, where
from analytics.formatting import hours_text
from analytics.warehouse.engine import Engine

# What stands in where a key is not recorded.
_KEYS = (("priority", "impact", "urgency"), ("category", "service"), ("ticket_type",))
_ENOUGH_MATCHED = 0.5
_DEFINITION = (
    "Of tickets resolved in the period: how much longer a ticket took with one more change of group, by the difference "
    "of median hours between tickets of the same kind, averaged by how many there are to compare."
)
_CAVEATS = (
    "Calendar hours from opened to resolved: mostly waiting, not work.",
    "What goes with hand-offs is not all caused by them: harder tickets move more, and so do those open for longer.",
    "Like is compared with like only as far as the columns tell.",
    "Hand-offs after the resolution count too; they are rare.",
    "The first hand-off is often meant, such as from the service desk to specialists; its hours hold their queue.",
    "Money needs booked hours of work: waiting is not charged.",
)
_SOURCE = (
    "Difference of medians between neighbours in matched strata, weighted by overlap (as Mantel and Haenszel weigh "
    "strata); standard error of a median: McGill, Tukey and Larsen 1978."
)


@dataclass(frozen=True)
class BouncePrice:
    """The price of an extra hand-off: `waiting` in calendar hours, `work` in booked hours, each None if untold.

    `cost`, `cost_lo` and `cost_hi` are booked hours times the rate, only where a rate was given and work is booked.
    """

    waiting: Estimate | None
    work: Estimate | None
    matched_on: tuple[str, ...]
    rate_per_hour: float | None
    reason: str | None
    basis: Basis

    @property
    def cost(self) -> tuple[float, float, float] | None:
        """Money per extra hand-off with its interval, in the unit of the rate."""
        if self.work is None or self.rate_per_hour is None:
            return None
        return tuple(hours * self.rate_per_hour for hours in (self.work.hours, self.work.lo, self.work.hi))  # type: ignore[return-value]

    @property
    def sentence(self) -> str:
        """The answer in our own words; quotes no export."""
        if self.waiting is None:
            return f"Cannot tell what a hand-off costs: {self.reason}."
        price, kinds = self.waiting, _listed([key.replace("_", " ") for key in self.matched_on])
        tickets = f"{price.tickets:,} tickets compared with others of the same {kinds}"
        hours, lo, hi = _in_one_unit(price.hours, price.lo, price.hi)
        if price.lo <= 0 <= price.hi:
            return f"No clear price of a hand-off: {hours} each, 95 % interval {lo} to {hi}, {tickets}."
        less_or_more = "longer" if price.hours > 0 else "shorter"
        return (
            f"With each extra hand-off a ticket took {hours.removeprefix('-')} {less_or_more} by the calendar, "
            f"waiting included (95 % interval {lo} to {hi}; {tickets}).{_without_the_first(price)}"
        )

    @property
    def money_sentence(self) -> str:
        """What it is in money, or why that is not said; empty without a rate."""
        if self.rate_per_hour is None:
            return ""
        if self.cost is None:
            return "No price in money: waiting hours cost no wages, and too few of these tickets have booked work."
        cost, lo, hi = self.cost
        return (
            f"In booked work each extra hand-off cost {cost:,.2f} (95 % interval {lo:,.2f} to {hi:,.2f}) at this rate."
        )


def bounce_price(engine: Engine, filters: Filters, rate_per_hour: float | None = None) -> BouncePrice:
    """The price of a hand-off among the tickets of the filters that were resolved in the period."""
    counts = engine.query(_counts_sql(filters), filters.parameters()).iloc[0]
    by_history = _has_history(engine)
    cells, keys, sql = _best_match(engine, filters, _recorded(counts), by_history)
    waiting = estimate(cells, keys) if keys else None
    work = None
    if rate_per_hour is not None and counts["handled"] and waiting is not None:
        booked = engine.query(_cells_sql(filters, keys, by_history, "handle_hours"), filters.parameters())
        work = estimate(booked, keys)
    known = int(cells["tickets"].sum()) if len(cells) else 0
    basis = _basis(engine, filters, sql, counts, known, waiting.tickets if waiting else 0, by_history)
    return BouncePrice(waiting, work, keys, rate_per_hour, None if waiting else _reason(known, keys), basis)


def _best_match(
    engine: Engine, filters: Filters, keys: tuple[str, ...], by_history: bool
) -> tuple[pd.DataFrame, tuple[str, ...], str]:
    """Cells, keys, statement of the first match in which half of the tickets handed over find others, else the best."""
    best: tuple[float, pd.DataFrame, tuple[str, ...], str] = (-1.0, pd.DataFrame({"tickets": []}), (), "")
    for chosen in _fallbacks(keys):
        sql = _cells_sql(filters, chosen, by_history, "resolution_hours")
        cells = engine.query(sql, filters.parameters())
        share = comparable(cells, chosen)
        if share > best[0]:
            best = (share, cells, chosen, sql)
        if share >= _ENOUGH_MATCHED:
            break
    return best[1:]


def _fallbacks(keys: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All keys; then without the first; then without the one with the most values."""
    fewer = [keys[1:], keys[:1] + keys[2:]] if len(keys) > 1 else []
    return [chosen for chosen in dict.fromkeys([keys, *fewer]) if chosen]


def _recorded(counts: pd.Series) -> tuple[str, ...]:
    """For each kind of key the first column that at least half of the resolved tickets have."""
    found = [next((name for name in kind if 2 * counts[name] >= counts["resolved"] > 0), None) for kind in _KEYS]
    return tuple(name for name in found if name)


def _has_history(engine: Engine) -> bool:
    found = engine.query("SELECT count(*) AS moves FROM stays WHERE field = 'assignment_group' AND change_number > 0")
    return bool(found["moves"].iloc[0])


def _counts_sql(filters: Filters) -> str:
    conditions = [*filters.period_conditions("ended_on"), *filters.value_conditions(), "ended_on IS NOT NULL"]
    known = ", ".join(f"count({name}) AS {name}" for kind in _KEYS for name in kind)
    return (
        "SELECT count(*) AS ended, count(*) FILTER (WHERE handle_hours IS NOT NULL) AS handled, "
        f"count(resolution_hours) AS resolved, {known}\nFROM tickets\n{where(conditions)}"
    )


def _cells_sql(filters: Filters, keys: tuple[str, ...], by_history: bool, hours: str) -> str:
    """A row for each kind of ticket and number of hand-offs, with the quartiles of its hours."""
    conditions = [
        "resolution_hours IS NOT NULL", f"{hours} IS NOT NULL", *(f"{key} IS NOT NULL" for key in keys),
        *filters.period_conditions("ended_on"), *filters.value_conditions(),
    ]  # fmt: skip
    if by_history:
        lives = ["field = 'assignment_group'", LAST_STAY, *of_tickets(filters, "ended_on")]
        counted = f"SELECT ticket_key, change_number AS handoffs FROM stays {where(lives)}"
        source = f"tickets\nJOIN (\n  {counted}\n) AS moves USING (ticket_key)"
    else:
        conditions.append("reassignment_count IS NOT NULL")
        source = "(SELECT *, reassignment_count AS handoffs FROM tickets) AS tickets"
    quartiles = ", ".join(f"percentile_cont(0.{q}) WITHIN GROUP (ORDER BY {hours}) AS q{q}" for q in (25, 50, 75))
    places = ", ".join(str(place + 1) for place in range(len(keys) + 1))
    return (
        f"SELECT {', '.join(keys)}, handoffs, count(*) AS tickets, {quartiles},\n"
        f"  sum(ln(1 + {hours})) AS logs, sum(ln(1 + {hours}) * ln(1 + {hours})) AS squares\n"
        f"FROM {source}\n{where(conditions)}\nGROUP BY {places}\nORDER BY {places}"
    )


def _reason(known: int, keys: tuple[str, ...]) -> str:
    if not keys:
        return "no resolved ticket has a priority, category or type, so that like cannot be compared with like"
    if not known:
        return "no resolved ticket here has a history of its groups or a count of reassignments"
    return f"fewer than {FEWEST_COMPARED} resolved tickets have others of their kind with one hand-off more or less"


def _basis(
    engine: Engine, filters: Filters, sql: str, counts: pd.Series, known: int, used: int, by_history: bool
) -> Basis:
    ended, resolved = int(counts["ended"]), int(counts["resolved"])
    lacking = "no history of groups, or of unknown kind" if by_history else "no count of reassignments, or unknown kind"
    left_out = (
        ("ended without a resolution time", ended - resolved), (lacking, resolved - known),
        ("no other ticket of its kind with one hand-off more or less", known - used),
    )  # fmt: skip
    excluded = tuple((reason, count) for reason, count in left_out if count > 0)
    filtered = filters.sentence("ended")
    return Basis(_DEFINITION, sql, filters.parameters(), engine.as_of, used, excluded, _CAVEATS, _SOURCE, filtered)


def _without_the_first(price: Estimate) -> str:
    """What is left where the comparison began with tickets that were never handed over."""
    if price.further is None or price.by_handoffs.empty or price.by_handoffs["handoffs"].iloc[0] > 0:
        return ""
    hours, lo, hi = _in_one_unit(*price.further)
    if price.further[1] <= 0 <= price.further[2]:
        return f" Leaving out the first hand-off, which is often meant, no clear price is left ({lo} to {hi} each)."
    each = f"adds {hours}" if price.further[0] > 0 else f"takes off {hours.removeprefix('-')}"
    return f" Leaving out the first hand-off, which is often meant, each {each} ({lo} to {hi})."


def _in_one_unit(*hours: float) -> tuple[str, ...]:
    """A figure and its interval in days if either end would be written so, that they can be compared at a glance."""
    in_days = max(abs(each) for each in hours) >= 96  # as `hours_text` has it
    return tuple(f"{each / 24:.1f} days" if in_days else hours_text(each) for each in hours)


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
