"""The pictures of what-ifs: what is drawn is what was worked out, and people's names for it are inert."""

from dataclasses import replace
from pathlib import Path

import pytest

from analytics.filters import Filters
from analytics.forecast.changes import InflowChange
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.outcome import Outcome, what_if
from analytics.forecast.outlook import Outlook, outlook
from analytics.forecast.scenario import Scenario
from pages.charts.scenario import comparison_figure, scenario_figure
from tests.forecast.scenario_desk import what_if_tickets
from tests.warehouse_of import desk_of

HOSTILE = '<a href="http://127.0.0.1:9">x</a>'
Drawn = tuple[Outlook, Outlook, Outcome]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """The present course, the one changed, and what it came from."""
    folder: Path = tmp_path_factory.mktemp("desk")
    engine = desk_of(what_if_tickets(), folder).engine
    present: Forecast = forecast(engine, Filters())
    scenario = Scenario(HOSTILE, (InflowChange("category", "Reports", -80.0),))
    found = what_if(engine, Filters(), present, scenario)
    assert found is not None
    before, after = (
        outlook(one, "backlog", None, engine.as_of) for one in (present, replace(present, fans=found.fans))
    )
    engine.close()
    return before, after, found


def test_the_fan_is_the_changed_one_and_the_present_course_a_ghost(drawn: Drawn) -> None:
    before, after, found = drawn
    figure = scenario_figure(after, before, found.marks[0].day)
    lines = {trace.name: list(trace.y) for trace in figure.data if trace.name in ("expected", "present course")}
    assert lines["expected"][1:] == found.fans["backlog"].mean.tolist()
    assert lines["present course"][1:] == before.ahead["mean"].tolist()
    assert str(found.marks[0].day) in {shape.x0 for shape in figure.layout.shapes}
    alone = scenario_figure(after, None, None)
    assert "present course" not in {trace.name for trace in alone.data}
    assert str(found.marks[0].day) not in {shape.x0 for shape in alone.layout.shapes}


def test_scenarios_stand_beside_the_present_course_with_whiskers_at_the_end(drawn: Drawn) -> None:
    before, after, found = drawn
    figure = comparison_figure(before, [(HOSTILE, after), ("second " * 9, before)], found.marks[0].day)
    whiskers = [trace for trace in figure.data if trace.mode == "lines+markers"]
    fan = found.fans["backlog"]
    assert [list(whisker.y)[::2] for whisker in whiskers] == [
        [before.ahead["lo80"].iloc[-1], before.ahead["hi80"].iloc[-1]],
        [fan.bound("lo80")[-1], fan.bound("hi80")[-1]],
        [before.ahead["lo80"].iloc[-1], before.ahead["hi80"].iloc[-1]],
    ]
    assert len({str(whisker.x[0]) for whisker in whiskers}) == len(whiskers), "none lies on another"
    named = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert named[:2] == ["known", "present course"]
    assert len(named[3]) < 30
    assert "<a href" not in figure.to_json().replace("\\u003c", "<")
