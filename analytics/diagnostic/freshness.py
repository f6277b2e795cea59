"""Freshness: how old the newest event in the loaded tickets was when they were imported."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Freshness:
    """The day of the newest event, that of the latest import, and the days between; None where not known."""

    newest: date | None
    imported: date | None

    @property
    def days(self) -> int | None:
        """Days from the newest event to the import; 0 where the export holds later times than its import."""
        if self.newest is None or self.imported is None:
            return None
        return max((self.imported - self.newest).days, 0)


def freshness(engine: Engine) -> Freshness:
    """Of the snapshot, in days of the reporting time zone."""
    sql = "SELECT timezone(:zone, timezone('UTC', max(imported_at))) AS imported_at FROM imports"
    moment = engine.query(sql, {"zone": engine.reporting_time_zone})["imported_at"].iloc[0]
    newest = engine.as_of.date() if engine.as_of else None
    return Freshness(newest, None if pd.isna(moment) else pd.Timestamp(moment).date())
