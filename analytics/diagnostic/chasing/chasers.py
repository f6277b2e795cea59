"""Chasers: tickets in which people ask about one they already raised, and how long they had waited by then."""

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from analytics.diagnostic.chasing.chaser_sql import (
    AGAIN,
    LINKED,
    NAMES,
    SAYS,
    alike_sql,
    chased_tables,
    chasers_condition,
    demand_conditions,
    parameters,
)
from analytics.diagnostic.chasing.inside import Inside, inside
from analytics.diagnostic.share import Share
from analytics.diagnostic.window import last_days
from analytics.filters import NOT_RECORDED, Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import where
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

WINDOW_DAYS = 365
# Fewer titles than this tell nothing of a share of a few per cent.
FEWEST_TITLES = 30
# Limits of the bands that waits are sorted into.
WAIT_DAYS = (1, 2, 5, 10, 20, 40)
KINDS = {
    NAMES: "names the earlier ticket",
    SAYS: "asks for news in words",
    LINKED: "linked to the person's own open ticket",
    AGAIN: "same person and subject again",
}
_DEFINITION = (
    "Incidents and requests of people that ask about a ticket which is there already: the title asks for news and "
    "gives the number of an earlier ticket of the same person, or is nothing but the number of one that is open; it "
    "asks for news in words that mean nothing else; it is linked to the person's own open ticket of the same type; or "
    "the same person raises nearly the same title again on a later day while the first is open. Each ticket counts "
    "once, by the first of these that fits."
)
_CAVEATS = (
    "Words for asking are known in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish.",
    "A title in another language is found only by its number or its repetition.",
    "Calls that nobody wrote down, and comments inside tickets, are not in it: the share is a lower limit.",
    "Two titles are nearly the same where at most a tenth of the letters differ; numbers in them must be equal.",
    "Tickets that a monitoring channel raised are no demand of people.",
    "Accounts with over 400 tickets in the window are not looked at for repeats.",
)
_SOURCE = "The product's brief: contacts between opening and resolution that ask for news are avoidable demand."


@dataclass(frozen=True)
class Chasers:
    """What asks about an earlier ticket, of the demand over the window.

    `share` is of the tickets with a title; None under `FEWEST_TITLES`. `kinds` has kind, words, chasers. `months` has
    month, tickets, chasers, share, only those with `FEWEST_TITLES`. `groups` has assignment_group (of the ticket asked
    about), asked_about, chasers, median_hours, none under `FEWEST_TICKETS` tickets asked about; `waits` is hours that
    each ticket asked about had waited at each contact. `alike` counts tickets of a person with an open one of the same
    category and subcategory (None where titles tell more), `duplicates` those of a status that says so.
    """

    filters: Filters
    tickets: int
    titled: int
    requesters: int
    chasers: int
    kinds: pd.DataFrame
    months: pd.DataFrame
    groups: pd.DataFrame
    waits: tuple[float, ...]
    alike: int | None
    duplicates: int
    inside: Inside
    basis: Basis
    selection: Selection

    @property
    def share(self) -> Share | None:
        """Of the tickets with a title."""
        return Share(self.chasers, self.titled) if self.titled >= FEWEST_TITLES else None

    @property
    def asked_about(self) -> int:
        """Contacts whose earlier ticket is known."""
        return len(self.waits)

    @property
    def median_wait_hours(self) -> float | None:
        """How long the tickets asked about had waited; None on too few."""
        return float(pd.Series(self.waits).median()) if len(self.waits) >= FEWEST_TICKETS else None

    @property
    def wait_bands(self) -> pd.DataFrame:
        """Contacts by how long the ticket asked about had waited: `band` (in words), `contacts`, the shortest first."""
        return _banded(pd.Series(self.waits, dtype=float) / 24)

    def asked_selection(self, group: str) -> Selection:
        """The tickets of a group that were asked about; `group` may be "not recorded"."""
        held = "assignment_group IS NULL" if group == NOT_RECORDED else "assignment_group = :held_by"
        asked = f"ticket_key IN (\n{chased_tables(self.filters)}\nSELECT asked_key FROM chasers)"
        bound = dict(self.selection.parameters) | ({} if group == NOT_RECORDED else {"held_by": group})
        return Selection(f"tickets of {group} that people asked about", f"{asked} AND {held}", bound)

    @property
    def days(self) -> int:
        """Days of the window that the data cover."""
        start, end = self.filters.start, self.filters.end
        return (end - start).days if start and end else 0


def chasers(engine: Engine, filters: Filters, again_within_days: int) -> Chasers:
    """The contacts that ask about an earlier ticket, over the last `WINDOW_DAYS` up to the filters' end."""
    window = _covered(engine, last_days(engine, filters, WINDOW_DAYS))
    bound, sql = parameters(window, again_within_days), _found_sql(window)
    counted = engine.query(_counts_sql(window), bound)
    tickets, titled, requesters, duplicates = (
        int(counted[name].sum()) for name in ("tickets", "titled", "requesters", "duplicates")
    )
    found = engine.query(sql, bound) if titled else _none()
    found["hours"] = (found["asked_at"] - found["raised_at"]).dt.total_seconds() / 3600
    untitled = (("no title", tickets - titled),) if tickets > titled else ()
    basis = Basis(
        _DEFINITION, sql, bound, engine.as_of, titled, untitled, _CAVEATS, _SOURCE, window.sentence("opened")
    )  # fmt: skip
    return Chasers(
        filters=window, tickets=tickets, titled=titled, requesters=requesters, chasers=len(found),
        kinds=_kinds(found), months=_months(counted, found), groups=_groups(found),
        waits=tuple(found["hours"].dropna()), duplicates=duplicates, inside=inside(engine, window, bound),
        alike=_alike(engine, window, bound) if requesters and titled < FEWEST_TITLES else None, basis=basis,
        selection=Selection("tickets that ask about an earlier one", chasers_condition(window), bound),
    )  # fmt: skip


def _found_sql(window: Filters) -> str:
    return (
        f"{chased_tables(window)}\nSELECT chasers.kind, date_trunc('month', later.opened_on) AS month,\n"
        "  later.opened_at AS asked_at, chasers.asked_key, earlier.opened_at AS raised_at, earlier.assignment_group\n"
        "FROM chasers JOIN tickets AS later USING (ticket_key)\n"
        "LEFT JOIN tickets AS earlier ON earlier.ticket_key = chasers.asked_key"
    )


def _alike(engine: Engine, window: Filters, bound: dict[str, object]) -> int:
    return int(engine.query(alike_sql(window), bound)["alike"][0])


def _covered(engine: Engine, window: Filters) -> Filters:
    """The window from the first ticket on, so that a month's worth is of the days with data."""
    first = engine.query("SELECT min(opened_on) AS first FROM tickets")["first"][0]
    if pd.isna(first) or window.start is None:
        return window
    return window.between(max(window.start, pd.Timestamp(first).date()), window.end)


def _counts_sql(window: Filters) -> str:
    return (
        "SELECT date_trunc('month', opened_on) AS month, count(*) AS tickets, count(title) AS titled,\n"
        "  count(requester) AS requesters,\n"
        "  count(*) FILTER (WHERE regexp_matches(trim(regexp_replace(lower(source_status), '[^a-z]+', ' ', 'g')),\n"
        f"    :duplicates)) AS duplicates\nFROM tickets {where(demand_conditions(window))}\nGROUP BY 1\nORDER BY 1"
    )


def _banded(days: pd.Series) -> pd.DataFrame:
    edges = [-1.0, *WAIT_DAYS, float("inf")]
    between = [f"{low} to {high} days" for low, high in pairwise(WAIT_DAYS)]
    names = [f"under {WAIT_DAYS[0]} day", *between, f"over {WAIT_DAYS[-1]} days"]
    counts = pd.cut(days, edges, right=False, labels=names).value_counts().reindex(names, fill_value=0)
    return pd.DataFrame({"band": names, "contacts": counts.to_numpy(dtype=int)})


def _none() -> pd.DataFrame:
    times = pd.Series([], dtype="datetime64[us]")
    columns = {
        "kind": [],
        "month": times,
        "asked_at": times,
        "asked_key": [],
        "raised_at": times,
        "assignment_group": [],
    }
    return pd.DataFrame(columns)


def _kinds(found: pd.DataFrame) -> pd.DataFrame:
    counts = found["kind"].value_counts()
    rows = [(kind, words, int(counts.get(kind, 0))) for kind, words in KINDS.items()]
    return pd.DataFrame(rows, columns=["kind", "words", "chasers"])


def _months(counted: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    asked = found.groupby("month").size()
    frame = pd.DataFrame(
        {
            "month": pd.to_datetime(counted["month"]),
            "tickets": counted["titled"].astype(int),
            "chasers": [int(asked.get(month, 0)) for month in counted["month"]],
        }
    )
    frame = frame[frame["tickets"] >= FEWEST_TITLES].reset_index(drop=True)
    return frame.assign(share=frame["chasers"] / frame["tickets"])


def _groups(found: pd.DataFrame) -> pd.DataFrame:
    """By the group that holds the ticket asked about, most contacts first."""
    known = found[found["asked_key"].notna()]
    names = known["assignment_group"].astype(object)
    grouped = known.assign(assignment_group=names.where(names.notna(), NOT_RECORDED)).groupby("assignment_group")
    frame = grouped.agg(
        asked_about=("asked_key", "nunique"), chasers=("asked_key", "size"), median_hours=("hours", "median")
    ).reset_index()
    frame = frame[frame["asked_about"] >= FEWEST_TICKETS]
    return frame.sort_values(["chasers", "assignment_group"], ascending=[False, True]).reset_index(drop=True)
