"""Survival-flow: shares on a hand-made table, a desk with one share for all ages, clean-ups teach nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecast.history import History
from analytics.forecast.simulation import simulate
from analytics.forecast.survival_flow import SurvivalFlow
from tests.forecast.histories import histories, history_of, simulated
from tests.properties.desks import examples

HALF_LIFE = 0.5 ** (1 / 52)


def test_the_shares_of_a_hand_made_cohort() -> None:
    # 10 open in week 0: 4 end at age 0, 3 at age 1, 3 never. 6 open in week 1: 2 end at age 0, the others stay.
    found = SurvivalFlow(history_of([(0, 0, 4), (0, 1, 3), (0, None, 3), (1, 1, 2), (1, None, 4)], 14))._shares
    age0 = (4 + 5 * 0.1) / (10 + 5)
    assert found[0, 0] == pytest.approx(age0)
    age0 = (4 * HALF_LIFE + 2 + 5 * 0.1) / (10 * HALF_LIFE + 6 + 5)
    assert found[1, 0] == pytest.approx(age0)
    # Each bucket is drawn to the younger one as by five tickets.
    age1 = (3 + 5 * age0) / (6 + 5)
    assert found[1, 1] == pytest.approx(age1)
    assert found[1, 2] == pytest.approx((0 + 5 * age1) / (0 + 5))


def test_old_weeks_weigh_half_after_a_year() -> None:
    found = SurvivalFlow(history_of([(0, 0, 100), (52, None, 50)], 54))._shares
    assert found[52, 0] == pytest.approx((100 / 2 + 5 * 0.1) / (100 / 2 + 50 + 5))


def test_a_desk_of_one_share_for_all_ages_closes_that_share_of_what_is_there() -> None:
    # Each week 2,000 come; of all there are, a quarter end: 8,000 stay at hand, 2,000 end, 6,000 stay open.
    rows, share = [], 0.25
    for opened in range(-60, 60):
        left = 2000.0 * 4**6
        for age in range(60):
            rows.append((opened, opened + age, int(left * share)))
            left -= int(left * share)
    history = history_of([(o, e if e < 60 else None, n) for o, e, n in rows], 60)
    start = SurvivalFlow(history).start(60, 4)
    # All ages up to half a year, which many have reached, have the one share.
    np.testing.assert_allclose(start.end_share_by_age[:26], share, rtol=1e-3)
    np.testing.assert_allclose(start.pace, 1.0, rtol=1e-3)
    alone = simulate(start, np.ones((1, 4, 2)))
    np.testing.assert_allclose(alone.outflow[0], history.outflow[-1], rtol=2e-3)


def test_a_clean_up_teaches_nothing() -> None:
    usual = [(week, week + age, 4) for week in range(-10, 40) for age in (0, 1, 2)]
    stuck = [(week, None, 2) for week in range(40)]
    swept = [(week, 33 if week < 20 else None, 2) for week in range(40)]
    before = SurvivalFlow(history_of(usual + stuck, 40)).start(33, 6)
    after = SurvivalFlow(history_of(usual + swept, 40, clean_ups=[33])).start(34, 6)
    swept_away = 20 * 2
    assert after.backlog == before.backlog - swept_away + 2
    # The shares have aged a week and learned nothing of it; the pace is as it was.
    np.testing.assert_allclose(after.end_share_by_age[:10], before.end_share_by_age[:10], atol=0.001)
    np.testing.assert_allclose(after.pace, before.pace, rtol=0.05)
    taught = SurvivalFlow(history_of(usual + swept, 40)).start(34, 6)
    assert taught.end_share_by_age[13] > 2 * after.end_share_by_age[13]


def test_with_nothing_at_hand_the_pace_stays() -> None:
    rows = [(week, week + age, 5) for week in range(30) for age in (0, 1)]
    silent = SurvivalFlow(history_of([*rows, (60, 60, 5), (61, 61, 5)], 62))
    assert silent.start(59, 2).pace[0] == pytest.approx(1.0, abs=0.05)


def test_a_faster_desk_has_a_pace_above_one() -> None:
    history = simulated(seed=1, periods=80, mean=200, hazard=0.2)
    random = np.random.default_rng(3)
    lived = history.lives
    hurried = [
        (int(o), int(min(e, max(o, 70 + random.geometric(0.5)))) if e >= 70 else int(e), int(n))
        for o, e, n in zip(lived.opened, lived.ended_at, lived.tickets, strict=True)
    ]
    assert SurvivalFlow(history_of(hurried, 80)).start(76, 4).pace[0] > 1.15
    assert SurvivalFlow(history).start(76, 4).pace[0] == pytest.approx(1.0, abs=0.1)


@examples
@given(histories(), st.integers(13, 20))
def test_a_start_is_sane_for_any_desk(history: History, known: int) -> None:
    start = SurvivalFlow(history).start(known, 52)
    assert start.open_by_age.sum() == pytest.approx(start.backlog) == pytest.approx(history.backlog[known - 1])
    assert ((start.end_share_by_age >= 0) & (start.end_share_by_age <= 1)).all()
    for found in (start.arrivals, start.pace, start.surprises):
        assert np.isfinite(found).all()
        assert (found >= 0).all()
    # On average a surprise is none.
    told = start.surprises.mean(axis=0)
    np.testing.assert_allclose(told[told > 0], 1.0)
