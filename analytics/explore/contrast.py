"""Contrast: what sets one group of tickets apart from another, dimension by dimension, beyond chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.explore.chance import Difference, holm, log_difference, share_difference
from analytics.explore.sides import Sides, side_sql, value_sums
from analytics.flow.basis import Basis
from analytics.kpi import Count, Kpi, Stock, Unit
from analytics.kpis import find_kpi
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine

# So many tickets make a comparison worth a test.
ENOUGH = 20
LEVEL = 0.05
# Below this a difference is not worth telling, however sure it is: a point of a share, a tenth of a duration.
SMALLEST_POINTS, SMALLEST_TIMES = 0.01, 1.1
# Below this overlap of its shares a dimension only repeats what the sides are.
_LEAST_OVERLAP = 0.01
SHARE, VALUE = "share", "value"
_DEFINITION = (
    "For every value of every dimension: its share of the tickets on one side against its share on the other, and for "
    "ratios and durations the KPI among its tickets on both sides."
)
_CAVEATS = (
    f"A comparison needs {ENOUGH} tickets; of the KPI, {ENOUGH} on each side. Smaller groups are not judged.",
    "Shares and ratios: Fisher's exact test, interval of Newcombe.",
    (
        "Durations: Welch's test on logarithms. So typical durations are compared, geometric means, which a few very "
        "long tickets do not move."
    ),
    (
        "Beyond chance means under 5 % after Holm's correction for all comparisons made together: where nothing "
        "differs, at most one look in twenty finds anything. Each interval is 95 % for itself alone."
    ),
    "Differences under one point of a share or ratio, or under a tenth of a duration, are not told.",
    "Tickets are taken as independent of each other: of one outage with many tickets the sureness is overstated.",
    "A difference is where to look first. It is not a cause.",
)
_STOCK_CAVEAT = (
    "A ticket open on both days is on both sides, so a change of the backlog is judged with too much caution."
)
_SOURCE = "Fisher 1935; Newcombe 1998, method 10; Welch 1947; Holm 1979."


@dataclass(frozen=True)
class Contrast:
    """What differs between the tickets here and there.

    `frame` has a row a comparison judged, the largest clear difference first: `dimension` (empty for all tickets),
    `label`, `kind` (`share` of the tickets, or `value` of the KPI), `here` and `there` (shares 0 to 1, or typical
    hours), `difference` with `lo` and `hi` (a difference of shares, or the hours here as a multiple of those there),
    `n_here` and `n_there` (tickets of the value), `p`, `adjusted` (allowing for all comparisons), `clear` (beyond
    chance and worth telling) and `weight` (what it moves: the difference times the share of the tickets it is of).
    `not_judged` counts values with too few tickets; `left_out` are dimensions that only repeat what the sides are.
    With a `reason` nothing can be told.
    """

    kpi: Kpi
    sides: Sides
    frame: pd.DataFrame
    tickets_here: int
    tickets_there: int
    not_judged: int
    left_out: tuple[str, ...]
    reason: str
    basis: Basis

    @property
    def clear(self) -> pd.DataFrame:
        """The rows that differ beyond chance, the largest first."""
        return self.frame[self.frame["clear"]].reset_index(drop=True)


def contrast(engine: Engine, kpi: str, sides: Sides, dimensions: Sequence[str]) -> Contrast:
    """The contrast of two groups of tickets over these dimensions; raises `UnknownName` for no KPI."""
    known = find_kpi(kpi)
    whole = value_sums(engine, known, sides, "")
    n_here, n_there = (int(whole[f"n_{side}"].sum()) for side in ("here", "there"))
    reason = _reason(n_here, n_there)
    rows, not_judged, left_out = [_value_rows(known, "", whole)] if not reason else [], 0, []
    for name in () if reason else dimensions:
        if name in sides.told:
            continue
        sums = value_sums(engine, known, sides, name)
        if len(sums) < 2:
            continue
        if _overlap(sums, n_here, n_there) < _LEAST_OVERLAP:
            left_out.append(name)
            continue
        rows += [_share_rows(name, sums, n_here, n_there), _value_rows(known, name, sums)]
        not_judged += int((sums["n_here"] + sums["n_there"] < ENOUGH).sum())
    frame = _judged(
        pd.concat(rows, ignore_index=True) if rows else _share_rows("", whole.iloc[:0], 1, 1), known, n_here
    )
    basis = _basis(engine, known, sides, dimensions, n_here + n_there)
    return Contrast(known, sides, frame, n_here, n_there, not_judged, tuple(left_out), reason, basis)


def _reason(n_here: int, n_there: int) -> str:
    for n, words in (
        (n_here, "there are too few tickets in what is compared"),
        (n_there, "there are too few to compare with"),
    ):
        if n < ENOUGH:
            return f"{words}: {n if n >= FEWEST_TICKETS else f'under {FEWEST_TICKETS}'} of the {ENOUGH} it takes"
    return ""


def _overlap(sums: pd.DataFrame, n_here: int, n_there: int) -> float:
    return float(np.minimum(sums["n_here"] / n_here, sums["n_there"] / n_there).sum())


def _share_rows(dimension: str, sums: pd.DataFrame, n_here: int, n_there: int) -> pd.DataFrame:
    """How large a part of the tickets each value is, here and there."""
    rows = sums[sums["n_here"] + sums["n_there"] >= ENOUGH]
    found = share_difference(rows["n_here"], n_here, rows["n_there"], n_there)
    here, there = rows["n_here"] / n_here, rows["n_there"] / n_there
    return _rows(dimension, SHARE, rows, here.to_numpy(), there.to_numpy(), found)


def _value_rows(kpi: Kpi, dimension: str, sums: pd.DataFrame) -> pd.DataFrame:
    """The KPI among the tickets of each value, here and there; a number of tickets has none but its share."""
    rows = sums[(sums["n_here"] >= ENOUGH) & (sums["n_there"] >= ENOUGH)]
    if isinstance(kpi.value, Count | Stock):
        rows = rows.iloc[:0]
    here, there = (rows[f"part_{side}"] / rows[f"n_{side}"] for side in ("here", "there"))
    if kpi.unit is not Unit.HOURS:
        found = share_difference(rows["part_here"], rows["n_here"], rows["part_there"], rows["n_there"])
        return _rows(dimension, VALUE, rows, here.to_numpy(), there.to_numpy(), found)
    logs = log_difference(*(rows[f"{name}_{side}"] for side in ("here", "there") for name in ("n", "part", "squares")))
    found = Difference(np.exp(logs.difference), np.exp(logs.lo), np.exp(logs.hi), logs.p)
    return _rows(dimension, VALUE, rows, np.exp(here.to_numpy()), np.exp(there.to_numpy()), found)


def _rows(
    dimension: str, kind: str, sums: pd.DataFrame, here: np.ndarray, there: np.ndarray, found: Difference
) -> pd.DataFrame:
    return pd.DataFrame({
        "dimension": dimension, "label": sums["label"].to_numpy(), "kind": kind, "here": here, "there": there,
        "difference": found.difference, "lo": found.lo, "hi": found.hi,
        "n_here": sums["n_here"].to_numpy(dtype=int), "n_there": sums["n_there"].to_numpy(dtype=int), "p": found.p,
    })  # fmt: skip


def _judged(frame: pd.DataFrame, kpi: Kpi, n_here: int) -> pd.DataFrame:
    """All comparisons corrected together; the clear ones first, each by what it moves."""
    times = (frame["kind"] == VALUE).to_numpy() & (kpi.unit is Unit.HOURS)
    with np.errstate(divide="ignore"):
        size = np.where(times, np.abs(np.log(np.where(times, frame["difference"], 1.0))), np.abs(frame["difference"]))
    told = size >= np.where(times, np.log(SMALLEST_TIMES), SMALLEST_POINTS)
    adjusted = holm(frame["p"])
    of = np.where(frame["kind"] == VALUE, frame["n_here"] / max(n_here, 1), 1.0)
    judged = frame.assign(adjusted=adjusted, clear=(adjusted < LEVEL) & told, weight=size * of)
    keys = judged.assign(unclear=~judged["clear"], below=judged["dimension"] != "", smaller=-judged["weight"])
    order = keys.sort_values(["unclear", "below", "smaller", "p", "dimension", "label"], kind="stable").index
    return judged.loc[order].reset_index(drop=True)


def _basis(engine: Engine, kpi: Kpi, sides: Sides, dimensions: Sequence[str], used: int) -> Basis:
    """With the statements of the first dimension: those of the others differ in its name alone."""
    name = next((name for name in dimensions if name not in sides.told), "")
    both = (("here", sides.here), ("all" if sides.nested else "there", sides.there))
    return Basis(
        definition=f"{_DEFINITION} Of the tickets that {kpi.title} counts.",
        sql="\n\n".join(f"-- {side}\n{side_sql(kpi, filters, name)}" for side, filters in both),
        parameters={f"{side}: {key}": value for side, filters in both for key, value in filters.parameters().items()},
        as_of=engine.as_of,
        used=used,
        caveats=(*_CAVEATS, *([_STOCK_CAVEAT] if kpi.is_stock else [])),
        source=_SOURCE,
        filters=" | against | ".join(filters.sentence(kpi.verb) for _, filters in both),
    )
