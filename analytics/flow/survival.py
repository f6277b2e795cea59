"""Survival: how long tickets stay open, with those still open as censored observations (Kaplan and Meier, 1958)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.filters import Filters, check_dimension
from analytics.flow.basis import Basis
from analytics.flow.survival_curve import SurvivalCurve, curve_of, fitting_horizon
from analytics.formatting import hours_text
from analytics.period import Grain
from analytics.warehouse.engine import Engine

# Up to here times are exact to the second; above, they are counted by fewer bins, so that the sums run over few rows.
EXACT_UP_TO = 200_000
# Bins an hour: within eight hours, within four days, after.
_EXACT = {"fine": 3600, "middle": 3600, "coarse": 3600}
_BINNED = {"fine": 60, "middle": 4, "coarse": 1}
NOT_CANCELLED = "(status IS NULL OR status <> 'cancelled')"
# A ticket that ended before it was opened is given its opening as its end; its hours are unknown.
_IN_ORDER = (
    "(resolution_hours IS NOT NULL OR ended_at IS NULL OR COALESCE(resolved_at, closed_at, ended_at) >= opened_at)"
)
CAN_BE_TIMED = f"opened_at IS NOT NULL AND {NOT_CANCELLED} AND {_IN_ORDER}"

DEFINITION = (
    "Kaplan-Meier estimate of the calendar hours from opening to the end, of the tickets opened in the period: "
    "a ticket still open counts as not ended for as long as it has been open."
)
CAVEATS = (
    "Calendar hours: nights, weekends and time on hold count.",
    "A ticket ends when it is resolved, else when it was closed, else (if finished) at its last update.",
    "Cancelled tickets are left out, as in the conventional figure: nobody resolved them.",
    "A reopened ticket counts as open from its opening to its last resolution.",
    "The median is the first time by which at least half have ended; not there yet, it is more than the longest life.",
)
SOURCE = "Kaplan and Meier 1958; variance by Greenwood 1926, 95 % band on the log(-log) scale."


@dataclass(frozen=True)
class Survival:
    """`curves` by value of the dimension or by month; without a split there is one, under None.

    `horizon_hours` is the time to which restricted means are taken.
    """

    by: str | None
    curves: Mapping[Any, SurvivalCurve]
    horizon_hours: float
    basis: Basis

    @property
    def whole(self) -> SurvivalCurve:
        """The curve of an unsplit result."""
        return self.curves[None]

    @property
    def sentence(self) -> str:
        """What the unsplit curve says, in our own words."""
        return curve_sentence(self.whole)


def curve_sentence(curve: SurvivalCurve) -> str:
    """Half of the tickets end within ..., with how many are still open."""
    if not curve.tickets:
        return "No tickets to time: none was opened in this period, or none has times that can be used."
    if curve.too_few:
        return f"Only {curve.tickets} tickets can be timed: too few to say how long they take."
    open_words = f"{curve.censored:,} of {curve.tickets:,} are still open and count as not ended yet"
    if curve.median is None:
        return (
            f"Fewer than half of the tickets have ended after {hours_text(curve.followed_hours)}: "
            f"the median is more than that; {open_words}."
        )
    return f"Half of the tickets end within {hours_text(curve.median)}; {open_words}."


def survival(
    engine: Engine, filters: Filters, by: str | Grain | None = None, until: datetime | None = None
) -> Survival:
    """The curve of the tickets opened in the period; split by a dimension, or by period opened with a grain.

    With `until` (UTC, not after the as-of time) as it stood then: what ended later counts as still open.
    """
    counts = _accounted(engine, filters)
    used = counts.pop("used")
    bins = _EXACT if used <= EXACT_UP_TO else _BINNED
    sql = survival_sql(filters, by, is_past=until is not None)
    parameters = filters.parameters() | {"as_of": until or as_of_utc(engine), **bins}
    curves = _curves(engine.query(sql, parameters), by)
    basis = Basis(
        DEFINITION, sql, parameters, engine.as_of, used, tuple((why, n) for why, n in counts.items() if n),
        (*CAVEATS, _precision(bins)), SOURCE, filters.sentence("opened"),
    )  # fmt: skip
    horizon = fitting_horizon(curves[None]) if by is None else 0.0
    return Survival(by, curves, horizon, basis)


def survival_sql(filters: Filters, by: str | Grain | None, is_past: bool = False) -> str:
    """One statement for all curves: counts by time, those at risk by a running sum from the end, then the product."""
    ended, hours = "ended_at", life_hours("as_of")
    if is_past:
        since = hours_between("opened_at", "CAST(:as_of AS TIMESTAMP)")
        ended = "CASE WHEN ended_at <= :as_of THEN ended_at END AS ended_at"
        hours = f"CASE WHEN ended_at > :as_of THEN {since} ELSE {hours} END"
    conditions = [CAN_BE_TIMED, *filters.period_conditions("opened_on"), *filters.value_conditions()]
    along = "OVER (PARTITION BY curve ORDER BY hours)"
    return f"""WITH lives AS (
  SELECT
    {_key(by)} AS curve,
    {hours} AS hours,
    {ended}
  FROM tickets
  WHERE {" AND ".join(conditions)}
),
counts AS (
  SELECT
    curve,
    CASE
      WHEN hours < 8 THEN ceil(hours * :fine - 0.00001) / :fine
      WHEN hours < 96 THEN ceil(hours * :middle - 0.00001) / :middle
      ELSE ceil(hours * :coarse - 0.00001) / :coarse
    END AS hours,
    count(ended_at) AS ended,
    count(*) AS gone
  FROM lives
  GROUP BY 1, 2
),
risks AS (
  SELECT curve, hours, ended, gone, CAST(sum(gone) OVER (PARTITION BY curve ORDER BY hours DESC) AS BIGINT) AS at_risk
  FROM counts
),
sums AS (
  SELECT
    curve, hours, ended, gone, at_risk,
    sum(CASE WHEN ended < at_risk THEN ln(1 - CAST(ended AS DOUBLE) / at_risk) ELSE 0 END) {along} AS log_survival,
    sum(CASE WHEN ended < at_risk THEN CAST(ended AS DOUBLE) / at_risk / (at_risk - ended) ELSE 0 END) {along}
      AS greenwood
  FROM risks
)
SELECT
  curve, hours, ended, gone, at_risk,
  CASE WHEN ended = at_risk THEN 0 ELSE exp(log_survival) END AS survival,
  greenwood
FROM sums
ORDER BY curve, hours"""


def life_hours(until: str) -> str:
    """SQL for the hours from opening to the end, or for an open ticket to the moment bound as `until` (UTC)."""
    return f"""CASE
      WHEN resolution_hours IS NOT NULL THEN resolution_hours
      WHEN ended_at IS NOT NULL THEN {hours_between("opened_at", "ended_at")}
      WHEN opened_at < :{until} THEN {hours_between("opened_at", f"CAST(:{until} AS TIMESTAMP)")}
      ELSE 0.0
    END"""


def hours_between(start: str, end: str) -> str:
    """SQL for the hours between two timestamps, by the fields of their difference, which all engines have."""
    gap = f"({end} - {start})"
    return (
        f"(EXTRACT(DAY FROM {gap}) * 24 + EXTRACT(HOUR FROM {gap}) + EXTRACT(MINUTE FROM {gap}) / 60.0 "
        f"+ EXTRACT(SECOND FROM {gap}) / 3600.0)"
    )


def as_of_utc(engine: Engine) -> datetime | None:
    """The as-of time in UTC, as the stored times are."""
    if engine.as_of is None:
        return None
    return engine.as_of.replace(tzinfo=ZoneInfo(engine.reporting_time_zone)).astimezone(UTC).replace(tzinfo=None)


def _key(by: str | Grain | None) -> str:
    if isinstance(by, Grain):
        return by.sql("opened_on")
    return "0" if by is None else check_dimension(by)


def _curves(frame: pd.DataFrame, by: str | Grain | None) -> dict[Any, SurvivalCurve]:
    if by is None:
        return {None: curve_of(frame)}
    grouped = frame.groupby("curve", dropna=False, sort=False, observed=True)
    return {_known(value): curve_of(part) for value, part in grouped}


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def _accounted(engine: Engine, filters: Filters) -> dict[str, int]:
    """Tickets used, and left out by reason; one without an opening time is placed by its end."""
    reasons = {
        "used": CAN_BE_TIMED,
        "no opening time": "opened_at IS NULL",
        "cancelled, merged or spam": "opened_at IS NOT NULL AND status = 'cancelled'",
        "ended before it was opened": f"opened_at IS NOT NULL AND {NOT_CANCELLED} AND NOT {_IN_ORDER}",
    }
    columns = ", ".join(f"count(*) FILTER (WHERE {condition}) AS n_{i}" for i, condition in enumerate(reasons.values()))
    # Two statements: one over the first known of both days could not leave out what lies before the period unread.
    sides = (
        ["opened_on IS NOT NULL", *filters.period_conditions("opened_on")],
        ["opened_on IS NULL", *filters.period_conditions("ended_on")],
    )
    rows = [
        engine.query(
            f"SELECT {columns} FROM tickets WHERE {' AND '.join([*side, *filters.value_conditions()])}",
            filters.parameters(),
        ).iloc[0]
        for side in sides
    ]
    return {reason: sum(int(row[f"n_{i}"]) for row in rows) for i, reason in enumerate(reasons)}


def _precision(bins: Mapping[str, int]) -> str:
    if bins == _EXACT:
        return "Times are exact to the second."
    return (
        f"Of more than {EXACT_UP_TO:,} tickets, times are rounded up: to the minute within eight hours, to the quarter "
        "of an hour within four days, to the hour after."
    )
