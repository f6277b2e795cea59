"""The gate: each reason for which nothing, or a series, is not shown, and that a sound history passes."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from analytics.flow.edges import CLOSED_ONLY, COLLAPSE, OPENED_SINCE, RAMP_UP, Mark
from analytics.forecast.backtest import Tested as Outcome
from analytics.forecast.backtest import backtest
from analytics.forecast.expectation import SERIES
from analytics.forecast.fan import Fan
from analytics.forecast.gate import refusal, withheld
from analytics.period import Grain
from tests.forecast.histories import history_of, simulated

DAY = date(2024, 1, 1)


def _mark(kind: str, left_out: bool = True) -> Mark:
    return Mark(kind, DAY, DAY + timedelta(weeks=9), f"The {kind}.", left_out)


def test_a_sound_history_passes() -> None:
    assert refusal(simulated(seed=1, periods=30)) == ""
    assert refusal(simulated(seed=1, periods=200, mean=3, grain=Grain.DAY)) == ""


def test_without_a_sound_week_the_most_telling_marks_are_the_reason() -> None:
    assert refusal(None) == "No forecast: there is no whole week whose records are sound."
    marks = (_mark(OPENED_SINCE, left_out=False), _mark(RAMP_UP), _mark(CLOSED_ONLY), _mark(COLLAPSE))
    told = refusal(None, marks)
    assert told.endswith(f"sound. The {COLLAPSE}. The {CLOSED_ONLY}.")


def test_a_history_that_ended_a_quarter_before_the_data_is_refused() -> None:
    sound = simulated(seed=1, periods=60)
    stopped = replace(sound, records_until=sound.ends + timedelta(days=92), marks=(_mark(COLLAPSE),))
    assert "long before the data do" in refusal(stopped)
    assert refusal(stopped).endswith(f"The {COLLAPSE}.")
    assert refusal(replace(stopped, records_until=sound.ends + timedelta(days=91))) == ""


@pytest.mark.parametrize(("weeks", "words"), [(1, "there is 1 whole week."), (12, "there are 12 whole weeks.")])
def test_under_thirteen_weeks_is_refused(weeks: int, words: str) -> None:
    told = refusal(simulated(seed=1, periods=weeks))
    assert told == f"No forecast: it takes 13 whole weeks of sound records, and {words}"
    assert refusal(simulated(seed=1, periods=13)) == ""


def test_under_ninety_one_days_is_refused() -> None:
    assert "it takes 91 whole days" in refusal(simulated(seed=1, periods=90, grain=Grain.DAY))
    assert refusal(simulated(seed=1, periods=91, grain=Grain.DAY)) == ""


def test_fewer_tickets_than_one_a_week_are_refused() -> None:
    one_a_week = [(week, week, 1) for week in range(60)]
    assert refusal(history_of(one_a_week, 60)) == ""
    told = refusal(history_of(one_a_week[:-1], 60))
    assert "too few tickets, 25 opened and 25 ended in the last 26 weeks; it takes 26 opened and some ended." in told
    # It is the last half year that counts.
    assert refusal(history_of([(10, 11, 5000)], 60)) != ""


def test_where_nothing_ended_nothing_is_known_of_ends() -> None:
    assert "100 opened" not in refusal(history_of([(week, week, 4) for week in range(60)], 60))
    assert "104 opened and 0 ended" in refusal(history_of([(week, None, 4) for week in range(60)], 60))


def test_constant_zero_is_refused() -> None:
    assert "too few tickets, 0 opened and 0 ended" in refusal(history_of([], 60))


def _tested() -> Outcome:
    found = backtest(simulated(seed=1, periods=100), 6)
    assert found is not None
    return found


def _with_mean(tested: Outcome, series: str, mean: np.ndarray) -> Outcome:
    one = tested.backtests[series]
    fans = tuple(Fan(row, fan.bands) for row, fan in zip(mean, one.fans, strict=True))
    return replace(tested, backtests={**tested.backtests, series: replace(one, fans=fans)})


def test_what_beats_naive_is_shown_and_what_loses_is_not() -> None:
    tested = _tested()
    for series in SERIES:
        one = tested.backtests[series]
        right = _with_mean(tested, series, one.actual)
        assert series not in withheld(right)
        # Twice as far off as naive at each origin and step.
        wrong = _with_mean(tested, series, one.actual + 2 * (one.naive - one.actual))
        assert "the model was 2.00 times as far off as saying 'as now', so it adds nothing." in withheld(wrong)[series]
        assert f"from {len(one.known)} past dates" in withheld(wrong)[series]


def test_as_good_as_naive_is_not_enough() -> None:
    tested = _tested()
    assert "inflow" in withheld(_with_mean(tested, "inflow", tested.backtests["inflow"].naive))


def test_where_naive_is_always_right_a_model_adds_nothing_and_says_so_in_words() -> None:
    found = backtest(history_of([(week, week + 1, 10) for week in range(80)], 80), 6)
    assert found is not None
    told = withheld(found)
    assert set(told) == set(SERIES)
    for sentence in told.values():
        assert "saying 'as now' was right to the ticket, so a model adds nothing." in sentence
        assert "inf" not in sentence.replace("Inflow", "")


def test_without_a_back_test_nothing_is_withheld() -> None:
    assert withheld(None) == {}
