"""kill -9 of an import at any moment leaves the old or the new state, never a broken one, and the next import works."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analytics.warehouse.importer import import_exports
from analytics.warehouse.snapshots import current_snapshot
from tests.snapshots.importing import write_export
from tests.warehouse_of import reopened

ROOT = Path(__file__).parents[2]
KILLS = 15


def _loaded(folder: Path) -> int:
    """Tickets in the current state, read whole."""
    if current_snapshot(folder) is None:
        return 0
    desk = reopened(folder)
    counts = desk.engine.query(
        "SELECT count(*) AS n, count(resolution_hours) AS done, sum(resolution_hours) AS hours FROM tickets"
    )
    desk.engine.close()
    tickets, done, hours = (int(counts[name].iloc[0]) for name in ("n", "done", "hours"))
    assert tickets == done == hours / 2, "every ticket is whole"
    return tickets


def _killed_after(folder: Path, exports: Path, number: int, seconds: float) -> list[int]:
    """The states that an importing process said it had published before it was killed."""
    (exports / "next").write_text(str(number))
    command = [sys.executable, "-m", "tests.snapshots.importing", str(folder), str(exports)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()  # one import is done: the next is under way
        time.sleep(seconds)
        process.kill()
        return [int(first), *map(int, process.stdout.read().split())]


@pytest.mark.slow
def test_killed_at_any_point_of_an_import(tmp_path: Path) -> None:
    folder, exports = tmp_path / "warehouse", tmp_path / "exports"
    exports.mkdir()
    chance = random.Random(7)
    loaded = 0
    for kill in range(KILLS):
        said = _killed_after(folder, exports, loaded + 1, chance.uniform(0.0, 0.6))
        before, loaded = loaded, _loaded(folder)
        assert said == list(range(before + 1, said[-1] + 1))
        assert loaded in (said[-1], said[-1] + 1), f"kill {kill}: what was said to be done is done"
    import_exports(folder, [write_export(exports / "last.csv", loaded + 1)])
    assert _loaded(folder) == loaded + 1
    assert not list(folder.glob("*.building")), "nothing is left over"
    assert not list(folder.glob("*.wal"))
