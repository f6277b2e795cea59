"""The fitted numbers: shares by age, half-life and calendar of desks whose truth is known."""

import numpy as np
import pytest

from analytics.forecast.expectation import SERIES
from analytics.forecast.fitted import fitted
from analytics.forecast.forecast import forecast_of
from analytics.forecast.lives import BUCKETS
from analytics.period import Grain
from tests.forecast.histories import BASIS, history_of, simulated

WEEKS = 160


def test_shares_and_half_life_of_a_desk_that_ends_three_in_ten_a_week() -> None:
    found = fitted(forecast_of(simulated(3, WEEKS, mean=200, hazard=0.3), 13, BASIS))
    assert found is not None
    assert found.ages["share"].head(4).to_numpy() == pytest.approx([0.3] * 4, abs=0.04)
    # 0.7 ** 1 = 0.7, 0.7 ** 2 = 0.49: in the second week half has ended.
    assert found.half_life == 2
    assert found.left == pytest.approx(0.7**13, abs=0.005)
    assert found.inflow_level == pytest.approx(200, rel=0.1)
    assert found.pace == pytest.approx(1, abs=0.1)


def test_what_ends_when_it_opens_has_ended_within_one_week() -> None:
    past = history_of([(week, week, 10) for week in range(WEEKS)] + [(week, None, 1) for week in range(WEEKS)], WEEKS)
    found = fitted(forecast_of(past, 13, BASIS))
    assert found is not None
    assert found.half_life == 1
    assert found.ages["share"].iloc[0] == pytest.approx(10 / 11, abs=0.01)


def test_what_never_ends_has_no_half_life() -> None:
    rows = [(week, None, 9) for week in range(WEEKS)] + [(week, week, 1) for week in range(WEEKS)]
    found = fitted(forecast_of(history_of(rows, WEEKS), 4, BASIS))
    if found is not None:
        assert found.half_life is None


@pytest.mark.parametrize("grain", list(BUCKETS))
def test_every_bucket_of_ages_has_a_name_and_a_share(grain: Grain) -> None:
    found = fitted(forecast_of(simulated(3, 400, grain=grain), 4, BASIS))
    assert found is not None
    assert len(found.ages) == len(BUCKETS[grain])
    assert found.ages["age"].iloc[0] == "0"
    assert found.ages["age"].iloc[-1] == f"{BUCKETS[grain][-1]}+"
    assert ((found.ages["share"] >= 0) & (found.ages["share"] <= 1)).all()
    assert list(found.widening["series"]) == list(SERIES)


def test_the_weeks_ahead_are_those_forecast() -> None:
    forecast = forecast_of(simulated(3, WEEKS), 8, BASIS)
    found = fitted(forecast)
    assert found is not None
    assert np.array_equal(found.ahead["period"].to_numpy().astype("datetime64[D]"), forecast.periods)


def test_a_refusal_has_no_numbers() -> None:
    assert fitted(forecast_of(simulated(3, 8), 4, BASIS)) is None
