"""Histories: the KPIs' numbers period by period, whole periods only, and parts that sum to the whole."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.flow.edges import COLLAPSE, edges, edges_by
from analytics.forecast.history import MOST_AHEAD, History, basis_of, histories, history
from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.forecast.odd_desks import MONDAY, stream, ticket
from tests.properties.desks import ZONES, days, desks, examples, opened
from tests.warehouse_of import Desk, window

SERIES = ("inflow", "outflow", "backlog")
GRAINS = (Grain.WEEK, Grain.DAY)


@pytest.fixture(scope="module")
def three(desk: MakeDesk) -> Desk:
    """Sixty weeks of three categories, one of them not recorded, that all begin and end together."""
    listed = [
        *stream(60, 12, seed=1, category="network", site="Rome"),
        *stream(60, 7, seed=2, category="mail"),
        *stream(60, 4, seed=3),
    ]
    return desk(listed)


def _is_the_kpis(desk: Desk, found: History, filters: Filters) -> None:
    for series in SERIES:
        by_period = desk.by_period(series, found.grain, filters)
        ours = dict(zip(found.periods.astype(str), getattr(found, series).tolist(), strict=True))
        assert {period: by_period.get(period, 0) or 0 for period in ours} == ours, series


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("where", [{}, {"category": "mail"}, {"category": ["network", None]}])
def test_each_period_is_the_kpis(three: Desk, grain: Grain, where: dict[str, Any]) -> None:
    found = history(three.engine, window(**where), grain)
    assert found is not None
    _is_the_kpis(three, found, window(**where))
    length = {Grain.WEEK: 7, Grain.DAY: 1}[grain]
    assert set(np.diff(found.periods).astype(int)) == {length}
    assert found.known == len(found.periods) > 50


@examples
@given(desks, st.one_of(st.none(), days), st.sampled_from(GRAINS), st.sampled_from(ZONES))
def test_any_desk_has_the_kpis_or_no_history(
    listed: list[dict[str, Any]], end: date | None, grain: Grain, zone: str
) -> None:
    steady = [
        ticket(MONDAY.replace(year=2024, month=2, day=26) + timedelta(days=day, hours=5 * hour))
        for day in range(35)
        for hour in range(3)
    ]
    with opened([*listed, *steady], zone) as desk:
        filters = Filters.of(None, end)
        found = history(desk.engine, filters, grain)
        if found is None:
            return
        _is_the_kpis(desk, found, filters)
        assert found.ends <= (end or date.max)
        assert len(found.calendar.periods) >= found.known + MOST_AHEAD[grain]


@pytest.mark.parametrize(
    ("end", "last"),
    [
        # The stream ends on Sunday 26 February 2023.
        (None, "2023-02-20"),
        ("2030-01-01", "2023-02-20"),
        ("2023-02-27", "2023-02-20"),
        ("2023-02-26", "2023-02-13"),
        ("2022-09-21", "2022-09-12"),  # a Wednesday: its week is not whole
        ("2022-09-19", "2022-09-12"),
    ],
)
def test_the_last_week_is_whole(three: Desk, end: str | None, last: str) -> None:
    found = history(three.engine, window(None, end))
    assert found is not None
    assert str(found.periods[-1]) == last
    assert found.ends == date.fromisoformat(last) + timedelta(weeks=1)
    assert found.records_until == found.ends
    assert found.ahead(2).astype(str).tolist() == [str(found.ends), str(found.ends + timedelta(weeks=1))]


@pytest.mark.parametrize(("end", "last"), [(None, "2023-02-26"), ("2022-09-21", "2022-09-20")])
def test_the_last_day_is_whole(three: Desk, end: str | None, last: str) -> None:
    found = history(three.engine, window(None, end), Grain.DAY)
    assert found is not None
    assert str(found.periods[-1]) == last
    assert found.last_day == date.fromisoformat(last)


def test_a_week_cut_short_by_the_export_is_left_out_and_a_day_too(desk: MakeDesk) -> None:
    listed = [each for each in stream(50, 40) if each["opened_at"] < MONDAY + timedelta(weeks=49, days=2)]
    cut = desk([{**each, "resolved_at": None, "status": "new"} if _late(each) else each for each in listed])
    by_week, by_day = (history(cut.engine, Filters(), grain) for grain in GRAINS)
    assert by_week is not None
    assert by_day is not None
    wednesday = (MONDAY + timedelta(weeks=49, days=2)).date()
    assert by_week.ends == wednesday - timedelta(days=2) == by_week.records_until
    # The records reach into Wednesday at nine; Tuesday is the last whole day.
    assert wednesday - timedelta(days=1) <= by_day.ends <= wednesday


def _late(each: dict[str, Any]) -> bool:
    end: datetime | None = each.get("resolved_at")
    return end is not None and end >= MONDAY + timedelta(weeks=49, days=2)


def test_the_start_of_the_period_plays_no_part(three: Desk) -> None:
    whole, late = history(three.engine, window()), history(three.engine, window("2022-11-01"))
    assert whole is not None
    assert late is not None
    np.testing.assert_array_equal(whole.inflow, late.inflow)


def test_up_to_a_day_it_is_what_the_tickets_opened_by_then_say(three: Desk) -> None:
    whole, then = history(three.engine, window()), history(three.engine, window(None, "2022-09-19"))
    assert whole is not None
    assert then is not None
    for series in SERIES:
        np.testing.assert_array_equal(getattr(then, series), getattr(whole, series)[: then.known])
    np.testing.assert_array_equal(then.lives.open_by_age(then.known), whole.lives.open_by_age(then.known))


@pytest.mark.parametrize("grain", GRAINS)
def test_the_parts_sum_to_the_whole(three: Desk, grain: Grain) -> None:
    whole, parts = history(three.engine, window(), grain), histories(three.engine, window(), "category", 9, grain)
    assert whole is not None
    assert list(parts) == ["network", "mail", None]
    for series in SERIES:
        last = [getattr(part, series)[-300:] for part in parts.values() if part is not None]
        shortest = min(len(each) for each in last)
        np.testing.assert_array_equal(
            sum(each[-shortest:] for each in last), getattr(whole, series)[-shortest:], err_msg=series
        )


@pytest.mark.parametrize("end", [None, "2022-12-14"])
def test_a_part_is_the_history_of_its_filter(three: Desk, end: str | None) -> None:
    parts = histories(three.engine, window(None, end), "category", 2)
    assert list(parts) == ["network", "mail"]
    for value, part in parts.items():
        alone = history(three.engine, window(None, end, category=value))
        assert part is not None
        assert alone is not None
        assert part.value == value
        assert (part.marks, part.records_until) == (alone.marks, alone.records_until)
        for name in ("periods", *SERIES):
            np.testing.assert_array_equal(getattr(part, name), getattr(alone, name))
        np.testing.assert_array_equal(part.lives.at_risk, alone.lives.at_risk)


@examples
@given(desks, st.sampled_from(["category", "priority", "assignment_group"]))
def test_edges_asked_at_once_are_those_asked_one_by_one(listed: list[dict[str, Any]], dimension: str) -> None:
    with opened(listed) as desk:
        for value, found in edges_by(desk.engine, Filters(), dimension).items():
            assert found == edges(desk.engine, Filters().only(dimension, value))


def test_tickets_opened_long_before_the_window_count_in_the_backlog(desk: MakeDesk) -> None:
    old = [ticket(MONDAY - timedelta(days=3000 + place)) for place in range(25)]
    found = history(desk([*old, *stream(60, 15)]).engine, Filters())
    assert found is not None
    # The old rows are no weeks of the desk, but their tickets are open to this day.
    assert str(found.periods[0]) >= "2022-01-03"
    assert found.backlog[0] >= 25
    assert found.lives.open_by_age(found.known)[found.lives.oldest] == 25


def test_a_feed_that_stopped_ends_the_history_and_says_where_the_data_end(desk: MakeDesk) -> None:
    last = MONDAY + timedelta(weeks=110)
    found = history(desk([*stream(80, 20), ticket(last, last)]).engine, Filters())
    assert found is not None
    assert found.ends < found.records_until
    assert COLLAPSE in [mark.kind for mark in found.marks]


def test_a_clean_up_is_marked_in_its_week(desk: MakeDesk) -> None:
    swept = MONDAY + timedelta(weeks=50, days=2)
    stuck = [ticket(MONDAY + timedelta(weeks=week % 20), swept, category="mail") for week in range(200)]
    engine = desk([*stream(80, 30, category="network"), *stuck]).engine
    found = history(engine, Filters())
    assert found is not None
    assert found.periods[found.clean_ups].astype(str).tolist() == [str((swept - timedelta(days=2)).date())]


def test_nothing_loaded_and_nothing_chosen_have_no_history(desk: MakeDesk, three: Desk) -> None:
    assert history(desk([]).engine, Filters()) is None
    assert histories(desk([]).engine, Filters(), "category", 5) == {}
    assert history(three.engine, window(category="nothing")) is None
    assert history(three.engine, window(None, "2010-01-01")) is None
    assert histories(three.engine, window(category="nothing"), "site", 5) == {}


def test_people_and_unknown_names_are_no_dimension(three: Desk) -> None:
    for name in ("assignee", "colour"):
        with pytest.raises(BacklightError):
            histories(three.engine, Filters(), name, 5)


def test_the_basis_counts_the_tickets_behind_it(three: Desk) -> None:
    whole, then = (
        basis_of(three.engine, window(), Grain.WEEK),
        basis_of(three.engine, window(None, "2022-06-01"), Grain.DAY),
    )
    assert whole.used == three.account("backlog").used
    assert then.used < whole.used
    assert "2022-05-31" in then.filters
    assert ":to_date" in then.sql
