"""The views of why the backlog grows through Backlight's code against hand-tuned SQL; the numbers must be equal."""

from contextlib import ExitStack
from pathlib import Path

from tests.bench.comparison import Comparison
from tests.bench.desk import RESULTS, desk
from tests.bench.flow_hand_tuned import FlowHandTuned
from tests.bench.flow_ours import FlowOurs
from tests.bench.queries import FILTERED, assert_equal
from tests.bench.rounds import alternate
from tests.bench.worker import Competitor, Worker

TARGET = 1.5
KINDS: tuple[type[Competitor], ...] = (FlowOurs, FlowHandTuned)


def compare_flow(tickets: int, rounds: int = 5, folder: Path = RESULTS / "desks") -> list[Comparison]:
    """All views together, with and without a filter, then each view, then peak memory."""
    made = desk(tickets, folder, events=True)
    with ExitStack() as stack:
        workers = {kind.name: stack.enter_context(Worker(kind, made)) for kind in KINDS}
        assert_equal({name: worker.rows() for name, worker in workers.items()})
        seconds = alternate({name: worker.seconds for name, worker in workers.items()}, rounds)
        peaks = [worker.peak_memory() for worker in workers.values()]
    ours, theirs = (seconds[kind.name] for kind in KINDS)
    rival = FlowHandTuned.name
    each = [Comparison(what, tickets, ours[what], rival, theirs[what], "s", TARGET) for what in ours]
    memory = Comparison("peak memory of the views", tickets, peaks[0], rival, peaks[1], "MB")
    return [*_together(tickets, ours, theirs), *each, memory]


def _together(tickets: int, ours: dict[str, float], theirs: dict[str, float]) -> list[Comparison]:
    found = []
    for words, filtered in (("all views", False), ("all views, one group and priority", True)):
        mine, yours = (
            sum(value for what, value in seconds.items() if what.endswith(FILTERED) is filtered)
            for seconds in (ours, theirs)
        )
        found.append(Comparison(words, tickets, mine, FlowHandTuned.name, yours, "s", TARGET))
    return found
