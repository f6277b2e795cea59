"""By value: where the backlog of each large value of a dimension goes, or why that is not said."""

import numpy as np
import pandas as pd

from analytics.filters import NOT_RECORDED, Filters, Value
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.forecast import Forecast, forecasts
from analytics.period import Grain
from analytics.warehouse.engine import Engine

MOST = 12
_COURSE = {Grain.WEEK: 26, Grain.DAY: 56}


def by_value(engine: Engine, filters: Filters, dimension: str, horizon: int, grain: Grain) -> pd.DataFrame:
    """The `MOST` values with the most tickets, the one with the most tickets first.

    `value` as text, `open` now, `expected` at the end of the horizon, `lo80` and `hi80`, `change`, `relative_error` in
    the back-test, `course` (the last half year and the horizon, of days eight weeks) and `reason` where not forecast.
    """
    found = forecasts(engine, filters, dimension, MOST, horizon, grain)
    rows = [_row(value, one, grain) for value, one in found.items()]
    columns = ("value", "open", "expected", "change", "lo80", "hi80", "relative_error", "course", "reason")
    return pd.DataFrame(rows, columns=columns)


def by_value_sentence(frame: pd.DataFrame, dimension: str) -> str:
    """How many can be forecast and which rises and falls most; quotes values of the export."""
    told, words = frame[frame["expected"].notna()], dimension.replace("_", " ")
    if frame.empty:
        return f"There is no value of {words} to forecast."
    if told.empty:
        none = f"None of the {len(frame)} values" if len(frame) > 1 else "The only value"
        return f"{none} of {words} {'can' if len(frame) > 1 else 'cannot'} be forecast; the table says why."
    listed = f"Of the {len(frame)} largest values" if len(frame) == MOST else f"Of the {len(frame)} values"
    said = f"{listed} of {words} {len(told)} can be forecast."
    if len(frame) == 1:
        said = f"There is one value of {words}."
    most, least = told.loc[told["change"].idxmax()], told.loc[told["change"].idxmin()]
    ends = [("rise", most)] if most["change"] >= 1 else []
    ends += [("fall", least)] if least["change"] <= -1 else []
    parts = [
        f"The largest {way} is expected for '{row['value']}', {row['open']:,.0f} to {row['expected']:,.0f}."
        for way, row in ends
    ]
    return " ".join([said, *parts])


def _reason(found: Forecast) -> str:
    """In short, as the row has the error beside it; empty where it is forecast."""
    if found.tested is not None and BACKLOG in found.withheld:
        return "Saying 'as now' was closer to what came, or as close"
    said = found.refused.removeprefix("No forecast: ")
    return said[:1].upper() + said[1:]


def _row(value: Value, found: Forecast, grain: Grain) -> dict[str, object]:
    row: dict[str, object] = {
        "value": NOT_RECORDED if value is None else str(value),
        "reason": _reason(found),
    }
    past, fan = found.history, found.fans.get(BACKLOG)
    if past is None:
        return row | {"course": []}
    known = past.backlog[-_COURSE[grain] :].round()
    row |= {"open": float(past.backlog[-1]), "course": known.tolist()}
    if found.tested:
        error = found.tested.backtests[BACKLOG].relative_error
        row["relative_error"] = error if np.isfinite(error) else None
    if fan is not None:
        expected = float(np.rint(fan.mean[-1]))
        row |= {
            "expected": expected, "change": expected - float(past.backlog[-1]), "lo80": float(fan.bound("lo80")[-1]),
            "hi80": float(fan.bound("hi80")[-1]), "course": [*known.tolist(), *fan.mean.round(1).tolist()],
        }  # fmt: skip
    return row
