"""Two routes to each number: the composed SQL on a snapshot, and the definitions applied ticket by ticket."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.measure import KpiResult
from analytics.period import Grain
from analytics.warehouse.schema import SOURCE_COLUMNS, names
from tests.properties.desks import GRAINS, SPLITS, ZONES, desks, examples, filters, opened
from tests.reference.kpis import RULES, Cells, backlog_on, desk_frame, reference, selected
from tests.warehouse_of import Desk, known

COLUMNS = names(SOURCE_COLUMNS)
NEAR = pytest.approx
Key = Callable[[Cells, date], Any]


@examples
@given(desks, st.sampled_from(ZONES), filters(), st.sampled_from(SPLITS), st.sampled_from(GRAINS))
def test_every_kpi(listed: list[dict[str, Any]], zone: str, chosen: Filters, dimension: str, grain: Grain) -> None:
    slow = selected(desk_frame(listed, COLUMNS, zone), dict(chosen.where))
    with opened(listed, zone) as desk:
        for kpi in RULES:
            _compare(desk, kpi, slow, chosen, None, None)
            _compare(desk, kpi, slow, chosen, dimension, None)
            _compare(desk, kpi, slow, chosen, None, grain)
            _compare(desk, kpi, slow, chosen, dimension, grain)


def _compare(
    desk: Desk, kpi: str, slow: list[Cells], chosen: Filters, dimension: str | None, grain: Grain | None
) -> None:
    def key(ticket: Cells, day: date) -> Any:
        return (grain.start(day) if grain else None, ticket[dimension] if dimension else None)

    expected = reference(kpi, slow, key, chosen.start, chosen.end)
    result = desk.result(kpi, [dimension] if dimension else [], grain, chosen)
    found = _cells(result, dimension, grain)
    for name in found.keys() - expected.keys():  # a row of nothing: nought for a count, unknown for the rest
        assert found[name][0] == (0 if kpi in ("volume", "inflow", "outflow") else None), (kpi, name)
        assert not found[name][2], (kpi, name)
    assert {name: found[name] for name in expected} == {name: _near(cell) for name, cell in expected.items()}, kpi


def _near(cell: tuple[float | None, ...]) -> tuple[Any, ...]:
    return tuple(None if part is None else NEAR(part, rel=1e-9, abs=1e-9) for part in cell)


def _cells(result: KpiResult, dimension: str | None, grain: Grain | None) -> dict[Any, tuple[Any, ...]]:
    rows = result.frame.to_dict("records")
    cells = {
        (row["period"].date() if grain else None, known(row[dimension]) if dimension else None): tuple(
            known(row[name]) for name in ("value", "numerator", "denominator")
        )
        for row in rows
    }
    assert len(cells) == len(rows), "two rows of one key"
    return cells


@examples
@given(desks, st.sampled_from(ZONES), filters(), st.sampled_from(SPLITS))
def test_the_running_total_of_the_backlog_is_the_day_by_ticket_join(
    listed: list[dict[str, Any]], zone: str, chosen: Filters, dimension: str
) -> None:
    slow = selected(desk_frame(listed, COLUMNS, zone), dict(chosen.where))
    with opened(listed, zone) as desk:
        for grain in GRAINS:
            for period, level in desk.by_period("backlog", grain, chosen).items():
                last = _last_day(date.fromisoformat(period), grain, chosen.end)
                assert level == backlog_on(slow, last), (grain, period)
        last = (chosen.end or date(2100, 1, 1)) - timedelta(days=1)
        assert desk.value("backlog", chosen) == backlog_on(slow, last)
        for name, level in desk.by("backlog", dimension, chosen).items():
            assert level == backlog_on([t for t in slow if t[dimension] == name], last), name


def _last_day(period: date, grain: Grain, end: date | None) -> date:
    last = grain.next(period) - timedelta(days=1)
    return min(last, end - timedelta(days=1)) if end else last


@examples
@given(desks, st.sampled_from(ZONES))
def test_the_backlog_has_a_row_for_every_day_from_the_first_opening_to_the_as_of_day(
    listed: list[dict[str, Any]], zone: str
) -> None:
    openings = [t["opened_on"] for t in desk_frame(listed, COLUMNS, zone) if t["opened_on"]]
    with opened(listed, zone) as desk:
        days = list(desk.by_period("backlog", Grain.DAY))
        if not openings:
            assert days == []
            return
        assert desk.engine.as_of is not None
        length = (desk.engine.as_of.date() - min(openings)).days + 1
        assert days == [f"{min(openings) + timedelta(days=n)}" for n in range(length)]
