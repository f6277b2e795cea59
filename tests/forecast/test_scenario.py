"""What-ifs: shares and levers as arithmetic, the same number by two routes, and what must hold for any scenario."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.forecast.arrival_mix import Mixed, in_force, weekday_shares
from analytics.forecast.changes import Automation, Change, Freeze, InflowChange, PeopleChange
from analytics.forecast.effects import Effects, effects
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.frequent_types import frequent_types
from analytics.forecast.history import History
from analytics.forecast.outcome import Outcome, what_if
from analytics.forecast.paths import Paths
from analytics.forecast.scenario import Scenario
from analytics.period import Grain
from tests.forecast.scenario_desk import QUICK, SLOW, what_if_tickets
from tests.properties.desks import examples
from tests.warehouse_of import Desk, desk_of

WORKDAYS = np.array([1, 1, 1, 1, 1, 0, 0]) / 5


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = desk_of(what_if_tickets(), tmp_path_factory.mktemp("desk"))
    yield found
    found.engine.close()


@pytest.fixture(scope="module")
def present(desk: Desk) -> Forecast:
    return forecast(desk.engine, Filters())


@pytest.fixture(scope="module")
def past(present: Forecast) -> History:
    assert present.history is not None
    return present.history


@pytest.fixture(scope="module")
def paths(present: Forecast) -> Paths:
    assert present.paths is not None
    return present.paths


def _effects(desk: Desk, past: History, *changes: Change, filters: Filters | None = None) -> Effects:
    return effects(desk.engine, filters or Filters(), past, 13, Scenario("", changes))


def _outcome(desk: Desk, present: Forecast, *changes: Change, elasticity: float = 1.0) -> Outcome:
    found = what_if(desk.engine, Filters(), present, Scenario("", changes), elasticity)
    assert found is not None
    return found


def _last(found: Outcome) -> float:
    return found.marks[-1].expected


def test_the_factor_on_arrivals_is_the_share_times_the_change(desk: Desk, past: History) -> None:
    recent = desk.value("inflow", Filters.of(past.ends - timedelta(weeks=13), past.ends))
    mail = desk.value("inflow", Filters.of(past.ends - timedelta(weeks=13), past.ends, {"category": ["Mail"]}))
    assert recent
    assert mail
    found = _effects(desk, past, InflowChange("category", "Mail", -25.0))
    assert found.levers.inflow_factor == pytest.approx(np.full(13, 1 - 0.25 * mail / recent))
    assert found.levers.more_closures == pytest.approx(np.zeros(13))
    assert found.levers.pace_factor == pytest.approx(np.ones(13))
    assert f"{mail:.0f} came in the last 13 weeks" in found.reading[0]


def test_changes_that_overlap_are_multiplied_where_they_do() -> None:
    """30 of 100 are mail, 40 incidents, 10 both: halving mail and then all but ending incidents (0.1)."""
    mixed = Mixed(np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=bool), np.array([40.0, 20.0, 30.0, 10.0]))
    halved, ended = np.array([0.5]), np.array([0.1])
    assert mixed.factor([halved]) == pytest.approx([(40 + 30 + 0.5 * (20 + 10)) / 100])
    assert mixed.factor([halved, ended]) == pytest.approx([(40 + 0.5 * 20 + 0.1 * 30 + 0.5 * 0.1 * 10) / 100])
    assert (mixed.tickets(0), mixed.share(1)) == (20 + 10, 0.4)


def test_a_change_within_a_week_counts_from_its_weekday_on_by_that_days_work() -> None:
    weeks = np.array(["2026-05-11", "2026-05-18", "2026-05-25"], dtype="datetime64[D]")
    thursday, next_friday = date(2026, 5, 21), date(2026, 5, 22)
    assert in_force(weeks, Grain.WEEK, WORKDAYS, thursday) == pytest.approx([0, 2 / 5, 1])
    assert in_force(weeks, Grain.WEEK, WORKDAYS, None, next_friday) == pytest.approx([1, 1, 0])
    assert in_force(weeks, Grain.WEEK, WORKDAYS, thursday, next_friday) == pytest.approx([0, 2 / 5, 0])
    days = np.array(["2026-05-20", "2026-05-21", "2026-05-24"], dtype="datetime64[D]")
    assert in_force(days, Grain.DAY, WORKDAYS, thursday) == pytest.approx([0, 1, 1])


def test_weekdays_are_counted_from_monday(desk: Desk, past: History) -> None:
    recent = Filters.of(past.ends - timedelta(weeks=13), past.ends)
    by_day = {day: desk.value("inflow", recent.between(day, day + timedelta(days=1))) or 0 for day in _days(recent)}
    expected = [sum(n for day, n in by_day.items() if day.weekday() == weekday) for weekday in range(7)]
    assert weekday_shares(desk.engine, recent, "opened_on") == pytest.approx(np.array(expected) / sum(expected))


def _days(filters: Filters) -> list[date]:
    assert filters.start
    assert filters.end
    return [filters.start + timedelta(days=n) for n in range((filters.end - filters.start).days)]


def test_people_close_as_many_as_one_of_their_group_does(desk: Desk, past: History) -> None:
    entered = _effects(desk, past, PeopleChange("Net: +1", 2, None, 8.5))
    assert entered.levers.more_closures == pytest.approx(np.full(13, 2 * 8.5))
    # Six people end mail (6 a week) and reports (3 of 4): 9 tickets a week by six people.
    measured = _effects(desk, past, PeopleChange("Desk", -2))
    assert measured.levers.more_closures == pytest.approx(np.full(13, -2 * (QUICK + SLOW - 1) / 6))


def test_a_rate_that_cannot_be_told_is_not_counted_and_says_why(desk: Desk, past: History) -> None:
    few = _effects(desk, past, PeopleChange("Net: +1", 2))
    assert not few.levers.more_closures.any()
    assert "fewer than 5 people are active here" in few.not_counted[0]
    assert "enter how many tickets a week one person ends" in few.not_counted[0]
    others = Filters.of(where={"assignment_group": ["Desk"]})
    left_out = _effects(desk, past, PeopleChange("Net: +1", 2, None, 8.5), filters=others)
    assert not left_out.levers.more_closures.any()
    assert "the filters leave this group out" in left_out.not_counted[0]


def test_a_freeze_of_all_closures_lets_nothing_out_and_arrivals_go_on(
    desk: Desk, present: Forecast, paths: Paths, past: History
) -> None:
    first = past.ends + timedelta(weeks=2)
    found = _outcome(desk, present, Freeze(first, first + timedelta(days=13)), PeopleChange("Desk", 1)).paths
    assert not found.outflow[:, 2:4].any()
    assert found.inflow == pytest.approx(paths.inflow)
    assert found.backlog[:, 3] == pytest.approx(found.backlog[:, 1] + found.inflow[:, 2:4].sum(axis=1))
    half = _outcome(desk, present, Freeze(first, first + timedelta(days=13), 0.5)).paths
    ratio = half.outflow[:, 2].mean() / paths.outflow[:, 2].mean()
    assert ratio == pytest.approx(0.5, abs=0.05)


def test_parts_like_the_whole_give_what_the_paths_give_by_themselves(desk: Desk, past: History, paths: Paths) -> None:
    found = _effects(desk, past, InflowChange("category", "Mail", -40.0), PeopleChange("Desk", 1, None, 3.0))
    whole = paths.expectation.start.end_share_by_age
    alike = tuple(replace(part, end_share_by_age=whole) for part in found.levers.parts)
    ours, theirs = (paths.changed(replace(found.levers, parts=parts)) for parts in (alike, ()))
    for series in ("inflow", "outflow", "backlog"):
        assert getattr(ours, series) == pytest.approx(getattr(theirs, series), abs=1e-6)


def test_tickets_closed_at_once_hardly_stand_in_the_backlog_and_slow_ones_do(desk: Desk, present: Forecast) -> None:
    """A ticket a week less: of mail it was gone within the day, of reports it stays for three weeks or for good."""
    mail = _outcome(desk, present, InflowChange("category", "Mail", -100 / QUICK))
    reports = _outcome(desk, present, InflowChange("category", "Reports", -100 / SLOW))
    assert -1 < mail.marks[-1].difference < 0
    assert reports.marks[-1].difference < 5 * mail.marks[-1].difference


def test_marks_lie_on_the_line_between_the_ends_of_weeks(desk: Desk, present: Forecast, past: History) -> None:
    found = _outcome(desk, present, InflowChange("category", "Reports", -50.0))
    mark, last = found.marks
    assert (mark.day, last.day) == (past.last_day + timedelta(days=30), present.last_day)
    mean = found.fans["backlog"].mean
    assert mark.expected == pytest.approx(mean[3] + (mean[4] - mean[3]) * 2 / 7)
    assert last.expected == pytest.approx(mean[-1])
    assert last.present == pytest.approx(present.fans["backlog"].mean[-1])
    assert last.difference == pytest.approx(last.expected - last.present)
    assert last.difference_lo80 < last.difference < last.difference_hi80
    assert "fewer than on the present course (80 % between" in found.sentence


def test_an_empty_scenario_is_the_present_course_exactly(desk: Desk, present: Forecast, paths: Paths) -> None:
    found = _outcome(desk, present)
    assert found.paths is paths
    assert list(found.fans) == list(present.fans)
    for series, fan in found.fans.items():
        assert (fan.mean == present.fans[series].mean).all()
        assert (fan.bands == present.fans[series].bands).all()
    assert [mark.difference for mark in found.marks] == [0, 0]
    month, last = found.marks
    assert found.sentence == (
        f"Nothing is changed yet: on the present course the backlog is about {month.present:,.0f} by 9 Jun 2026, and "
        f"about {last.present:,.0f} by 9 Aug 2026."
    )


_dates = st.one_of(st.none(), st.integers(-30, 120).map(lambda days: date(2026, 5, 11) + timedelta(days=days)))


@examples
@given(st.floats(0, 1), st.floats(0, 1), _dates, st.integers(1, 5), st.floats(0, 1))
def test_automating_more_never_raises_the_backlog(
    desk: Desk, present: Forecast, one: float, other: float, start: date | None, types: int, elasticity: float
) -> None:
    less, more = sorted((one, other))
    levels = {"elasticity": elasticity}
    ends = [_last(_outcome(desk, present, Automation(share, start, types), **levels)) for share in (0, less, more)]
    assert ends[0] >= ends[1] - 1e-6 >= ends[2] - 2e-6
    wider = _last(_outcome(desk, present, Automation(more, start, types + 1), **levels))
    assert wider <= ends[2] + 1e-6


_changes = st.one_of(
    st.builds(InflowChange, st.just("category"), st.sampled_from(["Mail", "Web", None]), st.floats(-100, 300), _dates),
    st.builds(PeopleChange, st.sampled_from(["Desk", "Nobody"]), st.floats(-20, 20), _dates, st.floats(0, 50)),
    st.builds(Automation, st.floats(0, 1), _dates),
    st.builds(lambda day, share: Freeze(day, day + timedelta(days=9), share), _dates.filter(bool), st.floats(0, 1)),
)


@examples
@given(st.lists(_changes, max_size=4), st.floats(0, 1.5))
def test_what_is_left_is_what_was_there_and_came_less_what_went(
    desk: Desk, present: Forecast, paths: Paths, changes: list[Any], elasticity: float
) -> None:
    found = _outcome(desk, present, *changes, elasticity=elasticity).paths
    assert found.backlog == pytest.approx(paths.start + (found.inflow - found.outflow).cumsum(axis=1), abs=1e-6)
    for series in (found.inflow, found.outflow, found.backlog):
        assert np.isfinite(series).all()
        assert series.min() >= -1e-9


def test_levers_hold_the_changes_together(desk: Desk, past: History) -> None:
    first = past.ends
    found = _effects(desk, past, Freeze(first, first + timedelta(days=6)), PeopleChange("Desk", 2, None, 5.0))
    assert found.levers.pace_factor == pytest.approx([0, *[1] * 12])
    assert found.levers.more_closures == pytest.approx([0, *[2 * 5.0] * 12])


def test_the_quicker_half_of_the_frequent_types_is_chosen(desk: Desk, past: History) -> None:
    types = frequent_types(desk.engine, Filters(), past.ends)
    assert (types.dimension, types.measured_by, types.values) == ("category", "resolution_hours", ("Mail", "Web"))
    assert types.frame["median_hours"].tolist()[:2] == [1, 2 * 24 + 1]
    assert types.frame["share"].sum() == pytest.approx(1)
    assert "shortest median time to resolve, which stands for little skill" in types.sentence
    assert frequent_types(desk.engine, Filters(), past.ends, 1).values == ("Mail",)


def test_where_category_is_one_value_the_next_dimension_tells_types(tmp_path: Any) -> None:
    tickets = what_if_tickets()
    for ticket in tickets:
        ticket |= {"subcategory": ticket["category"], "category": "IT", "handle_hours": len(ticket["category"])}
    desk = desk_of(tickets, tmp_path)
    types = frequent_types(desk.engine, Filters(), date(2026, 5, 11))
    assert (types.dimension, types.measured_by, types.values) == ("subcategory", "handle_hours", ("Web", "Mail"))
    nothing = frequent_types(desk.engine, Filters.of(where={"subcategory": ["Web"]}), date(2026, 5, 11))
    assert nothing.values == ()
    assert nothing.sentence.startswith("No types can be told apart")
    desk.engine.close()


def test_the_claim_is_a_labelled_hypothesis_beside_what_is_expected(desk: Desk, present: Forecast) -> None:
    found = _outcome(desk, present, Automation())
    assert found.claim.startswith("A hypothesis from articles, not measured here: a backlog 20 % to 30 % lower after")
    assert f"{found.today * 0.7:,.0f} to {found.today * 0.8:,.0f} on" in found.claim
    assert f"Expected here: about {found.marks[0].expected:,.0f} (80 % between" in found.claim
    assert _outcome(desk, present, InflowChange("category", "Mail", -10.0)).claim == ""
