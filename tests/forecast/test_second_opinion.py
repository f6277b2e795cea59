"""The second opinion and the decomposition: on series whose truth is known, and refused where they cannot tell."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.forecast.decomposition import decomposition
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW, SERIES
from analytics.forecast.fan import Fan
from analytics.forecast.forecast import forecast_of
from analytics.forecast.history import History
from analytics.forecast.second_opinion import FEWEST_FOR_SEASON, SecondOpinion, second_opinion
from analytics.period import Grain
from tests.forecast.histories import BASIS, history_of, simulated


def _steady(weeks: int, tickets: int = 40) -> History:
    """As many each week, each ended in the week after."""
    return history_of([(week, week + 1, tickets) for week in range(-1, weeks)], weeks)


@pytest.mark.parametrize("series", [INFLOW, OUTFLOW])
def test_a_steady_flow_goes_on(series: str) -> None:
    found = second_opinion(_steady(60), series, 8)
    assert found.mean == pytest.approx(np.full(8, 40.0), rel=0.02)
    assert len(found.lo80) == len(found.hi80) == 8


@pytest.mark.parametrize("series", SERIES)
def test_the_interval_holds_the_mean_and_is_not_below_nought(series: str) -> None:
    found = second_opinion(simulated(5, 110, mean=6), series, 13)
    assert (found.lo80 >= 0).all()
    assert (found.lo80 <= found.mean + 1e-9).all()
    assert (found.hi80 >= found.mean - 1e-9).all()
    assert (found.hi80 > found.lo80).all()


def test_it_agrees_with_ours_on_a_desk_without_surprises() -> None:
    past = simulated(2, 130, mean=100)
    ours, other = forecast_of(past, 8, BASIS).fans[INFLOW], second_opinion(past, INFLOW, 8)
    assert other.mean.sum() == pytest.approx(ours.mean.sum(), rel=0.1)
    assert "of its 8 steps lie within our 80 % interval." in other.against(ours)


def test_days_are_answered_too() -> None:
    found = second_opinion(simulated(2, 300, mean=30, grain=Grain.DAY), INFLOW, 14)
    assert found.mean.mean() == pytest.approx(30, rel=0.2)


def test_too_short_a_past_is_refused() -> None:
    found = second_opinion(simulated(1, 25), INFLOW, 4)
    assert found.refused == "No second opinion: it takes 26 whole weeks, and there are 25."
    assert found.against(Fan(np.zeros(4), np.zeros((6, 4)))) == found.refused


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (INFLOW, "Another says 120 in all, ours 100 (+20 %); 1 of its 2 steps lie within our 80 % interval."),
        (BACKLOG, "Another says 70 open at the end, ours 50 (+40 %); 1 of its 2 steps lie within our 80 % interval."),
    ],
)
def test_how_far_apart_the_two_are(series: str, said: str) -> None:
    ours = Fan(np.array([50.0, 50.0]), np.array([[40.0, 40.0], [60.0, 60.0]] * 3))
    other = SecondOpinion(series, "Another", np.array([50.0, 70.0]), np.zeros(2), np.full(2, 99.0))
    assert other.against(ours) == said
    untold = replace(ours, bands=np.full((6, 2), np.nan))
    assert other.against(untold) == f"{said.partition(';')[0]}."


def _wavy(weeks: int, season: float, noise: float) -> History:
    """Inflow with a wave of 52 weeks and noise, the mean being 200."""
    random = np.random.default_rng(4)
    counts = 200 + season * np.sin(np.arange(weeks) * 2 * np.pi / 52) + noise * random.standard_normal(weeks)
    return history_of([(week, week, int(count)) for week, count in enumerate(counts)], weeks)


def test_trend_season_and_rest_add_up_and_the_season_is_found() -> None:
    found = decomposition(_wavy(208, season=60, noise=5), INFLOW)
    parts = found.frame["trend"] + found.frame["season"] + found.frame["rest"]
    assert parts.to_numpy() == pytest.approx(found.frame["value"].to_numpy())
    assert found.strength > 0.9
    assert found.sentence.startswith(f"The season explains {found.strength * 100:.0f} % ")
    assert found.frame["season"].max() == pytest.approx(60, abs=12)
    weaker = decomposition(_wavy(208, season=10, noise=30), INFLOW)
    assert weaker.strength < found.strength


def test_no_season_is_told_from_less_than_two() -> None:
    fewest = FEWEST_FOR_SEASON[Grain.WEEK]
    assert decomposition(_steady(fewest - 1), INFLOW).refused.startswith("No season: it takes 104 whole weeks")
    assert not decomposition(_steady(fewest), INFLOW).refused
