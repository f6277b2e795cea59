"""The Overview's queries through Backlight's code against hand-tuned SQL and pandas; the numbers must be equal."""

from contextlib import ExitStack
from pathlib import Path

from tests.bench.comparison import Comparison
from tests.bench.desk import RESULTS, desk
from tests.bench.frames import Frames
from tests.bench.hand_tuned import HandTuned, tuned_table
from tests.bench.ours import Ours
from tests.bench.plain_table import plain_table
from tests.bench.questions import Rows, same
from tests.bench.rounds import alternate
from tests.bench.worker import Competitor, Worker

TARGETS: dict[type[Competitor], float] = {HandTuned: 1.5, Frames: 0.5}
FILTERED = ", filtered"


def compare_queries(tickets: int, rounds: int = 7, folder: Path = RESULTS / "desks") -> list[Comparison]:
    """All questions together, with and without the filter, then each question, then peak memory."""
    data = desk(tickets, folder)
    plain = plain_table(data)
    paths: dict[type[Competitor], Path] = {Ours: data, HandTuned: tuned_table(plain), Frames: plain}
    with ExitStack() as stack:
        workers = {kind: stack.enter_context(Worker(kind, path)) for kind, path in paths.items()}
        answers = {kind.name: worker.rows() for kind, worker in workers.items()}
        assert_equal(answers)
        seconds = alternate({kind.name: worker.seconds for kind, worker in workers.items()}, rounds)
        peaks = {kind.name: worker.peak_memory() for kind, worker in workers.items()}
    return [*_together(tickets, seconds), *_memory(tickets, peaks), *_each(tickets, seconds)]


def assert_equal(answers: dict[str, dict[str, Rows]]) -> None:
    """Ratios mean something only between equal numbers."""
    ours = answers[Ours.name]
    for name, theirs in answers.items():
        differing = [question for question in ours if not same(ours[question], theirs[question])]
        if differing or not all(ours.values()):
            raise AssertionError(f"{Ours.name} and {name} differ, or have no rows, in: {differing}")


def _together(tickets: int, seconds: dict[str, dict[str, float]]) -> list[Comparison]:
    found = []
    for kind, target in TARGETS.items():
        for words, filtered in (("all queries", False), ("all queries, one group and priority", True)):
            mine, theirs = (
                sum(value for what, value in seconds[name].items() if what.endswith(FILTERED) is filtered)
                for name in (Ours.name, kind.name)
            )
            found.append(Comparison(words, tickets, mine, kind.name, theirs, "s", target))
    return found


def _memory(tickets: int, peaks: dict[str, float]) -> list[Comparison]:
    return [
        Comparison("peak memory of the queries", tickets, peaks[Ours.name], kind.name, peaks[kind.name], "MB")
        for kind in TARGETS
    ]


def _each(tickets: int, seconds: dict[str, dict[str, float]]) -> list[Comparison]:
    rival = HandTuned.name
    return [
        Comparison(what, tickets, mine, rival, seconds[rival][what], "s") for what, mine in seconds[Ours.name].items()
    ]
