"""Starters: how many new joiners were ready by the start of their first morning, and how early or late."""

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import pandas as pd

from analytics.business_hours import calendar_in_force
from analytics.diagnostic.onboarding.starter_sql import late_condition, parameters, requests_sql, starters_sql
from analytics.diagnostic.share import Share
from analytics.diagnostic.window import last_days
from analytics.filters import NOT_RECORDED, Filters
from analytics.flow.basis import Basis
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

# So many starters tell a share to within ten points.
ENOUGH = 100
LONGEST = 4
# A group stands out beyond chance, also where several are looked at: one per cent by chance, and not for two people.
_APART = 2.576
_FEWEST_LATE = 3
# Bands of business days before and after the first morning.
_EDGES = (float("-inf"), -5, -2, -1, 0, 1, 2, 5, float("inf"))
_BANDS = (
    "over 5 days early", "2 to 5 days early", "1 to 2 days early", "under 1 day early", "under 1 day late",
    "1 to 2 days late", "2 to 5 days late", "over 5 days late",
)  # fmt: skip
_MINUTE = 1 / 60
_DEFINITION = (
    "Requests for new joiners whose first morning, the start of business on the day they are needed (on a closed day: "
    "the next business day), lay in the window; late are those completed after it, and those still open past it. "
    "Cancelled requests are left out."
)
_CAVEATS = (
    "Requests are recognised by words in category, subcategory, service and title, in nine languages.",
    "Completed is when the ticket was resolved, which need not be when everything worked.",
    "Hours are business hours of the calendar in force.",
    "Sites and departments with fewer than 5 starters are not shown, nor one that could be found by subtraction.",
)
_SOURCE = "The product's brief: share of starters who are ready before the first morning."


@dataclass(frozen=True)
class Starters:
    """Starters of the window. `due` had their first morning in it; `late` of these, `still_open` of the late.

    `asked_late` were asked for only after the morning; `second_day` of the late took at least a whole business day.
    `hours` are business hours from the first morning to completion (or to the end of the window), negative when
    early. `sites` and `departments` have value, starters, late, share, at_least, elsewhere, stands_out: none under
    `FEWEST_TICKETS`. `months` has month, starters, late, share. `requests` were opened in the window, `undated` of
    them say no day on which they are needed; `has_needed` whether any ticket of the export does.
    """

    filters: Filters
    due: int
    late: int
    still_open: int
    asked_late: int
    second_day: int
    hours: tuple[float, ...]
    sites: pd.DataFrame
    departments: pd.DataFrame
    months: pd.DataFrame
    requests: int
    undated: int
    has_needed: bool
    day_hours: float
    basis: Basis
    selection: Selection

    @property
    def share(self) -> Share | None:
        """The late ones; None where nobody was due."""
        return Share(self.late, self.due) if self.due else None

    @property
    def p90_hours(self) -> float | None:
        """Business hours after the first morning by which 90 % were ready; negative is before. None on too few."""
        return float(pd.Series(self.hours).quantile(0.9)) if self.due >= FEWEST_TICKETS else None

    @property
    def bands(self) -> pd.DataFrame:
        """Starters by how early or late: `band` (in words), `starters`, `is_late`, the earliest first."""
        days = [hours / self.day_hours for hours in self.hours]
        counts = [sum(low < each <= high for each in days) for low, high in pairwise(_EDGES)]
        return pd.DataFrame({"band": _BANDS, "starters": counts, "is_late": [low >= 0 for low in _EDGES[:-1]]})

    @property
    def worst(self) -> pd.Series | None:
        """The site that stands out beyond chance, with the highest share if several do; None where none does."""
        found = self.sites[self.sites["stands_out"]] if len(self.sites) else self.sites
        return found.iloc[0] if len(found) else None

    @property
    def days(self) -> int:
        """Days of the window."""
        start, end = self.filters.start, self.filters.end
        return (end - start).days if start and end else 0


def starters(engine: Engine, filters: Filters, window_days: int) -> Starters:
    """The starters whose first morning lay in the last `window_days` up to the filters' end.

    While those are fewer than `ENOUGH`, of twice and then of `LONGEST` times as many days: their number decides, not
    how they fared.
    """
    found = _starters(engine, last_days(engine, filters, window_days))
    for times in (2, LONGEST):
        if found.has_needed and found.due < ENOUGH:
            found = _starters(engine, last_days(engine, filters, times * window_days))
    return found


def _starters(engine: Engine, window: Filters) -> Starters:
    calendar = calendar_in_force(engine)
    bound, sql = parameters(engine, window, calendar), starters_sql(engine, window)
    dated = bool(engine.query("SELECT count(needed_by) > 0 AS known FROM tickets")["known"][0])
    asked = engine.query(requests_sql(window), bound).iloc[0]
    rows = engine.query(sql, bound) if dated else _none()
    # Late within the first minute is late all the same.
    rows["hours_late"] = (
        rows["hours_late"].astype(float).where(~rows["is_late"], rows["hours_late"].clip(lower=_MINUTE))
    )
    late, day_hours = rows[rows["is_late"]], (calendar.closes - calendar.opens) / 60
    excluded = (("no day on which it is needed", int(asked["undated"])), ("cancelled", int(asked["cancelled"])))
    basis = Basis(
        _DEFINITION, sql, bound, engine.as_of, len(rows), tuple(pair for pair in excluded if pair[1]), _CAVEATS,
        _SOURCE, window.sentence("needed"),
    )  # fmt: skip
    return Starters(
        filters=window, due=len(rows), late=len(late), still_open=int(late["is_open"].sum()),
        asked_late=int(rows["asked_late"].sum()), second_day=int((late["hours_late"] >= day_hours).sum()),
        hours=tuple(rows["hours_late"]), sites=_by(rows, "site"), departments=_by(rows, "department"),
        months=_months(rows), requests=int(asked["requests"]), undated=int(asked["undated"]), has_needed=dated,
        day_hours=day_hours, basis=basis,
        selection=Selection("requests that were late for the first morning", late_condition(engine, window), bound),
    )  # fmt: skip


def _none() -> pd.DataFrame:
    flags = {name: pd.Series([], dtype=bool) for name in ("is_open", "is_late", "asked_late")}
    return pd.DataFrame({"site": [], "department": [], "morning_on": [], "hours_late": [], **flags})


def _months(rows: pd.DataFrame) -> pd.DataFrame:
    """Months with enough starters to say a share."""
    months = pd.to_datetime(rows["morning_on"]).dt.to_period("M").dt.to_timestamp()
    frame = rows.assign(month=months).groupby("month").agg(starters=("is_late", "size"), late=("is_late", "sum"))
    frame = frame[frame["starters"] >= FEWEST_TICKETS].reset_index()
    return frame.assign(share=frame["late"] / frame["starters"])


def _by(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Groups of enough starters, those that stand out first, then by their share."""
    names = rows[column].astype(object)
    grouped = rows.assign(value=names.where(names.notna(), NOT_RECORDED)).groupby("value")
    frame = grouped.agg(starters=("is_late", "size"), late=("is_late", "sum")).reset_index()
    shown = _without_small(frame)
    if shown.empty:
        return shown.assign(share=[], at_least=[], elsewhere=[], stands_out=pd.Series([], dtype=bool))
    due, late = len(rows), int(rows["is_late"].sum())
    shares = [Share(int(one.late), int(one.starters)) for one in shown.itertuples()]
    others = [due - share.whole for share in shares]
    elsewhere = [
        (late - share.part) / rest if rest >= FEWEST_TICKETS else None
        for share, rest in zip(shares, others, strict=True)
    ]
    shown = shown.assign(
        share=[share.value for share in shares],
        at_least=[share.low for share in shares],
        elsewhere=pd.Series(elsewhere, index=shown.index, dtype=float),
    )
    shown["stands_out"] = [
        one.late >= _FEWEST_LATE and one.value != NOT_RECORDED and _apart(one.late, one.starters, late, due) > _APART
        for one in shown.itertuples()
    ]
    return shown.sort_values(["stands_out", "share", "value"], ascending=[False, False, True]).reset_index(drop=True)


def _apart(late: int, starters: int, all_late: int, due: int) -> float:
    """How many standard errors a group's share lies above that of the others (two proportions, pooled)."""
    others, pooled = due - starters, all_late / due
    if others < FEWEST_TICKETS or not 0 < pooled < 1:
        return 0.0
    error = sqrt(pooled * (1 - pooled) * (1 / starters + 1 / others))
    return (late / starters - (all_late - late) / others) / error


def _without_small(frame: pd.DataFrame) -> pd.DataFrame:
    """Without groups under `FEWEST_TICKETS`; where those together are as few, the next smallest goes too.

    Else the small one could be found by taking the others from the total.
    """
    ordered = frame.sort_values(["starters", "value"]).reset_index(drop=True)
    hidden = int((ordered["starters"] < FEWEST_TICKETS).sum())
    if hidden and ordered["starters"].iloc[:hidden].sum() < FEWEST_TICKETS:
        hidden += 1
    return ordered.iloc[hidden:]
