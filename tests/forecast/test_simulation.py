"""The simulation: three steps by hand, start + in - out = backlog, never negative, the same seed the same courses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecast.history import History
from analytics.forecast.levers import Levers
from analytics.forecast.simulation import draws, simulate
from analytics.forecast.survival_flow import Start, SurvivalFlow
from tests.forecast.histories import histories
from tests.properties.desks import examples

# Ages 0, 1, 2 and older; 10 tickets open that will be of age 1, 20 of age 2 or older.
STARTED = Start(
    backlog=30.0,
    open_by_age=np.array([0.0, 10, 20]),
    end_share_by_age=np.array([0.5, 0.2, 0.1]),
    arrivals=np.array([8.0, 4, 4]),
    pace=np.array([1.0, 1, 2]),
    surprises=np.array([[1.0, 1.0]]),
)
CALM = np.ones((1, 3, 2))

levers = st.builds(
    Levers.of,
    st.just(9),
    st.sampled_from([0.0, 0.5, 1.0, 2.0]),
    st.sampled_from([0.0, 3.0, 1e6]),
    st.sampled_from([0.1, 1.0, 5.0]),
    st.sampled_from([0.0, 0.5, 1.0]),
)


def test_three_steps_by_hand() -> None:
    found = simulate(STARTED, CALM)
    # Due: 8 x 0.5 + 10 x 0.2 + 20 x 0.1 = 8; left 4 | 8 | 18.
    first = 8 * 0.5 + 10 * 0.2 + 20 * 0.1
    # They age: 4 new, 4 of age 1, 8 + 18 of age 2 and older. Due 4 x 0.5 + 4 x 0.2 + 26 x 0.1; left 2 | 3.2 | 23.4.
    second = 4 * 0.5 + 4 * 0.2 + 26 * 0.1
    # Twice the pace: all new ones, 2 x 0.2 of 2, 2 x 0.1 of 3.2 + 23.4.
    third = 4 * 1.0 + 2 * 0.4 + 26.6 * 0.2
    np.testing.assert_allclose(found.outflow, [[first, second, third]])
    np.testing.assert_allclose(found.due, [[first, second, third / 2]])
    np.testing.assert_allclose(
        found.backlog(STARTED), [[30 + 8 - first, 30 + 12 - first - second, 30 + 16 - first - second - third]]
    )


def test_surprises_scale_what_comes_and_what_goes() -> None:
    found = simulate(STARTED, CALM * [2.0, 0.5])
    # Twice 8 come; half of 16 x 0.5 + 10 x 0.2 + 20 x 0.1 go.
    assert found.inflow[0].tolist() == [16, 8, 8]
    assert found.outflow[0, 0] == pytest.approx(0.5 * (16 * 0.5 + 10 * 0.2 + 20 * 0.1))


def test_a_surprise_stays_in_the_level_by_a_fifth() -> None:
    start = Start(0.0, np.zeros(3), np.zeros(3), np.ones(3), np.ones(3), np.array([[2.0, 0.5]] * 4))
    drawn = draws(start, 2, 4, seed=1)
    up, down = 1 + 0.2 * (2 - 1), 1 + 0.2 * (0.5 - 1)
    np.testing.assert_allclose(drawn[0], [[2, 0.5], [2 * up, 0.5 * down], [2 * up**2, 0.5 * down**2]])


def test_blocks_keep_weeks_and_both_sides_together() -> None:
    surprises = np.column_stack([np.arange(1, 21), np.arange(1, 21) + 100]) / 1e6 + 1
    start = Start(0.0, np.zeros(3), np.zeros(3), np.ones(8), np.ones(8), surprises)
    drawn = draws(start, 50, 4, seed=3)
    raw, level = np.empty_like(drawn), np.ones((50, 2))
    for step in range(8):
        raw[:, step] = drawn[:, step] / level
        level *= 1 + 0.2 * (raw[:, step] - 1)
    steps = np.rint((raw - 1) * 1e6)
    np.testing.assert_array_equal(steps[:, :, 1] - steps[:, :, 0], 100)
    for block in (slice(0, 4), slice(4, 8)):
        np.testing.assert_array_equal(np.diff(steps[:, block, 0], axis=1), 1)


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    start = Start(0.0, np.zeros(3), np.zeros(3), np.ones(8), np.ones(8), np.random.default_rng(1).random((40, 2)))
    np.testing.assert_array_equal(draws(start, 20, 4, seed=7), draws(start, 20, 4, seed=7))
    assert (draws(start, 20, 4, seed=7) != draws(start, 20, 4, seed=8)).any()


@examples
@given(histories(), st.integers(13, 20), levers)
def test_every_course_adds_up_and_stays_at_or_above_nought(history: History, known: int, pulled: Levers) -> None:
    start = SurvivalFlow(history).start(known, 9)
    drawn = draws(start, 30, 4, seed=known)
    before = simulate(start, drawn)
    for found in (before, simulate(start, drawn, pulled, before.due)):
        backlog = found.backlog(start)
        opening = np.column_stack([np.full(30, start.backlog), backlog[:, :-1]])
        scale = max(float(backlog.max()), float(found.inflow.max()), 1.0)
        np.testing.assert_allclose(opening + found.inflow - found.outflow, backlog, atol=1e-9 * scale)
        assert found.inflow.min() >= 0
        assert found.outflow.min() >= -1e-9 * scale
        assert backlog.min() >= -1e-9 * scale
        assert (found.outflow <= opening + found.inflow + 1e-9 * scale).all()


def test_without_levers_is_with_levers_that_change_nothing() -> None:
    drawn = draws(STARTED, 20, 4, seed=1)
    with_none, with_idle = simulate(STARTED, drawn), simulate(STARTED, drawn, Levers.of(3))
    np.testing.assert_array_equal(with_none.outflow, with_idle.outflow)


def test_more_closures_close_that_many_and_no_more_than_there_are() -> None:
    usual = simulate(STARTED, CALM).outflow[0]
    more = simulate(STARTED, CALM, Levers.of(3, more_closures=5.0)).outflow[0]
    assert more[0] == pytest.approx(usual[0] + 5)
    assert simulate(STARTED, CALM, Levers.of(3, more_closures=1e9)).outflow[0].tolist() == [38, 4, 4]


def test_with_elasticity_nought_as_many_are_closed_whatever_comes() -> None:
    before = simulate(STARTED, CALM)
    fewer = Levers.of(3, inflow_factor=0.9, elasticity=0.0)
    kept = simulate(STARTED, CALM, fewer, before.due)
    np.testing.assert_allclose(kept.outflow[0, :2], before.outflow[0, :2])
    in_proportion = simulate(STARTED, CALM, Levers.of(3, inflow_factor=0.9), before.due)
    assert in_proportion.outflow[0, 0] == pytest.approx(0.9 * 8 * 0.5 + 10 * 0.2 + 20 * 0.1)
