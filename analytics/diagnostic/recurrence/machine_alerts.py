"""Machine alerts: tickets that a monitoring tool raised, kept apart from what people report."""

import numpy as np
import pandas as pd

_CHANNELS = (
    "monitoring",
    "event",
    "event management",
    "alert",
    "alerting",
    "alerts",
    "system",
    "api alert",
    "integration",
)
_ACCOUNTS = (
    "monitor", "nagios", "zabbix", "icinga", "prometheus", "alertmanager", "datadog", "dynatrace", "splunk",
    "solarwinds", "prtg", "pagerduty", "opsgenie", "event.management", "event management", "alerting",
)  # fmt: skip
# As part of a whole account name only: they stand in people's names too.
_WHOLE_ACCOUNTS = ("scom", "system", "root", "noreply", "no-reply", "cron", "scheduler")
_FEWEST = 8
# People are not that regular: gaps that differ by so little, or so many tickets at the same minute of the day.
_MOST_SPREAD, _SAME_MINUTE = 0.2, 0.8


def is_alert() -> str:
    """SQL: whether a ticket came from a machine, by its channel or by who raised it. Never NULL."""
    channels = ", ".join(f"'{name}'" for name in _CHANNELS)
    accounts = " OR ".join(f"LOWER(requester) LIKE '%{name}%'" for name in _ACCOUNTS)
    whole = ", ".join(f"'{name}'" for name in _WHOLE_ACCOUNTS)
    return (
        f"(COALESCE(LOWER(CAST(channel AS VARCHAR)) IN ({channels}), FALSE) OR "
        f"COALESCE({accounts} OR LOWER(requester) IN ({whole}), FALSE))"
    )


def is_regular(opened_at: pd.Series, time_zone: str = "UTC") -> bool:
    """Whether tickets came as a machine sends them: at even gaps, or nearly all at the same minute of the day.

    Times are UTC; midnight in the time zone stands for a day without a time.
    """
    moments = opened_at.dropna().sort_values()
    if len(moments) < _FEWEST:
        return False
    gaps = moments.diff().dropna().dt.total_seconds().to_numpy()
    even = bool(gaps.mean() > 0 and gaps.std() / gaps.mean() < _MOST_SPREAD)
    clock = moments.dt.tz_localize("UTC").dt.tz_convert(time_zone)
    counts = np.bincount((clock.dt.hour * 60 + clock.dt.minute).to_numpy())
    return even or bool(counts[1:].max(initial=0) >= _SAME_MINUTE * len(moments))
