"""Second opinion: the series on screen by statsmodels, to check ours by. It is not the forecast, and is never mixed in.

Inflow and outflow: a structural time series model (Harvey 1989), a local level and the calendar's columns as
regressors, on square roots, whose variance does not depend on the level. The backlog: exponential smoothing with a
damped trend (ETS; Hyndman, Koehler, Ord and Snyder 2008).
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecast.expectation import BACKLOG
from analytics.forecast.fan import Fan
from analytics.forecast.history import History
from analytics.formatting import count_text
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# Without two years there is no season to tell from a trend.
FEWEST_FOR_SEASON = {Grain.WEEK: 104, Grain.DAY: 28}
_FEWEST = {Grain.WEEK: 26, Grain.DAY: 91}
_LONGEST = {Grain.WEEK: 260, Grain.DAY: 364}
_CONSTANT, _WAVES = 2, 4
_SHARE_80 = 0.2


@dataclass(frozen=True)
class SecondOpinion:
    """`mean`, `lo80`, `hi80` by step, never below nought; `name` is the model's. `refused` says why there is none."""

    series: str
    name: str
    mean: Array
    lo80: Array
    hi80: Array
    refused: str = ""

    def against(self, ours: Fan) -> str:
        """How far it is from our forecast, and whether the two contradict each other."""
        if self.refused:
            return self.refused
        if self.series == BACKLOG:
            theirs, own, what = self.mean[-1], ours.mean[-1], "open at the end"
        else:
            theirs, own, what = self.mean.sum(), ours.mean.sum(), "in all"
        within = int(((self.mean >= ours.bound("lo80")) & (self.mean <= ours.bound("hi80"))).sum())
        said = f"{self.name} says {theirs:,.0f} {what}, ours {own:,.0f}"
        apart = f" ({(theirs - own) / own * 100:+.0f} %)" if own >= 1 and round(abs(theirs - own) / own * 100) else ""
        if not np.isfinite(ours.bound("lo80")).all():
            return f"{said}{apart}."
        return f"{said}{apart}; {within} of its {count_text(len(self.mean))} steps lie within our 80 % interval."


def second_opinion(history: History, series: str, horizon: int) -> SecondOpinion:
    """What statsmodels expects of a series of the history; refused where the past is too short for it."""
    name = "ETS with a damped trend" if series == BACKLOG else "A structural model with the calendar"
    known, needed = history.known, _FEWEST[history.grain]
    if known < needed:
        none = np.zeros(0)
        reason = f"No second opinion: it takes {needed} whole {history.grain.value}s, and there are {known}."
        return SecondOpinion(series, name, none, none, none, reason)
    # Imported where it is used: it takes longer to load than a page to draw.
    from statsmodels.tools.sm_exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        # An optimiser that did not quite converge is good enough for a check.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = (_damped_trend if series == BACKLOG else _structural)(history, series, horizon)
    mean, lo, hi = (np.maximum(values, 0.0) for values in found)
    return SecondOpinion(series, name, mean, lo, hi)


def _damped_trend(history: History, series: str, horizon: int) -> tuple[Array, Array, Array]:
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    values = pd.Series(getattr(history, series)[-_LONGEST[history.grain] :])
    fitted = ETSModel(values, trend="add", damped_trend=True).fit(disp=False)
    ahead = fitted.get_prediction(start=len(values), end=len(values) + horizon - 1)
    bounds = ahead.pred_int(alpha=_SHARE_80)
    lo, hi = np.asarray(bounds).T
    return np.asarray(ahead.predicted_mean), lo, hi


def _structural(history: History, series: str, horizon: int) -> tuple[Array, Array, Array]:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    known = history.known
    first = max(0, known - _LONGEST[history.grain])
    columns = _columns(history, known - first)
    # A column that says nothing of the known past, such as a Christmas not yet seen, has no slope.
    columns = columns[:, np.ptp(columns[first:known], axis=0) > 0]
    model = UnobservedComponents(
        np.sqrt(getattr(history, series)[first:known]), level="local level", exog=columns[first:known]
    )
    ahead = model.fit(disp=False, maxiter=200).get_forecast(horizon, exog=columns[known : known + horizon])
    lo, hi = np.maximum(np.asarray(ahead.conf_int(alpha=_SHARE_80)).T, 0.0)
    mean, error = np.maximum(np.asarray(ahead.predicted_mean), 0.0), np.asarray(ahead.se_mean)
    # E(X^2) = E(X)^2 + Var(X)
    return mean**2 + error**2, lo**2, hi**2


def _columns(history: History, known: int) -> Array:
    """The calendar's columns without the constant and the line; the waves of the year only from two years on."""
    columns = history.calendar.columns
    season = history.grain is Grain.WEEK and known >= FEWEST_FOR_SEASON[Grain.WEEK]
    return columns[:, _CONSTANT if season else _CONSTANT + _WAVES :]
