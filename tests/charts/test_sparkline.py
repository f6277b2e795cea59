"""The line in a card: where its points are."""

import re

from pages.charts.sparkline import HEIGHT, WIDTH, sparkline


def _points(svg: str) -> list[tuple[float, float]]:
    (listed,) = re.findall(r'points="([^"]+)"', svg)
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in listed.split())]


def test_the_lowest_value_is_at_the_bottom_and_the_highest_at_the_top() -> None:
    points = _points(sparkline([10.0, 30.0, 20.0], "#0072B2"))
    assert [x for x, _ in points] == [3, 3 + (WIDTH - 6) / 2, WIDTH - 3]
    assert [y for _, y in points] == [HEIGHT - 3, 3, HEIGHT - 3 - (HEIGHT - 6) / 2]


def test_a_course_that_does_not_move_is_a_level_line() -> None:
    assert {y for _, y in _points(sparkline([5.0, 5.0, 5.0], "#0072B2"))} == {HEIGHT - 3}


def test_two_points_are_no_course() -> None:
    assert sparkline([1.0, 2.0], "#0072B2") == ""
