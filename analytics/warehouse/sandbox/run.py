"""run_sql: a person's statement, from text to result, with a sentence for whatever else happens."""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from analytics.errors import BacklightError
from analytics.warehouse.sandbox import message
from analytics.warehouse.sandbox.errors import Broken, Cancelled, OverMemory, OverTime, SqlRefused
from analytics.warehouse.sandbox.gate import check_text
from analytics.warehouse.sandbox.limits import AT_ONCE, DEFAULT_ROWS, DEFAULT_SECONDS, Limits
from analytics.warehouse.sandbox.permitted_copy import permitted_copy
from analytics.warehouse.sandbox.sandbox import Child, Ended, sandbox
from analytics.warehouse.sandbox.sql_result import SqlResult

WAITING = f"{AT_ONCE} other statements are running; this one is next."
COPYING = "Copying what you may see to a file for SQL, once after each import: {}."
_TURNS = threading.BoundedSemaphore(AT_ONCE)
_LOOKS_EVERY = 0.1
_TIMES = 3
_BY_TIME = (-signal.SIGALRM, -signal.SIGXCPU)
# Out of memory the engine aborts, or its stack runs over; the system may also kill what is largest.
_BY_MEMORY = (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGKILL)
_PLAIN = (
    pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_string, pa.types.is_date,
    pa.types.is_timestamp, pa.types.is_null,
)  # fmt: skip
Say = Callable[[str], None]


def _nobody(_: str) -> None:
    pass


def run_sql(
    folder: Path, statement: str, seconds: float = DEFAULT_SECONDS, rows: int = DEFAULT_ROWS, people: bool = False
) -> SqlResult:
    """The result of one SELECT over the permitted tables; names of persons only with `people`.

    Raises `SqlRefused` with the reason, `SqlStopped` if it was ended at a limit, `NoData` if nothing is loaded.
    """
    return _run(folder, statement, Limits(seconds, rows), people, Child(), _nobody)


def _run(folder: Path, statement: str, limits: Limits, people: bool, child: Child, say: Say) -> SqlResult:
    check_text(statement)
    box = sandbox()

    def copied() -> Path:
        return permitted_copy(folder, people, lambda table: say(COPYING.format(table.replace("_", " "))))

    copied()
    _take_turn(child, say)
    try:
        # An import may have come meanwhile, and its copy takes the place of the one before.
        data = _opened(copied)
        say("Running")
        started = time.monotonic()
        ended = box.run(data, statement, limits, child)
        return _concluded(ended, limits, people, child, time.monotonic() - started)
    finally:
        _TURNS.release()


def _opened(copied: Callable[[], Path]) -> int:
    """A descriptor of the copy, which may be swept away just before it is opened, but hardly twice."""
    for _ in range(_TIMES):
        with contextlib.suppress(FileNotFoundError):
            return os.open(copied(), os.O_RDONLY | os.O_CLOEXEC)
    raise Broken


def _take_turn(child: Child, say: Say) -> None:
    while not _TURNS.acquire(timeout=_LOOKS_EVERY):
        say(WAITING)
        if child.cancelled:
            raise Cancelled


def _concluded(ended: Ended, limits: Limits, people: bool, child: Child, took: float) -> SqlResult:
    if child.cancelled:
        raise Cancelled
    if ended.status == 0 and ended.content:
        head, content = _split(ended.content)
        if head.get("refused"):
            raise SqlRefused(str(head["refused"]))
        if head.get("over_memory"):
            raise OverMemory
        return _result(head, content, people, ended.peak)
    # Ended by us or by the kernel; what it had sent until then is not whole.
    if ended.status in _BY_TIME or took >= limits.seconds:
        raise OverTime(limits.seconds)
    raise OverMemory if ended.status in _BY_MEMORY else Broken


def _split(content: bytes) -> tuple[dict[str, Any], bytes]:
    try:
        return message.split(content)
    except message.Garbled:
        raise Broken from None


def _result(head: dict[str, Any], content: bytes, people: bool, peak: int) -> SqlResult:
    """The table, checked as something that came from a process that ran a stranger's statement."""
    try:
        table = pa.ipc.open_stream(content).read_all()
        table.validate(full=True)
        table = table.rename_columns(head["names"])
        if not all(any(plain(kind) for plain in _PLAIN) for kind in table.schema.types):
            raise TypeError
        as_of = datetime.fromisoformat(head["as_of"]) if head["as_of"] else None
        return SqlResult(
            table, tuple(head["types"]), tuple(head["cut"]), float(head["seconds"]), as_of, not people, peak
        )
    except (pa.ArrowException, KeyError, TypeError, ValueError):
        raise Broken from None


class SqlRun:
    """A statement in a thread of its own: `say` is what it is doing, `done` whether it has ended, well or not."""

    def __init__(self, folder: Path, statement: str, limits: Limits, people: bool) -> None:
        self.statement, self.limits = statement, limits
        self.say = "Starting"
        self.started = time.monotonic()
        self._result: SqlResult | None = None
        self._error: BacklightError | None = None
        self._child = Child()
        self._thread = threading.Thread(target=self._go, args=(folder, people), daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it has ended."""
        return not self._thread.is_alive()

    def cancel(self) -> None:
        """End it; its result is then `Cancelled`."""
        self._child.cancel()

    def result(self) -> SqlResult:
        """Wait for the result; raises what `run_sql` raises."""
        self._thread.join()
        if self._result is None:
            raise self._error or Broken()
        return self._result

    def _go(self, folder: Path, people: bool) -> None:
        try:
            self._result = _run(folder, self.statement, self.limits, people, self._child, self._hear)
        except BacklightError as error:
            self._error = error
        except OSError:
            self._error = Broken()

    def _hear(self, sentence: str) -> None:
        self.say = sentence
