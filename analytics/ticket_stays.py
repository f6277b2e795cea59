"""Where one ticket stayed, and for how long: the bars of its timeline."""

from collections.abc import Mapping

import pandas as pd

from analytics.local_times import local_times, utc_time
from analytics.warehouse.engine import Engine

LANES = {"assignment_group": "Group", "status": "Status", "priority": "Priority"}
WHOLE = "Ticket"
_ANSWER = ("opened_at", "first_response_at", "until the first response")
_WORK = ("first_response_at", "resolved_at", "after the first response")
_OPEN = ("opened_at", "resolved_at", "open")
_REST = ("resolved_at", "closed_at", "resolved, not yet closed")


def ticket_stays(engine: Engine, row: Mapping[str, object]) -> tuple[pd.DataFrame, int]:
    """The stays of a ticket, and how often it changed its group; the ticket's columns by name, times in UTC.

    The frame has `lane` (Group, Status, Priority), `value`, `entered_at` and `left_at` (local; the last one ends with
    the ticket's last known time, or as of now while it is open), `hours` there, and the `milliseconds` between the two
    as a clock on the wall has them; the priority only where it was changed. A ticket without a history has one lane,
    Ticket, between the times that it names.
    """
    found = engine.query(
        "SELECT field, value, entered_at, left_at, change_number FROM stays WHERE ticket_key = :ticket_key "
        "ORDER BY field, entered_at, change_number",
        {"ticket_key": row["ticket_key"]},
    ).astype({"field": str})
    now = utc_time(engine.as_of, engine.reporting_time_zone) if engine.as_of else None
    changed = found.groupby("field")["value"].transform("size") > 1
    shown = found[found["field"].isin(LANES) & (changed | (found["field"] != "priority"))]
    if shown.empty:
        return _measured(_spans(row, now), engine.reporting_time_zone), 0
    groups = shown.loc[shown["field"] == "assignment_group", "change_number"]
    bars = pd.DataFrame(
        {
            "lane": shown["field"].map(LANES),
            "value": shown["value"].astype(object).where(shown["value"].notna(), None),
            "entered_at": shown["entered_at"],
            "left_at": shown["left_at"].fillna(_end(row, now, [*shown["entered_at"], *shown["left_at"]])),
        }
    )
    hand_offs = int(groups.max()) if groups.notna().any() else 0
    return _measured(bars, engine.reporting_time_zone), hand_offs


def _end(row: Mapping[str, object], now: object, further: list[object]) -> pd.Timestamp:
    """The ticket's last known time; while it is open, the as-of time."""
    named = [row[name] for name in ("resolved_at", "closed_at", "ended_at")]
    until = [now] if row["ended_at"] is None else []
    return max(pd.Timestamp(str(moment)) for moment in (*named, *until, *further) if pd.notna(moment))


def _spans(row: Mapping[str, object], now: object) -> pd.DataFrame:
    """The stretches between the times that the ticket names."""
    ended = dict(row) | {"resolved_at": row["resolved_at"] or row["ended_at"] or now}
    wanted = [_ANSWER, _WORK, _REST] if row["first_response_at"] is not None else [_OPEN, _REST]
    spans = [(WHOLE, words, ended[first], ended[last]) for first, last, words in wanted]
    bars = pd.DataFrame(spans, columns=["lane", "value", "entered_at", "left_at"])
    return bars.astype({"entered_at": "datetime64[us]", "left_at": "datetime64[us]"}).dropna()


def _measured(bars: pd.DataFrame, time_zone: str) -> pd.DataFrame:
    """With hours and local times; what has no length, such as a last value taken at the end, is left out."""
    hours = (bars["left_at"] - bars["entered_at"]) / pd.Timedelta(hours=1)
    shown = bars.assign(
        hours=hours,
        entered_at=local_times(bars["entered_at"], time_zone),
        left_at=local_times(bars["left_at"], time_zone),
    )[hours > 0].reset_index(drop=True)
    return shown.assign(milliseconds=(shown["left_at"] - shown["entered_at"]) / pd.Timedelta(milliseconds=1))
