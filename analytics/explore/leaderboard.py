"""Leaderboard: a KPI for every value of a dimension, beside the same over another period."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from analytics.filters import NOT_RECORDED, Filters, check_dimension, plain_value
from analytics.kpi import Count, Kpi, Stock
from analytics.kpis import find_kpi
from analytics.measure import KpiResult, measure
from analytics.query import compose
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK


class Ranked(StrEnum):
    """Which values come first: those with most tickets, or by value, or by change against the compared period."""

    TICKETS = "tickets"
    HIGHEST = "desc"
    LOWEST = "asc"
    RISEN = "change desc"
    FALLEN = "change asc"


_COLUMNS = {Ranked.TICKETS: "n", Ranked.HIGHEST: "value", Ranked.LOWEST: "value"}
_UPWARDS = (Ranked.LOWEST, Ranked.FALLEN)


@dataclass(frozen=True)
class Leaderboard:
    """A KPI by the values of one dimension.

    `frame` has a row a value: `label` (its text, `not recorded` for none), `value` (NaN where it cannot be told or
    rests on too few tickets), `n` (tickets it rests on), `share` (of all tickets of the split, 0 to 1), `before` and
    `n_before` (the same over the compared period), `change` (value less before, in the KPI's unit; NaN where one of
    them is not known) and `too_few`. `result` is the measured split.
    """

    kpi: Kpi
    dimension: str
    frame: pd.DataFrame
    result: KpiResult
    compared: bool

    def ranked(self, order: Ranked) -> pd.DataFrame:
        """The rows in an order; what rests on too few tickets comes last and is never ranked by value or change."""
        column = _COLUMNS.get(order, "change")
        number = self.frame[column].where(~self.frame["too_few"] | (order is Ranked.TICKETS))
        keys = pd.DataFrame({
            "few": self.frame["too_few"].to_numpy(dtype=bool),
            "unknown": number.isna().to_numpy(),
            "number": number.to_numpy(dtype=float) * (1 if order in _UPWARDS else -1),
            "n": -self.frame["n"].to_numpy(dtype=float),
            "place": self._places(),
        })  # fmt: skip
        by = ["few", "unknown", "number", "n", "place"]
        return self.frame.loc[keys.sort_values(by, kind="stable").index].reset_index(drop=True)

    def _places(self) -> list[float]:
        """Equal rows stand in the order of the clock, else of their names."""
        labels = self.frame["label"].tolist()
        places = {label: float(place) for place, label in enumerate(CLOCK.get(self.dimension) or sorted(labels))}
        return [places.get(label, float("inf")) for label in labels]


def leaderboard(engine: Engine, kpi: str, filters: Filters, dimension: str, earlier: Filters | None) -> Leaderboard:
    """The leaderboard of one dimension; `earlier` are the filters over the compared period, None for no comparison.

    Raises `UnknownName` or `PersonDimension`.
    """
    known, name = find_kpi(kpi), check_dimension(dimension)
    result = measure(engine, compose(known, filters, [name]))
    frame = split_rows(result, name)
    if earlier is not None:
        frame = _joined(frame, split_rows(measure(engine, compose(known, earlier, [name])), name), known)
    else:
        frame[["before", "n_before", "change"]] = np.nan
    total = frame["n"].sum()
    frame["share"] = frame["n"] / total if total else 0.0
    return Leaderboard(known, name, frame, result, earlier is not None)


def is_counted(kpi: Kpi) -> bool:
    """Whether its value is a number of tickets, for which 0 is a value and few are not too few."""
    return isinstance(kpi.value, Count | Stock)


def split_rows(result: KpiResult, dimension: str) -> pd.DataFrame:
    """`label`, `value`, `n` and `too_few` of a result split by a dimension; values without tickets are left out."""
    frame = result.frame
    n = frame["value"] if is_counted(result.kpi) else frame["denominator"]
    few = frame["too_few"].to_numpy(dtype=bool)
    rows = pd.DataFrame({
        "label": value_labels(frame[dimension]),
        "value": np.where(few, np.nan, frame["value"].to_numpy(dtype=float)),
        "n": np.nan_to_num(n.to_numpy(dtype=float)).astype(int),
        "too_few": few,
    })  # fmt: skip
    return rows[rows["n"] != 0].reset_index(drop=True)


def value_labels(values: pd.Series) -> pd.Series:
    """Values of a dimension as texts."""
    plain = [plain_value(value) for value in values.astype(object)]
    # Said to be text, for of no values at all nobody could tell.
    return pd.Series([NOT_RECORDED if value is None else str(value) for value in plain], dtype="str")


def _joined(now: pd.DataFrame, before: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    """Both periods side by side; a count of a value that is in one of them only is 0 in the other."""
    then = before[["label", "value", "n"]].rename(columns={"value": "before", "n": "n_before"})
    frame = now.merge(then, on="label", how="outer" if is_counted(kpi) else "left")
    if is_counted(kpi):
        frame = frame.fillna({"value": 0.0, "n": 0, "before": 0.0, "too_few": False})
    frame["n_before"] = frame["n_before"].fillna(0).astype(int)
    frame["n"], frame["too_few"] = frame["n"].astype(int), frame["too_few"].astype(bool)
    frame["change"] = frame["value"] - frame["before"]
    return frame
