"""Today: the day on which plans are looked at, said in this one place. The data's own as-of time is another thing."""

import os
from datetime import UTC, date, datetime

# Tests and demonstrations come back "a month later" by it.
VARIABLE = "BACKLIGHT_TODAY"


def today() -> date:
    """The date of the day in UTC, or the one that BACKLIGHT_TODAY names as 2026-11-22."""
    named = os.environ.get(VARIABLE, "")
    try:
        return date.fromisoformat(named)
    except ValueError:
        return datetime.now(UTC).date()
