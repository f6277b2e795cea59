"""Shortened: joint courses cut off after some steps, for questions that look no further and must be quick."""

from dataclasses import replace

from analytics.forecast.paths import Paths
from analytics.forecast.simulation import Courses


def shortened(paths: Paths, steps: int) -> Paths:
    """The same courses up to that step. What a lever changes until then stays the same: nothing looks ahead."""
    whole = paths.expectation
    start, flows = whole.start, whole.flows
    expectation = replace(
        whole,
        start=replace(start, arrivals=start.arrivals[:steps], pace=start.pace[:steps]),
        drawn=whole.drawn[:, :steps],
        flows=Courses(flows.inflow[:, :steps], flows.outflow[:, :steps], flows.due[:, :steps]),
        means={series: mean[:steps] for series, mean in whole.means.items()},
        courses={series: courses[:, :steps] for series, courses in whole.courses.items()},
    )
    return Paths(expectation, paths.inflow[:, :steps], paths.outflow[:, :steps], paths.backlog[:, :steps])
