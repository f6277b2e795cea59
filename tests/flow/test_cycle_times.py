"""Cycle times, by example: exact lines, and a sample that is always the same and keeps the longest."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.filters import Filters
from analytics.flow.cycle_times import MOST_POINTS, cycle_times
from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
status    | opened           | resolved         | closed
resolved  | 2026-03-02 08:00 | 2026-03-02 10:00 |
resolved  | 2026-03-02 08:00 | 2026-03-02 12:00 |
resolved  | 2026-03-02 08:00 | 2026-03-02 14:00 |
resolved  | 2026-03-02 08:00 | 2026-03-02 16:00 |
resolved  | 2026-03-02 08:00 | 2026-03-03 08:00 |
cancelled | 2026-03-02 08:00 |                  | 2026-03-02 09:00
new       | 2026-03-02 08:00 |                  |
"""


def test_the_lines_are_percentiles_of_the_resolved(desk: MakeDesk) -> None:
    found = cycle_times(desk(DESK).engine, Filters())
    hours = [2, 4, 6, 8, 24]
    assert dict(found.lines) == {
        0.5: 6,
        0.85: pytest.approx(np.percentile(hours, 85)),
        0.95: pytest.approx(np.percentile(hours, 95)),
    }
    assert found.tickets == 5
    assert found.basis.excluded == (("ended without a resolution, or resolved before they were opened", 1),)
    assert found.sentence.startswith(
        "85 % of the 5 tickets that were resolved took at most 14.4 h; half took at most 6"
    )


def test_in_a_window_on_the_end(desk: MakeDesk) -> None:
    found = cycle_times(desk(DESK).engine, window("2026-03-03"))
    assert found.tickets == len(found.points) == 1
    assert found.lines == ()
    assert found.sentence.startswith("Too few")
    assert cycle_times(desk(DESK).engine, window("2027-01-01")).sentence == "No ticket was resolved in this period."


def _many(count: int) -> list[dict[str, Any]]:
    start = datetime.fromisoformat("2026-01-01")
    return [
        {"opened_at": start + timedelta(minutes=n), "resolved_at": start + timedelta(minutes=n + 60 + 7 * n % 5000)}
        for n in range(count)
    ]


def test_a_large_desk_is_sampled_the_same_way_each_time_with_its_longest_tickets(desk: MakeDesk) -> None:
    engine = desk(_many(2_600)).engine
    first, again = (cycle_times(engine, Filters()) for _ in range(2))
    assert first.points.equals(again.points)
    assert 1_800 <= len(first.points) <= MOST_POINTS
    everything = engine.query("SELECT resolution_hours AS hours FROM tickets")["hours"]
    assert first.tickets == 2_600
    longest = everything.sort_values(ascending=False).iloc[:200]
    assert first.points["hours"].sort_values(ascending=False).iloc[:200].tolist() == longest.tolist()
    assert first.points["hours"].median() == pytest.approx(everything.median(), rel=0.1)
