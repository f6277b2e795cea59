"""HonestMttr: the conventional time to resolve by month opened beside the one that knows of tickets still open."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analytics.extent import bounded
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.survival import CAVEATS, Survival, survival
from analytics.flow.survival_curve import SurvivalCurve
from analytics.formatting import hours_text, period_text
from analytics.kpis import KPIS, find_kpi
from analytics.kpis.median_time_to_resolve import MEDIAN_TIME_TO_RESOLVE
from analytics.kpis.mttr import MTTR
from analytics.kpis.p90_time_to_resolve import P90_TIME_TO_RESOLVE
from analytics.measure import FEWEST_TICKETS, measure_each
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from analytics.window import whole_periods

DEFINITION = (
    "By month opened: the conventional median and mean of the hours from opening to the end, of the tickets that have "
    "ended alone; beside them the Kaplan-Meier median of all, in which open tickets count as not ended yet."
)
_FURTHER_CAVEATS = (
    "Months are whole, also those that the chosen period only touches.",
    "Both medians are the first time by which half have ended; the KPI takes the middle of the two middle tickets.",
)
# A month of fewer tickets is not quoted in the sentence.
FEWEST_FOR_A_SENTENCE = 20
# Below this share of open tickets the two figures can hardly differ.
_FEW_OPEN = 0.02


@dataclass(frozen=True)
class HonestMttr:
    """By whole months.

    `by_opened` has `month`, `tickets`, `ended`, `still_open`, `still_open_share`, the conventional `mean_hours` and
    `median_hours` (of those that have ended alone), the honest `honest_median_hours` or, where that is not yet known,
    `more_than_hours`, `restricted_mean_hours`, `within_share`, `within_lo`, `within_hi`, `too_few`.
    `by_resolved` has `month`, `tickets`, `mean_hours`, `median_hours`, `p90_hours`, where it can be told
    `business_mean_hours`, and `too_few`. Unknown is NaN.
    """

    by_opened: pd.DataFrame
    by_resolved: pd.DataFrame
    overall: Survival
    target_hours: float
    sentence: str
    basis: Basis


def honest_mttr(engine: Engine, filters: Filters, target_hours: float) -> HonestMttr:
    """Both figures for the months that the filters' period touches, each month whole."""
    months = whole_periods(bounded(engine, filters), Grain.MONTH)
    overall = survival(engine, filters)
    opened = survival(engine, months, Grain.MONTH)
    rows = [_row(month, curve, overall.horizon_hours, target_hours) for month, curve in opened.curves.items()]
    by_opened = pd.DataFrame(rows, columns=_COLUMNS)
    basis = replace(opened.basis, definition=f"{DEFINITION} {_horizon(overall)}", caveats=(*CAVEATS, *_FURTHER_CAVEATS))
    return HonestMttr(by_opened, _by_resolved(engine, months), overall, target_hours, gap_sentence(by_opened), basis)


_COLUMNS = (
    "month", "tickets", "ended", "still_open", "still_open_share", "mean_hours", "median_hours",
    "honest_median_hours", "more_than_hours", "restricted_mean_hours", "within_share", "within_lo", "within_hi",
    "too_few",
)  # fmt: skip


def _row(month: pd.Timestamp, curve: SurvivalCurve, horizon: float, target: float) -> dict[str, Any]:
    """A month's row. Figures of fewer than `FEWEST_TICKETS` tickets are not told."""
    ended = curve.tickets - curve.censored
    row: dict[str, Any] = {
        "month": month, "tickets": curve.tickets, "ended": ended, "still_open": curve.censored, "too_few": curve.too_few
    }  # fmt: skip
    if ended >= FEWEST_TICKETS:
        row |= {"mean_hours": curve.ended_mean, "median_hours": curve.ended_median}
    if curve.too_few:
        return row
    within = curve.within(target)
    return row | {
        "still_open_share": curve.censored / curve.tickets,
        "honest_median_hours": curve.median,
        "more_than_hours": curve.followed_hours if curve.median is None else None,
        "restricted_mean_hours": curve.restricted_mean(horizon),
        "within_share": within.share,
        "within_lo": within.lo,
        "within_hi": within.hi,
    }


def _by_resolved(engine: Engine, filters: Filters) -> pd.DataFrame:
    """The ordinary figures by month resolved; business hours where that KPI is there."""
    names = {
        MTTR.name: "mean_hours",
        MEDIAN_TIME_TO_RESOLVE.name: "median_hours",
        P90_TIME_TO_RESOLVE.name: "p90_hours",
    }
    if "mttr_business" in {kpi.name for kpi in KPIS}:
        names["mttr_business"] = "business_mean_hours"
    results = measure_each(engine, [find_kpi(name) for name in names], filters, grain=Grain.MONTH)
    frames = [
        result.frame.assign(**{names[name]: result.frame["value"].mask(result.frame["too_few"])}).set_index("period")
        for name, result in results.items()
    ]
    counts = frames[0][["denominator", "too_few"]].rename(columns={"denominator": "tickets"})
    values = [frame[[column]] for frame, column in zip(frames, names.values(), strict=True)]
    joined = pd.concat([counts, *values], axis=1).loc[counts.index]
    return joined.rename_axis("month").reset_index().astype({"tickets": int})


def gap_sentence(by_opened: pd.DataFrame) -> str:
    """The newest month of which enough is known, in words: how far the conventional figure is from the honest one."""
    told = by_opened[(by_opened["tickets"] >= FEWEST_FOR_A_SENTENCE) & by_opened["median_hours"].notna()]
    if told.empty:
        return "Too few tickets a month to compare the conventional time to resolve with the honest one."
    row = told.iloc[-1].to_dict()
    conventional, share = hours_text(row["median_hours"]), row["still_open_share"]
    known = pd.notna(row["honest_median_hours"])
    honest = hours_text(row["honest_median_hours"]) if known else f"more than {hours_text(row['more_than_hours'])}"
    opened = f"Of the tickets opened in {period_text(row['month'].date(), Grain.MONTH)}"
    if not row["still_open"]:
        return f"{opened}, none is still open: their median, {conventional}, will not change."
    opened = f"{opened}, {_per_cent(share)} are still open"
    if share < _FEW_OPEN or conventional == honest:
        return f"{opened}: the conventional median, {conventional}, and the honest one, {honest}, hardly differ."
    return f"{opened}; the conventional median, {conventional}, is made of the quick ones; the honest one is {honest}."


def _per_cent(share: float) -> str:
    return "fewer than 1 %" if share < 0.01 else f"{share * 100:.0f} %"


def _horizon(overall: Survival) -> str:
    return f"The restricted mean is of the first {overall.horizon_hours / 24:.0f} days."
