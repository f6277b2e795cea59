"""The gate over many statements, in limited processes of their own: one that falls over is replaced.

`python -m tests.sql.gate_batch COPY` reads statements as JSON, a line each, and says of each what the gate said.
"""

import ctypes
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from analytics.warehouse.sandbox.confinement import limit
from analytics.warehouse.sandbox.errors import SqlRefused
from analytics.warehouse.sandbox.gate import checked
from analytics.warehouse.sandbox.landlock import no_files
from analytics.warehouse.sandbox.statement_run import _opened
from analytics.warehouse.sandbox.syntax_nodes import permitted

ROOT = Path(__file__).parents[2]
PASSED, CRASHED = "passed", "crashed"
_WITHIN = 20
_LONGEST_LIFE = 3_600


def verdicts(copy: Path, statements: Sequence[str]) -> list[str]:
    """For each statement "passed", "crashed" or the gate's sentence."""
    found: list[str] = []
    while len(found) < len(statements):
        found += _until_crash(copy, statements[len(found) :])
        if len(found) < len(statements):
            found.append(CRASHED)
    return found


def _until_crash(copy: Path, statements: Sequence[str]) -> list[str]:
    lines = "".join(json.dumps(text) + "\n" for text in statements)
    done = subprocess.run(
        [sys.executable, "-m", "tests.sql.gate_batch", str(copy)], input=lines, capture_output=True, text=True,
        cwd=ROOT, check=False,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


def _answers(connection: Any) -> Iterator[str]:
    for line in sys.stdin:
        signal.setitimer(signal.ITIMER_REAL, _WITHIN)
        try:
            checked(connection, json.loads(line))
        except SqlRefused as refused:
            yield str(refused)
        else:
            yield PASSED


def main() -> None:
    """Judge until the end of the input, or until one statement ends this process."""
    permitted()
    data = os.open(sys.argv[-1], os.O_RDONLY)
    limit(_LONGEST_LIFE)
    connection = _opened(data)
    # Not `shut_in`: one process judges many here, and each needs an alarm of its own.
    no_files(ctypes.CDLL(None, use_errno=True))
    sys.setrecursionlimit(8_000)
    for answer in _answers(connection):
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
