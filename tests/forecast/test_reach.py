"""How far ahead a what-if looks, what it says of a freeze's end, what lies out of reach, and how closures follow."""

from collections.abc import Iterator
from datetime import date

import pytest

from analytics.filters import Filters
from analytics.forecast.changes import Automation, Change, Freeze, InflowChange, PeopleChange
from analytics.forecast.elasticity import elasticity
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.outcome import Outcome, what_if
from analytics.forecast.scenario import Scenario, weeks_ahead
from tests.forecast.scenario_desk import what_if_tickets
from tests.warehouse_of import Desk, desk_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = desk_of(what_if_tickets(), tmp_path_factory.mktemp("desk"))
    yield found
    found.engine.close()


@pytest.fixture(scope="module")
def present(desk: Desk) -> Forecast:
    return forecast(desk.engine, Filters())


def _outcome(desk: Desk, present: Forecast, *changes: Change) -> Outcome:
    found = what_if(desk.engine, Filters(), present, Scenario("", changes), 1.0)
    assert found is not None
    return found


def test_it_looks_six_weeks_beyond_the_last_day_that_a_change_names() -> None:
    known = date(2026, 6, 28)
    christmas = Freeze(date(2026, 12, 21), date(2027, 1, 3))
    assert weeks_ahead((), known) == 13
    assert weeks_ahead((Automation(), PeopleChange("Desk", -2, date(2026, 7, 1))), known) == 13
    # 7 weeks until the 16th of August, and 6 more; a day later it is more than 13.
    assert weeks_ahead((PeopleChange("Desk", -2, date(2026, 8, 16)),), known) == 13
    assert weeks_ahead((PeopleChange("Desk", -2, date(2026, 8, 17)),), known) == 26
    assert weeks_ahead((christmas, Automation()), known) == 39  # 27 + 6 weeks
    assert weeks_ahead((Freeze(date(2027, 6, 1), date(2030, 6, 1)),), known) == 52


def test_the_end_of_a_freeze_is_told(desk: Desk, present: Forecast) -> None:
    found = _outcome(desk, present, Freeze(date(2026, 7, 6), date(2026, 7, 12)))
    assert [mark.day for mark in found.marks] == [date(2026, 6, 9), date(2026, 7, 12), date(2026, 8, 9)]
    assert found.in_a_month == found.marks[0]
    assert found.marks[1].difference > found.marks[2].difference > 0 == found.marks[0].difference
    assert "about" in found.sentence.split("by 12 Jul 2026")[1]


def test_what_lies_out_of_reach_is_not_counted(desk: Desk, present: Forecast) -> None:
    late, over = Freeze(date(2026, 12, 21), date(2027, 1, 3)), Freeze(date(2026, 1, 5), date(2026, 1, 11))
    found = _outcome(desk, present, late, over)
    assert len(found.not_counted) == 2
    assert "it begins after 9 Aug 2026, the last day looked at" in found.not_counted[0]
    assert "it is over before the days ahead begin" in found.not_counted[1]
    assert found.sentence == "None of these changes could be counted, so this is the present course."
    assert _outcome(desk, present, Automation(0.5, date(2027, 1, 1))).claim == ""


def test_without_another_number_the_elasticity_is_the_desks_own(desk: Desk, present: Forecast) -> None:
    assert present.history
    scenario = Scenario("", (InflowChange("category", "Reports", -50.0),))
    usual = what_if(desk.engine, Filters(), present, scenario)
    own = what_if(desk.engine, Filters(), present, scenario, elasticity(present.history).reckoned)
    other = what_if(desk.engine, Filters(), present, scenario, 0.3)
    assert usual
    assert own
    assert other
    assert usual.marks == own.marks != other.marks
