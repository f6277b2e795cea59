"""Paths: courses that add up, the same where no lever is pulled, and moved the right way by each lever."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecast.expectation import SERIES, Method
from analytics.forecast.fan import Widening
from analytics.forecast.history import History
from analytics.forecast.levers import Levers
from analytics.forecast.paths import Paths, paths_of
from tests.forecast.histories import histories, simulated
from tests.properties.desks import examples

HORIZON = 9


def _paths(history: History, courses: int = 60) -> Paths:
    return paths_of(Method(history).at(history.known, HORIZON, courses), dict.fromkeys(SERIES, Widening(1.4, 1.8)))


STEADY = _paths(simulated(seed=4, periods=90))


def _adds_up(paths: Paths) -> None:
    before = np.column_stack([np.full(len(paths.backlog), paths.start), paths.backlog[:, :-1]])
    scale = max(float(np.abs(paths.backlog).max()), 1.0)
    np.testing.assert_allclose(before + paths.inflow - paths.outflow, paths.backlog, atol=1e-9 * scale)
    for series in SERIES:
        assert getattr(paths, series).min() >= -1e-9 * scale


@examples
@given(histories())
def test_courses_add_up_whatever_is_pulled(history: History) -> None:
    paths = _paths(history)
    for pulled in (Levers.of(HORIZON), Levers.of(HORIZON, 0.5, 3.0, 1.3, 0.4), Levers.of(HORIZON, 3.0, 0.0, 0.2)):
        _adds_up(paths.changed(pulled))


@examples
@given(histories())
def test_with_no_lever_pulled_nothing_changes(history: History) -> None:
    paths = _paths(history)
    same = paths.changed(Levers.of(HORIZON))
    for series in SERIES:
        np.testing.assert_allclose(getattr(same, series), getattr(paths, series), atol=1e-8, rtol=1e-9)


def test_the_mean_of_the_courses_is_that_of_the_forecast() -> None:
    expected = STEADY.expectation.means
    np.testing.assert_allclose(STEADY.backlog.mean(axis=0), expected["backlog"], rtol=0.1)
    np.testing.assert_allclose(STEADY.inflow.mean(axis=0), expected["inflow"], rtol=0.1)


@pytest.mark.parametrize("lever", ["inflow_factor", "more_closures", "pace_factor"])
def test_each_lever_moves_the_backlog_one_way(lever: str) -> None:
    pulled = {"inflow_factor": (1.5, 1.0, 0.5, 0.0), "more_closures": (0.0, 2.0, 5.0), "pace_factor": (0.5, 1.0, 1.5)}
    levels = [STEADY.changed(Levers.of(HORIZON, **{lever: strength})).backlog for strength in pulled[lever]]
    for higher, lower in itertools.pairwise(levels):
        assert (lower <= higher + 1e-9).all()
        assert lower.mean() < higher.mean()


def test_closing_more_takes_just_that_off_where_work_is_not_followed() -> None:
    more = STEADY.changed(Levers.of(HORIZON, more_closures=1.0, elasticity=0.0))
    # One more a week closed, and as many as before otherwise: h fewer after h weeks.
    away = (STEADY.backlog - more.backlog)[(more.backlog > 5).all(axis=1)]
    assert len(away) > 10
    np.testing.assert_allclose(away.mean(axis=0), np.arange(1, HORIZON + 1), rtol=0.1)


def test_with_elasticity_nought_fewer_arrivals_leave_the_closures_as_they_were() -> None:
    kept = STEADY.changed(Levers.of(HORIZON, inflow_factor=0.95, elasticity=0.0))
    flowing = STEADY.changed(Levers.of(HORIZON, inflow_factor=0.95))
    np.testing.assert_allclose(kept.outflow.mean(axis=0), STEADY.outflow.mean(axis=0), rtol=0.02)
    assert flowing.outflow.mean() < kept.outflow.mean()
    assert (kept.backlog <= flowing.backlog + 1e-9).all()


def test_widening_spreads_the_courses_about_the_same_mean() -> None:
    expectation = Method(simulated(seed=4, periods=90)).at(90, HORIZON, 200)
    narrow, wide = (paths_of(expectation, dict.fromkeys(SERIES, Widening(f, f))) for f in (1.0, 1.5))
    ratio = wide.backlog.std(axis=0) / narrow.backlog.std(axis=0)
    np.testing.assert_allclose(ratio[:3], 1.5, rtol=0.05)


def test_the_fan_of_the_paths_holds_four_in_five_of_them() -> None:
    fan = STEADY.fan("backlog")
    inside = (STEADY.backlog >= fan.bound("lo80") - 0.5) & (STEADY.backlog <= fan.bound("hi80") + 0.5)
    assert 0.78 <= inside.mean() <= 0.9
    np.testing.assert_allclose(fan.mean, STEADY.backlog.mean(axis=0))


@examples
@given(st.integers(0, 1000))
def test_the_means_add_up_too(seed: int) -> None:
    found = Method(simulated(seed=seed, periods=40, mean=3.0)).at(40, 13, 20)
    inflow, outflow, backlog = (found.means[series] for series in SERIES)
    np.testing.assert_allclose(np.diff(backlog, prepend=found.start.backlog), inflow - outflow, atol=1e-9)
    for means in (inflow, outflow, backlog):
        assert means.min() >= 0
