"""Nothing that was acknowledged is lost: not to other writers, not to a killed process or server."""

import random
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from analytics.store import Store, open_store
from analytics.store.actions import Action
from tests.postgresql import Server
from tests.store.conftest import Open
from tests.store.entered import fill, rows_of
from tests.store.writer import STATEMENTS

ROOT = Path(__file__).parents[2]
PEOPLE = [f"person{number}" for number in range(20)]


def _start(url: str, writer: str, count: int, *files: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.writer", url, writer, str(count), *map(str, files)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _acknowledged(process: subprocess.Popen[str], lines: int) -> list[str]:
    """What a process said until it was killed, some time after it had said so many lines."""
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(lines)]
    process.kill()
    return said + process.communicate(timeout=60)[0].split()


def _check_history(store: Store, number: int) -> None:
    """Each version once, each change beginning where the one before ended, and the last one what is there now."""
    changes, now = store.actions.changes(number), store.actions.one(number)
    assert [change.version for change in changes] == list(range(1, now.version + 1))
    texts = [(before, after) for change in changes for name, before, after in change.fields if name == "how"]
    assert all(earlier[1] == later[0] for earlier, later in pairwise(texts))
    assert texts[-1][1] == now.entered.how


def test_eight_processes_writing_at_once_lose_nothing(url: str, open_here: Open) -> None:
    running = [_start(url, f"w{number}", 15) for number in range(8)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 8, [errors for (_, errors), _ in ended]
    store = open_here()
    assert all(store.setting(f"w{w}-{n}", "lost") == str(n) for w in range(8) for n in range(15))


@pytest.mark.slow
def test_twenty_people_answering_and_editing_at_once_lose_nothing(store: Store, url: str) -> None:
    store.actions.add(Action("what all edit"))
    running = [_start(url, name, 1) for name in PEOPLE]
    ended = [(process.communicate(timeout=240), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 20, [errors for (_, errors), _ in ended if errors]
    words = sorted(f"{name}-0" for name in PEOPLE)
    found = store.responses.submitted("diagnostic")
    assert Counter(response.team for response in found) == Counter(PEOPLE)
    for response in found:
        assert {one.statement: (one.answer, one.comment) for one in response.answers} == {
            statement: ("yes", f"{response.team} {statement}") for statement in STATEMENTS
        }
    assert sorted(kept.entered.what for kept in store.actions.all()[1:]) == words
    assert sorted(comment.text for comment in store.actions.comments(1)) == words
    assert sorted(store.actions.one(1).entered.how.split()) == words
    _check_history(store, 1)


@pytest.mark.slow
def test_a_killed_process_loses_no_acknowledged_write(url: str, open_here: Open) -> None:
    chance = random.Random(7)
    for attempt in range(4):
        acknowledged = _acknowledged(_start(url, f"w{attempt}", 100_000), chance.randint(1, 60))
        store = open_here()
        assert all(store.setting(f"w{attempt}-{number}", "lost") == number for number in acknowledged)
        store.close()


@pytest.mark.slow
def test_people_killed_while_they_edit_one_action_leave_it_whole(store: Store, url: str) -> None:
    store.actions.add(Action("what all edit"))
    chance = random.Random(11)
    running = [_start(url, f"person{number}", 20) for number in range(3)]
    said = {f"person{n}": _acknowledged(process, chance.randint(1, 3)) for n, process in enumerate(running)}
    words = store.actions.one(1).entered.how.split()
    assert {f"{name}-{number}" for name, numbers in said.items() for number in numbers} <= set(words)
    assert len(words) == len(set(words))
    _check_history(store, 1)


@pytest.mark.slow
def test_a_killed_restoring_leaves_the_one_or_the_other(store: Store, url: str, tmp_path: Path) -> None:
    one, other = tmp_path / "one.zip", tmp_path / "other.zip"
    store.set_setting("empty", "nearly")
    states = [rows_of(store.database)]
    store.back_up(one)
    fill(store)
    for number in range(200):
        store.set_setting(f"s{number}", "x" * 1_000)
    states.append(rows_of(store.database))
    store.back_up(other)
    chance = random.Random(3)
    for _ in range(3):
        _acknowledged(_start(url, "restorer", 1_000, one, other), chance.randint(1, 3))
        assert rows_of(store.database) in states
        store.actions.add(Action("still takes what is entered"))


def test_a_killed_server_loses_no_acknowledged_write(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.new_database()
    store = open_store(tmp_path, url)
    process = _start(url, "w", 100_000)
    assert process.stdout is not None
    said = [process.stdout.readline().strip() for _ in range(40)]
    postgresql.stop("immediate")
    postgresql.start()
    said += process.communicate(timeout=60)[0].split()
    # The same store goes on by itself: its connections died with the server.
    assert all(store.setting(f"w-{number}", "lost") == number for number in said)
    store.close()
