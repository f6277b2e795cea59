"""handoffs at the command line: one JSON document, and lines for a person."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.flow.event_log import desk_of_log
from tests.warehouse_of import snapshot_of, tickets_in

LOG = """
ticket | updated          | state    | group                  | priority
1      | 2026-03-02 08:00 | New      | desk                   | 2 - High
1      | 2026-03-02 10:00 | Active   | network                | 2 - High
1      | 2026-03-02 13:00 | Resolved | desk                   | 2 - High
2      | 2026-03-12 09:00 | New      | desk                   | 3 - Moderate
2      | 2026-03-12 11:00 | Active   | servers                | 3 - Moderate
3      | 2026-03-12 09:00 | New      | desk                   | 3 - Moderate
4      | 2026-03-12 09:00 | New      | desk                   | 3 - Moderate
5      | 2026-03-12 09:00 | New      | desk                   | 3 - Moderate
"""


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("log")
    desk_of_log(LOG, folder).engine.close()
    return CommandLine(folder / "db")


def test_the_document(cli: CommandLine) -> None:
    document = cli("handoffs", "--json").document
    assert (document["tickets"], document["tickets_handed_over"], document["share_handed_over"]) == (5, 2, 2 / 5)
    assert document["handoffs"] == 3
    assert document["pairs"] == [
        {"from_group": "desk", "to_group": "network", "handoffs": 1, "tickets": 1},
        {"from_group": "desk", "to_group": "servers", "handoffs": 1, "tickets": 1},
        {"from_group": "network", "to_group": "desk", "handoffs": 1, "tickets": 1},
    ]
    assert document["ping_pong"] == [{"groups": ["desk", "network"], "tickets": 1, "returns": 1, "hours": 3}]
    assert document["price"] is None
    assert document["price_reason"].startswith("fewer than 30")
    assert (document["tickets_used"], document["tickets_excluded"]) == (5, 0)
    assert document["as_of"] == "2026-03-12T11:00:00"
    assert "FROM stays" in document["sql"]


def test_a_window_and_a_filter(cli: CommandLine) -> None:
    document = cli("handoffs", "--from", "2026-03-10", "--where", "priority=3", "--json").document
    assert (document["tickets"], document["handoffs"], document["ping_pong"]) == (4, 1, [])
    assert document["share_handed_over"] is None  # too few
    assert document["parameters"] == {"from_date": "2026-03-10", "priority_0": 3}


def test_for_a_person(cli: CommandLine) -> None:
    lines = cli("handoffs").out.splitlines()
    assert lines[0].startswith("40.0 % of the 5 tickets opened were handed to another group")
    assert "  desk -> network  1 (1 tickets)" in lines
    assert "  desk <-> network  1 returns of 1 tickets, 3.0 h away" in lines


def test_the_price_in_the_document(tmp_path: Path) -> None:
    quick = ["2026-03-02 08:00 | 2026-03-02 10:00 | 0 | 1"] * 20
    slow = ["2026-03-02 08:00 | 2026-03-02 15:00 | 1 | 1"] * 20
    table = "\n".join(["opened | resolved | reassignment_count | priority", *quick, *slow])
    snapshot_of(tickets_in(table), tmp_path)
    document = CommandLine(tmp_path)("handoffs", "--json").document
    assert document["counted_by"] == "reassignment count"
    assert document["pairs_reason"] == "no ticket here has a history of its groups"
    assert document["price"]["hours_per_handoff"] == pytest.approx(7 - 2)
    assert (document["price"]["tickets"], document["price"]["matched_on"]) == (40, ["priority"])
    assert document["price"]["by_handoffs"][1] == {"handoffs": 1, "tickets": 20, "hours": 7, "lo": 7, "hi": 7}


def test_with_nothing_to_tell(tmp_path: Path) -> None:
    snapshot_of(tickets_in("opened\n2026-03-02"), tmp_path)
    document = CommandLine(tmp_path)("handoffs", "--json").document
    assert (document["share_handed_over"], document["tickets_handed_over"], document["handoffs"]) == (None, None, None)
    assert document["sentence"].startswith("Cannot tell")


def test_a_return_after_the_end_has_no_hours(tmp_path: Path) -> None:
    log = """
    ticket | updated          | state    | group
    1      | 2026-03-02 08:00 | New      | desk
    1      | 2026-03-02 10:00 | Resolved | desk
    1      | 2026-03-03 10:00 | Closed   | network
    1      | 2026-03-04 10:00 | Closed   | desk
    """
    desk_of_log(log, tmp_path).engine.close()
    cli = CommandLine(tmp_path / "db")
    (pair,) = cli("handoffs", "--json").document["ping_pong"]
    assert (pair["returns"], pair["hours"]) == (1, None)
    assert "desk <-> network  1 returns of 1 tickets" in cli("handoffs").out
