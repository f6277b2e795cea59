"""Clean-ups: days on which old tickets were closed in bulk, so that the backlog fell without being worked off."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.cost import unknown_cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.window import end_of, last_days
from analytics.filters import Filters
from analytics.flow.ages import ages
from analytics.flow.daily import daily_flow
from analytics.flow.mass_closures import MassClosures, closures_of
from analytics.formatting import count_text, day_text, percent_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "clean_ups"
# The pattern of a desk is its weekdays over eight weeks and more.
_FEWEST_DAYS = 8 * 7
_HEADINGS = {
    "day": "Day", "ended": "Closed", "expected": "Usual", "excess": "More than usual",
    "old_share": "Share old or untouched", "median_age_days": "Median age in days",
}  # fmt: skip
_FORMULA = "Hours that closing in bulk took: not worked out."
_REASON = "closing in bulk takes next to no work; what it costs is whoever still needed an answer."


def clean_ups(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Agrees where there is a day of mass closure within the window."""
    days = round(numbers.threshold(_NAME, "window_days"))
    window = last_days(engine, filters, days)
    daily = daily_flow(engine, window)
    found = closures_of(engine, window, daily, ages(engine, window))
    end = end_of(engine, filters)
    told = Finding(
        _NAME, CANNOT_TELL, None, 0.0, "days", "", _rule(days), window.start, end - timedelta(days=1) if end else None,
        found.basis, cost=unknown_cost(_FORMULA, _REASON),
    )  # fmt: skip
    if int((daily.frame["ended"] > 0).sum()) < _FEWEST_DAYS:
        return replace(told, reason=f"tickets ended on fewer than {_FEWEST_DAYS} days, too few for a pattern.")
    if found.frame.empty:
        sentence = f"No day of the last {days} stands out by closures of old tickets."
        return replace(told, verdict=DISAGREES, value=0.0, sentence=sentence)
    value = float(len(found.frame))
    return replace(
        told, verdict=AGREES, value=value, sentence=_sentence(found.frame), selection=_selection(found),
        details=found.frame.assign(day=found.frame["day"].dt.date).rename(columns=_HEADINGS)[list(_HEADINGS.values())],
    )  # fmt: skip


def _sentence(days: pd.DataFrame) -> str:
    largest = days.loc[days["excess"].idxmax()]
    when = day_text(largest["day"].date())
    one = (
        f"{count_text(int(largest['ended']))} tickets were closed where about "
        f"{largest['expected']:,.0f} are usual, {percent_text(float(largest['old_share']))} of them old or untouched."
    )
    if len(days) == 1:
        return f"1 day of closing in bulk: on {when} {one}"
    more = count_text(round(days["excess"].sum()))
    return f"{len(days)} days of closing in bulk, {more} tickets more than usual in all. The most on {when}: {one}"


def _selection(found: MassClosures) -> Selection:
    """All tickets closed on any of the days, the oldest first."""
    days = {f"closed_on_{place}": day for place, day in enumerate(found.frame["day"].dt.date)}
    conditions = [
        "opened_on IS NOT NULL", f"ended_on IN ({', '.join(f':{name}' for name in days)})",
        *found.filters.value_conditions(),
    ]  # fmt: skip
    parameters = found.filters.between(None, None).parameters() | days
    words = "tickets closed on the days of closing in bulk, the oldest first"
    return Selection(words, " AND ".join(conditions), parameters, "opened_at, ticket_id")


def _rule(days: int) -> str:
    return (
        f"Agrees where a day within the last {days} brought far more closures than the desk's own pattern makes "
        "likely, at least half of them of old or untouched tickets."
    )
