"""The cumulative flow, by example: its bands sum to what was opened, and hold the backlog between them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.bridge import bridge
from analytics.flow.cumulative_flow import BANDS, CumulativeFlow, cumulative_flow
from analytics.kpis.backlog import BACKLOG
from analytics.measure import measure
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.conftest import MakeDesk
from tests.properties.desks import desks, examples, filters, opened
from tests.warehouse_of import window

DESK = """
ticket | category | opened           | resolved         | updated
A      | Mail     | 2026-03-02 08:00 | 2026-03-04 08:00 |
B      | Mail     | 2026-03-03 08:00 |                  |
C      | Web      | 2026-03-03 09:00 | 2026-03-12 08:00 |
D      | Web      |                  | 2026-03-12 08:00 |
E      | Web      | 2026-03-17 08:00 |                  | 2026-03-18 08:00
"""


def by_day(found: CumulativeFlow, column: str) -> dict[str, int]:
    return {f"{day:%m-%d}": count for day, count in zip(found.frame["day"], found.frame[column], strict=True)}


def test_arrived_and_ended_run_up_and_the_backlog_is_between(desk: MakeDesk) -> None:
    found = cumulative_flow(desk(DESK).engine, window("2026-03-03", "2026-03-05"))
    assert by_day(found, "arrived") == {"03-02": 1, "03-03": 1 + 2, "03-04": 3}
    assert by_day(found, "ended") == {"03-02": 0, "03-03": 0, "03-04": 1}
    assert by_day(found, "backlog") == {"03-02": 1, "03-03": 3, "03-04": 3 - 1}
    assert found.basis.used == 1 + 2
    assert found.basis.excluded == (("no opening time", 1),)


def test_the_picture_starts_at_the_backlog(desk: MakeDesk) -> None:
    found = cumulative_flow(desk(DESK).engine, window("2026-03-10", "2026-03-19"))
    assert by_day(found, "ended_since")["03-09"] == 0
    assert by_day(found, "arrived_since")["03-09"] == 2  # B and C are open
    assert by_day(found, "ended_since")["03-18"] == 1
    assert by_day(found, "arrived_since")["03-18"] == 2 + 1


def test_the_net_flow_of_whole_and_cut_weeks(desk: MakeDesk) -> None:
    weeks = cumulative_flow(desk(DESK).engine, window("2026-03-03", "2026-03-20")).weeks
    assert [row["week"].date().isoformat() for row in weeks.to_dict("records")] == [
        "2026-03-02", "2026-03-09", "2026-03-16",
    ]  # fmt: skip
    assert weeks["net"].tolist() == [2 - 1, 0 - 1, 1 - 0]
    assert weeks["partial"].tolist() == [True, False, True], "cut at the start; whole; ends on the as-of Wednesday"


def test_days_that_the_data_does_not_cover_are_left_out(desk: MakeDesk) -> None:
    found = cumulative_flow(desk(DESK).engine, window("2025-01-01", "2027-01-01"))
    assert (found.filters.start, found.filters.end) == (date(2026, 3, 2), date(2026, 3, 19))


def test_a_long_window_has_a_point_a_week(desk: MakeDesk) -> None:
    found = cumulative_flow(
        desk("ticket | opened | resolved\nA | 2025-03-05 | \nB | 2026-03-05 | 2026-03-06").engine, Filters()
    )
    assert found.grain is Grain.WEEK
    assert {day.weekday() for day in found.frame["day"].iloc[1:-1]} == {6}
    assert found.frame["day"].iloc[-1].date() == date(2026, 3, 6)
    assert found.weeks["opened"].sum() == 2


def test_without_a_history_there_are_two_bands(desk: MakeDesk) -> None:
    found = cumulative_flow(desk(DESK).engine, Filters())
    assert found.bands == ()
    assert found.why_not == "no ticket here has a history of its status"


def test_without_any_opening_nothing_flows(desk: MakeDesk) -> None:
    found = cumulative_flow(desk("ticket | resolved\nA | 2026-02-01 09:00").engine, Filters())
    assert found.frame["arrived"].sum() == 0
    assert found.basis.used == 0


HEADER = "number,incident_state,assignment_group,opened_at,resolved_at,sys_updated_at,sys_mod_count"
# Only R is reopened: from the 3rd to the 10th it is resolved, and still counted.
LOG = """
R,New,Desk,2026-03-02 08:00:00,,2026-03-02 08:00:00,0
R,Resolved,Desk,2026-03-02 08:00:00,,2026-03-03 08:00:00,1
R,Active,Desk,2026-03-02 08:00:00,,2026-03-10 08:00:00,2
R,Resolved,Desk,2026-03-02 08:00:00,2026-03-12 08:00:00,2026-03-12 08:00:00,3
R,Closed,Desk,2026-03-02 08:00:00,2026-03-12 08:00:00,2026-03-14 08:00:00,4
S,New,Network,2026-03-02 08:00:00,,2026-03-02 08:00:00,0
S,Active,Network,2026-03-02 08:00:00,,2026-03-04 08:00:00,1
S,Awaiting User Info,Network,2026-03-02 08:00:00,,2026-03-11 08:00:00,2
"""


def log_of(folder: Path, rows: str) -> Engine:
    (folder / "log.csv").write_text(f"{HEADER}\n{rows.strip()}\n", encoding="utf-8")
    import_exports(folder / "db", [folder / "log.csv"], ImportOptions())
    return open_engine(folder / "db")


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = log_of(tmp_path_factory.mktemp("log"), LOG)
    yield engine
    engine.close()


def test_bands_are_the_status_at_the_end_of_each_day(log: Engine) -> None:
    found = cumulative_flow(log, Filters())
    assert found.bands == ("new", "in_progress", "pending", "resolved_still_counted")
    bands = {day: tuple(by_day(found, band)[day] for band in found.bands) for day in by_day(found, "ended")}
    assert bands["03-01"] == (0, 0, 0, 0)
    assert bands["03-02"] == (2, 0, 0, 0)
    assert bands["03-03"] == (1, 0, 0, 1)
    assert bands["03-04"] == bands["03-09"] == (0, 1, 0, 1)
    assert bands["03-10"] == (0, 2, 0, 0)
    assert bands["03-11"] == (0, 1, 1, 0)
    assert bands["03-12"] == bands["03-14"] == (0, 0, 1, 0)
    assert by_day(found, "ended")["03-12"] == 1


def test_a_band_knows_what_happened_before_the_window(log: Engine) -> None:
    found = cumulative_flow(log, window("2026-03-11", "2026-03-13", assignment_group=["Desk"]))
    assert found.bands == ("in_progress",)
    assert by_day(found, "in_progress") == {"03-10": 1, "03-11": 1, "03-12": 0}


STATES = ("New", "Active", "Awaiting User Info", "Resolved", "Closed", "Canceled", "")
lives = st.lists(
    st.lists(st.tuples(st.integers(0, 240), st.sampled_from(STATES)), min_size=1, max_size=7), min_size=1, max_size=8
)
START = datetime.fromisoformat("2026-03-02")


def _rows(drawn: list[list[tuple[int, str]]]) -> str:
    """An event log; some tickets say they were opened after their first event, some have two events at one time."""
    lines = []
    for ticket, life in enumerate(drawn):
        begin = START + timedelta(hours=life[0][0] if ticket % 3 else min(hour for hour, _ in life))
        for turn, (hour, state) in enumerate(sorted(life)):
            lines.append(f"T{ticket},{state},G{ticket % 2},{begin},,{START + timedelta(hours=hour)},{turn}")
    return "\n".join(lines)


@examples
@given(lives, st.integers(-3, 8), st.integers(1, 12))
def test_with_any_history_the_bands_sum_to_the_backlog(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[list[tuple[int, str]]], first: int, length: int
) -> None:
    engine = log_of(tmp_path_factory.mktemp("log"), _rows(drawn))
    chosen = Filters(START.date() + timedelta(days=first), START.date() + timedelta(days=first + length))
    found = cumulative_flow(engine, chosen)
    frame = found.frame
    assert found.why_not != "the history of the statuses contradicts itself"
    if found.bands:
        assert (frame[list(found.bands)] >= 0).all(axis=None)
        assert (frame[list(found.bands)].sum(axis=1) + frame["ended"] == frame["arrived"]).all()
        assert set(found.bands) <= set(BANDS)
    bridged = bridge(engine, chosen)
    assert bridged.leak == 0
    parts = [bridge(engine, chosen.between(day, day + timedelta(days=1))) for day in _days(chosen)]
    assert sum(part.reopened for part in parts) == bridged.reopened
    assert sum(part.resolved for part in parts) == bridged.resolved
    engine.close()


def _days(chosen: Filters) -> list[date]:
    assert chosen.start is not None
    assert chosen.end is not None
    return [chosen.start + timedelta(days=i) for i in range((chosen.end - chosen.start).days)]


@examples
@given(desks, filters())
def test_the_distance_of_arrived_and_ended_is_the_backlog_of_each_day(
    listed: list[dict[str, Any]], chosen: Filters
) -> None:
    with opened(listed) as desk:
        found = cumulative_flow(desk.engine, chosen)
        levels = measure(desk.engine, compose(BACKLOG, found.filters, grain=Grain.DAY)).frame
        known = dict(zip(levels["period"], levels["value"], strict=True))
        shared = found.frame[found.frame["day"].isin(known)]
        assert [known[day] for day in shared["day"]] == shared["backlog"].tolist()
        assert (found.frame["arrived_since"] - found.frame["ended_since"] == found.frame["backlog"]).all()
        whole = bridge(desk.engine, found.filters)
        assert found.weeks["net"].sum() == whole.change
        assert found.weeks["opened"].sum() == whole.opened
        assert found.basis.used == whole.basis.used
