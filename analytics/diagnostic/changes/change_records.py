"""Change records: the changes that ended in a window, how they ended, and what share failed by tier."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.filters import NOT_RECORDED, Filters
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

OUTCOMES = Path(__file__).parents[3] / "data" / "change_outcomes.toml"
TIERS = ("standard", "normal", "emergency")
# When a change was over: as planned, else as recorded.
ENDED = "COALESCE(planned_end_at, resolved_at, closed_at)"
# A cancelled one never happened; a new one has not yet.
DONE = f"ticket_type = 'change' AND COALESCE(status, '') NOT IN ('new', 'cancelled') AND {ENDED} IS NOT NULL"


@dataclass(frozen=True)
class ChangeRecords:
    """`frame` has a row a change, the latest last: `change`, `tier`, `outcome`, `item`, `ended_at` (UTC), `failed`.

    `failed` is True, False, or None where the outcome is not known. `ever` counts all changes loaded.
    """

    frame: pd.DataFrame
    ever: int
    sql: str
    parameters: dict[str, object]

    @property
    def tiers(self) -> pd.DataFrame:
        """By tier: `tier`, `changes`, `known` outcomes, `failed` of them, and `share` (NaN on under five known)."""
        frame = self.frame.assign(
            tier=self.frame["tier"].fillna(NOT_RECORDED), known=self.frame["failed"].notna(),
            failed=self.frame["failed"].eq(True),
        )  # fmt: skip
        found = frame.groupby("tier", sort=True)[["known", "failed"]].sum().astype(int)
        found.insert(0, "changes", frame.groupby("tier").size())
        found["share"] = found["failed"] / found["known"].where(found["known"] >= FEWEST_TICKETS)
        order = [tier for tier in (*TIERS, *found.index) if tier in found.index]
        return found.loc[list(dict.fromkeys(order))].reset_index()


def change_records(engine: Engine, window: Filters) -> ChangeRecords:
    """The changes that ended in a bounded window, of all groups: whose incidents they cause is another matter."""
    sql = (
        "SELECT ticket_id AS change, change_tier AS tier, change_outcome AS outcome, configuration_item AS item,\n"
        f"  {ENDED} AS ended_at\nFROM tickets\n"
        f"WHERE {DONE} AND {ENDED} >= :changes_from AND {ENDED} < :changes_to\nORDER BY ended_at, ticket_id"
    )
    parameters: dict[str, object] = {
        "changes_from": utc_midnight(engine, window.start), "changes_to": utc_midnight(engine, window.end),
    }  # fmt: skip
    found = engine.query(sql, parameters)
    for name in ("change", "tier", "outcome", "item"):
        texts = found[name].astype(object)
        found[name] = texts.where(texts.notna(), None)
    found["failed"] = pd.Series([outcome_failed(text) for text in found["outcome"]], dtype=object, index=found.index)
    ever = engine.query("SELECT count(*) AS changes FROM tickets WHERE ticket_type = 'change'")
    return ChangeRecords(found, int(ever["changes"].iloc[0]), sql, parameters)


def outcome_failed(outcome: str | None) -> bool | None:
    """Whether a change that ended in these words failed; None where the words are not known."""
    failed, succeeded = _words()
    word = (outcome or "").strip().casefold()
    return True if word in failed else False if word in succeeded else None


def utc_midnight(engine: Engine, day: date | None) -> datetime | None:
    """The beginning of a day of the reporting time zone, in UTC without an offset."""
    if day is None:
        return None
    local = datetime.combine(day, time(), ZoneInfo(engine.reporting_time_zone))
    return local.astimezone(ZoneInfo("UTC")).replace(tzinfo=None)


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    table = tomllib.loads(OUTCOMES.read_text(encoding="utf-8"))
    return tuple(frozenset(word.casefold() for word in table[name]) for name in ("failed", "succeeded"))  # type: ignore[return-value]
