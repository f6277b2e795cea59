"""Cumulative flow: what arrived and what ended, day by day, with the backlog between, and the net flow per week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.extent import first_day
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.bridge import PRESENT, window_of
from analytics.formatting import count_text
from analytics.kpi import NO_OPENING
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import FINAL_STATUSES, OPEN_STATUSES

# By status of an open ticket, the newest work on top; a final status before the ticket's end is one of them.
INTERIM, UNKNOWN = "resolved_still_counted", "status_unknown"
BANDS = (*OPEN_STATUSES, INTERIM, UNKNOWN)
MOST_DAYS = 200
_DAY = timedelta(days=1)
_CAVEATS = (
    (
        "A reopened ticket counts as open from its opening to its last resolution. Resolved, still counted: resolved "
        "by status, but reopened later, or resolved before the time that the export gives as its end."
    ),
    "The bands are the status at the end of the day, from the history of changes; without one it is not known.",
    "A week that is cut by the window, or not over yet, is marked: it cannot be compared.",
)


@dataclass(frozen=True)
class CumulativeFlow:
    """Running totals by day or, in a window of over 200 days, by week (Sundays, and the last day).

    The first row is the day before the window.

    `frame`: `day`, `arrived` and `ended` (tickets opened, and ended, by then since the first day of the data),
    `backlog` (arrived - ended), `arrived_since` and `ended_since` (the same two less what had ended before the window,
    so that the picture starts at the backlog) and, with `bands`, one column of tickets a band, which sum to the
    backlog: statuses in which open tickets stood, `resolved_still_counted` (a final status before the ticket's end) and
    `status_unknown` (no history). `weeks`: `week` (Monday), `opened`, `ended`, `net` (opened - ended), `partial` (cut
    by the window or not over). `bands` is empty where no ticket has a history of its status; `why_not` says so.
    """

    filters: Filters
    grain: Grain
    frame: pd.DataFrame
    weeks: pd.DataFrame
    bands: tuple[str, ...]
    why_not: str
    basis: Basis


def cumulative_flow(engine: Engine, filters: Filters) -> CumulativeFlow:
    """The cumulative flow over the window of `filters`."""
    window = _within_data(engine, window_of(engine, filters))
    flow_sql, status_sql, parameters = _flow_sql(window), _status_sql(window), _parameters(window)
    flows = engine.query(flow_sql, parameters)
    daily = _levels(flows, _days(window))
    known, why_not = _banded(daily, engine.query(status_sql, parameters))
    left_out = int(flows.loc[flows["side"] == "no opening", "tickets"].sum())
    grain = Grain.DAY if len(daily) - 1 <= MOST_DAYS else Grain.WEEK
    return CumulativeFlow(
        filters=window,
        grain=grain,
        frame=_points(daily, known, grain),
        weeks=_weeks(daily.iloc[1:], window, engine.as_of.date() if engine.as_of else None),
        bands=known,
        why_not=why_not,
        basis=Basis(
            definition="Arrived: tickets opened by the end of the day. Ended: tickets that had ended by then. Between "
            "them lies the backlog. Net flow of a week: opened - ended.",
            sql=f"{flow_sql};\n\n{status_sql}",
            parameters=parameters,
            as_of=engine.as_of,
            used=int(daily["backlog"].iloc[0] + daily["opened"].iloc[1:].sum()),
            excluded=((NO_OPENING.reason, left_out),) if left_out else (),
            caveats=_CAVEATS,
            source="Flow metrics: cumulative flow diagram; net flow = arrivals - departures.",
            filters=window.sentence("in the backlog"),
        ),
    )


def cumulative_flow_sentence(found: CumulativeFlow) -> str:
    """How many whole weeks more came than went, and by how many tickets on average; our own words alone."""
    if not found.basis.used:
        return "No ticket was in the backlog in this period."
    whole = found.weeks[~found.weeks["partial"]]
    opened, ended = (count_text(int(found.weeks[name].sum())) for name in ("opened", "ended"))
    came = f"{opened} tickets arrived and {ended} ended"
    if len(whole) < 2:
        return f"{came}. A net flow per week needs two whole weeks."
    grew, mean = int((whole["net"] > 0).sum()), float(whole["net"].mean())
    sign = "no net change" if abs(mean) < 0.05 else f"on average {abs(mean):,.1f} {'more' if mean > 0 else 'fewer'}"
    than = "" if abs(mean) < 0.05 else " arrived than ended"
    return f"{came}. The backlog grew in {grew} of {len(whole)} whole weeks: {sign}{than} a week."


def _within_data(engine: Engine, window: Filters) -> Filters:
    """The part of the window that the data covers: days outside are not known, and not without tickets."""
    first, as_of = first_day(engine), engine.as_of
    if first is None or as_of is None or window.start is None or window.end is None:
        return window
    start, end = max(window.start, first), min(window.end, as_of.date() + _DAY)
    return window.between(start, end) if start < end else window


def _flow_sql(window: Filters) -> str:
    """Tickets that arrived and that ended, by day; those before the window as one."""
    values = "".join(f"\n  AND {condition}" for condition in window.value_conditions())
    day = "GREATEST({}, CAST(:day_before AS DATE)) AS moved_on"
    return f"""SELECT 'arrived' AS side, {day.format("opened_on")}, count(*) AS tickets
FROM tickets
WHERE opened_on < :to_date{values}
GROUP BY 2
UNION ALL
SELECT 'ended' AS side, {day.format("ended_on")}, count(*) AS tickets
FROM tickets
WHERE opened_on < :to_date
  AND ended_on < :to_date{values}
GROUP BY 2
UNION ALL
SELECT 'no opening' AS side, CAST(NULL AS DATE) AS moved_on, count(*) AS tickets
FROM tickets
WHERE opened_on IS NULL{values}"""


def _status_sql(window: Filters) -> str:
    """Steps by day, value before and value; and, with `is_end` 1, tickets by the day and the status they ended from.

    A status counts from the day it was taken (not before the opening) until the next, or the ticket's end.
    """
    values = "".join(f"\n    AND {condition}" for condition in window.value_conditions())
    return f"""WITH present AS (
  SELECT ticket_key, opened_on, ended_on, ended_at
  FROM tickets
  WHERE {PRESENT}{values}
),
steps AS (
  SELECT
    GREATEST(stays.entered_on, present.opened_on, CAST(:day_before AS DATE)) AS moved_on,
    stays.previous_value,
    stays.value,
    CASE
      WHEN stays.left_at IS NULL OR stays.left_at >= present.ended_at THEN present.ended_on
    END AS ended_on
  FROM stays
  JOIN present ON present.ticket_key = stays.ticket_key
  WHERE stays.field = 'status'
    AND stays.entered_on < :to_date
    AND (present.ended_at IS NULL OR stays.entered_at < present.ended_at)
)
SELECT
  GROUPING(moved_on) AS is_end,
  COALESCE(moved_on, ended_on) AS moved_on,
  previous_value,
  value,
  count(*) AS tickets
FROM steps
GROUP BY GROUPING SETS ((moved_on, previous_value, value), (ended_on, value))"""


def _parameters(window: Filters) -> dict[str, object]:
    return window.parameters() | {"day_before": window.start - _DAY if window.start else None}


def _days(window: Filters) -> pd.DatetimeIndex:
    """The day before the window, and each of its days."""
    if window.start is None or window.end is None:
        raise ValueError("a cumulative flow needs a bounded window")
    return pd.date_range(window.start - _DAY, window.end - _DAY)


def _levels(flows: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """By day: opened, closed, and the running totals; the first row holds all before the window."""
    by_day = {side: _by_day(flows[flows["side"] == side], days) for side in ("arrived", "ended")}
    daily = pd.DataFrame({"opened": by_day["arrived"], "closed": by_day["ended"]}, index=days)
    daily["arrived"], daily["ended"] = daily["opened"].cumsum(), daily["closed"].cumsum()
    daily["backlog"] = daily["arrived"] - daily["ended"]
    return daily


def _by_day(moves: pd.DataFrame, days: pd.DatetimeIndex) -> Any:
    """Tickets moved on each day; what lies outside the days counts nothing."""
    moved = moves.dropna(subset="moved_on")
    summed = moved["tickets"].astype(int).groupby(pd.to_datetime(moved["moved_on"])).sum()
    return summed.reindex(days, fill_value=0).to_numpy(dtype=int)


def _banded(daily: pd.DataFrame, steps: pd.DataFrame) -> tuple[tuple[str, ...], str]:
    """Adds the bands to `daily`; returns the ones that hold any ticket, or none and why."""
    if steps.empty:
        return (), "no ticket here has a history of its status"
    for band in BANDS[:-1]:
        daily[band] = _by_day(_moves(steps, band), daily.index).cumsum()
    daily[UNKNOWN] = daily["backlog"] - daily[list(BANDS[:-1])].sum(axis=1)
    if (daily[list(BANDS)] < 0).any(axis=None):
        return (), "the history of the statuses contradicts itself"
    return tuple(band for band in BANDS if daily[band].any()), ""


def _moves(steps: pd.DataFrame, band: str) -> pd.DataFrame:
    """Tickets into (and, negative, out of) one band by day; a step to no known status keeps the one before."""
    statuses = FINAL_STATUSES if band == INTERIM else (band,)
    is_step = (steps["is_end"] == 0) & steps["value"].notna()
    came = steps[is_step & steps["value"].isin(statuses)]
    went = steps[is_step & steps["previous_value"].isin(statuses)]
    ended = steps[(steps["is_end"] == 1) & steps["value"].isin(statuses)]
    signed = [came, *(part.assign(tickets=-part["tickets"]) for part in (went, ended))]
    return pd.concat([part[["moved_on", "tickets"]] for part in signed])


def _points(daily: pd.DataFrame, bands: tuple[str, ...], grain: Grain) -> pd.DataFrame:
    """Each day, or each Sunday and the last day."""
    before = int(daily["ended"].iloc[0])
    frame = daily[["arrived", "ended", "backlog", *bands]].rename_axis("day").reset_index()
    frame["arrived_since"], frame["ended_since"] = frame["arrived"] - before, frame["ended"] - before
    wanted = np.ones(len(frame), dtype=bool)
    if grain is Grain.WEEK:
        wanted = (frame["day"].dt.day_of_week == 6).to_numpy(copy=True)
        wanted[[0, -1]] = True
    return frame[wanted].reset_index(drop=True)


def _weeks(daily: pd.DataFrame, window: Filters, as_of: date | None) -> pd.DataFrame:
    """Opened, ended and net by week; partial where the window or the data does not hold all seven days."""
    monday = daily.index - pd.to_timedelta(daily.index.day_of_week, unit="D")
    weeks = daily.groupby(monday)[["opened", "closed"]].sum().rename_axis("week").reset_index()
    weeks = weeks.rename(columns={"closed": "ended"})
    weeks["net"] = weeks["opened"] - weeks["ended"]
    last = min(window.end - _DAY, as_of) if as_of and window.end else None
    over = weeks["week"] + pd.Timedelta(days=6)
    weeks["partial"] = (weeks["week"] < pd.Timestamp(window.start)) | (over > pd.Timestamp(last) if last else True)
    return weeks
