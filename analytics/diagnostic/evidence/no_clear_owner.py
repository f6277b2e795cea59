"""No clear owner: how many of the aged tickets belong to nobody, to a team alone, or to somebody who left off."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.group_shares import groups_above
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share import Share
from analytics.diagnostic.window import end_of
from analytics.filters import NOT_RECORDED, Filters
from analytics.flow.activity import source_records
from analytics.flow.basis import Basis
from analytics.flow.open_tickets import OpenTickets, open_tickets, selected, without_opening
from analytics.flow.owner_classes import OwnerClasses, owner_classes
from analytics.flow.ownership import SILENT_DAYS
from analytics.formatting import age_text, count_text, percent_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

_NAME = "no_clear_owner"
# Without a person, or with one who has left off. One who is silent on this ticket may be waiting for something.
_OWNERLESS = ("unassigned", "group_only", "assignee_inactive")
# A group is judged by itself from so many aged tickets on.
_FEWEST_IN_GROUP = 10
_HEADINGS = {
    "group": "Group", "aged": "Aged tickets", "without_owner": "Without an owner",
    "silent": "With a name, silent", "share": "Share without",
}  # fmt: skip
_DEFINITION = (
    "Of the open tickets past the age, those without a person: nobody, a group alone, or an assignee who has not "
    "acted on any ticket for 30 days. The share is of those whose source records assignees at all."
)
_CAVEATS = (
    "A ticket whose assignee is silent on it has an owner here: waiting for an answer or a part looks the same.",
    "Assignees are told apart by name alone. No name is shown, and nobody is compared.",
    "A group is judged by itself from 10 aged tickets on, with an interval that allows for the number of groups.",
)
_PAST_CAVEAT = "The days end before the data does: these are the tickets open then, with the owner that they have now."
_NAMED_SINCE = "But what belonged to nobody then may have an owner since."
_FORMULA = "Hours lost to tickets without an owner: not worked out."
_REASON = "what a ticket without an owner costs is the time of whoever waits for it, which no export holds."


@dataclass(frozen=True)
class _Held:
    """Aged tickets by group: `value`, `aged` (whose owner can be told), `without_owner`, `silent`, `share`."""

    frame: pd.DataFrame
    open: int
    untold: int

    @property
    def aged(self) -> int:
        return int(self.frame["aged"].sum())

    @property
    def without_owner(self) -> int:
        return int(self.frame["without_owner"].sum())

    @property
    def silent(self) -> int:
        return int(self.frame["silent"].sum())

    def beyond(self, threshold: float) -> int:
        """How many groups are above the threshold by themselves, beyond chance."""
        parts = self.frame["without_owner"]
        above = groups_above(parts, self.frame["aged"], threshold, _FEWEST_IN_GROUP)
        return int((above & (parts >= FEWEST_TICKETS)).sum())


def no_clear_owner(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where more of the aged tickets than the threshold belong to nobody who acts, of all or of one group."""
    limit, days = numbers.threshold(_NAME, "unowned_share"), numbers.threshold(_NAME, "aged_days")
    shown = open_tickets(engine, filters.between(None, filters.end))
    judged = owner_classes(shown, source_records(engine), SILENT_DAYS)
    sql, parameters = _sql(judged), {**shown.parameters, **judged.parameters, "older_than": shown.days_before(days)}
    held = _held(engine.query(sql, parameters))
    excluded = (("their source records no assignees", held.untold),) if held.untold else ()
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, held.aged, (*excluded, *without_opening(engine, shown)),
        _CAVEATS if shown.is_present else (*_CAVEATS, _PAST_CAVEAT), filters=shown.words,
    )  # fmt: skip
    end = end_of(engine, filters)
    last = end - timedelta(days=1) if end else None
    told = Finding(
        _NAME, CANNOT_TELL, None, limit, "ratio", "", _rule(limit, days), last, last, basis,
        details=held.frame.rename(columns=_HEADINGS), cost=unknown_cost(_FORMULA, _REASON),
    )  # fmt: skip
    return _judged(told, held, shown, judged, days)


def _judged(told: Finding, held: _Held, shown: OpenTickets, judged: OwnerClasses, days: float) -> Finding:
    if not held.open:
        return replace(told, reason="no ticket is open, so none can be old and without an owner.")
    if held.untold and not held.aged:
        return replace(told, reason="the export has no assignees.")
    age, limit = age_text(days), told.threshold or 0.0
    if not held.aged:
        sentence = f"None of {count_text(held.open)} open tickets is older than {age}: none grows old without an owner."
        return replace(told, verdict=DISAGREES, value=0.0, sentence=sentence)
    if held.aged < FEWEST_TICKETS:
        return replace(told, reason=f"too few: only {held.aged} open tickets are older than {age}.")
    share = Share(held.without_owner, held.aged)
    verdict, groups = share.above(limit), held.beyond(limit)
    if verdict != DISAGREES and held.without_owner < FEWEST_TICKETS:
        few = f"too few: {held.without_owner} of {count_text(held.aged)} open tickets older than {age} have no owner."
        return replace(told, reason=few)
    if share.high > limit >= share.value and not groups and held.aged < _FEWEST_IN_GROUP:
        return replace(told, reason=f"too few to tell. {_found(share, held, age, shown)}")
    said = AGREES if groups else verdict
    if said == DISAGREES and not shown.is_present:
        return replace(told, reason=f"{_found(share, held, age, shown)} {_NAMED_SINCE}")
    selection = selected(
        shown, f", older than {age}, without a person who acts",
        f"opened_at < :older_than\n  AND {judged.is_in(_OWNERLESS)}",
        {**judged.parameters, "older_than": shown.days_before(days)},
    )  # fmt: skip
    return replace(
        told, verdict=AGREES if groups else verdict, value=share.value,
        sentence=_sentence(share, held, age, groups, limit, shown), selection=selection if held.without_owner else None,
    )  # fmt: skip


def _sentence(share: Share, held: _Held, age: str, groups: int, limit: float, shown: OpenTickets) -> str:
    noun = "group is" if groups == 1 else "groups are"
    by_group = f" {count_text(groups)} {noun} above {percent_text(limit)} beyond chance." if groups else ""
    verb = "has" if held.silent == 1 else "have"
    named = f"{count_text(held.silent)} {verb} a name on {'it' if held.silent == 1 else 'them'}"
    silent = f" {named}, and nothing has happened for {SILENT_DAYS} days." if held.silent else ""
    return f"{_found(share, held, age, shown)}{by_group}{silent}"


def _found(share: Share, held: _Held, age: str, shown: OpenTickets) -> str:
    """Of a past moment only present names are known, and whether somebody had left off is not judged."""
    if not shown.is_present:
        old = f"{count_text(held.aged)} tickets {shown.when} and older than {age} then"
        return (
            f"{share.words} of {old} are without a name now."
            if held.without_owner
            else f"None of {old} lacks a name now."
        )
    tickets = f"{count_text(held.aged)} open tickets older than {age}"
    if not held.without_owner:
        return f"None of {tickets} lacks a name, or has that of somebody who no longer acts on any ticket."
    return f"{share.words} of {tickets} have no name on them, or that of somebody who no longer acts on any ticket."


def _rule(limit: float, days: float) -> str:
    return (
        f"Agrees where more than {percent_text(limit)} of the open tickets older than {age_text(days)} belong to "
        "nobody, to a group alone or to somebody who no longer acts, beyond chance: of all tickets, or of one group's."
    )


def _sql(judged: OwnerClasses) -> str:
    ownerless = ", ".join(f"'{name}'" for name in _OWNERLESS)
    aged = "opened_at < :older_than AND class <> 'cannot_tell'"
    return (
        f"WITH {judged.sql}\nSELECT\n  assignment_group AS value,\n  count(*) AS tickets,\n"
        f"  count(*) FILTER (WHERE {aged}) AS aged,\n"
        f"  count(*) FILTER (WHERE {aged} AND class IN ({ownerless})) AS without_owner,\n"
        f"  count(*) FILTER (WHERE {aged} AND class = 'silent') AS silent,\n"
        "  count(*) FILTER (WHERE class = 'cannot_tell') AS untold\nFROM judged\nGROUP BY 1"
    )


def _held(found: pd.DataFrame) -> _Held:
    names = found["value"].astype(object)
    frame = found.assign(group=names.where(names.notna(), NOT_RECORDED))
    frame["share"] = frame["without_owner"] / frame["aged"].where(frame["aged"] >= FEWEST_TICKETS)
    frame = frame.sort_values(["without_owner", "aged", "group"], ascending=[False, False, True], kind="stable")
    columns = ["group", "aged", "without_owner", "silent", "share"]
    shown = frame.loc[frame["aged"] > 0, columns].reset_index(drop=True)
    return _Held(shown, int(found["tickets"].sum()), int(found["untold"].sum()))
