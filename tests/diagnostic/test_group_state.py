"""The state of a group by its days alone."""

from datetime import date, timedelta

import pandas as pd
import pytest

from analytics.diagnostic.recurrence.group_state import group_state

END = date(2026, 7, 1)


def _days(*back: int) -> pd.Series:
    return pd.Series([END - timedelta(days=day) for day in back])


@pytest.mark.parametrize(
    ("back", "state"),
    [
        ((5, 10, 20, 30), "emerging"),  # first seen within 30 days
        ((5, 40, 80, 120, 160), "active"),
        ((1, 4, 8, 12, 16, 20, 24, 28, 150, 250, 350), "emerging"),  # 8 where about 1 is usual
        ((60, 70, 80, 90), "gone"),  # silent for 60 days, its gaps are 10
        ((50, 100, 150, 200), "active"),  # silent for 50 days, as is usual for it
        ((30, 31, 32, 33), "active"),  # a silence under 45 days says nothing
        ((400, 410), "gone"),
        ((), "gone"),
    ],
)
def test_states(back: tuple[int, ...], state: str) -> None:
    assert group_state(_days(*back), END) == state


def test_dismissed_is_dismissed_whatever_its_days() -> None:
    assert group_state(_days(1, 2), END, is_dismissed=True) == "dismissed"


def test_what_comes_later_than_the_end_plays_no_part() -> None:
    assert group_state(_days(-5, 5, 40, 80, 120), END) == group_state(_days(5, 40, 80, 120), END)
