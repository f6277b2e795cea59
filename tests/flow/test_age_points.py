"""Points of open tickets: few enough to draw, the oldest always among them, and always the same."""

from datetime import datetime, timedelta

from analytics.filters import Filters
from analytics.flow.age_lines import AgeLines
from analytics.flow.age_points import MOST_POINTS, age_points
from analytics.flow.ageing import ageing
from analytics.flow.ownership import ownership
from analytics.selection import select_tickets
from pages.charts.ageing import age_strip, band_bars
from pages.charts.ownership import class_bars
from tests.conftest import MakeDesk

AS_OF = datetime.fromisoformat("2026-06-30 12:00")
LINES = AgeLines(1.0, 8.0, 21.0, 500, None, None, "")


def _waiting(count: int) -> list[dict[str, object]]:
    return [
        {
            "ticket_id": f"O{i:05}", "opened_at": AS_OF - timedelta(hours=i), "status": "new",
            "assignment_group": f"<b>Group</b> {i % 11}", "assignee": ("Ada", None)[i % 2],
        }
        for i in range(count)
    ]  # fmt: skip


def test_few_tickets_are_all_drawn_oldest_first(desk: MakeDesk) -> None:
    points = age_points(desk(_waiting(30)).engine, Filters(), "assignment_group")
    assert list(points.frame["ticket_id"]) == [f"O{i:05}" for i in range(29, -1, -1)]
    assert points.reading == ""
    assert points.frame["shown_days"].min() == 1 / 24


def test_of_many_the_oldest_are_kept_and_the_rest_thinned_out_evenly(desk: MakeDesk) -> None:
    made = desk(_waiting(4_500))
    points, again = (age_points(made.engine, Filters(), "assignment_group") for _ in range(2))
    assert 1_000 < len(points.frame) <= MOST_POINTS
    assert list(points.frame["ticket_id"])[:200] == [f"O{i:05}" for i in range(4_499, 4_299, -1)]
    assert points.frame.equals(again.frame)
    assert points.reading.startswith("Drawn are the 200 oldest and ")
    assert (points.values[-1], len(points.values)) == ("all others", 9)
    assert ((points.frame["place"] - points.frame["place"].round()).abs() <= 0.35).all()
    one = select_tickets(made.engine, points.selection(int(points.frame["ticket_key"].iloc[0])))
    assert list(one.frame["ticket_id"]) == ["O04499"]


def test_the_strip_shows_export_text_inertly_and_the_lines_it_knows(desk: MakeDesk) -> None:
    figure = age_strip(age_points(desk(_waiting(30)).engine, Filters(), "assignment_group"), LINES).to_dict()
    *named, others = figure["layout"]["xaxis"]["ticktext"]
    assert all(text.startswith("&lt;b&gt;Group") for text in named)
    assert others == "all others"
    assert len(figure["layout"]["shapes"]) == 3
    assert [note["text"] for note in figure["layout"]["annotations"]] == ["50 %: 24.0 h", "85 %: 8 d", "95 %: 21 d"]


def test_the_bars_stack_the_bands_of_all_and_of_each_group(desk: MakeDesk) -> None:
    for bands in ((1,), (1, 2, 3, 4, 5, 6)):
        shown = ageing(desk(_waiting(30)).engine, Filters(), bands, "assignment_group")
        traces = band_bars(shown).to_dict()["data"]
        assert [trace["x"][0] for trace in traces] == [band.tickets for band in shown.bands]
        assert len({trace["marker"]["color"] for trace in traces}) == len(bands) + 1
        assert traces[0]["customdata"][0] == [-1, 0]


def test_each_owner_bar_is_whole(desk: MakeDesk) -> None:
    shown = ownership(desk(_waiting(30)).engine, Filters())
    figure = class_bars(shown).to_dict()
    assert sum(trace["x"][0] for trace in figure["data"]) == 30
    assert figure["layout"]["barnorm"] == "percent"
    assert "&lt;b&gt;Group" in figure["layout"]["yaxis"]["ticktext"][1]
