"""The sandbox: limits that the kernel keeps, an end for every statement, and nothing left running."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.errors import BacklightError
from analytics.warehouse.sandbox import sandbox as server
from analytics.warehouse.sandbox.errors import Cancelled, OverMemory, OverTime, SqlRefused, Unprotected
from analytics.warehouse.sandbox.limits import Limits
from analytics.warehouse.sandbox.run import WAITING, SqlRun, run_sql
from analytics.warehouse.sandbox.sandbox import Sandbox, sandbox
from tests.sql.target import Target

ENDLESS = "SELECT count(*) FROM range(1000000000000)"
DEAF = "SELECT levenshtein(repeat('a', 100000), repeat('b', 100000))"
HUGE = "SELECT list(range) FROM range(1000000000)"
HUGE_NUMBER = "99999999999999999999999999999999999999"
PATIENCE = 60


def _children() -> list[int]:
    """Processes whose parent is the zygote."""
    process = sandbox()._process
    if process is None:
        return []
    found = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(number) for number in found]


def _until(condition: object) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("statement", [ENDLESS, DEAF])
def test_the_kernel_ends_what_takes_too_long(target: Target, statement: str) -> None:
    with pytest.raises(OverTime, match="took longer than 1 seconds and was stopped"):
        run_sql(target.folder, statement, 1)
    assert _until(lambda: not _children())
    assert run_sql(target.folder, "SELECT 1 AS one", PATIENCE).rows == [[1]]


def test_what_needs_too_much_memory_is_ended(target: Target) -> None:
    with pytest.raises(OverMemory):
        run_sql(target.folder, HUGE, PATIENCE)
    assert _until(lambda: not _children())


def test_a_person_can_cancel_what_runs_and_what_waits(target: Target) -> None:
    limits = Limits(PATIENCE, 10)
    running = [SqlRun(target.folder, statement, limits, people=False) for statement in (ENDLESS, DEAF)]
    assert _until(lambda: len(_children()) == 2)
    third = SqlRun(target.folder, "SELECT 1", limits, people=False)
    assert _until(lambda: third.say == WAITING)
    assert not third.done
    for run in (third, *running):
        run.cancel()
    for run in (third, *running):
        with pytest.raises(Cancelled):
            run.result()
        assert run.done
    assert _until(lambda: not _children())


def test_a_dead_zygote_is_replaced(target: Target) -> None:
    run_sql(target.folder, "SELECT 1", PATIENCE)
    process = sandbox()._process
    assert process is not None
    process.kill()
    process.wait()
    assert run_sql(target.folder, "SELECT 2 AS two", PATIENCE).rows == [[2]]


def test_a_copy_swept_away_while_a_statement_waits_is_made_anew(
    target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    def swept(*_: object) -> None:
        next(target.folder.glob("*.concealed-*")).unlink()

    monkeypatch.setattr("analytics.warehouse.sandbox.run._take_turn", swept)
    monkeypatch.setattr("analytics.warehouse.sandbox.run._TURNS", threading.Semaphore(0))
    assert run_sql(target.folder, "SELECT count(*) > 0 AS some FROM tickets", PATIENCE).rows == [[True]]


def test_a_server_that_is_killed_leaves_nothing_running(target: Target) -> None:
    server = subprocess.Popen([sys.executable, "-c", _SERVER, str(target.folder), ENDLESS])
    found: list[int] = []

    def under_way() -> bool:
        found[:] = _below(server.pid)
        return len(found) == 2

    assert _until(under_way)
    server.kill()
    server.wait()
    assert _until(lambda: not [one for one in found if Path(f"/proc/{one}").exists()])


_SERVER = """
import sys
from pathlib import Path
from analytics.warehouse.sandbox.run import run_sql
run_sql(Path(sys.argv[1]), sys.argv[2], 60)
"""


def _below(process: int) -> list[int]:
    """Children, and theirs: the zygote and what it has forked."""
    path = Path(f"/proc/{process}/task/{process}/children")
    children = [int(number) for number in path.read_text().split()] if path.exists() else []
    return [*children, *(one for child in children for one in _below(child))]


def test_closing_leaves_nothing_behind(target: Target) -> None:
    box = Sandbox()
    copy = next(target.folder.glob("*.concealed-*"))
    threading.Thread(target=_run_in, args=(box, copy), daemon=True).start()
    assert _until(lambda: box._process is not None and _children_of(box))
    children, process = _children_of(box), box._process
    box.close()
    assert process is not None
    assert process.returncode is not None
    assert _until(lambda: not [child for child in children if Path(f"/proc/{child}").exists()])


def _run_in(box: Sandbox, copy: Path) -> None:
    box.run(os.open(copy, os.O_RDONLY), ENDLESS, Limits(PATIENCE), server.Child())


def _children_of(box: Sandbox) -> list[str]:
    assert box._process is not None
    path = Path(f"/proc/{box._process.pid}/task/{box._process.pid}/children")
    return path.read_text().split() if path.exists() else []


def test_the_process_has_none_of_the_servers_environment(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIGHT_STATE_URL", "postgresql://user:password@host/db")
    box = Sandbox()
    copy = os.open(next(target.folder.glob("*.concealed-*")), os.O_RDONLY)
    box.run(copy, "SELECT 1", Limits(PATIENCE), server.Child())
    assert box._process is not None
    environment = Path(f"/proc/{box._process.pid}/environ").read_bytes().decode()
    assert {entry.partition("=")[0] for entry in environment.split("\0") if entry} <= {
        "LC_ALL", "TZ", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "LD_LIBRARY_PATH",
    }  # fmt: skip
    assert not list(Path(f"/proc/{box._process.pid}/cwd").glob("*"))
    box.close()


# In an interpreter of its own: a fork of the tests' process may be larger than the limit on memory already.
SHUT_IN = """
import os, signal, socket, sys
from pathlib import Path
from analytics.warehouse.sandbox.confinement import limit, shut_in
attempts = (
    lambda: Path("/etc/hostname").read_text(),
    lambda: os.listdir("/"),
    lambda: Path(sys.argv[1]).write_text("x"),
    lambda: os.fork() or os._exit(0),
    lambda: os.execv("/bin/true", ["true"]),
    lambda: os.kill(os.getppid(), 0),
    lambda: socket.socket(),
    lambda: signal.setitimer(0, 1_000),
)
limit(20)
shut_in()
for attempt in attempts:
    try:
        attempt()
        os.write(1, b"done ")
    except OSError:
        os.write(1, b"refused ")
os._exit(0)
"""


def test_a_process_that_is_shut_in_can_do_nothing_outside(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SHUT_IN, str(tmp_path / "new")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert done.stdout.split() == ["refused"] * 8, done.stderr
    assert not (tmp_path / "new").exists()


def test_limits_are_named_when_they_are_passed(target: Target) -> None:
    for seconds, rows in ((0, 10), (61, 10), (float("nan"), 10), (10, 0), (10, 100_001)):
        with pytest.raises(BacklightError, match=r"may (take|have) up to"):
            run_sql(target.folder, "SELECT 1", seconds, rows)


def test_rows_are_cut_and_said(target: Target) -> None:
    found = run_sql(target.folder, "SELECT range AS n FROM range(1000) ORDER BY n DESC", PATIENCE, 10)
    assert [row[0] for row in found.rows] == list(range(999, 989, -1))
    assert found.notes == ["There are more rows than these: allow more, or narrow the statement."]
    assert run_sql(target.folder, "SELECT range FROM range(10)", PATIENCE, 10).notes == []


def test_a_result_is_cut_at_a_size_and_at_a_cells_length(target: Target) -> None:
    found = run_sql(target.folder, "SELECT repeat('x', 19999) AS a FROM range(100000)", PATIENCE, 100_000)
    assert found.cut == ("size",)
    assert 0 < found.row_count < 100_000
    assert run_sql(target.folder, "SELECT repeat('x', 30000) AS a", PATIENCE).cut == ("cells",)


ENDINGS = ("", ";", "; ; ;", " -- done", "; -- done", ";\n/* done; */ -- x", "; -- '\n", " /* \u00e9 */; -- \u00e9")


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_stands_after_the_statement_is_no_part_of_it(target: Target, ending: str) -> None:
    statement = f"SELECT ';\u00e9--' AS a{ending}"
    assert run_sql(target.folder, statement, PATIENCE).rows == [[";\u00e9--"]]


def _doubled(first: str, again: str, times: int) -> str:
    steps = "".join(f", c{step} AS (SELECT {again} FROM c{step - 1})" for step in range(1, times + 1))
    return f"WITH c0 AS (SELECT {first}){steps} FROM c{times}"


def test_more_columns_than_a_table_can_show_are_refused(target: Target) -> None:
    assert len(run_sql(target.folder, _doubled("1 AS a", "*, *", 9), PATIENCE).columns) == 512
    with pytest.raises(SqlRefused, match="may have up to 1,000 columns; this has 1,024"):
        run_sql(target.folder, _doubled("1 AS a", "*, *", 10), PATIENCE)


def test_a_types_name_is_cut(target: Target) -> None:
    [kind] = run_sql(target.folder, _doubled("1 AS s", "{'a': s, 'b': s} AS s", 8), PATIENCE).types
    assert kind.startswith("STRUCT(")
    assert len(kind) == 200


ODD = (
    ("[1, 2]", "[1, 2]"), ("{'a': 1}", "{'a': 1}"), ("MAP {'a': 1}", "{a=1}"), ("INTERVAL 26 HOUR", "26:00:00"),
    ("'ab'::BLOB", "ab"), (f"{HUGE_NUMBER}::HUGEINT", HUGE_NUMBER),
    ("sum(5::HUGEINT)", 5), ("18446744073709551615::UBIGINT", "18446744073709551615"), ("1.5::DECIMAL(4, 2)", 1.5),
    ("TIME '10:00:00'", "10:00:00"), ("NULL", None), ("'nan'::DOUBLE", None), ("true", True),
    ("DATE '2026-01-02'", "2026-01-02"), ("TIMESTAMP '2026-01-02 03:04:05'", "2026-01-02T03:04:05"),
    ("DATE '5000-01-01' + 10000000", "32379-01-27"), ("'a'::ENUM ('a', 'b')", "a"), ("1::UTINYINT", 1),
)  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), ODD, ids=[expression for expression, _ in ODD])
def test_every_type_becomes_something_plain(target: Target, expression: str, value: object) -> None:
    [[found]] = run_sql(target.folder, f"SELECT {expression} AS a", PATIENCE).rows
    assert found == value
    assert type(found) is type(value)


def test_columns_of_one_name_are_told_apart(target: Target) -> None:
    found = run_sql(target.folder, "SELECT 1 AS a, 2 AS a, 3 AS b, 4 AS a", PATIENCE)
    assert len(set(found.columns)) == 4
    assert list(found.frame.iloc[0]) == [1, 2, 3, 4]


def test_a_childs_answer_that_makes_no_sense_is_not_believed(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    def garbled(*_: object) -> server.Ended:
        return server.Ended(0, 0, b"\x00\x00\x00\x02{}" + pa.ipc.new_stream.__name__.encode())

    monkeypatch.setattr(Sandbox, "run", garbled)
    with pytest.raises(BacklightError, match="ended unexpectedly"):
        run_sql(target.folder, "SELECT 1", PATIENCE)


def test_where_the_system_has_no_such_limits_nothing_runs(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.warehouse.sandbox.sandbox.can_confine", lambda: False)
    monkeypatch.setattr("analytics.warehouse.sandbox.run.sandbox", Sandbox)
    with pytest.raises(Unprotected, match="SQL runs only on Linux"):
        run_sql(target.folder, "SELECT 1", PATIENCE)
