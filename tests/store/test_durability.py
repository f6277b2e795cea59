"""Nothing that was acknowledged is lost: not to other writers, not to a killed process."""

import random
import subprocess
import sys
from pathlib import Path

from analytics.store import open_store

ROOT = Path(__file__).parents[2]


def _start(folder: Path, writer: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.writer", str(folder), writer, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_eight_processes_writing_at_once_lose_nothing(tmp_path: Path) -> None:
    running = [_start(tmp_path, f"w{number}", 25) for number in range(8)]
    ended = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in ended] == [0] * 8, [errors for (_, errors), _ in ended]
    store = open_store(tmp_path)
    assert all(store.setting(f"w{w}-{n}", "lost") == str(n) for w in range(8) for n in range(25))


def test_a_killed_process_loses_no_acknowledged_write(tmp_path: Path) -> None:
    chance = random.Random(7)
    for attempt in range(6):
        process = _start(tmp_path, f"w{attempt}", 100_000)
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(chance.randint(1, 60))]
        process.kill()
        acknowledged += process.communicate(timeout=60)[0].split()
        store = open_store(tmp_path)
        assert all(store.setting(f"w{attempt}-{number}", "lost") == number for number in acknowledged)
        store.close()
