"""The JSON of a forecast: the same shape for a desk, for one of its values, and for a series of one's own."""

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Value
from analytics.flow.edges import Mark
from analytics.forecast.backtest import Backtest, Tested
from analytics.forecast.expectation import BACKLOG, SERIES
from analytics.forecast.fan import BANDS
from analytics.forecast.forecast import Forecast
from analytics.forecast.history import History
from analytics.forecast.model import models_by
from analytics.forecast.own_forecast import OwnForecast
from analytics.period import Grain


def desk_document(
    found: Forecast, marks: tuple[Mark, ...], notes: tuple[str, ...], grain: Grain, start: date | None
) -> dict[str, Any]:
    """The document of a whole desk, with what stands behind it; the history shown begins with `start`."""
    return {**_forecast(found, marks, notes, grain, start), "grain": grain.value, **found.basis.document()}


def part_document(value: Value, found: Forecast, grain: Grain, start: date | None) -> dict[str, Any]:
    """The document of one value of a dimension; what stands behind it is told with the whole."""
    marks = found.history.marks if found.history else ()
    return {"value": value, **_forecast(found, marks, (), grain, start)}


def series_document(found: OwnForecast) -> dict[str, Any]:
    """The document of a series of one's own."""
    series = found.series
    return {
        "sentence": found.sentence,
        "as_of": series.last_day.isoformat(),
        "known_until": series.last_day.isoformat(),
        "history": [
            {"period": _day(period), "value": number(value)}
            for period, value in zip(series.periods, series.values, strict=True)
        ],
        "forecast": forecast_rows(found.frame),
        "model": found.model,
        "backtest": backtest_document(found.tested, tuple(found.tested.backtests)[:1] if found.tested else ()),
        "withheld": {},
        **({"refused": found.refused} if found.refused else {}),
        "notes": list(found.notes),
        "marks": [],
        "grain": series.grain.value,
        "file": series.file,
        "missing": [_day(period) for period in series.missing],
        "values_used": int(np.isfinite(series.values[-found.known :]).sum()),
        "definition": f"The column '{series.name}' of {series.file}, a value a {series.grain.value}, as given.",
    }


def _forecast(
    found: Forecast, marks: tuple[Mark, ...], notes: tuple[str, ...], grain: Grain, start: date | None
) -> dict[str, Any]:
    past = found.history
    return {
        "sentence": found.sentence,
        "as_of": found.basis.as_of.isoformat() if found.basis.as_of else None,
        "known_until": past.last_day.isoformat() if past else None,
        "history": _history(past, start) if past else [],
        "forecast": forecast_rows(found.frame),
        "model": " ".join(f"{model.series.capitalize()}: {model.name}. {model.words}" for model in models_by(grain)),
        "backtest": backtest_document(found.tested, tuple(found.fans)),
        "withheld": dict(found.withheld),
        **({"refused": found.refused} if found.refused else {}),
        "notes": [*found.notes, *notes],
        "marks": [mark.document() for mark in marks],
    }


def _history(past: History, start: date | None) -> list[dict[str, Any]]:
    shown = past.periods >= np.datetime64(start) if start else np.ones(past.known, dtype=bool)
    columns = zip(past.periods, *(getattr(past, series) for series in SERIES), shown, strict=True)
    return [
        {"period": _day(period), **dict(zip(SERIES, map(number, values), strict=True))}
        for period, *values, wanted in columns
        if wanted
    ]


def forecast_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """A row a series and period of `Forecast.frame`; a bound that is not known is null."""
    return [
        {"period": _day(row["period"]), "series": row["series"]}
        | {name: number(row[name]) for name in ("mean", *BANDS)}
        for row in frame.to_dict("records")
    ]


def backtest_document(tested: Tested | None, shown: tuple[str, ...]) -> dict[str, Any] | None:
    """The back-test: at the top that of the backlog, or of the first series `shown` where that is withheld."""
    if tested is None:
        return None
    named = (
        shown[0]
        if shown and BACKLOG not in shown
        else next(s for s in (BACKLOG, *tested.backtests) if s in tested.backtests)
    )
    by_series = {series: _tested(one, tested.horizon) for series, one in tested.backtests.items()}
    top = {name: value for name, value in by_series[named].items() if name != "by_horizon"}
    return {"series": named, **top, "by_series": by_series}


def _tested(one: Backtest, horizon: int) -> dict[str, Any]:
    return {
        "relative_error": number(one.relative_error),
        "seasonal_relative_error": number(one.seasonal_relative_error),
        "mase": number(one.mase),
        **{f"coverage{level}": number(one.coverage(level)) for level in (50, 80, 95)},
        "origins": len(one.known),
        "horizon": horizon,
        "by_horizon": [
            {str(name): number(value) for name, value in row.items()} for row in one.by_horizon().to_dict("records")
        ],
    }


def number(value: Any) -> int | float | None:
    """A whole number as such, any other to six digits behind the point; what is not known or not finite is None."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if float(value).is_integer() else round(float(value), 6)


def _day(period: Any) -> str:
    return str(np.datetime64(pd.Timestamp(period), "D"))
