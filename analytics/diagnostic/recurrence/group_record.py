"""Whether a recurring group has a problem record, and when one that the export links was fixed."""

from datetime import datetime

import pandas as pd

from analytics.diagnostic.recurrence.recurring_group import KEPT_HERE, LINKED, NO_RECORD
from analytics.diagnostic.recurrence.recurring_span import RecurringSpan
from analytics.warehouse.engine import Engine


def record_of(frame: pd.DataFrame, span: RecurringSpan, is_kept: bool) -> str:
    """Kept here, linked to a ticket of the last year in the export, or none."""
    lately = frame[pd.to_datetime(frame["opened_on"]) >= pd.Timestamp(span.year_start)]
    if is_kept:
        return KEPT_HERE
    return LINKED if lately["problem_id"].notna().any() else NO_RECORD


def fixed_problems(engine: Engine, frame: pd.DataFrame) -> datetime | None:
    """When the first of the linked problem records was resolved; None where none was, or the export has none."""
    numbers = [str(number) for number in frame["problem_id"].dropna().unique()[:500]]
    if not numbers:
        return None
    names = {f"problem_{place}": number for place, number in enumerate(numbers)}
    found = engine.query(
        "SELECT min(resolved_at) AS fixed_at FROM tickets WHERE ticket_type = 'problem' "
        f"AND ticket_id IN ({', '.join(f':{name}' for name in names)})",
        dict(names),
    )["fixed_at"].iloc[0]
    return None if pd.isna(found) else found
