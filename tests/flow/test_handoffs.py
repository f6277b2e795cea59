"""Hand-offs, by example: moves between groups, returns, and the tickets behind each."""

import tempfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.handoffs import BY_COUNT, OTHERS, Handoffs, handoffs, pair_selection, ping_pong_selection
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.flow.event_log import desk_of_log
from tests.properties.desks import examples
from tests.warehouse_of import Desk, window

LOG = """
ticket | updated          | state    | group   | priority     | moves
1      | 2026-03-02 08:00 | New      | desk    | 2 - High     | 0
1      | 2026-03-02 10:00 | Active   | network | 2 - High     | 1
1      | 2026-03-02 13:00 | Active   | desk    | 2 - High     | 2
1      | 2026-03-03 13:00 | Active   | network | 2 - High     | 3
1      | 2026-03-04 08:00 | Resolved | network | 2 - High     | 3
2      | 2026-03-02 09:00 | New      | desk    | 3 - Moderate | 0
2      | 2026-03-02 11:00 | Active   | servers | 3 - Moderate | 1
2      | 2026-03-02 12:00 | Resolved | servers | 3 - Moderate | 1
3      | 2026-03-05 09:00 | New      | desk    | 3 - Moderate | 0
3      | 2026-03-05 12:00 | Resolved | desk    | 3 - Moderate | 0
4      | 2026-03-20 09:00 | New      | network | 3 - Moderate | 0
4      | 2026-03-21 09:00 | Active   |         | 3 - Moderate | 0
4      | 2026-03-22 09:00 | Active   | servers | 3 - Moderate | 1
4      | 2026-03-25 09:00 | Active   | network | 3 - Moderate | 2
5      | 2026-03-26 09:00 | New      |         | 3 - Moderate | 0
6      | 2026-03-27 09:00 | New      | desk    | 3 - Moderate | 0
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of_log(LOG, tmp_path_factory.mktemp("log"))


def _pairs(found: Handoffs) -> dict[tuple[str, str], tuple[int, int]]:
    return {(row.from_group, row.to_group): (row.handoffs, row.tickets) for row in found.pairs.itertuples()}


def _returns(found: Handoffs) -> dict[tuple[str, str], tuple[int, int, float]]:
    return {(row.group_a, row.group_b): (row.tickets, row.returns, row.hours) for row in found.ping_pong.itertuples()}


def test_tickets_that_changed_group_at_least_once(made: Desk) -> None:
    found = handoffs(made.engine, Filters())
    assert (found.tickets, found.tickets_handed_over) == (6 - 1, 3)  # 5 never had a group
    assert found.share == 3 / 5
    assert found.basis.excluded == (("no group in their history", 1),)
    assert found.sentence.startswith(
        "60.0 % of the 5 tickets opened whose groups are known were handed to another group"
    )


def test_each_hand_off_counts_and_a_gap_between_two_groups_is_none(made: Desk) -> None:
    found = handoffs(made.engine, Filters())
    assert _pairs(found) == {
        ("desk", "network"): (2, 1),
        ("desk", "servers"): (1, 1),
        ("network", "desk"): (1, 1),
        ("network", "servers"): (1, 1),
        ("servers", "network"): (1, 1),
    }
    assert found.pairs["from_group"].iloc[0] == "desk"
    assert found.handoffs == 6


def test_a_return_goes_straight_back_and_its_hours_are_those_away(made: Desk) -> None:
    assert _returns(handoffs(made.engine, Filters())) == {
        ("desk", "network"): (1, 2, 3 + 24),  # away with the network, then away with the desk
        ("network", "servers"): (1, 1, 3 * 24),
    }


def test_the_pair_with_the_most_returns_comes_first(made: Desk) -> None:
    assert handoffs(made.engine, Filters()).ping_pong["returns"].tolist() == [2, 1]


def test_the_pair_with_the_most_returns_in_words(made: Desk) -> None:
    found = handoffs(made.engine, Filters())
    assert found.returns == 2 + 1
    assert found.ping_pong_sentence == (
        "The most returns, 2 of 3, were between desk and network, on 1 ticket, 27.0 h away in all."
    )
    one = handoffs(made.engine, window("2026-03-03", "2026-03-23"))
    assert one.ping_pong_sentence.startswith("The only return was between desk and network")
    none = handoffs(made.engine, window("2026-04-01"))
    assert none.ping_pong_sentence.startswith("No ticket went")


def test_the_window_takes_tickets_by_opening_and_hand_offs_by_their_day(made: Desk) -> None:
    found = handoffs(made.engine, window("2026-03-03", "2026-03-23"))
    assert (found.tickets, found.tickets_handed_over) == (2, 1)  # 3 and 4
    assert _pairs(found) == {("desk", "network"): (1, 1), ("network", "servers"): (1, 1)}
    assert _returns(found) == {("desk", "network"): (1, 1, 24)}  # the way there lay before the window


def test_filtered(made: Desk) -> None:
    found = handoffs(made.engine, window(priority=3))
    assert (found.tickets, found.tickets_handed_over, found.handoffs) == (4, 2, 3)
    assert found.share is None  # too few
    assert list(_returns(found)) == [("network", "servers")]


@pytest.mark.parametrize("chosen", [Filters(), window("2026-03-03"), window(priority=2), window(end="2026-03-03")])
def test_the_tickets_behind_each_pair(made: Desk, chosen: Filters) -> None:
    found = handoffs(made.engine, chosen)
    for pair, (_, tickets) in _pairs(found).items():
        assert select_tickets(made.engine, pair_selection(chosen, *pair)).total == tickets
    for pair, (tickets, _, _) in _returns(found).items():
        assert select_tickets(made.engine, ping_pong_selection(chosen, *pair)).total == tickets


def test_the_matrix_keeps_every_hand_off(made: Desk) -> None:
    found = handoffs(made.engine, Filters())
    assert (
        found.matrix(10).to_numpy().tolist() == found.pairs[["from_group", "to_group", "handoffs"]].to_numpy().tolist()
    )
    lumped = found.matrix(1)
    assert lumped["handoffs"].sum() == 6
    assert set(lumped["from_group"]) | set(lumped["to_group"]) == {"network", OTHERS}


LIST = """
opened     | reassignment_count
2026-03-01 | 0
2026-03-01 | 2
2026-03-02 | 1
2026-03-03 | 0
2026-03-04 | 0
2026-03-05 |
"""


def test_without_a_history_the_tools_own_count_gives_the_share_and_no_pairs(desk: MakeDesk) -> None:
    found = handoffs(desk(LIST).engine, Filters())
    assert (found.counted_by, found.share, found.basis.tickets_excluded) == (BY_COUNT, 2 / 5, 1)
    assert found.pairs.empty
    assert found.ping_pong.empty
    assert "by the tool's own count" in found.sentence
    assert found.reason == "no ticket here has a history of its groups"


def test_with_neither_it_cannot_be_told(desk: MakeDesk) -> None:
    found = handoffs(desk("opened\n2026-03-01").engine, Filters())
    assert (found.share, found.counted_by) == (None, "")
    assert found.sentence.startswith("Cannot tell")
    assert handoffs(desk([]).engine, Filters()).sentence == "No ticket was opened in this period."


def test_groups_named_like_tags_are_told_as_they_are(tmp_path: Path) -> None:
    odd = LOG.replace("servers", "<img src=x>")
    assert ("desk", "<img src=x>") in _pairs(handoffs(desk_of_log(odd, tmp_path).engine, Filters()))


@examples
@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=1, max_size=7), min_size=1, max_size=6))
def test_any_history_walked_one_by_one(histories: list[list[str]]) -> None:
    lines = [
        f"{ticket} | 2026-03-{ticket:02} {8 + hour:02}:00 | Active | {group}"
        for ticket, groups in enumerate(histories, 1)
        for hour, group in enumerate(groups)
    ]
    paths = [
        [group for place, group in enumerate(known) if place == 0 or known[place - 1] != group]
        for known in ([group for group in groups if group] for groups in histories)
    ]
    pairs = Counter(pair for path in paths for pair in pairwise(path))
    returns = Counter(
        tuple(sorted(path[place - 1 : place + 1])) for path in paths for place in range(2, len(path))
        if path[place] == path[place - 2]
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_of_log("\n".join(["ticket | updated | state | group", *lines]), Path(folder))
        found = handoffs(desk.engine, Filters())
        desk.engine.close()
    assert {pair: moved for pair, (moved, _) in _pairs(found).items()} == pairs
    assert {pair: back for pair, (_, back, _) in _returns(found).items()} == returns
    if any(len(groups) > 1 for groups in histories) and any(paths):  # else the file is a list, not a log
        assert (found.tickets, found.tickets_handed_over) == (
            sum(bool(path) for path in paths), sum(len(path) > 1 for path in paths),
        )  # fmt: skip
    for groups in (1, 2, 5):
        assert found.matrix(groups)["handoffs"].sum() == found.handoffs == sum(pairs.values())
