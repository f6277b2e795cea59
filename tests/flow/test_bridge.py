"""The bridge, by example: what took the backlog from one day to another, to the ticket."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.filters import Filters
from analytics.flow.bridge import Bridge, bridge
from analytics.flow.bridge_sentences import bridge_sentences
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | group   | reopen_count | opened           | resolved         | updated
A      | resolved  | network |              | 2026-01-30 08:00 | 2026-03-02 10:00 |
B      | new       | network |              | 2026-01-31 23:59 |                  |
C      | cancelled |         |              | 2026-02-01 00:00 | 2026-02-01 09:00 |
D      | resolved  | desk    | 2            | 2026-02-10 08:00 | 2026-02-28 23:59 |
E      |           | desk    |              | 2026-02-11 08:00 | 2026-02-12 08:00 |
F      | new       |         |              | 2026-04-01 08:00 |                  | 2026-04-02 08:00
G      | resolved  | desk    |              |                  | 2026-02-15 08:00 |
"""
FEBRUARY = window("2026-02-01", "2026-03-01")


def steps(found: Bridge) -> tuple[int, ...]:
    return (found.start, found.opened, found.reopened, found.resolved, found.cancelled, found.leak, found.end)


def test_february(desk: MakeDesk) -> None:
    found = bridge(desk(DESK).engine, FEBRUARY)
    # A, B were there; C, D, E came; D and E were resolved, C cancelled.
    assert steps(found) == (2, 3, 0, 2, 1, 0, 2 + 3 - 2 - 1)
    assert found.change == 0
    assert (found.resolved_held, found.resolved_undone, found.not_final) == (2, 0, 1)  # E has no status


def test_what_is_left_out_and_what_to_keep_in_mind_is_said(desk: MakeDesk) -> None:
    basis = bridge(desk(DESK).engine, FEBRUARY).basis
    assert basis.used == 2 + 3
    assert basis.excluded == (("no opening time", 1),)  # G
    assert "1 of the resolved have ended, but no final status says how." in basis.caveats
    assert [said for said in basis.caveats if said.startswith("2 further reopenings are known by their number")]  # D
    assert basis.filters == "tickets in the backlog from 2026-02-01 to 2026-02-28"


def test_open_ends_are_those_of_the_data(desk: MakeDesk) -> None:
    found = bridge(desk(DESK).engine, Filters())
    assert (found.filters.start, found.filters.end) == (date(2026, 1, 30), date(2026, 4, 3))
    assert steps(found) == (0, 6, 0, 3, 1, 0, 2)


def test_filtered_by_a_value_and_by_not_recorded(desk: MakeDesk) -> None:
    engine = desk(DESK).engine
    network, nobody = (window("2026-02-01", "2026-03-05", assignment_group=[name]) for name in ("network", None))
    assert steps(bridge(engine, network)) == (2, 0, 0, 1, 0, 0, 1)
    assert steps(bridge(engine, nobody)) == (0, 1, 0, 0, 1, 0, 0)


def test_without_any_opening_there_is_nothing_to_bridge(desk: MakeDesk) -> None:
    for chosen in (Filters(), window("2026-02-01"), window(end="2026-02-01"), FEBRUARY):
        found = bridge(desk("ticket | resolved\nA | 2026-02-01 09:00").engine, chosen)
        assert steps(found) == (0, 0, 0, 0, 0, 0, 0)
        assert found.basis.excluded == (("no opening time", 1),)
        assert bridge_sentences(found) == ("No ticket was in the backlog in this period.",)


HEADER = "number,incident_state,assignment_group,opened_at,resolved_at,sys_updated_at,sys_mod_count\n"
# R is resolved on 3 March, reopened on 10 March, resolved again on the 12th: one life, two resolutions.
LOG = """
R,New,Desk,2026-03-02 08:00:00,,2026-03-02 08:00:00,0
R,Resolved,Desk,2026-03-02 08:00:00,,2026-03-03 08:00:00,1
R,Active,Desk,2026-03-02 08:00:00,,2026-03-10 08:00:00,2
R,Resolved,Desk,2026-03-02 08:00:00,2026-03-12 08:00:00,2026-03-12 08:00:00,3
S,New,Network,2026-03-04 08:00:00,,2026-03-04 08:00:00,0
S,Resolved,Network,2026-03-04 08:00:00,2026-03-05 08:00:00,2026-03-05 08:00:00,1
"""


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("log")
    (folder / "log.csv").write_text(HEADER + LOG.lstrip(), encoding="utf-8")
    import_exports(folder / "db", [folder / "log.csv"], ImportOptions())
    engine = open_engine(folder / "db")
    yield engine
    engine.close()


def test_a_reopening_is_booked_with_the_resolution_that_it_undid(log: Engine) -> None:
    found = bridge(log, window("2026-03-09", "2026-03-16"))
    assert steps(found) == (1, 0, 1, 1 + 1, 0, 0, 0)
    assert (found.resolved_held, found.resolved_undone, found.undated_reopenings) == (1, 1, 0)


def test_a_resolution_that_did_not_hold_never_left_the_backlog(log: Engine) -> None:
    found = bridge(log, window("2026-03-02", "2026-03-09"))
    assert steps(found) == (0, 2, 0, 1, 0, 0, 1)  # S alone was resolved for good


def test_weeks_add_up_to_the_month(log: Engine) -> None:
    weeks = [bridge(log, window(f"2026-03-{day:02}", f"2026-03-{day + 7:02}")) for day in (2, 9, 16)]
    whole = bridge(log, window("2026-03-02", "2026-03-23"))
    for name in ("opened", "reopened", "resolved", "cancelled", "change"):
        assert sum(getattr(week, name) for week in weeks) == getattr(whole, name), name
    assert steps(whole) == (0, 2, 1, 3, 0, 0, 0)


def test_reopenings_of_other_values_are_not_counted(log: Engine) -> None:
    assert bridge(log, window("2026-03-01", "2026-04-01", assignment_group=["Network"])).reopened == 0
    assert bridge(log, window("2026-03-01", "2026-04-01", assignment_group=["Desk"])).reopened == 1
