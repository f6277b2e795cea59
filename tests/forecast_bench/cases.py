"""Cases: the histories that forecasts are tried on: each stream in total and by the larger values of a dimension."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from analytics.filters import Filters
from analytics.forecast.gate import refusal
from analytics.forecast.history import History, histories, history
from analytics.period import Grain
from tests.forecast_bench.streams import Stream
from tests.warehouse_of import reopened

DIMENSIONS = ("assignment_group", "category", "service", "site", "ticket_type", "priority")
FEWEST_TICKETS_A_WEEK, FEWEST_WEEKS, FEWEST_DAYS = 2, 65, 400
_LARGEST = 8
_LOOKED_AT = 60


@dataclass(frozen=True)
class Case:
    """A history of a stream: in `total`, or of one value of a dimension, of which only the rank is told."""

    stream: Stream
    part: str
    history: History

    @property
    def refused(self) -> bool:
        """Whether nothing of it would be shown at its end."""
        return bool(refusal(self.history))


def weekly(streams: Sequence[Stream], most: int | None) -> list[Case]:
    """At most so many cases, from all streams in turn, the largest first."""
    found = [list(_distinct(_weekly(stream))) for stream in streams]
    turns = [case for turn in zip_longest(*found) for case in turn if case]
    return turns[:most]


def daily(streams: Sequence[Stream]) -> list[Case]:
    """Each stream in total, by day."""
    found = []
    for stream in streams:
        desk = reopened(stream.folder)
        past = history(desk.engine, Filters(), Grain.DAY)
        desk.engine.close()
        if past and past.known >= FEWEST_DAYS and past.inflow.mean() >= 1:
            found.append(Case(stream, "total", past))
    return found


def _weekly(stream: Stream) -> Iterator[Case]:
    desk = reopened(stream.folder)
    if total := history(desk.engine, Filters()):
        yield Case(stream, "total", total)
    for dimension in DIMENSIONS:
        split = histories(desk.engine, Filters(), dimension, _LOOKED_AT)
        large = [past for past in split.values() if past and _enough(past)][:_LARGEST]
        yield from (Case(stream, f"{dimension} {rank}", past) for rank, past in enumerate(large, 1))
    desk.engine.close()


def _enough(past: History) -> bool:
    return past.known >= FEWEST_WEEKS and float(past.inflow.mean()) >= FEWEST_TICKETS_A_WEEK


def _distinct(cases: Iterator[Case]) -> Iterator[Case]:
    """Without those that are another one under a second name, as where a dimension has one value only."""
    seen = set()
    for case in cases:
        numbers = case.history.inflow.tobytes()
        if _enough(case.history) and numbers not in seen:
            seen.add(numbers)
            yield case
