"""By value: a row for each large value, each the same as the forecast of that value alone, or why there is none."""

import numpy as np
import pandas as pd
import pytest

from analytics.filters import NOT_RECORDED, Filters
from analytics.forecast.by_value import MOST, by_value, by_value_sentence
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import forecast
from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.flow.streams import tickets_of
from tests.warehouse_of import Desk

WEEKS = 60
GROWING = [(12 + week % 3, 12) for week in range(WEEKS)]
STEADY = [(8 + week % 2, 8 + (week + 1) % 2) for week in range(WEEKS)]


@pytest.fixture
def two_groups(desk: MakeDesk) -> Desk:
    """A growing group, one that holds its level, and tickets without a group that ended long ago."""
    return desk(
        [
            *tickets_of(GROWING, assignment_group="Growing"),
            *tickets_of(STEADY, assignment_group="Steady"),
            *tickets_of([(3, 3)]),
        ]
    )


def test_each_row_is_the_forecast_of_its_value_alone(two_groups: Desk) -> None:
    frame = by_value(two_groups.engine, Filters(), "assignment_group", 8, Grain.WEEK)
    assert list(frame["value"]) == ["Growing", "Steady", NOT_RECORDED]
    for name in ("Growing", "Steady"):
        row = frame[frame["value"] == name].iloc[0]
        alone = forecast(two_groups.engine, Filters.of(where={"assignment_group": [name]}), 8)
        assert alone.history is not None
        assert row["open"] == alone.history.backlog[-1]
        assert row["course"][: len(row["course"]) - (8 if BACKLOG in alone.fans else 0)][-1] == row["open"]
        if BACKLOG in alone.fans:
            fan = alone.fans[BACKLOG]
            assert row["expected"] == round(fan.mean[-1])
            assert (row["lo80"], row["hi80"]) == (fan.bound("lo80")[-1], fan.bound("hi80")[-1])
            assert row["change"] == row["expected"] - row["open"]
            assert row["reason"] == ""
        else:
            assert row["reason"] == "Saying 'as now' was closer to what came, or as close"
            assert np.isnan(row["expected"])


def test_a_value_that_cannot_be_forecast_says_why(two_groups: Desk) -> None:
    frame = by_value(two_groups.engine, Filters(), "assignment_group", 8, Grain.WEEK)
    row = frame[frame["value"] == NOT_RECORDED].iloc[0]
    assert row["reason"].startswith(("Too few tickets, ", "It takes "))
    assert np.isnan(row["expected"])


def test_the_sentence_names_what_rises_and_falls_most() -> None:
    rows = {"A": (10, 14), "B": (20, 15), "C": (30, 31)}
    frame = _frame(rows)
    assert by_value_sentence(frame, "assignment_group") == (
        "Of the 3 values of assignment group 3 can be forecast. The largest rise is expected for 'A', 10 to "
        "14. The largest fall is expected for 'B', 20 to 15."
    )
    still = _frame({"A": (10, 10), "B": (5, 5)})
    assert by_value_sentence(still, "site") == "Of the 2 values of site 2 can be forecast."


def test_the_sentence_of_nothing_and_of_one(desk: MakeDesk) -> None:
    empty = by_value(desk([]).engine, Filters(), "site", 8, Grain.WEEK)
    assert by_value_sentence(empty, "site") == "There is no value of site to forecast."
    assert by_value_sentence(_frame({"A": (10, 14)}), "site") == (
        "There is one value of site. The largest rise is expected for 'A', 10 to 14."
    )
    assert by_value_sentence(_frame({"A": (10, np.nan)}), "site") == (
        "The only value of site cannot be forecast; the table says why."
    )


def test_at_most_the_largest_are_listed(desk: MakeDesk) -> None:
    listed = [
        ticket for number in range(MOST + 3) for ticket in tickets_of([(2, 2)] * (3 + number), site=f"Site {number:02}")
    ]
    frame = by_value(desk(listed).engine, Filters(), "site", 4, Grain.WEEK)
    assert list(frame["value"]) == [f"Site {number:02}" for number in range(MOST + 2, 2, -1)]


def _frame(rows: dict[str, tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        [{"value": name, "open": now, "expected": then, "change": then - now} for name, (now, then) in rows.items()]
    )
