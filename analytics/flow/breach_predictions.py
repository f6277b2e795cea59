"""Predictions of missed due times, now and as they would have been made in the weeks before, by like tickets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.survival import CAN_BE_TIMED, as_of_utc, hours_between, life_hours
from analytics.flow.survival_curve import SurvivalCurve, curve_of_counts
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

WEEKS_BACK = 8
FEWEST_COMPARABLE = 50
# Only lives that began lately: measured on the demo, two years of them give a Brier score of 0.186, half a year 0.160.
_WEEKS_COMPARED = WEEKS_BACK + 26
_LATELY = f"{CAN_BE_TIMED} AND opened_at >= :lives_from"
# What comparable tickets share, the nearest first.
LEVELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("priority and type", ("priority", "ticket_type")),
    ("priority", ("priority",)),
    ("all", ("everything",)),
)


@dataclass(frozen=True)
class Origins:
    """The moments (UTC) at which is predicted: now, and 1 to `WEEKS_BACK` weeks before."""

    moments: tuple[datetime | None, ...]

    def parameters(self) -> dict[str, object]:
        """Bound as `origin_0` (now) to `origin_8`; comparable tickets were opened since `lives_from`."""
        now = self.moments[0]
        since: dict[str, object] = {"lives_from": now - timedelta(weeks=_WEEKS_COMPARED) if now else None}
        return since | {f"origin_{weeks}": moment for weeks, moment in enumerate(self.moments)}


def origins_of(engine: Engine) -> Origins:
    """Counted back from the as-of time."""
    now = as_of_utc(engine)
    return Origins(tuple(now - timedelta(weeks=weeks) if now else None for weeks in range(WEEKS_BACK + 1)))


def predictions(engine: Engine, filters: Filters, origins: Origins) -> pd.DataFrame:
    """Cells of tickets open at an origin that are alike in priority, type, age and age when due.

    Columns: `weeks_back`, `priority`, `ticket_type`, `hours`, `due_hours` (NaN: none ahead), `missed` (None: not yet
    known), `tickets`, `probability`, `level` (place in `LEVELS`) and `comparable_tickets`. At each origin only what was
    known then is used: a ticket that ended later counts as open.
    """
    parameters = filters.parameters() | origins.parameters()
    ended = _prepared(engine.query(_ended_sql(filters), parameters))
    alive = _prepared(engine.query(_alive_sql(filters), parameters))
    parts = [
        _predicted(ended[ended["known_back"] >= weeks], alive[alive["weeks_back"] == weeks])
        for weeks in range(WEEKS_BACK + 1)
    ]
    return pd.concat(parts, ignore_index=True)


def open_sql(filters: Filters) -> str:
    """Open tickets with a due time ahead, binned like the cells."""
    conditions = [CAN_BE_TIMED, "ended_at IS NULL", "due_at > :origin_0", *filters.value_conditions()]
    now = "CAST(:origin_0 AS TIMESTAMP)"
    return f"""SELECT
  ticket_key, priority, ticket_type,
  {_binned(hours_between("opened_at", now))} AS hours,
  {_binned(hours_between("opened_at", "due_at"))} AS due_hours,
  {hours_between(now, "due_at")} AS hours_left
FROM tickets
WHERE {" AND ".join(conditions)}"""


def _ended_sql(filters: Filters) -> str:
    """Lives that are over, with the weeks before the as-of time by which that was known."""
    known = " ".join(f"WHEN ended_at <= :origin_{weeks} THEN {weeks}" for weeks in range(WEEKS_BACK, 0, -1))
    conditions = [_LATELY, "ended_at IS NOT NULL", *filters.value_conditions()]
    return f"""SELECT
  priority, ticket_type,
  {_binned(life_hours("origin_0"))} AS hours,
  CASE {known} ELSE 0 END AS known_back,
  count(*) AS tickets
FROM tickets
WHERE {" AND ".join(conditions)}
GROUP BY 1, 2, 3, 4"""


def _alive_sql(filters: Filters) -> str:
    """Tickets open at each origin, with the due time ahead of them and whether they missed it."""
    moments = "\n  UNION ALL ".join(
        f"SELECT {weeks} AS weeks_back, CAST(:origin_{weeks} AS TIMESTAMP) AS origin_at"
        for weeks in range(WEEKS_BACK + 1)
    )
    conditions = [_LATELY, f"(ended_at IS NULL OR ended_at > :origin_{WEEKS_BACK})", *filters.value_conditions()]
    return f"""WITH origins AS (
  {moments}
),
lately AS (
  SELECT priority, ticket_type, opened_at, ended_at, due_at
  FROM tickets
  WHERE {" AND ".join(conditions)}
)
SELECT
  weeks_back, priority, ticket_type,
  {_binned(hours_between("opened_at", "origin_at"))} AS hours,
  CASE WHEN due_at > origin_at THEN {_binned(hours_between("opened_at", "due_at"))} END AS due_hours,
  CASE WHEN due_at > origin_at AND due_at <= :origin_0
    THEN CASE WHEN ended_at <= due_at THEN 0 ELSE 1 END END AS missed,
  count(*) AS tickets
FROM lately CROSS JOIN origins
WHERE opened_at <= origin_at AND (ended_at IS NULL OR ended_at > origin_at)
GROUP BY 1, 2, 3, 4, 5, 6"""


def _binned(hours: str) -> str:
    """Quarters of an hour in the first four days, then hours, after ninety days days; rounded up."""
    return (
        f"CASE WHEN {hours} < 96 THEN ceil({hours} * 4 - 0.001) / 4 WHEN {hours} < 2160 THEN ceil({hours} - 0.001) "
        f"ELSE 24 * ceil({hours} / 24 - 0.001) END"
    )


def _prepared(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(ticket_type=frame["ticket_type"].astype(object), everything=0)


def _predicted(ended: pd.DataFrame, alive: pd.DataFrame) -> pd.DataFrame:
    """The cells with the probability of the nearest level that has enough comparable tickets."""
    lives = pd.concat([ended.assign(ended=ended["tickets"]), alive.assign(ended=0)], ignore_index=True)
    alive = alive.reset_index(drop=True)
    probability, level, count = (np.full(len(alive), np.nan) for _ in range(3))
    for place, (_, keys) in enumerate(LEVELS):
        curves = {
            name: curve_of_counts(*(part[column].to_numpy(dtype=float) for column in ("hours", "ended", "tickets")))
            for name, part in _parts(lives, keys)
        }
        for name, part in _parts(alive, keys):
            rows, told = part.index.to_numpy(), _missing(curves[name], part)
            fresh = np.isnan(probability[rows]) & ~np.isnan(told)
            at = rows[fresh]
            probability[at], level[at], count[at] = told[fresh], place, curves[name].tickets
    return alive.assign(probability=probability, level=level, comparable_tickets=count).drop(columns="everything")


def _parts(frame: pd.DataFrame, keys: tuple[str, ...]) -> Iterator[tuple[tuple[object, ...], pd.DataFrame]]:
    """The frame by the values of `keys`, of which None is one."""
    for name, part in frame.groupby(list(keys), dropna=False, sort=False):
        yield tuple(None if pd.isna(value) else value for value in name), part


def _missing(curve: SurvivalCurve, cells: pd.DataFrame) -> np.ndarray:
    """S(due) / S(now); NaN where too few tickets were followed that far."""
    if curve.tickets < FEWEST_COMPARABLE:
        return np.full(len(cells), np.nan)
    now, due = (cells[name].to_numpy(dtype=float) for name in ("hours", "due_hours"))
    steps = np.concatenate([[1.0], curve.survival])
    at_now, at_due = (steps[np.searchsorted(curve.hours, hours, side="right")] for hours in (now, due))
    followed = np.concatenate([curve.at_risk, [0]])[np.searchsorted(curve.hours, now, side="right")]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = at_due / at_now
    return np.where((followed >= FEWEST_TICKETS) & ~np.isnan(due), share, np.nan)
