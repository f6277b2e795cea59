"""Hand-offs: how many tickets change group, between which groups, and which pairs play ping-pong."""

from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import LAST_STAY, MOVED, of_tickets, where
from analytics.formatting import hours_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

OTHERS = "other groups"
BY_HISTORY, BY_COUNT = "group history", "reassignment count"
NO_HISTORY = "no ticket here has a history of its groups"
_IN_GROUPS = "field = 'assignment_group'"
_DEFINITION = (
    "A hand-off is a change from one group to another. Share handed over: tickets opened in the period that changed "
    "group at least once so far, of those with a known group. Pairs: hand-offs made in the period. A return: a ticket "
    "goes from one group to another and straight back."
)
_CAVEATS = (
    "The share follows tickets by the day they were opened, the pairs hand-offs by the day they were made.",
    "The newest tickets have had less time to be handed over.",
    "A first hand-off is often meant: a service desk hands on what it cannot solve. A return hardly ever is.",
    "Hours away run from the hand-off to the return, by the calendar: they are waiting and work together.",
    "Hand-offs and returns after the ticket's end count too, but hours after it do not.",
)
_SOURCE = "ServiceNow and ITIL: reassignment and first-assignment share. Returns: process mining's ping-pong behaviour."


@dataclass(frozen=True)
class Handoffs:
    """Hand-offs between groups; see the definition in `basis`.

    `pairs` has from_group, to_group, handoffs, tickets, the most hand-offs first. `ping_pong` has group_a, group_b,
    tickets (with a return), returns, hours (away, added up; NaN if all came after the end), the most returns first.
    Both are empty, with a `reason`, where no history tells. `counted_by` says where the share comes from: a history,
    a count, or '' for nothing.
    """

    pairs: pd.DataFrame
    ping_pong: pd.DataFrame
    tickets: int
    tickets_handed_over: int
    counted_by: str
    reason: str | None
    basis: Basis

    @property
    def handoffs(self) -> int:
        """All hand-offs made in the period."""
        return int(self.pairs["handoffs"].sum())

    @property
    def returns(self) -> int:
        """All hand-offs straight back in the period."""
        return int(self.ping_pong["returns"].sum())

    @property
    def share(self) -> float | None:
        """Tickets handed over, of all; None where too few or nothing tells."""
        return self.tickets_handed_over / self.tickets if self.tickets >= FEWEST_TICKETS else None

    @property
    def sentence(self) -> str:
        """The answer in our own words; quotes no export."""
        if not self.basis.used + self.basis.tickets_excluded:
            return "No ticket was opened in this period."
        if not self.counted_by:
            return "Cannot tell how often tickets are handed over: the data has neither a history nor a count of it."
        if self.share is None:
            return "Too few tickets were opened in this period to say how often tickets are handed over."
        known = " whose groups are known" if self.basis.tickets_excluded else ""
        share = f"{self.share * 100:.1f} % of the {self.tickets:,} tickets opened{known} were handed to another group"
        if self.counted_by == BY_COUNT:
            return f"{share}, by the tool's own count; between which groups, only a history of each ticket can tell."
        back = (
            f"{self.returns:,} of {self.handoffs:,} hand-offs went straight back" if self.handoffs else "none was made"
        )
        return f"{share} at least once; {back} in this period."

    @property
    def ping_pong_sentence(self) -> str:
        """The pair with the most returns, against all of them. It quotes names: plain text only."""
        if self.ping_pong.empty:
            return "No ticket went from one group to another and straight back in this period."
        first = self.ping_pong.iloc[0]
        tickets = "1 ticket" if first["tickets"] == 1 else f"{first['tickets']:,} tickets"
        away = "" if pd.isna(first["hours"]) else f", {hours_text(first['hours'])} away in all"
        pair = f"between {first['group_a']} and {first['group_b']}, on {tickets}{away}"
        if self.returns == 1:
            return f"The only return was {pair}."
        if first["returns"] == self.returns:
            return f"All {self.returns:,} returns were {pair}."
        share = f" ({first['returns'] / self.returns * 100:.0f} %)" if self.returns >= FEWEST_TICKETS else ""
        return f"The most returns, {first['returns']:,} of {self.returns:,}{share}, were {pair}."

    def matrix(self, groups: int = 10) -> pd.DataFrame:
        """from_group, to_group, handoffs between the busiest `groups`; all the rest is `OTHERS`. Sums are exact."""
        sides = [self.pairs.groupby(name)["handoffs"].sum() for name in ("from_group", "to_group")]
        busiest = sides[0].add(sides[1], fill_value=0).sort_index().sort_values(ascending=False, kind="stable")
        kept = set(busiest.index if len(busiest) <= groups + 1 else busiest.index[:groups])
        named = self.pairs.assign(
            **{name: self.pairs[name].where(self.pairs[name].isin(kept), OTHERS) for name in ("from_group", "to_group")}
        )
        summed = named.groupby(["from_group", "to_group"], as_index=False)["handoffs"].sum()
        return summed.sort_values(["handoffs", "from_group", "to_group"], ascending=[False, True, True]).reset_index(
            drop=True
        )


def handoffs(engine: Engine, filters: Filters) -> Handoffs:
    """The hand-offs of the tickets in the filters."""
    parameters = filters.parameters()
    all_sql, share_sql = _all_sql(filters), _share_sql(filters)
    listed, known = (engine.query(sql, parameters).iloc[0] for sql in (all_sql, share_sql))
    pairs_sql, returns_sql = _pairs_sql(filters), _ping_pong_sql(filters)
    pairs = _texts(engine.query(pairs_sql, parameters), "from_group", "to_group")
    ping_pong = _texts(engine.query(returns_sql, parameters), "group_a", "group_b")
    has_history = bool(known["tickets"] or len(pairs))
    used, counted_by = (known, BY_HISTORY) if has_history else (listed, BY_COUNT if listed["counted"] else "")
    tickets = int(used["tickets"] if has_history else listed["counted"])
    run = (share_sql, pairs_sql, returns_sql) if has_history else (all_sql,)
    reason = None if has_history else NO_HISTORY
    basis = _basis(engine, filters, run, tickets, int(listed["tickets"]) - tickets, has_history)
    return Handoffs(pairs, ping_pong, tickets, int(used["handed_over"]), counted_by, reason, basis)


def pair_selection(filters: Filters, from_group: str, to_group: str) -> Selection:
    """The tickets that the first group handed to the second in the period."""
    stays = [_IN_GROUPS, "previous_value = :from_group", "value = :to_group", *filters.period_conditions("entered_on")]
    condition = f"ticket_key IN (SELECT ticket_key FROM stays WHERE {' AND '.join(stays)})"
    parameters = filters.parameters() | {"from_group": from_group, "to_group": to_group}
    words = f"tickets handed from {from_group} to {to_group}"
    return Selection(words, " AND ".join([condition, *filters.value_conditions()]), parameters)


def ping_pong_selection(filters: Filters, group_a: str, group_b: str) -> Selection:
    """The tickets that went from one of the two groups to the other and straight back in the period."""
    pair = "(value = :group_a AND previous_value = :group_b OR value = :group_b AND previous_value = :group_a)"
    condition = f"ticket_key IN (SELECT ticket_key FROM stays {where([*_return_conditions(filters), pair])})"
    parameters = filters.parameters() | {"group_a": group_a, "group_b": group_b}
    words = f"tickets that went back and forth between {group_a} and {group_b}"
    return Selection(words, " AND ".join([condition, *filters.value_conditions()]), parameters)


def _all_sql(filters: Filters) -> str:
    conditions = [*filters.period_conditions("opened_on"), *filters.value_conditions()]
    return (
        "SELECT\n  count(*) AS tickets,\n  count(reassignment_count) AS counted,\n"
        "  count(*) FILTER (WHERE reassignment_count > 0) AS handed_over\n"
        f"FROM tickets\n{where(conditions)}"
    )


def _share_sql(filters: Filters) -> str:
    """A ticket's last stay knows how often it had changed by then."""
    conditions = [_IN_GROUPS, LAST_STAY, *of_tickets(filters, "opened_on")]
    return (
        "SELECT count(*) AS tickets, count(*) FILTER (WHERE change_number > 0) AS handed_over\n"
        f"FROM stays\n{where(conditions)}"
    )


def _pairs_sql(filters: Filters) -> str:
    conditions = [_IN_GROUPS, MOVED, *filters.period_conditions("entered_on"), *of_tickets(filters)]
    return (
        "SELECT previous_value AS from_group, value AS to_group, count(*) AS handoffs, "
        f"count(DISTINCT ticket_key) AS tickets\nFROM stays\n{where(conditions)}\n"
        "GROUP BY 1, 2\nORDER BY 3 DESC, 1, 2"
    )


def _return_conditions(filters: Filters) -> list[str]:
    """Hand-offs straight back, made in the period; the way out may lie before it."""
    return [_IN_GROUPS, "returned", *filters.period_conditions("entered_on"), *of_tickets(filters)]


def _ping_pong_sql(filters: Filters) -> str:
    first = "CASE WHEN value < previous_value THEN value ELSE previous_value END"
    second = "CASE WHEN value < previous_value THEN previous_value ELSE value END"
    return (
        f"SELECT\n  {first} AS group_a,\n  {second} AS group_b,\n  count(DISTINCT ticket_key) AS tickets,\n"
        f"  count(*) AS returns,\n  sum(away_hours) AS hours\nFROM stays\n{where(_return_conditions(filters))}\n"
        "GROUP BY 1, 2\nORDER BY 4 DESC, 5 DESC, 1, 2"
    )


def _texts(frame: pd.DataFrame, *names: str) -> pd.DataFrame:
    """The named columns as plain text: as categories they would bring every other value along."""
    return frame.assign(**{name: frame[name].astype(object) for name in names})


def _basis(engine: Engine, filters: Filters, run: tuple[str, ...], used: int, unknown: int, has_history: bool) -> Basis:
    lacking = "no group in their history" if has_history else "no count of reassignments"
    caveats = _CAVEATS if has_history else (*_CAVEATS[1:3], "The tool counts in its own way what a reassignment is.")
    return Basis(
        _DEFINITION, ";\n\n".join(run), filters.parameters(), engine.as_of, used,
        ((lacking, unknown),) if unknown else (), caveats, _SOURCE, filters.sentence("opened, or handed over,"),
    )  # fmt: skip
