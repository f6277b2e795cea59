"""Chasers and late starters on a simulated desk: what is found is what was planted, ticket by ticket."""

import json
from datetime import datetime
from typing import Any

import pytest

from analytics.diagnostic.chasing.chasers import chasers
from analytics.diagnostic.evidence.starters_wait import starters_wait
from analytics.diagnostic.evidence.users_chase import users_chase
from analytics.diagnostic.finding import AGREES, DISAGREES
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.onboarding.starters import starters
from analytics.filters import Filters
from analytics.selection import Selection, select_tickets
from analytics.tickets import MOST_ROWS
from analytics.warehouse.engine import Engine, open_engine
from tests.cli.command_line import CommandLine

TICKETS = "10000"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Engine, dict[str, Any]]:
    cli = CommandLine(tmp_path_factory.mktemp("full"))
    assert cli("demo", "--tickets", TICKETS, "--seed", "3").code == 0
    read = json.loads((cli.folder / "truths.json").read_text(encoding="utf-8"))
    return open_engine(cli.folder), {truth["kind"]: truth for truth in read["truths"]}


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    cli = CommandLine(tmp_path_factory.mktemp("all"))
    assert cli("demo", "--tickets", TICKETS, "--seed", "3", "--without", "all").code == 0
    return open_engine(cli.folder)


def _numbers(engine: Engine, selection: Selection) -> set[str]:
    return set(select_tickets(engine, selection, MOST_ROWS).frame["ticket_id"])


def _opened_since(engine: Engine, numbers: list[str], since: object) -> set[str]:
    found = engine.query("SELECT ticket_id FROM tickets WHERE opened_on >= :since", {"since": since})
    return set(found["ticket_id"]) & set(numbers)


def test_the_planted_calls_are_found_and_nothing_else(planted: tuple[Engine, dict[str, Any]]) -> None:
    engine, truths = planted
    found = chasers(engine, Filters(), 14)
    expected = _opened_since(engine, truths["chasers"]["tickets"], found.filters.start)
    numbers = _numbers(engine, found.selection)
    assert expected <= numbers
    assert len(numbers - expected) <= 2  # somebody may ask twice by chance
    assert users_chase(engine, Filters(), Numbers(), Known()).verdict == AGREES


def test_the_late_starters_are_found_with_their_site(planted: tuple[Engine, dict[str, Any]]) -> None:
    engine, truths = planted
    found = starters(engine, Filters(), 180)
    late, truth = _numbers(engine, found.selection), truths["late_onboarding"]
    assert late <= set(truth["tickets"])
    assert len(late) == found.late
    judged = starters_wait(engine, Filters(), Numbers(), Known())
    assert judged.verdict == AGREES
    assert judged.details["Site"].iloc[0] in truth["where"]["sites"]
    assert judged.details["Stands out"].tolist().count("yes") == 1


def test_the_share_of_late_starters_by_another_route(planted: tuple[Engine, dict[str, Any]]) -> None:
    engine, _ = planted
    found = starters(engine, Filters(), 180)
    start = found.filters.start
    assert start is not None
    rows = engine.query("SELECT needed_by, resolved_at, status FROM tickets WHERE needed_by IS NOT NULL")
    as_of = engine.as_of
    assert as_of is not None
    # The desk is in UTC, its starters are needed at eight on working days, and it opens at eight.
    due = rows[(rows["needed_by"] <= as_of) & (rows["needed_by"] >= datetime.combine(start, datetime.min.time()))]
    due = due[due["status"] != "cancelled"]
    late = due["resolved_at"].isna() | (due["resolved_at"] > due["needed_by"])
    assert (found.due, found.late) == (len(due), int(late.sum()))


def test_a_desk_without_them_is_silent(silent: Engine) -> None:
    for rule in (users_chase, starters_wait):
        found = rule(silent, Filters(), Numbers(), Known())
        assert found.verdict == DISAGREES, found.sentence
