"""Bridge: what took the backlog from one day to another, exact to the ticket."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from analytics.extent import bounded
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import count_text
from analytics.kpi import NO_OPENING
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import FINAL_STATUSES

OPENED = "opened_on >= :from_date AND opened_on < :to_date"
ENDED = "ended_on >= :from_date AND ended_on < :to_date"
OPEN_AT_START = "opened_on < :from_date AND (ended_on IS NULL OR ended_on >= :from_date)"
OPEN_AT_END = "opened_on < :to_date AND (ended_on IS NULL OR ended_on >= :to_date)"
# In the backlog at some time of the window.
PRESENT = "opened_on < :to_date AND (ended_on IS NULL OR ended_on >= :from_date)"
_DAY = timedelta(days=1)
_NO_DAY = date(1970, 1, 1)
_FINAL = ", ".join(f"'{status}'" for status in FINAL_STATUSES)
_CAVEATS = (
    "Start and end are counted each by itself, so a leak would show a ticket that left before it came.",
    (
        "A reopened ticket counts as open from its opening to its last resolution. A reopening is booked on its day "
        "together with the resolution that it undid: the two cancel out, and the true number of reopenings is shown. "
        "An undone closing or cancellation counts among the resolutions."
    ),
    "Resolved are all that ended and are not cancelled, also those whose status is not known.",
)


@dataclass(frozen=True)
class Bridge:
    """Tickets open at the `start` and the `end` of a window, and those that moved between.

    `start` is the backlog at the end of the day before `filters.start`, `end` that of the last day (`filters` have
    both ends). `resolved` = `resolved_held` (ended in the window, not cancelled; `not_final` of them have no final
    status) + `resolved_undone` (resolutions that a reopening in the window undid). `undated_reopenings` are known by
    number alone; they are not in `reopened`.
    """

    filters: Filters
    start: int
    opened: int
    reopened: int
    resolved_held: int
    resolved_undone: int
    cancelled: int
    end: int
    not_final: int
    undated_reopenings: int
    basis: Basis

    @property
    def resolved(self) -> int:
        """All resolutions booked in the window."""
        return self.resolved_held + self.resolved_undone

    @property
    def leak(self) -> int:
        """What the movements do not explain; 0 where the bridge holds."""
        return self.end - (self.start + self.opened + self.reopened - self.resolved - self.cancelled)

    @property
    def change(self) -> int:
        """End less start."""
        return self.end - self.start


def bridge(engine: Engine, filters: Filters) -> Bridge:
    """The bridge over the window of `filters`; an open end of it is that of the data."""
    window = window_of(engine, filters)
    sql = _sql(window)
    row = engine.query(sql, window.parameters()).fillna(0).astype(int).iloc[0].to_dict()
    undated = row["reopenings_known_by_number"]
    return Bridge(
        filters=window,
        start=row["start_tickets"],
        opened=row["opened"],
        reopened=row["reopened"],
        resolved_held=row["ended"] - row["cancelled"],
        resolved_undone=row["reopened"],
        cancelled=row["cancelled"],
        end=row["end_tickets"],
        not_final=row["not_final"],
        undated_reopenings=undated,
        basis=Basis(
            definition="Open at start + opened + reopened - resolved - cancelled = open at end; the leak is what is "
            "left over.",
            sql=sql,
            parameters=window.parameters(),
            as_of=engine.as_of,
            used=row["present"],
            excluded=((NO_OPENING.reason, row["no_opening"]),) if row["no_opening"] else (),
            caveats=_caveats(row),
            source="Flow metrics: net flow = arrivals - departures. Digital.ai: beginning, opened, closed, ending.",
            filters=window.sentence("in the backlog"),
        ),
    )


def window_of(engine: Engine, filters: Filters) -> Filters:
    """The filters with both ends, also where there is no data to bound them."""
    window = bounded(engine, filters)
    if window.start and window.end:
        return window
    day = window.start or (window.end - _DAY if window.end else _NO_DAY)
    return window.between(day, window.end or day + _DAY)


def reopening_conditions(window: Filters) -> list[str]:
    """SQL conditions on `stays` joined with `tickets`: reopenings in the window, on or after the opening."""
    return [
        "stays.field = 'status'",
        f"stays.previous_value IN ({_FINAL})",
        f"stays.value NOT IN ({_FINAL})",
        *window.period_conditions("stays.entered_on"),
        "stays.entered_on >= tickets.opened_on",
        *window.value_conditions(),
    ]


def _sql(window: Filters) -> str:
    values = "".join(f"\n  AND {condition}" for condition in window.value_conditions())
    reopenings = "\n    AND ".join(reopening_conditions(window))
    return f"""WITH reopenings AS (
  SELECT count(*) AS reopened
  FROM stays
  JOIN tickets ON tickets.ticket_key = stays.ticket_key
  WHERE {reopenings}
),
by_number AS (
  SELECT sum(reopen_count) AS reopenings_known_by_number
  FROM tickets
  WHERE reopen_count > 0
  AND {PRESENT}{values}
  AND NOT EXISTS (
    SELECT 1 FROM stays WHERE stays.field = 'status' AND stays.ticket_key = tickets.ticket_key
  )
),
movements AS (
  SELECT
    count(*) FILTER (WHERE {OPEN_AT_START}) AS start_tickets,
    count(*) FILTER (WHERE {OPENED}) AS opened,
    count(*) FILTER (WHERE {ENDED}) AS ended,
    count(*) FILTER (WHERE {ENDED} AND status = 'cancelled') AS cancelled,
    count(*) FILTER (WHERE {ENDED} AND (status IS NULL OR status NOT IN ({_FINAL}))) AS not_final,
    count(*) FILTER (WHERE {OPEN_AT_END}) AS end_tickets,
    count(*) FILTER (WHERE {PRESENT}) AS present
  FROM tickets
  WHERE opened_on IS NOT NULL
  AND (({PRESENT}) OR ({OPENED}) OR ({ENDED})){values}
),
left_out AS (
  SELECT count(*) AS no_opening
  FROM tickets
  WHERE opened_on IS NULL{values}
)
SELECT *
FROM movements
CROSS JOIN reopenings
CROSS JOIN by_number
CROSS JOIN left_out"""


def _caveats(row: dict[str, Any]) -> tuple[str, ...]:
    said = []
    if row["not_final"]:
        said.append(f"{count_text(row['not_final'])} of the resolved have ended, but no final status says how.")
    if row["reopenings_known_by_number"]:
        said.append(
            f"{count_text(row['reopenings_known_by_number'])} further reopenings are known by their number alone, not "
            "by their day; they are not among the reopened."
        )
    return (*_CAVEATS, *said)
