"""The pictures of answers: they draw what the table says, name what is too few, and keep names of an export inert."""

from typing import Any

import pandas as pd
import pytest

from analytics.ask.answer import Answer, Shape
from analytics.ask.question import Question, Threshold
from analytics.bound import Operator
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.kpis import find_kpi
from analytics.period import Grain
from pages.charts.answer import MOST_BARS, answer_figure, picture_words
from pages.charts.answer_lines import COLORS

HOSTILE = "<b>network</b> ![x](http://127.0.0.1:9/x.png)"
BASIS = Basis("", "", {}, None, 0)
WEEKS = pd.to_datetime(["2026-03-02", "2026-03-09", "2026-03-16"])


def shown(shape: Shape, rows: dict[str, list[Any]], **asked: Any) -> Answer:
    """An answer of the rows; what a test does not care for is filled in."""
    question = Question(kpi=asked.pop("kpi", "sla_adherence"), filters=Filters(), **asked)
    count = len(next(iter(rows.values())))
    filled = {"numerator": [8.0] * count, "denominator": [10.0] * count, "too_few": [False] * count}
    table = pd.DataFrame(filled | {"reason": [None] * count} | rows)
    return Answer(question, find_kpi(question.kpi), "A sentence.", shape, table, None, None, None, BASIS, None)


def figure(answer: Answer, target: float | None = None, dark: bool = False) -> Any:
    found = answer_figure(answer, target, dark)
    assert found is not None
    return found


def test_bars_are_the_rows_in_order_with_their_place_and_words() -> None:
    rows = {"assignment_group": ["Desk", HOSTILE, None], "value": [0.9, 0.5, 1.0], "too_few": [False, False, True]}
    (bars,) = figure(shown(Shape.BARS, rows, by=("assignment_group",))).data
    assert list(bars.x) == pytest.approx([90, 50, 0])  # what is too few has no length
    assert list(bars.text) == ["90.0 %", "50.0 %", "too few"]
    assert [list(place) for place in bars.customdata] == [[0], [1], [2]]
    assert "not recorded" in bars.hovertext[2]


@pytest.mark.parametrize("shape", [Shape.BARS, Shape.MATRIX, Shape.LINES])
def test_no_tag_of_an_export_is_left_in_any_picture(shape: Shape) -> None:
    rows = {"category": [HOSTILE] * 3, "site": [HOSTILE, "a", "b"], "value": [0.9, 0.8, 0.7], "period": list(WEEKS)}
    asked: dict[str, Any] = {"by": ("category", "site") if shape is Shape.MATRIX else ("category",)}
    drawn = figure(shown(shape, rows, grain=Grain.WEEK if shape is Shape.LINES else None, **asked)).to_json()
    assert "network" in drawn
    assert "\\u003cb\\u003enetwork" not in drawn
    assert "<b>network" not in drawn


def test_a_comparison_is_a_second_bar_and_a_threshold_a_line() -> None:
    rows = {"category": ["Mail", "Disk"], "value": [0.9, 0.5], "before": [0.7, 0.6], "change": [0.2, -0.1]}
    asked = shown(Shape.BARS, rows, by=("category",), threshold=Threshold(Operator.UNDER, 0.8))
    drawn = figure(asked, target=0.9)
    assert [list(trace.x) for trace in drawn.data] == [pytest.approx([90, 50]), pytest.approx([70, 60])]
    assert [note.text for note in drawn.layout.annotations] == ["asked 80.0 %"]  # and not the target
    assert drawn.layout.shapes[0].x0 == pytest.approx(80)


def test_hours_are_drawn_in_days_when_they_are_long() -> None:
    rows = {"category": ["Mail", "Disk"], "value": [240.0, 24.0]}
    (bars,) = figure(shown(Shape.BARS, rows, kpi="mttr", by=("category",))).data
    assert list(bars.x) == pytest.approx([10, 1])
    assert list(bars.text) == ["10.0 days", "24.0 h"]


def test_a_long_ranking_says_how_many_bars_are_left_out() -> None:
    rows = {"category": [f"c{number}" for number in range(40)], "value": [0.5] * 40}
    long = shown(Shape.BARS, rows, by=("category",))
    assert len(figure(long).data[0].x) == MOST_BARS
    assert f"The first {MOST_BARS} of 40 rows are drawn" in picture_words(long)


def test_a_line_has_gaps_where_too_few_and_a_hollow_end_where_unfinished() -> None:
    rows = {
        "period": list(WEEKS), "value": [0.9, 0.1, 0.5], "too_few": [False, True, False],
        "unfinished": [False, False, True], "before": [0.5, 0.6, 0.7], "change": [0.4, 0.0, -0.2],
    }  # fmt: skip
    line, before = figure(shown(Shape.LINE, rows, grain=Grain.WEEK)).data
    assert [value if value == value else None for value in line.y] == pytest.approx([90, None, 50])
    assert list(line.marker.symbol) == ["circle", "circle", "circle-open"]
    assert list(before.y) == pytest.approx([50, 60, 70])


def test_each_value_has_a_line_as_far_as_colours_can_be_told_apart() -> None:
    names = [f"group {number}" for number in range(len(COLORS) + 2)]
    rows = {"assignment_group": names * 3, "period": [week for week in WEEKS for _ in names]}
    lines = shown(Shape.LINES, rows | {"value": [0.5] * len(names) * 3}, by=("assignment_group",), grain=Grain.WEEK)
    drawn = figure(lines).data
    assert [line.name for line in drawn] == names[: len(COLORS)]
    assert [list(place) for place in drawn[1].customdata] == [[1], [1 + len(names)], [1 + 2 * len(names)]]


def test_a_cell_of_the_matrix_knows_its_row_and_too_few_has_no_colour() -> None:
    rows = {
        "category": ["Mail", "Mail", "Disk"], "site": ["Leeds", "York", "York"], "value": [0.9, 0.4, 0.1],
        "too_few": [False, False, True],
    }  # fmt: skip
    heat, numbers = figure(shown(Shape.MATRIX, rows, by=("category", "site"))).data
    assert [list(line) for line in heat.z] == [[pytest.approx(90), pytest.approx(40)], [None, None]]
    assert list(numbers.text) == ["90.0 %", "40.0 %", "too few"]
    assert [list(place) for place in numbers.customdata] == [[0], [1], [2]]
    assert (list(numbers.x), list(numbers.y)) == ([0, 1, 1], [0, 0, 1])


def test_a_number_and_an_empty_table_have_no_picture() -> None:
    assert answer_figure(shown(Shape.NUMBER, {"value": [0.5]}), None, dark=False) is None
    assert answer_figure(shown(Shape.BARS, {"value": []}, by=("category",)), None, dark=False) is None
