"""Who changed the backlog, and through what, by example; and the sentences about it."""

from datetime import datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from analytics.errors import PersonDimension, UnknownName
from analytics.filters import Filters
from analytics.flow.bridge import bridge
from analytics.flow.bridge_sentences import bridge_sentences
from analytics.flow.contributions import PARTS, contributions
from analytics.flow.telling import CANDIDATES, tellings
from analytics.warehouse.engine import Engine
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, window

DESK = """
ticket | category | priority | opened           | resolved
A      | Mail     | 2        | 2026-02-01 08:00 | 2026-02-02 08:00
B      | Mail     | 2        | 2026-02-03 08:00 | 2026-03-02 08:00
C      | Web      | 3        | 2026-02-20 08:00 | 2026-02-21 08:00
D      | Mail     | 2        | 2026-03-03 08:00 |
E      | Mail     | 2        | 2026-03-04 08:00 |
F      | Mail     | 2        | 2026-03-05 08:00 |
G      |          | 3        | 2026-03-06 08:00 | 2026-03-07 08:00
H      | Web      | 3        | 2026-02-27 08:00 | 2026-03-20 08:00
"""
# 28 days each: 1 to 28 February, 1 to 28 March.
MARCH = window("2026-03-01", "2026-03-29")


def rows(engine: Engine, chosen: Filters, dimension: str) -> dict[Any, dict[str, Any]]:
    frame = contributions(engine, chosen, dimension).frame
    return {row["value"]: row for row in frame.to_dict("records")}


def parts(row: dict[str, Any]) -> tuple[int, ...]:
    return tuple(row[name] for name in ("change", *PARTS))


def test_a_change_is_demand_throughput_and_carry_over(desk: MakeDesk) -> None:
    by_category = rows(desk(DESK).engine, MARCH, "category")
    # Mail: 3 opened, 1 ended; in February 2 opened, 1 ended.
    assert parts(by_category["Mail"]) == (3 - 1, 3 - 2, 1 - 1, 2 - 1)
    # Web: 0 opened, 1 ended; in February 2 opened, 1 ended.
    assert parts(by_category["Web"]) == (0 - 1, 0 - 2, 1 - 1, 2 - 1)
    assert parts(by_category[None]) == (1 - 1, 1 - 0, 0 - 1, 0 - 0)


def test_those_that_moved_with_the_whole_come_first(desk: MakeDesk) -> None:
    found = contributions(desk(DESK).engine, MARCH, "category")
    assert found.frame["value"].tolist() == ["Mail", "Web", None]
    assert found.change == 2 - 1 + 0
    assert found.before == MARCH.between(window("2026-02-01").start, MARCH.start)


def test_without_a_period_before_the_parts_are_unknown_and_the_change_is_not(desk: MakeDesk) -> None:
    found = contributions(desk(DESK).engine, window("2026-02-20", "2026-04-01"), "category")
    assert found.before is None
    assert found.why_not == "the data starts on 1 Feb 2026"
    assert found.frame[list(PARTS)].isna().all(axis=None)
    assert found.change == 3 - 1  # D, E, F are open at the end; B was at the start


def test_priorities_are_numbers(desk: MakeDesk) -> None:
    assert set(rows(desk(DESK).engine, MARCH, "priority")) == {2, 3}


def test_people_and_unknown_names_are_refused(desk: MakeDesk) -> None:
    with pytest.raises(PersonDimension):
        contributions(desk(DESK).engine, MARCH, "assignee")
    with pytest.raises(UnknownName, match="Did you mean 'category'"):
        contributions(desk(DESK).engine, MARCH, "categroy")


DAY = datetime.fromisoformat("2026-01-05 08:00")
YEAR = window("2026-02-01", "2026-03-01")


def made(desk: MakeDesk, *runs: tuple[str | None, int, int, int, int]) -> Desk:
    """Per run: category, opened and ended in January, opened and ended in February; the earliest end first."""
    tickets: list[dict[str, Any]] = [{"opened_at": datetime.fromisoformat("2025-01-01"), "site": "far"}]
    tickets[0] |= {"resolved_at": datetime.fromisoformat("2025-01-02")}
    for category, opened_1, ended_1, opened_2, ended_2 in runs:
        opened = [DAY] * opened_1 + [DAY + timedelta(days=33)] * opened_2
        ended = [DAY + timedelta(days=5)] * ended_1 + [DAY + timedelta(days=40)] * ended_2
        ends = [*ended, *[None] * (len(opened) - len(ended))]
        tickets += [
            {"category": category, "opened_at": start, "resolved_at": end, "status": "resolved" if end else "new"}
            for start, end in zip(opened, ends, strict=True)
        ]
    return desk(tickets)


def said(desk: Desk, chosen: Filters = YEAR) -> str:
    return " ".join(bridge_sentences(bridge(desk.engine, chosen), contributions(desk.engine, chosen, "category")))


def test_growth_in_words(desk: MakeDesk) -> None:
    grown = made(desk, ("Mail", 20, 15, 30, 10), ("Web", 10, 10, 12, 10))
    assert said(grown) == (
        "The backlog grew by 22 (from 5 to 27). Category 'Mail' made 20 of it: 10 more arrived than in the 28 days "
        "before and 5 fewer were closed; it had already been growing by 5."
    )


def test_shrinking_in_words(desk: MakeDesk) -> None:
    shrunk = made(desk, ("Mail", 30, 10, 10, 25), ("Web", 10, 10, 12, 11))
    assert said(shrunk) == (
        "The backlog shrank by 14 (from 20 to 6). Category 'Mail' shrank by 15: 20 fewer arrived than in the 28 days "
        "before and 15 more were closed; before, it had been growing by 20. All others together grew by 1."
    )


def test_no_change_in_words(desk: MakeDesk) -> None:
    level = made(desk, ("Mail", 10, 0, 8, 0), ("Web", 10, 0, 0, 8))
    assert said(level) == (
        "The backlog is where it was: 20 at the start and at the end, with 8 opened and 8 closed between. "
        "Category 'Mail' grew by 8 and category 'Web' shrank by 8."
    )


def test_several_values_in_words(desk: MakeDesk) -> None:
    several = made(desk, ("A", 5, 5, 15, 5), ("B", 5, 5, 14, 5), (None, 5, 5, 13, 5), ("C", 1, 1, 2, 1))
    assert said(several) == (
        "The backlog grew by 28 (from 0 to 28). Category 'A' made 10 of it: 10 more arrived than in the 28 days "
        "before and as many were closed; it had been level before. Next are 'B' with 9 and those not recorded with 8."
    )


def test_an_unknown_period_before_in_words(desk: MakeDesk) -> None:
    assert said(desk(DESK), window("2026-02-02", "2026-03-29")).endswith(
        "Whether more arrived or fewer were closed than before cannot be told: the data starts on 1 Feb 2026."
    )


def test_too_few_to_name_in_words(desk: MakeDesk) -> None:
    few = made(desk, *((name, 0, 0, 2, 0) for name in "ABCDE"))
    assert said(few) == "The backlog grew by 10 (from 0 to 10). No category with 5 tickets or more changed it."


def test_the_most_telling_dimension_holds_the_change_in_few_small_values(desk: MakeDesk) -> None:
    day = datetime.fromisoformat("2026-03-02 08:00")
    tickets = [
        {
            "opened_at": day,
            "resolved_at": None if number < 20 else day + timedelta(days=1),
            "status": "new" if number < 20 else "resolved",
            "category": "Reports" if number < 22 else f"other {number % 7}",
            "ticket_type": ("incident", "request")[number % 2],
            "priority": 3,
        }
        for number in range(120)
    ]
    found = tellings(desk(tickets).engine, window("2026-03-01", "2026-03-08"))
    assert [telling.dimension for telling in found] == ["category", "ticket_type"]
    assert found[0].score == pytest.approx(20 / 20 - (22 + 2) / (120 + 100))
    assert found[1].score == 0
    assert "status" not in CANDIDATES


def test_the_sum_of_the_parts_is_the_whole(desk: MakeDesk) -> None:
    for dimension in CANDIDATES:
        found = contributions(desk(DESK).engine, MARCH, dimension)
        whole = bridge(desk(DESK).engine, MARCH)
        assert found.change == whole.change
        pd.testing.assert_series_equal(
            found.frame[list(PARTS)].sum(axis=1), found.frame["change"], check_names=False, check_dtype=False
        )
