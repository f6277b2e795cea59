"""Fitted: the numbers that the model has read off this desk: how tickets leave by age, pace, calendar, widening."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecast.expectation import SERIES
from analytics.forecast.forecast import Forecast
from analytics.forecast.survival_flow import SurvivalFlow
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
_MOST_SHOWN = 26
_QUARTER = {Grain.WEEK: 13, Grain.DAY: 91}


@dataclass(frozen=True)
class Fitted:
    """`ages`: a row a bucket of ages, `age` in short and the `share` of those open that end in a period.

    `ahead`: a row a `period` to come, `busy` (the factor on what comes in) and `pace` (that on the shares, calendar
    included). `half_life` is the number of periods in which half of what comes in has ended, None if it never does;
    `left` the share of it still open after 13 weeks; `inflow_level` the tickets a period with the calendar taken out.
    `widening`: a row a series, `bulk` and `tails`.
    """

    ages: pd.DataFrame
    ahead: pd.DataFrame
    half_life: int | None
    left: float
    inflow_level: float
    widening: pd.DataFrame

    @property
    def pace(self) -> float:
        """The mean factor on the shares over the periods to come."""
        return float(self.ahead["pace"].mean())


def fitted(found: Forecast) -> Fitted | None:
    """What was fitted for a forecast, None where it is refused."""
    past = found.history
    if past is None or found.refused:
        return None
    flow = SurvivalFlow(past)
    start = flow.start(past.known, found.horizon)
    ahead = slice(past.known, past.known + found.horizon)
    busy = past.calendar.factors(flow.usual_inflow, past.known)[ahead]
    frame = pd.DataFrame({"period": past.ahead(found.horizon), "busy": busy, "pace": start.pace})
    firsts = past.lives.first_ages
    shares = start.end_share_by_age[firsts]
    return Fitted(
        pd.DataFrame({"age": _ages(firsts), "share": shares}),
        frame.head(_MOST_SHOWN),
        _half_life(start.end_share_by_age),
        float(np.prod(1 - start.end_share_by_age[: _QUARTER[past.grain]])),
        float((start.arrivals / np.maximum(busy, 1e-9)).mean()),
        _widening(found),
    )


def _ages(firsts: Array) -> list[str]:
    """Buckets in short: `0`, `4-5`, `104+`."""
    lasts = [*(firsts[1:] - 1), None]
    return [
        f"{first}+" if last is None else str(first) if first == last else f"{first}-{last}"
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _half_life(share_by_age: Array) -> int | None:
    """S(a) = (1 - q0)(1 - q1)...(1 - qa); the first a + 1 with S(a) at most one half."""
    left = np.cumprod(1 - share_by_age)
    return int(np.argmax(left <= 0.5)) + 1 if (left <= 0.5).any() else None


def _widening(found: Forecast) -> pd.DataFrame:
    widenings = found.tested.widenings if found.tested else {}
    rows = [(series, widenings[series].bulk, widenings[series].tails) for series in SERIES if series in widenings]
    return pd.DataFrame(rows, columns=["series", "bulk", "tails"])
