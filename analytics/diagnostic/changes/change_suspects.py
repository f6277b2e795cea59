"""Change suspects: changes after which the same item had more incidents than chance and its own rate explain.

Each change is tested by itself: the incidents on its item in the days after, against those in the days before, given
both together (exact conditional test of two Poisson rates, Przyborowski and Wilenski 1940). The time before and after
counts by the desk's other incidents or by the clock, whichever explains more, so that a busy week suspects nobody.
The level is divided by the number of changes tested (Bonferroni).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from scipy import stats

from analytics.diagnostic.changes.change_records import ChangeRecords
from analytics.filters import Filters
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

INCIDENT = "COALESCE(ticket_type, 'incident') = 'incident' AND opened_at IS NOT NULL"
BASE_DAYS = 90
_FEWEST_BASE_DAYS = 30
_CHANCE = 0.01
_TIMES = 2.0  # incidents cluster for many reasons: a suspect has at least twice as many as expected
_MOST_SHOWN = 50


@dataclass(frozen=True)
class Suspects:
    """`frame` has the changes beyond chance, the most incidents first: columns of the records, `after`, `expected`.

    `tested` is how many changes could be: on an item that had incidents around it. `condition` finds the incidents
    in the days after (never those linked to a change), with `parameters`; it is empty without suspects.
    """

    frame: pd.DataFrame
    tested: int
    condition: str
    parameters: dict[str, object]


def change_suspects(
    engine: Engine, records: ChangeRecords, filters: Filters, days_after: float, until: datetime
) -> Suspects:
    """The suspects among changes that have had all their days after by `until` (UTC); incidents are the filters'."""
    reach = timedelta(days=days_after)
    changes = records.frame[records.frame["item"].notna() & (records.frame["ended_at"] <= until - reach)]
    if changes.empty:
        return Suspects(changes.assign(after=0, expected=0.0), 0, "", {})
    since = changes["ended_at"].min() - timedelta(days=BASE_DAYS)
    bound = {**filters.between(None, None).parameters(), "since": since.to_pydatetime(), "until": until}
    on_items, hourly = _incidents(engine, filters, bound)
    counted = _counted(changes.reset_index(drop=True), on_items, hourly, reach)
    tested = counted[counted["after"] + counted["before"] > 0]
    beyond = (tested["p_value"] < _CHANCE / max(1, len(tested))) & (tested["after"] >= FEWEST_TICKETS)
    found = tested[beyond & (tested["after"] >= _TIMES * tested["expected"])]
    found = found.sort_values(["after", "ended_at"], ascending=[False, True], kind="stable").head(_MOST_SHOWN)
    columns = [*records.frame.columns, "after", "expected"]
    condition, parameters = _condition(found, filters, reach)
    return Suspects(found[columns].reset_index(drop=True), len(tested), condition, parameters)


def _incidents(engine: Engine, filters: Filters, bound: dict[str, object]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Incidents on any item (`item`, `opened_at`), and how many of all there were in each hour."""
    chosen = " AND ".join(
        [INCIDENT, "opened_at >= :since", "opened_at <= :until", *filters.value_conditions()]
    )  # fmt: skip
    changed = "configuration_item IN (SELECT configuration_item FROM tickets WHERE ticket_type = 'change')"
    items = f"SELECT configuration_item AS item, opened_at FROM tickets\nWHERE {chosen} AND {changed}"
    hours = (
        "SELECT date_trunc('hour', opened_at) AS hour, count(*) AS tickets FROM tickets\n"
        f"WHERE {chosen}\nGROUP BY 1\nORDER BY 1"
    )
    return engine.query(items, bound), engine.query(hours, bound)


def _counted(changes: pd.DataFrame, on_items: pd.DataFrame, hourly: pd.DataFrame, reach: timedelta) -> pd.DataFrame:
    """The changes with `before`, `after`, `expected` and `p_value`; the base begins with the records."""
    ended = changes["ended_at"].to_numpy(dtype="datetime64[us]")
    first = hourly["hour"].min() if len(hourly) else changes["ended_at"].max()
    begin = np.maximum(ended - np.timedelta64(BASE_DAYS, "D"), np.datetime64(first, "us"))
    days_before = (ended - begin) / np.timedelta64(1, "D")
    end = ended + np.timedelta64(int(reach.total_seconds()), "s")
    before, after = _on_item(changes, on_items, begin, ended), _on_item(changes, on_items, ended, end)
    others_before = _between(hourly, begin, ended) - before
    others_after = _between(hourly, ended, end) - after
    by_clock = (reach.total_seconds() / 86_400) / (reach.total_seconds() / 86_400 + np.maximum(days_before, 1e-9))
    by_others = others_after / np.maximum(others_after + others_before, 1)
    share = np.clip(np.maximum(by_clock, by_others), 1e-9, 1 - 1e-9)
    p_value = np.where(days_before >= _FEWEST_BASE_DAYS, stats.binom.sf(after - 1, after + before, share), 1.0)
    counted = changes.assign(before=before, after=after, expected=before * share / (1 - share), p_value=p_value)
    return counted[days_before >= _FEWEST_BASE_DAYS]


def _on_item(changes: pd.DataFrame, on_items: pd.DataFrame, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Incidents on each change's item after `begin` and up to `end`: places in one sorted list of item and time."""
    codes, items = pd.factorize(on_items["item"].astype(object))
    mine = pd.Index(items).get_indexer(changes["item"])
    zero = np.datetime64("1970-01-01", "us")
    moments = (on_items["opened_at"].to_numpy(dtype="datetime64[us]") - zero).astype(np.int64)
    keys = np.sort(_key(codes, moments))
    low, high = (_key(mine, (moment - zero).astype(np.int64)) for moment in (begin, end))
    found = np.searchsorted(keys, high, side="right") - np.searchsorted(keys, low, side="right")
    return np.asarray(np.where(mine >= 0, found, 0))


def _key(codes: np.ndarray, moments: np.ndarray) -> np.ndarray:
    """Item and second as one whole number: fewer than 2^31 items, and seconds below 2^32 until the year 2106."""
    return np.asarray(codes.astype(np.int64) * (np.int64(1) << 32) + moments // 1_000_000)


def _between(hourly: pd.DataFrame, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """All incidents between two moments, by whole hours."""
    hours = hourly["hour"].to_numpy(dtype="datetime64[us]")
    total = np.concatenate([[0], np.cumsum(hourly["tickets"].to_numpy(dtype=np.int64))])
    return np.asarray(total[np.searchsorted(hours, end)] - total[np.searchsorted(hours, begin)])


def _condition(found: pd.DataFrame, filters: Filters, reach: timedelta) -> tuple[str, dict[str, object]]:
    if found.empty:
        return "", {}
    either, parameters = [], dict(filters.between(None, None).parameters())
    for place, row in enumerate(found.itertuples()):
        item, begin, end = (f"suspect_{name}_{place}" for name in ("item", "from", "to"))
        either.append(f"(configuration_item = :{item} AND opened_at > :{begin} AND opened_at <= :{end})")
        moment = row.ended_at.to_pydatetime()
        parameters |= {item: row.item, begin: moment, end: moment + reach}
    joined = "\n    OR ".join(either)
    conditions = [INCIDENT, "caused_by_change_id IS NULL", f"({joined})", *filters.value_conditions()]
    return "\n  AND ".join(conditions), parameters
