"""Throughput against a desk's own best weeks, by example."""

import numpy as np
import pytest

from analytics.flow.capacity import best_weeks, capacity
from tests.conftest import MakeDesk
from tests.flow.streams import tickets_of
from tests.warehouse_of import window

# 20 weeks at 12, then 20 at 6: all ended within their week.
FALLING = tickets_of([(12, 12)] * 20 + [(6, 6)] * 20)


def test_the_best_weeks_are_a_high_percentile_of_four_week_means() -> None:
    assert best_weeks(np.array([10.0] * 30)) == 10
    ended = np.array([8.0] * 40 + [12.0] * 12)
    means = [8.0] * 37 + [9.0, 10.0, 11.0] + [12.0] * 9  # 49 means of four weeks
    assert best_weeks(ended) == pytest.approx(np.quantile(means, 0.9))


def test_a_steady_desk_is_at_capacity(desk: MakeDesk) -> None:
    found = capacity(desk(tickets_of([(10, 10)] * 30)).engine, window("2024-05-06"))
    assert found.state == "at capacity"
    assert found.ended_per_week == pytest.approx(10, abs=0.2)
    assert found.best_per_week == pytest.approx(10, abs=0.1)
    assert found.sentence.startswith("At capacity: 10 tickets ended a week, 10")


def test_a_desk_that_closed_more_before_is_below_its_best(desk: MakeDesk) -> None:
    found = capacity(desk(FALLING).engine, window("2024-06-03", "2024-09-30"))
    assert found.state == "below its best"
    assert found.share == pytest.approx(6 / 12)
    assert found.sentence == "Below its best: 6 tickets ended a week, 50 % of the 12 in its best weeks."
    assert found.weeks == 40 - 1 - 1  # one ramps up, and the window ends one before the records


def test_a_short_history_cannot_tell(desk: MakeDesk) -> None:
    found = capacity(desk(tickets_of([(10, 10)] * 25)).engine, window())
    assert (found.state, found.share, found.weeks) == ("cannot tell", None, 24)  # one ramps up
    assert found.sentence.endswith("it takes 26 whole weeks, and there are 24.")


def test_a_window_without_a_whole_week_cannot_tell(desk: MakeDesk) -> None:
    found = capacity(desk(FALLING).engine, window("2024-09-24", "2024-09-27"))
    assert (found.state, found.share) == ("cannot tell", None)
    assert found.sentence.endswith("the window has no whole week.")


def test_too_few_tickets_cannot_tell(desk: MakeDesk) -> None:
    assert capacity(desk(tickets_of([(2, 2)] * 30)).engine, window()).state == "cannot tell"
    assert capacity(desk([]).engine, window()).state == "cannot tell"


def test_a_clean_up_is_no_throughput(desk: MakeDesk) -> None:
    weekly = tickets_of([(10, 10)] * 40)
    first, friday = weekly[0]["opened_at"], weekly[240]["resolved_at"]
    left = [{"opened_at": first, "resolved_at": friday, "status": "resolved"} for _ in range(30)]
    never = [{"opened_at": first, "status": "new"} for _ in range(8)]
    found = capacity(desk([*weekly, *left, *never]).engine, window())
    # With the 30 in it, four weeks would have a mean of 17.5.
    assert found.best_per_week == pytest.approx(10, abs=0.1)
    assert found.ended_per_week == pytest.approx(10, abs=0.1)
