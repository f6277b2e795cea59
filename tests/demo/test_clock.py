"""Working time: it stands still at night, at weekends and on holidays."""

from datetime import datetime

import numpy as np

from analytics.demo.clock import working_clock
from analytics.demo.demand import arrivals, hourly_rate, sizes
from analytics.demo.settings import settings

DESK = settings()
CLOCK = working_clock(DESK, 8, 18)


def minutes(*moments: datetime) -> np.ndarray:
    return np.array([DESK.minute(moment) for moment in moments], dtype=float)


def test_a_weekend_takes_no_working_time() -> None:
    friday, monday = CLOCK.at(minutes(datetime(2025, 3, 7, 16), datetime(2025, 3, 10, 9)))  # noqa: DTZ001
    assert monday - friday == 180


def test_a_holiday_takes_no_working_time() -> None:
    before, after = CLOCK.at(minutes(datetime(2025, 4, 17, 18), datetime(2025, 4, 22, 8)))  # noqa: DTZ001
    assert after == before


def test_back_is_the_inverse_inside_working_hours() -> None:
    moment = minutes(datetime(2025, 3, 4, 11, 23), datetime(2026, 6, 30, 17, 59))  # noqa: DTZ001
    assert CLOCK.back(CLOCK.at(moment)).tolist() == moment.tolist()


def test_work_that_comes_at_night_begins_in_the_morning() -> None:
    night = minutes(datetime(2025, 3, 4, 23))  # noqa: DTZ001
    assert CLOCK.after(night, 30.0).tolist() == minutes(datetime(2025, 3, 5, 8, 30)).tolist()  # noqa: DTZ001


def test_sizes_add_up_exactly() -> None:
    for tickets in (500, 9_999, 1_000_003):
        counts, changes, problems = sizes(DESK, tickets)
        assert counts.sum() + changes + problems == tickets
        assert (counts > 0).all()


def test_arrivals_follow_the_rate() -> None:
    """Chi-square over the hours of the week, in units of its degrees of freedom: about 1 for a right rate."""
    demand = arrivals(DESK, 200_000, np.random.default_rng(2))
    plain = np.isin(demand.kind, [place for place, work in enumerate(DESK.work) if not work.plant and work.growth == 1])
    seen = np.bincount((demand.opened[plain] // 60).astype(int) % 168, minlength=168)
    rate = hourly_rate(DESK)
    expected = np.bincount(np.arange(len(rate)) % 168, weights=rate, minlength=168)
    expected *= seen.sum() / expected.sum()
    assert 0.7 < ((seen - expected) ** 2 / expected).sum() / 167 < 1.4
