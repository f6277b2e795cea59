"""Suppression: no combination of what is shown, of any group at any time, finds a group under the threshold."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.diagnostic.perception import Perception
from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.diagnostic.suppression import (
    FEWEST,
    ROLES,
    BadFewest,
    Member,
    Role,
    ShownSets,
    checked_fewest,
    fewest_of,
    shown_sets,
)
from analytics.store.responses import GivenAnswer, Response

LEADER: Role = "leader"
PRACTITIONER: Role = "practitioner"
TEAMS = ("Desk", "Network", "Server")
NONE = frozenset[int]()


def people(*counts: tuple[str, int, int]) -> list[Member]:
    """So many practitioners and leaders of each team, numbered from 1 on."""
    roles = [
        (team, role)
        for team, practitioners, leaders in counts
        for role in [PRACTITIONER] * practitioners + [LEADER] * leaders
    ]
    return [Member(number, team, role) for number, (team, role) in enumerate(roles, 1)]


def all_shown(members: list[Member], fewest: int = FEWEST) -> ShownSets:
    """After everything that can be shown was shown."""
    return shown_sets(members, shown_sets(members, (), False, fewest).to_show(), False, fewest)


def test_five_are_shown_once_somebody_asks_for_it_and_four_never() -> None:
    four, five = people(("Desk", 4, 0)), people(("Desk", 5, 0))
    assert (shown_sets(four, (), False).state("Desk"), shown_sets(four, (), True).of("Desk")) == ("too few", NONE)
    assert shown_sets(five, (), False).state("Desk") == "waiting"
    assert shown_sets(five, (), False).of("Desk") == NONE
    assert all_shown(five).of("Desk") == {1, 2, 3, 4, 5}
    assert shown_sets(five, (), True).state("Desk") == "shown"


def test_nobody_is_something_else_than_too_few() -> None:
    shown = shown_sets(people(("Desk", 2, 0)), (), True)
    assert (shown.state("Desk"), shown.state("Network"), shown.state()) == ("too few", "no data", "too few")
    assert shown_sets((), (), True).state() == "no data"


def test_the_total_leaves_out_a_team_that_subtraction_would_find() -> None:
    shown = all_shown(people(("Desk", 6, 0), ("Network", 2, 0)))
    assert shown.of() == shown.of("Desk") == {1, 2, 3, 4, 5, 6}


def test_small_teams_are_in_the_total_together_once_the_quarter_is_over() -> None:
    members = people(("Desk", 6, 0), ("Network", 2, 0), ("Server", 3, 0))
    assert len(all_shown(members).of()) == 6
    shown = shown_sets(members, (), True)
    assert len(shown.of()) == 6 + 2 + 3
    assert shown.of("Network") == shown.of("Server") == NONE


def test_the_sixth_answer_waits_until_five_more_have_come() -> None:
    five = all_shown(people(("Desk", 5, 0)))
    batches = [block.ids for block in five.blocks]
    for count, shown in [(6, 5), (9, 5), (10, 5)]:
        now = shown_sets(people(("Desk", count, 0)), batches, False)
        assert len(now.of("Desk")) == shown
        assert bool(now.to_show("Desk")) == (count == 10)
    assert len(shown_sets(people(("Desk", 9, 0)), batches, True).of("Desk")) == 5


def test_roles_of_a_team_are_shown_both_or_none() -> None:
    both, one = all_shown(people(("Desk", 5, 5))), all_shown(people(("Desk", 9, 4)))
    assert [len(both.of("Desk", role)) for role in ROLES] == [5, 5]
    assert [one.of("Desk", role) for role in ROLES] == [NONE, NONE]
    assert len(one.of("Desk")) == 13


def test_leaders_of_several_teams_are_shown_together_where_they_are_enough() -> None:
    shown = all_shown(people(("Desk", 6, 2), ("Network", 4, 2), ("Server", 5, 1)))
    assert [len(shown.of(None, role)) for role in ROLES] == [15, 5]
    assert all(shown.of(team, role) == NONE for team in TEAMS for role in ROLES)
    few = all_shown(people(("Desk", 6, 2), ("Network", 4, 2)))
    assert [few.of(None, role) for role in ROLES] == [NONE, NONE]


def test_leaders_alone_of_a_team_do_not_give_those_of_another_away() -> None:
    # All leaders less those of the desk, who are a team by themselves, would be the network's two.
    shown = all_shown(people(("Desk", 0, 6), ("Network", 7, 2)))
    assert len(shown.of(None, LEADER)) == len(shown.of("Desk")) == 6
    assert shown.of(None, PRACTITIONER) == NONE


def test_a_raised_threshold_hides_what_was_shown() -> None:
    members = people(("Desk", 5, 0))
    assert shown_sets(members, all_shown(members).to_show() or [frozenset({1, 2, 3, 4, 5})], False, 6).of() == NONE


@pytest.mark.parametrize(("text", "number"), [("", 5), ("7", 7), ("2", 3), ("0", 3), ("x", 5), ("-9", 5), ("999", 50)])
def test_the_threshold_is_never_under_three(text: str, number: int) -> None:
    assert fewest_of(text) == number
    assert len(all_shown(people(("Desk", 2, 0)), fewest=0).of()) == 0


@pytest.mark.parametrize("number", [2, 0, -1, 3.5, 51, float("nan"), float("inf")])
def test_a_threshold_that_protects_nobody_is_refused(number: float) -> None:
    with pytest.raises(BadFewest, match="enter 3 to 50"):
        checked_fewest(number)


# What happens to a questionnaire in one quarter: people answer, and somebody has results shown.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(TEAMS), st.sampled_from(ROLES), st.integers(1, 7)),
        st.tuples(st.just("show"), st.sampled_from([None, *TEAMS])),
    ),
    min_size=1,
    max_size=14,
)


def told(happened: Iterable[tuple[object, ...]], fewest: int) -> Iterator[ShownSets]:
    """What can be seen after each step, and after the quarter."""
    members: list[Member] = []
    batches: list[frozenset[int]] = []
    for step in happened:
        if step[0] == "answer":
            _, team, role, count = step
            members += [Member(len(members) + each, team, role) for each in range(1, count + 1)]  # type: ignore[operator, arg-type]
        else:
            batches += shown_sets(members, batches, False, fewest).to_show(step[1])  # type: ignore[arg-type]
        yield shown_sets(members, batches, False, fewest)
    yield shown_sets(members, batches, True, fewest)


def asked(shown: ShownSets) -> set[frozenset[int]]:
    """Every group that can be asked for."""
    return {shown.of(team, role) for team in (None, *TEAMS) for role in (None, *ROLES)} - {NONE}


def found_by_subtraction(sets: set[frozenset[int]], fewest: int) -> frozenset[int] | None:
    """A group of fewer than `fewest` that some linear combination of the sets is equal to; None where there is none."""
    ordered = sorted(sets, key=sorted)
    cells: dict[tuple[bool, ...], frozenset[int]] = {}
    for one in frozenset[int]().union(*sets):
        signature = tuple(one in each for each in ordered)
        cells[signature] = cells.get(signature, NONE) | {one}
    if not cells:
        return None
    signatures = list(cells)
    rows = np.array(signatures, dtype=float).T
    rank = np.linalg.matrix_rank(rows)
    small = [place for place, signature in enumerate(signatures) if len(cells[signature]) < fewest]
    for size in range(1, fewest):
        for places in combinations(small, size):
            group = frozenset[int]().union(*(cells[signatures[place]] for place in places))
            if len(group) < fewest:
                wanted = np.isin(np.arange(len(signatures)), places).astype(float)
                if np.linalg.matrix_rank(np.vstack([rows, wanted])) == rank:
                    return group
    return None


def test_the_search_itself_finds_what_it_should() -> None:
    desk, everybody = frozenset(range(6)), frozenset(range(8))
    assert found_by_subtraction({desk, everybody}, 3) == frozenset({6, 7})
    assert found_by_subtraction({desk}, 3) is None
    # Two teams and two roles, each of four, whose crossing cells of two are not found.
    a, b, c, d = (frozenset(range(first, first + 2)) for first in (0, 2, 4, 6))
    assert found_by_subtraction({a | b, c | d, a | c, b | d}, 3) is None
    assert found_by_subtraction({a | b, c | d, a | c, b | d, a | d}, 3) is not None


@settings(max_examples=400, deadline=None, derandomize=True)
@given(steps, st.integers(3, 6))
def test_no_combination_over_all_groups_and_times_finds_fewer(happened: list[tuple[object, ...]], fewest: int) -> None:
    seen = set[frozenset[int]]().union(*(asked(shown) for shown in told(happened, fewest)))
    assert all(len(group) >= fewest for group in seen)
    assert found_by_subtraction(seen, fewest) is None


@settings(max_examples=200, deadline=None, derandomize=True)
@given(steps, st.integers(3, 6))
def test_what_is_shown_stays_and_only_grows(happened: list[tuple[object, ...]], fewest: int) -> None:
    before = {(team, role): NONE for team in (None, *TEAMS) for role in (None, *ROLES)}
    for shown in told(happened, fewest):
        now = {key: shown.of(*key) for key in before}
        assert all(before[key] <= now[key] for key in before)
        before = now


answers = st.lists(
    st.tuples(st.sampled_from(TEAMS), st.sampled_from(ROLES), st.sampled_from(["2026-05-04", "2026-08-03"])),
    max_size=40,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(answers, st.integers(3, 6), st.lists(st.sampled_from([None, *TEAMS]), max_size=3), st.randoms())
def test_the_pages_groups_reveal_nobody_in_any_order(
    given_answers: list[tuple[str, Role, str]], fewest: int, clicks: list[str | None], order: object
) -> None:
    """Each person ticks a statement that nobody else does, so that a group's tallies say who is in it."""
    sheet = find_questionnaire("diagnostic")
    names = [f"s{number}" for number in range(len(given_answers))]
    sheet = replace(sheet, statements=tuple(replace(sheet.statements[0], id=name) for name in names))
    responses = tuple(
        Response(n + 1, sheet.id, team, role, date.fromisoformat(day), (GivenAnswer(names[n], "yes", f"by {n}"),))
        for n, (team, role, day) in enumerate(given_answers)
    )
    today = date.fromisoformat("2026-09-01")
    pages = [Perception(sheet, responses, (), today, fewest)]
    for click in clicks:
        now = pages[-1]
        new = now.shown(date(2026, 7, 1)).to_show(click)
        pages.append(replace(now, batches=(*now.batches, *new)))
    requests = [
        (page, round_, team, role)
        for page in pages for round_ in (date(2026, 4, 1), date(2026, 7, 1))
        for team in (None, *TEAMS) for role in (None, *ROLES)
    ]  # fmt: skip
    order.shuffle(requests)  # type: ignore[attr-defined]
    seen = set()
    for page, round_, team, role in requests:
        group = page.group(round_, team, role)
        if group:
            ticked = frozenset(n for n, tally in enumerate(group.tallies) if tally.yes)
            assert group.people == len(ticked)
            assert {text for _, text in group.comments} <= {f"by {n}" for n in ticked}
            seen.add(ticked)
    assert all(len(group) >= fewest for group in seen)
    assert found_by_subtraction(seen, fewest) is None, json.dumps([sorted(group) for group in seen])
