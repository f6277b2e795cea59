"""Remedy: what would help where nothing can be forecast."""

from analytics.forecast.forecast import Forecast
from analytics.forecast.gate import FEWEST_FOR_INTERVALS
from analytics.period import Grain

_WHOLE = "Import an export of all tickets, open and closed, up to today"


def remedy(found: Forecast, is_filtered: bool) -> str:
    """A sentence on what to do about a refusal; `is_filtered`: only some values of a dimension are looked at."""
    if not found.refused:
        return ""
    wider = " Or take a filter away: a larger part of the desk may carry a forecast." if is_filtered else ""
    past = found.history
    if past is not None and found.tested is not None:
        other = "days" if past.grain is Grain.WEEK else "weeks"
        return f"What would help: try {other}, or come back when there is more to learn from.{wider}"
    if past is None:
        return f"What would help: choose a later end of the period, or {_WHOLE[0].lower()}{_WHOLE[1:]}.{wider}"
    if past.ends < past.records_until:
        return f"What would help: {_WHOLE[0].lower()}{_WHOLE[1:]}.{wider}"
    needed = FEWEST_FOR_INTERVALS[past.grain]
    longer = f"more records; from {needed} whole {past.grain.value}s on there are intervals too"
    return f"What would help: {longer}. {_WHOLE}, or choose a later end of the period.{wider}"
