"""The scorecard: ratios of errors and coverage, in numbers and in words."""

import numpy as np
import pytest

from analytics.forecast import backtest
from analytics.forecast.backtest import Backtest
from analytics.forecast.expectation import BACKLOG, SERIES
from analytics.forecast.fan import Fan
from analytics.forecast.scorecard import record_sentence, score_sentence, scorecard
from analytics.period import Grain

ORIGINS, STEPS = 4, 5
ACTUAL = 100.0


_BOTH = "was 30 % closer than saying 'as now', and 50 % closer than saying 'as in the same week a year before'; "


def _tested(ours: float, naive: float, seasonal: float | None, half_width: float) -> backtest.Tested:
    """Every forecast off by `ours`, naive by `naive`; all intervals reach `half_width` to both sides."""
    mean = np.full(STEPS, ACTUAL + ours)
    fan = Fan(mean, np.stack([mean - half_width, mean + half_width] * 3))
    whole = np.ones((ORIGINS, STEPS))
    test = Backtest(
        np.arange("2024-01-01", "2024-01-29", 7, dtype="datetime64[D]"), np.arange(50, 54), (fan,) * ORIGINS,
        whole * ACTUAL, whole * (ACTUAL - naive), whole * (np.nan if seasonal is None else ACTUAL + seasonal),
        np.full(ORIGINS, 2.0),
    )  # fmt: skip
    return backtest.Tested(dict.fromkeys(SERIES, test), {}, STEPS)


def test_the_numbers_are_errors_over_errors() -> None:
    frame = scorecard(_tested(7, 10, 14, half_width=7))
    assert list(frame["series"]) == list(SERIES)
    row = frame.iloc[0]
    assert row["relative_error"] == pytest.approx(7 / 10)
    assert row["seasonal_relative_error"] == pytest.approx(7 / 14)
    assert row["mase"] == pytest.approx(7 / 2)
    assert (row["coverage50"], row["coverage80"], row["coverage95"], row["origins"]) == (1, 1, 1, ORIGINS)
    assert scorecard(_tested(7, 10, 14, half_width=6.9)).iloc[0]["coverage80"] == 0


@pytest.mark.parametrize(
    ("ours", "naive", "seasonal", "words"),
    [
        (6.9, 10, None, "was 31 % closer than saying 'as now'; "),
        (12, 10, None, "was 20 % further off than saying 'as now'; "),
        (10, 10, None, "was no closer than saying 'as now'; "),
        (40, 10, None, "was 4.0 times as far off as saying 'as now'; "),
        (7, 0, None, "was many times as far off as saying 'as now'; "),
        (
            7, 10, 14,
            _BOTH,
        ),
    ],
)  # fmt: skip
def test_the_sentence_compares_in_words(ours: float, naive: float, seasonal: float | None, words: str) -> None:
    said = score_sentence(_tested(ours, naive, seasonal, 50), BACKLOG, Grain.WEEK)
    assert said.startswith("Tested from 4 past dates and up to 5 weeks ahead, the backlog forecast was ")
    assert words in said
    assert said.endswith("100 % of what came lay within the 80 % interval.")


def test_the_record_in_short_leaves_last_season_out() -> None:
    said = record_sentence(_tested(6, 8, 12, half_width=5.9), BACKLOG)
    assert said == (
        "Tested from 4 past dates: 25 % closer than saying 'as now'; 0 % of what came lay within the 80 % interval."
    )
