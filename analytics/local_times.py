"""Times in the reporting time zone, for reading; how long something took is told in UTC, where no hour comes twice."""

from datetime import datetime

import pandas as pd


def local_times(moments: pd.Series, time_zone: str) -> pd.Series:
    """UTC times as the reporting time zone's, without an offset."""
    known = pd.to_datetime(moments)
    return known.dt.tz_localize("UTC").dt.tz_convert(time_zone).dt.tz_localize(None)


def utc_time(moment: datetime, time_zone: str) -> pd.Timestamp:
    """A time of the reporting time zone in UTC; of an hour that comes twice, the second."""
    placed = pd.Timestamp(moment).tz_localize(time_zone, ambiguous=False, nonexistent="shift_forward")
    return placed.tz_convert("UTC").tz_localize(None)


def hours_between(start: object, end: object) -> float | None:
    """Hours from one time to another, negative where it is the earlier; None where either is not known."""
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return None
    return float((pd.Timestamp(str(end)) - pd.Timestamp(str(start))).total_seconds()) / 3600
