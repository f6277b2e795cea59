"""Ownership: who, if anyone, moves each open ticket."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.errors import BacklightError
from analytics.filters import Filters, Value
from analytics.flow.activity import source_records
from analytics.flow.age_lines import age_lines
from analytics.flow.basis import Basis
from analytics.flow.open_tickets import OpenTickets, open_tickets, selected, share_text, without_opening
from analytics.flow.owner_classes import CLASSES, INACTIVE_DAYS, UNNAMED, UNOWNED, OwnerClasses, owner_classes
from analytics.formatting import age_text, count_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

SILENT_DAYS = 14
AGED_DAYS = 14
_MOST_SILENT_DAYS = 3_650
_DEFINITION = (
    "Every open ticket in one class, by who holds it: nobody, a group alone, an assignee who has not acted anywhere "
    f"for {INACTIVE_DAYS} days, an assignee while nothing happens, or an assignee and something does. All but the last "
    "are without a clear owner; the share is of those that can be told."
)
_CAVEATS = (
    "The first class that fits counts. An inactive assignee comes before silence, since all their tickets are silent.",
    "Acting is an event in one's name, or an update or the end of a ticket one holds. An update by a machine counts.",
    "Assignees are told apart by name alone. No name is shown, and nobody is compared.",
)
_PAST_CAVEAT = (
    "The window ends before the data does: these are the tickets open then, with the group and assignee they have now. "
    "What happened to them later is not used, and whether an assignee was inactive is not judged."
)


@dataclass(frozen=True)
class Held:
    """Open tickets of one class; `share` of all (None where too few), `median_age_days` None without tickets."""

    name: str
    tickets: int
    share: float | None
    median_age_days: float | None

    @property
    def title(self) -> str:
        """The class in words: `Group only`."""
        return CLASSES[self.name]


@dataclass(frozen=True)
class Aged:
    """Of `tickets` older than so many days, `told` have an owner class, `without_owner` of them no clear owner.

    `share` is the latter over `told`, None where these are fewer than `FEWEST_TICKETS`.
    """

    older_than_days: float
    tickets: int
    told: int
    without_owner: int
    share: float | None


@dataclass(frozen=True)
class Ownership:
    """`tickets` open, by `classes`; `aged` past the desk's own 85 % line and `aged_14` past `AGED_DAYS` days.

    `aged` is None where the line cannot be told; `line_reason` says why. `groups` has a row for each assignment group,
    the most aged tickets without owner first: `value` (None: not recorded), `tickets`, one column for each class, and
    past the line, else past 14 days: `aged`, of these `aged_unowned` without a clear owner and `aged_unnamed` without
    an assignee. `inactive_assignees` is a number from five on, else `none` or `fewer than five`. `unsure` owned tickets
    have no recorded update: whether they are silent cannot be told.
    """

    open: OpenTickets
    silent_days: int
    classes: tuple[Held, ...]
    tickets: int
    aged: Aged | None
    line_reason: str
    aged_14: Aged
    groups: pd.DataFrame
    inactive_assignees: str
    unsure: int
    judged: OwnerClasses
    basis: Basis

    @property
    def main_aged(self) -> Aged:
        """Past the line, else past 14 days."""
        return self.aged or self.aged_14

    @property
    def told(self) -> int:
        """Open tickets whose source has assignees at all."""
        return sum(held.tickets for held in self.classes if held.name != "cannot_tell")

    @property
    def sentence(self) -> str:
        """The answer in one or two sentences; quotes the name of a group, so it is export text."""
        return _sentence(self)

    def selection(
        self, names: Sequence[str] = UNOWNED, older_than_days: float | None = None, groups: tuple[Value, ...] = ()
    ) -> Selection:
        """The tickets of some classes, oldest first, also past an age and of some groups."""
        conditions, parameters = [self.judged.is_in(names)], dict(self.judged.parameters)
        words = f": {' or '.join(CLASSES[name].lower() for name in names)}"
        if older_than_days is not None:
            conditions.append("opened_at < :older_than")
            parameters["older_than"] = self.open.days_before(older_than_days)
            words = f", older than {age_text(older_than_days)}{words}"
        if groups:
            chosen = Filters.of(where={"assignment_group": groups})
            conditions += [condition.replace(":", ":held_") for condition in chosen.value_conditions()]
            parameters |= {f"held_{name}": value for name, value in chosen.parameters().items()}
        return selected(self.open, words, "\n  AND ".join(conditions), parameters)


def ownership(engine: Engine, filters: Filters, silent_days: int = SILENT_DAYS) -> Ownership:
    """Who holds the tickets open at the end of the window; silent from `silent_days` days without activity on."""
    if not 1 <= silent_days <= _MOST_SILENT_DAYS:
        raise BacklightError(f"{silent_days} days of silence make no sense: choose 1 to {_MOST_SILENT_DAYS:,}.")
    shown, lines = open_tickets(engine, filters), age_lines(engine, filters)
    judged = owner_classes(shown, source_records(engine), silent_days)
    line = lines.p85
    ages = {"line": AGED_DAYS if line is None else line, "days_14": AGED_DAYS}
    moments = {f"aged_{name}": shown.days_before(days) for name, days in ages.items()}
    sql, parameters = _sql(judged), {**shown.parameters, **judged.parameters, **moments}
    found = engine.query(sql, parameters)
    whole = found[found["is_class"] == 1].set_index("class")
    aged, aged_14 = (_aged(whole, f"aged_{name}", days) for name, days in ages.items())
    total = int(whole["tickets"].sum())
    caveats = _CAVEATS if shown.is_present else (*_CAVEATS, _PAST_CAVEAT)
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, total, without_opening(engine, shown),
        (*caveats, *_unsure_caveats(unsure := int(whole["unsure"].sum()))), filters=shown.words,
    )  # fmt: skip
    return Ownership(
        shown, silent_days, tuple(_held(shown, whole, name, total) for name in CLASSES), total,
        None if line is None else aged, lines.reason, aged_14, _groups(found[found["is_class"] == 0]),
        _people(int(whole["people"].get("assignee_inactive", 0))), unsure, judged, basis,
    )  # fmt: skip


def _sql(judged: OwnerClasses) -> str:
    return (
        f"WITH {judged.sql}\nSELECT\n  class,\n  assignment_group,\n  GROUPING(assignment_group) AS is_class,\n"
        "  count(*) AS tickets,\n  median(opened_at) AS median_opened_at,\n"
        "  count(*) FILTER (WHERE opened_at < :aged_line) AS aged_line,\n"
        "  count(*) FILTER (WHERE opened_at < :aged_days_14) AS aged_days_14,\n"
        "  count(*) FILTER (WHERE class = 'owned' AND NOT is_told) AS unsure,\n"
        "  count(DISTINCT assignee) FILTER (WHERE class = 'assignee_inactive') AS people\n"
        "FROM judged\nGROUP BY GROUPING SETS ((class, assignment_group), (class))"
    )


def _held(shown: OpenTickets, whole: pd.DataFrame, name: str, total: int) -> Held:
    if name not in whole.index:
        return Held(name, 0, 0.0 if total >= FEWEST_TICKETS else None, None)
    tickets = int(whole["tickets"][name])
    age = float(shown.age_days(whole["median_opened_at"].loc[[name]]).iloc[0])
    return Held(name, tickets, tickets / total if total >= FEWEST_TICKETS else None, age)


def _aged(whole: pd.DataFrame, column: str, days: float) -> Aged:
    counts = whole[column]
    told = int(counts.drop("cannot_tell", errors="ignore").sum())
    unowned = int(counts.reindex(UNOWNED).fillna(0).sum())
    return Aged(days, int(counts.sum()), told, unowned, unowned / told if told >= FEWEST_TICKETS else None)


def _groups(found: pd.DataFrame) -> pd.DataFrame:
    names = [None if pd.isna(value) else value for value in found["assignment_group"].astype(object)]
    rows = found.assign(value=pd.Series(names, index=found.index, dtype=object))
    keys = rows["value"].map(lambda value: (value is None, value or ""))
    counts = {name: rows["tickets"].where(rows["class"] == name, 0) for name in CLASSES}
    aged = rows["aged_line"]
    unowned, unnamed = (aged.where(rows["class"].isin(names), 0) for names in (UNOWNED, UNNAMED))
    wide = rows[["value", "tickets"]].assign(**counts, aged=aged, aged_unowned=unowned, aged_unnamed=unnamed)
    summed = wide.groupby(keys, sort=True).agg({name: "first" if name == "value" else "sum" for name in wide.columns})
    return summed.sort_values(["aged_unowned", "tickets"], ascending=False, kind="stable").reset_index(drop=True)


def _people(number: int) -> str:
    return str(number) if number >= FEWEST_TICKETS else "fewer than five" if number else "none"


def _unsure_caveats(unsure: int) -> tuple[str, ...]:
    if not unsure:
        return ()
    return (f"For {count_text(unsure)} of the owned tickets no update is recorded: they may be silent too.",)


def _sentence(shown: Ownership) -> str:
    when, aged = shown.open.when, shown.main_aged
    if not shown.tickets:
        return f"No tickets are {when}."
    if not shown.told:
        return f"Who holds the {count_text(shown.tickets)} tickets {when} cannot be told: the export has no assignees."
    age = age_text(aged.older_than_days)
    if not aged.told:
        return f"No ticket {when} is older than {age}: none has waited long, with or without an owner."
    yardstick = ", the age that 85 % of what the desk closed did not reach" if shown.aged else ""
    verb = "has" if aged.without_owner == 1 else "have"
    unnamed = int(shown.groups["aged_unnamed"].sum())
    nobody = f"{count_text(unnamed)} of them {'have' if unnamed > 1 else 'has'} no assignee at all"
    return (
        f"Of {count_text(aged.told)} tickets {when} and older than {age}{yardstick}, {count_text(aged.without_owner)}"
        f"{share_text(aged.without_owner, aged.told)} {verb} no clear owner{_largest(shown.groups, 'aged_unowned')}. "
        f"{nobody if unnamed else 'Each of them has an assignee'}{_largest(shown.groups, 'aged_unnamed')}."
    )


def _largest(groups: pd.DataFrame, column: str) -> str:
    """The group with the most of them, where these are not too few to name it."""
    named = groups[groups["value"].notna()].sort_values(column, ascending=False, kind="stable").head(1)
    rows = named.to_dict("records")
    if not rows or rows[0][column] < FEWEST_TICKETS:
        return ""
    return f", the largest number in {rows[0]['value']} ({count_text(int(rows[0][column]))})"
