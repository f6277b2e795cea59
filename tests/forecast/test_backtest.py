"""The back-test: nothing later is used at an origin, and its scores as arithmetic."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecast.backtest import FEWEST_ORIGINS, SCORED, Backtest, backtest
from analytics.forecast.expectation import SERIES, Method, naive, seasonal_naive
from analytics.forecast.fan import BANDS, Fan
from analytics.forecast.history import History
from analytics.period import Grain
from tests.forecast.histories import grouped, histories, history_of, simulated, until
from tests.properties.desks import examples

HORIZON = 6


def _otherwise(history: History, known: int, seed: int) -> History:
    """The same up to an origin; after it other tickets open, and what was then open ends at other times."""
    random, lived = np.random.default_rng(seed), history.lives
    before = lived.opened < known
    opened = np.repeat(lived.opened[before], lived.tickets[before].astype(int))
    ended = np.repeat(lived.ended_at[before], lived.tickets[before].astype(int))
    ended = np.where(ended < known, ended, known + random.integers(0, 30, len(ended)))
    later = np.repeat(np.arange(known, history.known), random.integers(0, 90, history.known - known))
    rows = grouped(
        np.concatenate([opened, later]), np.concatenate([ended, later + random.integers(0, 9, len(later))]),
        history.known,
    )  # fmt: skip
    return history_of(rows, history.known, history.grain, np.flatnonzero(history.clean_ups).tolist())


def _told(history: History, known: int) -> dict[str, Any]:
    found = Method(history).at(known, HORIZON, 30)
    return {**{f"mean {name}": found.means[name] for name in SERIES}, **{name: found.courses[name] for name in SERIES}}


@examples
@given(histories(), st.integers(13, 20), st.integers(0, 2**20))
def test_nothing_after_an_origin_changes_what_is_said_there(history: History, known: int, seed: int) -> None:
    then, other = _told(history, known), _told(_otherwise(history, known, seed), known)
    for name, said in then.items():
        np.testing.assert_array_equal(said, other[name], err_msg=name)


@examples
@given(histories(), st.integers(13, 20))
def test_it_is_what_a_history_of_the_tickets_known_then_says(history: History, known: int) -> None:
    then = _told(history, known)
    for rebuilt in (until(history, known), history.until(known)):
        for name, said in _told(rebuilt, known).items():
            np.testing.assert_allclose(then[name], said, rtol=1e-6, atol=1e-6, err_msg=name)


@examples
@given(histories(fewest=45), st.integers(0, 2**20))
def test_nothing_after_an_origin_changes_its_bands_in_the_back_test(history: History, seed: int) -> None:
    tested = backtest(history, HORIZON)
    assert tested is not None
    place = len(tested.backtests["inflow"].known) // 2
    known = int(tested.backtests["inflow"].known[place])
    other = backtest(_otherwise(history, known, seed), HORIZON)
    assert other is not None
    for series in SERIES:
        pairs = zip(tested.backtests[series].fans, other.backtests[series].fans, strict=True)
        for ours, theirs in list(pairs)[: place + 1]:
            np.testing.assert_array_equal(ours.mean, theirs.mean)
            np.testing.assert_array_equal(ours.bands, theirs.bands)


def test_the_first_known_exception_a_clean_up_is_seen_only_with_hindsight() -> None:
    # Whether a day was a clean-up is judged by the weeks around it, later ones included.
    history = simulated(seed=2, periods=60)
    rows = [
        (int(o), int(e) if e < 60 else None, int(n))
        for o, e, n in zip(history.lives.opened, history.lives.ended_at, history.lives.tickets, strict=True)
    ]
    seen = history_of([*rows, (-30, 38, 400)], 60, clean_ups=[38])
    assert (_told(seen, 40)["mean outflow"] != _told(until(seen, 40), 40)["mean outflow"]).sum() == 0
    unseen = history_of([*rows, (-30, 38, 400)], 60)
    assert (_told(seen, 40)["mean outflow"] != _told(unseen, 40)["mean outflow"]).any()


def test_the_second_known_exception_a_reopened_ticket_has_only_its_last_end() -> None:
    usual = [(week, week + 1, 10) for week in range(60)]
    # As it was known in week 30: resolved in week 20. As it is known now: reopened, and resolved in week 50.
    then, now = (history_of([*usual, (10, last_end, 40)], 60) for last_end in (20, 50))
    assert Method(then).at(30, HORIZON, 5).start.backlog == 10
    assert Method(now).at(30, HORIZON, 5).start.backlog == 10 + 40


def _hand_made() -> Backtest:
    fans = tuple(Fan(np.array(mean), np.array(bands)) for mean, bands in (
        ([10.0, 12.0], [[9, 9], [11, 13], [8, 8], [12, 14], [5, 5], [20, 20]]),
        ([20.0, 20.0], [[19, 19], [21, 21], [18, 18], [22, 22], [10, 10], [30, 30]]),
    ))  # fmt: skip
    days = np.array(["2026-01-05", "2026-02-02"], dtype="datetime64[D]")
    return Backtest(
        days, np.array([20, 24]), fans, np.array([[12.0, 12.0], [20.0, 31.0]]), np.array([[14.0, 14.0], [22.0, 22.0]]),
        np.array([[np.nan, np.nan], [21.0, 33.0]]), np.array([2.0, 4.0]),
    )  # fmt: skip


def test_scores_by_hand() -> None:
    found = _hand_made()
    # Off by 2, 0, 0, 11; naive by 2, 2, 2, 9; seasonal naive, at the second origin alone, by 1 and 2.
    assert found.relative_error == pytest.approx((2 + 0 + 0 + 11) / (2 + 2 + 2 + 9))
    assert found.naive_error == pytest.approx((2 + 2 + 2 + 9) / 4)
    assert found.seasonal_relative_error == pytest.approx((0 + 11) / (1 + 2))
    assert found.mase == pytest.approx((2 / 2 + 0 + 0 + 11 / 4) / 4)
    assert (found.coverage(50), found.coverage(80), found.coverage(95)) == (2 / 4, 3 / 4, 3 / 4)


def test_scores_by_horizon_by_hand() -> None:
    found = _hand_made().by_horizon()
    assert found["step"].tolist() == [1, 2]
    assert found["error"].tolist() == [(2 + 0) / 2, (0 + 11) / 2]
    assert found["naive_error"].tolist() == [(2 + 2) / 2, (2 + 9) / 2]
    assert found["relative_error"].tolist() == pytest.approx([2 / 4, 13 / 15])
    assert found["coverage80"].tolist() == [1.0, 1 / 2]


def test_naive_and_seasonal_naive() -> None:
    values = np.arange(60.0)
    assert naive(values, 55, 3).tolist() == [54.0] * 3
    assert seasonal_naive(values, 55, 3, Grain.WEEK).tolist() == [55 - 52, 56 - 52, 57 - 52]
    assert seasonal_naive(values, 10, 9, Grain.DAY).tolist() == [3, 4, 5, 6, 7, 8, 9, 3, 4]
    # The first of three weeks ahead has none a year before it.
    short = seasonal_naive(values, 51, 3, Grain.WEEK)
    assert np.isnan(short[0])
    assert short[1:].tolist() == [0, 1]


@pytest.mark.parametrize("weeks", range(13, 60, 3))
def test_a_short_past_is_tested_over_fewer_steps_and_closer_origins_or_not_at_all(weeks: int) -> None:
    tested = backtest(simulated(seed=weeks, periods=weeks), 13)
    if tested is None:
        assert weeks < 19
        return
    known = tested.backtests["inflow"].known
    assert FEWEST_ORIGINS <= len(known) <= SCORED
    assert known[0] >= 13
    assert known[-1] + tested.horizon == weeks
    assert 1 <= tested.horizon <= 13
    assert set(np.diff(known)) <= {1, 2, 3, 4}
    for series in SERIES:
        found = tested.backtests[series]
        assert found.actual.shape == found.mean.shape == found.naive.shape == (len(known), tested.horizon)
        assert np.isfinite(found.mase)
        assert found.seasonal_relative_error is None or weeks > 52


def test_what_came_is_what_the_history_holds() -> None:
    history = simulated(seed=5, periods=120)
    tested = backtest(history, 8)
    assert tested is not None
    for series in SERIES:
        found, values = tested.backtests[series], getattr(history, series)
        for row, known in enumerate(found.known):
            assert found.actual[row].tolist() == values[known : known + 8].tolist()
            assert found.origins[row] == history.periods[known]
            assert set(found.naive[row]) == {values[known - 1]}


def test_a_constant_that_both_say_right_is_a_draw() -> None:
    tested = backtest(history_of([(week, week, 10) for week in range(80)], 80), 8)
    assert tested is not None
    assert tested.backtests["inflow"].relative_error == 1
    assert tested.backtests["inflow"].naive_error == 0
    assert tested.backtests["inflow"].coverage(80) == 1


@pytest.mark.parametrize("series", SERIES)
def test_on_known_desks_the_bands_hold_what_they_say(series: str) -> None:
    shapes = [(60.0, 0.1), (20.0, 0.3), (200.0, 0.5), (5.0, 0.2)]
    tested = [
        backtest(simulated(seed=seed, periods=130, mean=mean, hazard=hazard), 8)
        for seed in range(3)
        for mean, hazard in shapes
    ]
    found = [one.backtests[series] for one in tested if one is not None]
    assert len(found) == 12
    assert 0.70 <= np.mean([one.coverage(80) for one in found]) <= 0.90
    assert 0.90 <= np.mean([one.coverage(95) for one in found]) <= 1.0
    assert len(found[0].fans[0].bands) == len(BANDS)
