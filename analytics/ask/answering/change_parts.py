"""The change of a KPI split among the values of a dimension, exactly: what each did by its size and by its level."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Value, plain_value
from analytics.kpi import Kpi, Ratio
from analytics.measure import FEWEST_TICKETS, KpiResult

_NEAR = 0.1
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class ChangeParts:
    """`frame` has a row a value of `dimension`, the largest part first.

    The dimension, `value`, `numerator`, `denominator`, `too_few`, `reason`, `before`, `change`, `tickets`,
    `tickets_before`; `mix` (what another share of the tickets does), `level` (what its own other value does) and
    `part`, their sum, in the KPI's unit. The parts add up to the change of the whole. A count has a level alone.
    """

    dimension: str
    kpi: Kpi
    frame: pd.DataFrame

    @property
    def change(self) -> float:
        """The change of the whole."""
        return float(self.frame["part"].sum())

    @property
    def named(self) -> pd.DataFrame:
        """The values with enough tickets to be named, whose part goes the way of the whole."""
        now, then = self.frame["tickets"], self.frame["tickets_before"]
        few = (now < FEWEST_TICKETS) | (then < FEWEST_TICKETS) if is_ratio(self.kpi) else now + then < FEWEST_TICKETS
        return self.frame[~few & (self.frame["part"] * self.change > 0)]

    @property
    def telling(self) -> float:
        """How far the largest named part exceeds its share of the tickets; nothing where it does not."""
        parts, named = self.frame["part"].abs().sum(), self.named
        if not parts or named.empty or len(self.frame) < 2:
            return 0.0
        both = self.frame["tickets"] + self.frame["tickets_before"]
        excess = abs(named["part"].iloc[0]) / parts - both[named.index[0]] / both.sum()
        return max(float(excess), 0.0)


def change_parts(now: KpiResult, before: KpiResult) -> ChangeParts:
    """The parts of the change of a ratio, a count or a level, of results split by the same one dimension."""
    (dimension,), kpi = now.query.by, now.kpi
    after, then = _by_value(now, dimension), _by_value(before, dimension)
    values = list(dict.fromkeys([*after, *then]))
    (n1, sum1), (n0, sum0) = (_numbers(side, values, kpi) for side in (after, then))
    value, earlier = (_value(n, total, kpi) for n, total in ((n1, sum1), (n0, sum0)))
    mix, level = _ratio_parts(n0, sum0, n1, sum1) if is_ratio(kpi) else (np.zeros(len(values)), sum1 - sum0)
    told, told_before = (_told(numbers, n, kpi) for numbers, n in ((value, n1), (earlier, n0)))
    frame = pd.DataFrame(
        {
            dimension: pd.Series(values, dtype=object),
            "value": value,
            "numerator": sum1,
            "denominator": n1 if is_ratio(kpi) else np.nan,
            "too_few": is_ratio(kpi) & (n1 > 0) & (n1 < FEWEST_TICKETS),
            "reason": pd.Series([None if known == known else "no tickets to measure" for known in value], dtype=object),
            "before": told_before,
            "change": told - told_before,
            "tickets": n1.astype(int),
            "tickets_before": n0.astype(int),
            "mix": mix,
            "level": level,
            "part": mix + level,
        }
    )
    order = np.argsort(-np.abs(frame["part"].to_numpy(dtype=float)), kind="stable")
    return ChangeParts(dimension, kpi, frame.iloc[order].reset_index(drop=True))


def most_telling(found: list[ChangeParts]) -> ChangeParts | None:
    """The split that says most; of those that say about as much, the first."""
    best = max((one.telling for one in found), default=0.0)
    return next((one for one in found if one.telling > 0 and one.telling >= best - _NEAR), None)


def is_ratio(kpi: Kpi) -> bool:
    """Whether the KPI divides one sum by another."""
    return isinstance(kpi.value, Ratio)


def _by_value(result: KpiResult, dimension: str) -> dict[Value, tuple[float, float]]:
    """Value -> numerator and denominator."""
    frame = result.frame
    keys = [plain_value(value) for value in frame[dimension].astype(object)]
    pairs = zip(frame["numerator"].fillna(0.0).tolist(), frame["denominator"].fillna(0.0).tolist(), strict=True)
    return dict(zip(keys, pairs, strict=True))


def _numbers(side: dict[Value, tuple[float, float]], values: list[Value], kpi: Kpi) -> tuple[Array, Array]:
    """Tickets, and what they add up to; of a count both are the same."""
    pairs = np.array([side.get(value, (0.0, 0.0)) for value in values], dtype=float).reshape(-1, 2)
    return (pairs[:, 1], pairs[:, 0]) if is_ratio(kpi) else (pairs[:, 0], pairs[:, 0])


def _value(n: Array, total: Array, kpi: Kpi) -> Array:
    return np.asarray(total / np.where(n == 0, np.nan, n)) if is_ratio(kpi) else total


def _told(value: Array, n: Array, kpi: Kpi) -> Array:
    return np.where(n < FEWEST_TICKETS, np.nan, value) if is_ratio(kpi) else value


def _ratio_parts(n0: Array, sum0: Array, n1: Array, sum1: Array) -> tuple[Array, Array]:
    """Kitagawa's components with midpoint weights; a value seen on one side only counts as mix."""
    none = np.zeros(len(n0))
    if not n0.sum() or not n1.sum():
        return none, none
    share0, share1 = n0 / n0.sum(), n1 / n1.sum()
    own0, own1 = sum0 / np.where(n0 == 0, np.nan, n0), sum1 / np.where(n1 == 0, np.nan, n1)
    then, now = np.where(n0 > 0, own0, own1), np.where(n1 > 0, own1, own0)
    then, now = np.nan_to_num(then), np.nan_to_num(now)
    middle = (sum0.sum() / n0.sum() + sum1.sum() / n1.sum()) / 2
    return (share1 - share0) * ((now + then) / 2 - middle), (now - then) * (share1 + share0) / 2
