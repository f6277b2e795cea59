"""A worker: one competitor in a process of its own, so that its peak memory is its own too."""

import resource
import time
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from tests.bench.questions import Question, Rows


class Competitor(Protocol):
    """Who answers the questions, made from a path."""

    name: str

    def __init__(self, path: Path) -> None: ...

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each question by its name."""


class Worker:
    """A process that answers the questions when told to; competitors take turns."""

    def __init__(self, kind: type[Competitor], path: Path) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, kind, path), daemon=True)
        self._process.start()

    def seconds(self) -> dict[str, float]:
        """Seconds by question; a question asked under the filter has a name that says so."""
        return self._told("seconds")

    def rows(self) -> dict[str, Rows]:
        """The answers."""
        return self._told("rows")

    def peak_memory(self) -> float:
        """The most memory the process has held, in MB."""
        return self._told("peak")

    def _told(self, what: str) -> Any:
        self._pipe.send(what)
        return self._pipe.recv()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join()


def peak_memory() -> float:
    """The most memory this process has held, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # A new process's ru_maxrss is never less than its parent's here; VmHWM is its own.
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _work(pipe: Connection, kind: type[Competitor], path: Path) -> None:
    competitor = kind(path)
    questions = {name: question for filtered in (False, True) for name, question in _named(competitor, filtered)}
    answer = {
        "seconds": lambda: {name: _timed(question) for name, question in questions.items()},
        "rows": lambda: {name: question.rows(question.ask()) for name, question in questions.items()},
        "peak": peak_memory,
    }
    while True:
        pipe.send(answer[pipe.recv()]())


def _named(competitor: Competitor, filtered: bool) -> list[tuple[str, Question]]:
    suffix = ", filtered" if filtered else ""
    return [(f"{name}{suffix}", question) for name, question in competitor.questions(filtered).items()]


def _timed(question: Question) -> float:
    start = time.perf_counter()
    question.ask()
    return time.perf_counter() - start
