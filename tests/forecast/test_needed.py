"""What each lever alone must do: it does it, a little less does not, and none is needed where none is."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast.clearing import probability_under
from analytics.forecast.deadline import deadline
from analytics.forecast.forecast import Forecast, forecast_of
from analytics.forecast.inflow_mix import Part, adding_up_to
from analytics.forecast.levers import Levers
from analytics.forecast.needed import Asked, faster_handling, fewer_arrivals, more_closures, per_week_needed
from analytics.forecast.shortened import shortened
from analytics.forecast.throughput import Throughput, judged
from tests.forecast.simulated_desk import BASIS, arrivals, proportional

HAZARDS = np.array([0.3, 0.2, 0.13, 0.1, 0.08, 0.06, 0.05])
SEVEN_A_WEEK = Throughput(7.0, 12)


@pytest.fixture(scope="module")
def found() -> Forecast:
    random = np.random.default_rng(5)
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(150) / 52.18)
    forecast = forecast_of(proportional(random, arrivals(random, 150, 80 * season), HAZARDS).history(150), 52, BASIS)
    assert forecast.paths is not None
    return forecast


def _asked(found: Forecast, share: float, elasticity: float = 1.0, weeks: int = 13) -> Asked:
    """For so large a share of the backlog expected then."""
    assert found.paths is not None
    assert found.history is not None
    limit = deadline(found, found.history.last_day + timedelta(weeks=weeks))
    paths = shortened(found.paths, limit.steps)
    return Asked(paths, limit, round(share * limit.backlog(paths).mean()), 0.8, elasticity)


@pytest.mark.parametrize("elasticity", [0.0, 0.6, 1.0])
@pytest.mark.parametrize("share", [0.6, 0.8])
def test_a_lever_does_it_and_a_little_less_does_not(found: Forecast, share: float, elasticity: float) -> None:
    asked = _asked(found, share, elasticity)
    cut = fewer_arrivals(asked).needed
    more = more_closures(asked, SEVEN_A_WEEK).needed
    faster = faster_handling(asked).needed
    assert cut
    assert more
    assert faster
    assert asked.chance(inflow_factor=1 - cut) >= 0.8 > asked.chance(inflow_factor=1 - cut + 0.02)
    assert asked.chance(more_closures=more) >= 0.8 > asked.chance(more_closures=more - 2)
    assert asked.chance(pace_factor=1 + faster) >= 0.8 > asked.chance(pace_factor=1 + faster - 0.02)


def test_a_chance_is_counted_on_the_changed_courses(found: Forecast) -> None:
    asked = _asked(found, 0.8, 0.5)
    assert found.paths is not None
    whole = found.paths.changed(Levers.of(52, more_closures=5.0, elasticity=0.5))
    assert asked.chance(more_closures=5.0) == probability_under(whole.backlog[:, 12], asked.target)
    assert asked.chance() == probability_under(found.paths.backlog[:, 12], asked.target)


def test_nothing_is_needed_where_the_course_does_it(found: Forecast) -> None:
    asked = _asked(found, 3.0)
    levers = (fewer_arrivals(asked), more_closures(asked, SEVEN_A_WEEK), faster_handling(asked))
    assert [(lever.needed, lever.possible) for lever in levers] == [(0.0, True)] * 3
    assert all("needed" in lever.sentence for lever in levers)


def test_what_cannot_do_it_alone_says_so(found: Forecast) -> None:
    asked = replace(_asked(found, 1.0, weeks=1), target=0)
    for lever in (fewer_arrivals(asked), faster_handling(asked)):
        assert (lever.needed, lever.possible) == (None, False)
        assert "alone cannot do it" in lever.sentence


def test_closures_are_said_in_people_too(found: Forecast) -> None:
    asked = _asked(found, 0.7)
    told = more_closures(asked, SEVEN_A_WEEK)
    assert told.needed is not None
    assert told.people == told.needed / 7
    assert "people at this desk's 7.0 tickets a week each" in told.sentence
    untold = more_closures(asked, Throughput(None, None, "who ended the tickets is not recorded"))
    assert (untold.needed, untold.people) == (told.needed, None)
    assert "cannot be told, because who ended the tickets is not recorded" in untold.sentence


def test_the_closed_formula(found: Forecast) -> None:
    asked = _asked(found, 0.7)
    arrived = np.quantile(asked.paths.inflow.sum(axis=1), 0.8)
    assert per_week_needed(asked) == pytest.approx((asked.paths.start - asked.target + arrived) / 13)
    assert per_week_needed(replace(asked, target=10**6)) == 0


@settings(deadline=None, max_examples=30)
@given(
    more=st.tuples(st.floats(0, 80), st.floats(0, 80)), share=st.floats(0.2, 1.5), elasticity=st.floats(0, 1),
    weeks=st.integers(1, 26),
)  # fmt: skip
def test_more_closures_never_lower_the_chance(
    found: Forecast, more: tuple[float, float], share: float, elasticity: float, weeks: int
) -> None:
    asked = _asked(found, share, elasticity, weeks)
    fewer, further = sorted(more)
    assert asked.chance(more_closures=fewer) <= asked.chance(more_closures=further)


@settings(deadline=None, max_examples=20)
@given(elasticity=st.floats(0, 1.5), steps=st.integers(1, 52))
def test_without_a_lever_nothing_changes(found: Forecast, elasticity: float, steps: int) -> None:
    assert found.paths is not None
    paths = shortened(found.paths, steps)
    after = paths.changed(Levers.of(steps, elasticity=elasticity))
    assert np.allclose(after.backlog, paths.backlog, atol=1e-6)
    assert (np.rint(after.backlog * 1e3) == np.rint(paths.backlog * 1e3)).mean() > 0.99


PARTS = (Part("Mail", 0.4), Part(None, 0.3), Part("Network", 0.2), Part("Print", 0.1))


@pytest.mark.parametrize(
    ("share", "names"),
    [(0.3, ["Mail"]), (0.4, ["Mail"]), (0.5, ["Mail", "Network"]), (0.7, ["Mail", "Network", "Print"]), (0.71, [])],
)
def test_the_most_frequent_recorded_values_that_make_up_a_cut(share: float, names: list[str]) -> None:
    assert [part.value for part in adding_up_to(PARTS, share)] == names


def _weeks(*rows: tuple[int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["ended", "recorded", "people"])


def test_throughput_is_the_median_week_of_tickets_per_active_person() -> None:
    found = judged(_weeks((60, 60, 6), (72, 70, 7), (30, 30, 5)))
    assert (found.per_person, found.people) == (10, 6)  # of 60 / 6, 70 / 7 and 30 / 5


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([(60, 60, 4), (60, 60, 4)], "fewer than 5 people"),
        ([(60, 0, 0)], "not recorded"),
        ([], "not recorded"),
        ([(100, 40, 8)], "recorded of too few"),
    ],
)
def test_small_groups_are_not_told(rows: list[tuple[int, int, int]], reason: str) -> None:
    found = judged(_weeks(*rows))
    assert found.per_person is None
    assert reason in found.reason


def test_today_is_a_date(found: Forecast) -> None:
    assert isinstance(deadline(found).day, date)
