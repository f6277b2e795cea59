"""Scorecard: how good the forecast of each series was at past origins, in numbers and in words."""

import pandas as pd

from analytics.forecast.backtest import Backtest, Tested
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW, SERIES
from analytics.forecast.fan import LEVELS
from analytics.period import Grain

_NAMES = {BACKLOG: "the backlog forecast", INFLOW: "the forecast of what comes in", OUTFLOW: "that of what goes out"}
SEASON_WORDS = {Grain.WEEK: "as in the same week a year before", Grain.DAY: "as on the same day a week before"}


def scorecard(tested: Tested) -> pd.DataFrame:
    """A row a series: `relative_error` to naive, `seasonal_relative_error`, `mase`, `coverage50`, `..80`, `..95`.

    `origins` is how many past forecasts were scored. Ratios; None where the past does not reach a season back.
    """
    return pd.DataFrame([_row(series, tested.backtests[series]) for series in SERIES])


def _row(series: str, test: Backtest) -> dict[str, object]:
    return {
        "series": series,
        "relative_error": test.relative_error,
        "seasonal_relative_error": test.seasonal_relative_error,
        "mase": test.mase,
        **{f"coverage{level}": test.coverage(level) for level in LEVELS},
        "origins": len(test.known),
    }


def score_sentence(tested: Tested, series: str, grain: Grain) -> str:
    """How close the forecasts of a series came compared with 'as now' and last season, and what lay within 80 %."""
    test = tested.backtests[series]
    rivals = [_compared(test.relative_error, "as now")]
    seasonal = test.seasonal_relative_error
    if seasonal is not None:
        rivals.append(_compared(seasonal, SEASON_WORDS[grain]))
    return (
        f"Tested from {len(test.known)} past dates and up to {tested.horizon} {grain.value}s ahead, {_NAMES[series]} "
        f"was {', and '.join(rivals)}; {_held(test)}."
    )


def record_sentence(tested: Tested, series: str) -> str:
    """The same in short, without last season, to be read beside the forecast itself."""
    test = tested.backtests[series]
    return f"Tested from {len(test.known)} past dates: {_compared(test.relative_error, 'as now')}; {_held(test)}."


def _held(test: Backtest) -> str:
    return f"{test.coverage(80) * 100:.0f} % of what came lay within the 80 % interval"


def _compared(ratio: float, rival: str) -> str:
    """Such as `31 % closer than saying 'as now'`."""
    if ratio > 3:
        times = "many" if ratio == float("inf") else f"{ratio:.1f}"
        return f"{times} times as far off as saying '{rival}'"
    change = round(abs(1 - ratio) * 100)
    if not change:
        return f"no closer than saying '{rival}'"
    return f"{change} % {'closer' if ratio < 1 else 'further off'} than saying '{rival}'"
