"""Re-prioritisation: how many tickets change their priority, up or down, how often, and in which groups."""

from dataclasses import dataclass

import pandas as pd

from analytics.extent import bounded
from analytics.filters import NOT_RECORDED, Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import MOVED, of_tickets, where
from analytics.flow.priority_drift import PriorityDrift, priority_drift
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_CHANGED = f"field = 'priority' AND {MOVED}"
# 1 is the most urgent: a smaller digit is a raise.
_RAISED, _LOWERED = (f"CAST(value AS VARCHAR) {sign} CAST(previous_value AS VARCHAR)" for sign in ("<", ">"))
_Z = 1.959964
_FEWEST_NAMED = 30
_DEFINITION = (
    "Tickets opened in the period whose priority was changed at least once so far, of those with a history of their "
    "priority; raised and lowered are tickets with at least one such change. The first value known is no change."
)
_CAVEATS = (
    "The newest tickets have had less time to change.",
    "A ticket both raised and lowered counts in both.",
    "By group means the group that holds the ticket now, not the one that changed it.",
)
_SOURCE = "ITIL: priority from impact and urgency, to be corrected when they change; no agreed norm how often."


@dataclass(frozen=True)
class Reprioritisation:
    """`groups` has assignment_group, tickets, changed, share, at_least, changes; none under `FEWEST_TICKETS`.

    `at_least` is the lower end of the share's 95 % interval (Wilson 1927); the group with the highest comes first, so
    that a handful of tickets does not lead.

    `tickets` have a history of their priority; `changed`, `raised`, `lowered` are tickets, `changes` all changes.
    Without a history these are 0 and `drift` of the priority mix stands in as a proxy.
    """

    tickets: int
    changed: int
    raised: int
    lowered: int
    changes: int
    groups: pd.DataFrame
    drift: PriorityDrift | None
    basis: Basis

    @property
    def share(self) -> float | None:
        """Tickets changed, of all; None on too few."""
        return self.changed / self.tickets if self.tickets >= FEWEST_TICKETS else None

    @property
    def changes_per_changed(self) -> float | None:
        """How often a ticket changed that changed at all."""
        return self.changes / self.changed if self.changed else None

    @property
    def sentence(self) -> str:
        """The answer in our own words; quotes no export."""
        if self.drift is not None:
            return self.drift.sentence
        if self.share is None:
            return "Too few tickets with a history of their priority were opened to say how often it is changed."
        known = " with a history of it" if self.basis.tickets_excluded else ""
        if not self.changed:
            return f"None of the {self.tickets:,} tickets opened{known} had its priority changed."
        return (
            f"{self.share * 100:.1f} % of the {self.tickets:,} tickets opened{known} had their priority changed, "
            f"{self.changes_per_changed:.1f} times each: {self.raised:,} were raised, {self.lowered:,} lowered."
        )

    @property
    def group_sentence(self) -> str:
        """The group of some size that changes most, against all others. It quotes a name: plain text only.

        Empty where no such group changes more than the others do.
        """
        large = self.groups[self.groups["tickets"] >= _FEWEST_NAMED]
        if len(self.groups) < 2 or large.empty:
            return ""
        first = large.iloc[0]
        tickets, changed = self.tickets - int(first["tickets"]), self.changed - int(first["changed"])
        elsewhere = changed / tickets if tickets >= FEWEST_TICKETS else None
        if first["share"] <= (elsewhere or 0):
            return ""
        others = "" if elsewhere is None else f", against {elsewhere * 100:.1f} % elsewhere"
        return f"Most often in {first['assignment_group']}: {first['share'] * 100:.1f} % of its tickets{others}."


def reprioritisation(engine: Engine, filters: Filters) -> Reprioritisation:
    """The changes of priority of the tickets in the filters that were opened in the period."""
    sql, parameters = _groups_sql(filters), filters.parameters()
    found = engine.query(sql, parameters)
    totals = {name: int(found[name].sum()) for name in ("tickets", "changed", "raised", "lowered", "changes")}
    drift = priority_drift(engine, bounded(engine, filters)) if not totals["tickets"] else None
    basis = _basis(engine, filters, sql, totals["tickets"]) if drift is None else drift.basis
    return Reprioritisation(**totals, groups=_shown(found), drift=drift, basis=basis)


def changed_selection(filters: Filters, group: str | None = None) -> Selection:
    """The tickets opened in the period whose priority was changed, of all groups or of one."""
    conditions = [
        f"ticket_key IN (SELECT ticket_key FROM stays WHERE {_CHANGED})",
        *filters.period_conditions("opened_on"), *filters.value_conditions(),
    ]  # fmt: skip
    if group is None:
        return Selection("tickets whose priority was changed", " AND ".join(conditions), filters.parameters())
    held = "assignment_group IS NULL" if group == NOT_RECORDED else "assignment_group = :held_by"
    words = f"tickets of {group} whose priority was changed"
    return Selection(words, " AND ".join([*conditions, held]), filters.parameters() | {"held_by": group})


def _groups_sql(filters: Filters) -> str:
    """A row a group, small ones included, so that the rows add up to the total."""
    stays = ["field = 'priority'", "value IS NOT NULL", *of_tickets(filters, "opened_on")]
    lives = (
        f"SELECT ticket_key, count(*) FILTER (WHERE {MOVED}) AS changes,\n"
        f"    count(*) FILTER (WHERE {MOVED} AND {_RAISED}) AS raises,\n"
        f"    count(*) FILTER (WHERE {MOVED} AND {_LOWERED}) AS lowerings\n  FROM stays\n"
        f"  {where(stays)}\n  GROUP BY 1"
    )
    return (
        "SELECT assignment_group, count(*) AS tickets, count(*) FILTER (WHERE changes > 0) AS changed,\n"
        "  count(*) FILTER (WHERE raises > 0) AS raised, count(*) FILTER (WHERE lowerings > 0) AS lowered,\n"
        f"  sum(changes) AS changes\nFROM (\n  {lives}\n) AS lives\nJOIN tickets USING (ticket_key)\n"
        "GROUP BY 1\nORDER BY 1"
    )


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    """Groups with enough tickets, the largest share first."""
    names = found["assignment_group"].astype(object)
    frame = found.assign(
        assignment_group=names.where(names.notna(), NOT_RECORDED), share=found["changed"] / found["tickets"]
    )
    frame["at_least"] = _at_least(frame["share"], frame["tickets"])
    columns = ["assignment_group", "tickets", "changed", "share", "at_least", "changes"]
    shown = frame.loc[frame["tickets"] >= FEWEST_TICKETS, columns]
    ranked = shown.sort_values(["at_least", "tickets", "assignment_group"], ascending=[False, False, True])
    return ranked.reset_index(drop=True)


def _at_least(share: pd.Series, tickets: pd.Series) -> pd.Series:
    spread = _Z * ((share * (1 - share) + _Z**2 / (4 * tickets)) / tickets) ** 0.5
    return ((share + _Z**2 / (2 * tickets) - spread) / (1 + _Z**2 / tickets)).clip(lower=0)


def _basis(engine: Engine, filters: Filters, sql: str, used: int) -> Basis:
    conditions = [*filters.period_conditions("opened_on"), *filters.value_conditions()]
    listed = engine.query(f"SELECT count(*) AS tickets FROM tickets {where(conditions)}", filters.parameters())
    unknown = int(listed["tickets"].iloc[0]) - used
    excluded = (("no history of its priority", unknown),) if unknown else ()
    return Basis(
        _DEFINITION, sql, filters.parameters(), engine.as_of, used, excluded, _CAVEATS, _SOURCE,
        filters.sentence("opened"),
    )  # fmt: skip
