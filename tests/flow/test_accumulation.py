"""Where the backlog lies, by example: counts, ages and changes of each cell, exact with "other"."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given

from analytics.errors import BacklightError, PersonDimension
from analytics.filters import Filters
from analytics.flow.accumulation import MOST_VALUES, Accumulation, accumulation
from tests.conftest import MakeDesk
from tests.properties.desks import desks, examples, filters, opened
from tests.warehouse_of import window

DESK = """
ticket | service | type     | opened           | resolved
A      | Mail    | incident | 2026-02-01 08:00 |
B      | Mail    | incident | 2026-02-11 08:00 |
C      | Mail    | incident | 2026-02-27 08:00 | 2026-03-05 08:00
D      | Mail    | request  | 2026-03-02 08:00 |
E      |         | request  | 2026-03-03 08:00 |
F      | Web     | incident | 2026-02-01 08:00 | 2026-03-03 08:00
G      | Web     | incident | 2026-02-01 08:00 | 2026-02-03 08:00
H      | Print   | request  | 2026-03-04 08:00 | 2026-03-05 08:00
"""
MARCH = window("2026-03-01", "2026-03-11")


def cells(found: Accumulation) -> dict[tuple[str, str], tuple[Any, ...]]:
    return {
        (row["row"], row["column"]): (
            row["tickets"],
            row["change"],
            None if not row["tickets"] else row["median_age_days"],
        )
        for row in found.frame.to_dict("records")
    }


def test_each_cell_has_its_count_its_change_and_its_age(desk: MakeDesk) -> None:
    found = accumulation(desk(DESK).engine, MARCH, "service", "ticket_type")
    assert cells(found) == {
        # On 10 March, the last day: A is 37 days old, B 27; C was open at the start.
        ("Mail", "incident"): (2, 2 - 3, (37 + 27) / 2),
        ("Mail", "request"): (1, 1, 8),
        ("Web", "incident"): (0, -1, None),
        ("not recorded", "request"): (1, 1, 7),
    }
    assert (found.tickets, found.change) == (4, 4 - 4)
    assert found.median_age_days == (8 + 27) / 2
    assert found.by_row["row"].tolist() == ["Mail", "not recorded", "Web"]
    assert found.by_row["tickets"].tolist() == [3, 1, 0]
    assert found.by_row["median_age_days"].iloc[0] == 27


def test_what_counts_is_named_and_the_rest_is_other(desk: MakeDesk) -> None:
    start = datetime.fromisoformat("2026-03-01 08:00")
    tickets = [
        {"category": f"C{number:02}", "ticket_type": "incident", "opened_at": start + timedelta(days=turn)}
        for number in range(MOST_VALUES + 3)
        for turn in range(20 - number)
    ]
    found = accumulation(desk(tickets).engine, Filters(), "category", "ticket_type")
    assert found.rows.values == tuple(f"C{number:02}" for number in range(MOST_VALUES))
    assert found.rows.others == 3
    assert found.frame["row"].iloc[-1] == "other (3)"
    assert found.frame["tickets"].iloc[-1] == 8 + 7 + 6
    assert found.tickets == len(tickets)


def test_a_single_further_value_keeps_its_name(desk: MakeDesk) -> None:
    tickets = [
        {"category": f"C{number:02}", "opened_at": datetime.fromisoformat("2026-03-01 08:00")}
        for number in range(MOST_VALUES + 1)
    ]
    assert accumulation(desk(tickets).engine, Filters(), "category", "ticket_type").rows.others == 0


def test_what_cannot_be_an_axis_is_refused(desk: MakeDesk) -> None:
    engine = desk(DESK).engine
    with pytest.raises(BacklightError, match="named twice"):
        accumulation(engine, MARCH, "service", "service")
    with pytest.raises(PersonDimension):
        accumulation(engine, MARCH, "service", "requester")


@examples
@given(desks, filters())
def test_the_cells_sum_to_the_backlog_and_its_change(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        for rows, columns in (("category", "priority"), ("source", "assignment_group"), ("site", "status")):
            found = accumulation(desk.engine, chosen, rows, columns)
            end = desk.value("backlog", found.filters)
            start = desk.value("backlog", found.filters.between(None, found.filters.start))
            assert (found.tickets, found.change) == (end, end - start)  # type: ignore[operator]
            assert found.by_row["tickets"].sum() == end
            assert found.basis.used == end
            assert (found.frame["median_age_days"].isna() == (found.frame["tickets"] == 0)).all()
            assert not (found.frame["median_age_days"] < 0).any()
