"""Ticks and scales: round numbers of minutes, hours and days."""

import pytest

from analytics.kpi import Unit
from analytics.ticks import MOST_TICKS, Scale, hour_ticks, scale, signed_ticks


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (0, {0: "0", 0.25: "15 min"}),
        (1, {0: "0", 0.25: "15 min", 0.5: "30 min", 0.75: "45 min", 1: "60 min", 1.25: "75 min"}),
        (7, {0: "0", 2: "2 h", 4: "4 h", 6: "6 h", 8: "8 h"}),
        (90, {0: "0", 24: "1 d", 48: "2 d", 72: "3 d", 96: "4 d"}),
        (400, {0: "0", 120: "5 d", 240: "10 d", 360: "15 d", 480: "20 d"}),
    ],
)
def test_ticks_of_durations(most: float, ticks: dict[float, str]) -> None:
    assert hour_ticks(most) == ticks


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (0, 0, ["0"]),
        (-3, 2, ["-3", "-2", "-1", "0", "+1", "+2"]),
        (-170, 90, ["-200", "-100", "0", "+100"]),
        (10, 4_000, ["0", "+1,000", "+2,000", "+3,000", "+4,000"]),
    ],
)
def test_ticks_of_a_net_flow_have_their_sign_and_nought_has_none(least: float, most: float, words: list[str]) -> None:
    assert list(signed_ticks(least, most).values()) == words


@pytest.mark.parametrize("most", [0.1, 3, 13, 100, 999, 48_000, 192_000, 1_000_000])
def test_ticks_reach_beyond_the_highest_value_and_are_few(most: float) -> None:
    ticks = list(hour_ticks(most))
    assert ticks[-1] > most >= ticks[-2]
    assert len(ticks) <= MOST_TICKS + 1


@pytest.mark.parametrize(
    ("unit", "most", "expected"),
    [
        (Unit.RATIO, 1, Scale(100, " %", 1)),
        (Unit.TICKETS, 5_000, Scale(1, "", 0)),
        (Unit.HOURS, 1.99, Scale(60, " min", 0)),
        (Unit.HOURS, 2, Scale(1, " h", 1)),
        (Unit.HOURS, 95.9, Scale(1, " h", 1)),
        (Unit.HOURS, 4 * 24, Scale(1 / 24, " d", 1)),
    ],
)
def test_durations_turn_from_minutes_to_hours_to_days_as_they_grow(unit: Unit, most: float, expected: Scale) -> None:
    assert scale(unit, most) == expected
