"""A tracked forecast as an outlook: what was known then, what was expected, and what came of it."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.forecast.fan import BANDS
from analytics.forecast.outlook import Outlook, place_of, words_of
from analytics.forecast.track import Track
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]


def track_outlook(found: Track, series: str) -> Outlook:
    """One series of a kept forecast, with what came, for the picture that all forecasts have."""
    kept, rows = found.kept, found.of(series)
    came = rows.head(found.come)
    ahead = rows[["mean", *BANDS]].copy()
    ahead.insert(0, "at", place_of(series, kept.periods, kept.grain))
    ahead.insert(1, "words", words_of(series, kept.periods, kept.grain))
    return Outlook(
        series, kept.grain, _values(series, kept.past_periods, kept.past[series], kept.grain), ahead,
        _values(series, kept.periods[: found.come], came["actual"].to_numpy(), kept.grain), kept.origin,
        "known then", None, (), found.sentence,
    )  # fmt: skip


def _values(series: str, periods: Array, values: Array, grain: Grain) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "at": place_of(series, periods, grain),
            "words": words_of(series, periods, grain),
            "value": values,
            "clean_up": False,
        }
    )
