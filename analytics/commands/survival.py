"""survival: how long tickets stay open, with those still open as censored."""

import argparse
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED, check_dimension
from analytics.flow.honest_mttr import HonestMttr, honest_mttr
from analytics.flow.survival import Survival, survival
from analytics.flow.survival_curve import QUANTILES, SurvivalCurve
from analytics.formatting import TOO_FEW, UNKNOWN, hours_text
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import open_engine

NAME = "survival"
HELP = "how long tickets take, counting those still open"
_WITHIN_HOURS = 24.0
_GROUP_POINTS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--by", metavar="DIMENSION", help="a curve for each value of a dimension")
    parser.add_argument(
        "--within", type=float, default=_WITHIN_HOURS, metavar="HOURS", help="share that ends within (24 hours)"
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """The curve, its months and, if asked for, its groups."""
    filters = read_filters(arguments)
    if not 0 < arguments.within < float("inf"):
        raise BacklightError(f"--within {arguments.within:g} is no length of time: give hours above 0, such as 24.")
    by = check_dimension(arguments.by) if arguments.by else None
    engine = open_engine(folder)
    months = honest_mttr(engine, filters, arguments.within)
    groups = survival(engine, filters, by) if by else None
    return _document(months, groups), _text(months, groups)


def _document(months: HonestMttr, groups: Survival | None) -> dict[str, Any]:
    found = months.overall
    split = {} if groups is None else {"by": groups.by, "groups": _groups(groups, months)}
    return {
        "sentence": found.sentence,
        **_figures(found.whole, found.horizon_hours, months.target_hours),
        "curve": _points(found.whole, 200),
        **split,
        "by_month": [_month(row) for row in months.by_opened.to_dict("records")],
        "gap": months.sentence,
        **found.basis.document(),
    }


def _figures(curve: SurvivalCurve, horizon: float, hours: float) -> dict[str, Any]:
    """What is read off a curve; what cannot be told is null with a reason."""
    counts = {"tickets": curve.tickets, "censored": curve.censored}
    within = curve.within(hours)
    share = {"hours": hours, "share": within.share, "lo": within.lo, "hi": within.hi}
    reasons = {} if within.reason is None else {"reason": within.reason}
    if curve.too_few:
        nothing = {
            "median_hours": None,
            "median_more_than_hours": None,
            "reason": f"fewer than {FEWEST_TICKETS} tickets",
        }
        unknown: dict[str, Any] = {"quantiles": {}, "restricted_mean_hours": None, "horizon_hours": horizon}
        return counts | nothing | unknown | {"within": share | reasons}
    lo, hi = curve.median_interval()
    mean = curve.restricted_mean(horizon)
    unfollowed = {"restricted_mean_reason": f"no ticket has been followed for {hours_text(horizon)} yet"}
    return {
        **counts,
        **_median(curve),
        "median_lo_hours": lo,
        "median_hi_hours": hi,
        "quantiles": {f"{share:g}": curve.quantile(share) for share in QUANTILES},
        "restricted_mean_hours": mean,
        "horizon_hours": horizon,
        **(unfollowed if mean is None else {}),
        "within": share | reasons,
    }


def _median(curve: SurvivalCurve) -> dict[str, Any]:
    if curve.median is not None:
        return {"median_hours": curve.median, "median_more_than_hours": None}
    why = f"fewer than half have ended: the median is more than {hours_text(curve.followed_hours)}"
    return {"median_hours": None, "median_more_than_hours": curve.followed_hours, "reason": why}


def _points(curve: SurvivalCurve, most: int) -> list[dict[str, Any]]:
    points = curve.points(most) if curve.tickets and not curve.too_few else pd.DataFrame()
    return [{str(name): value for name, value in row.items()} for row in points.to_dict("records")]


def _groups(groups: Survival, months: HonestMttr) -> list[dict[str, Any]]:
    """The most tickets first."""
    ordered = sorted(groups.curves.items(), key=lambda group: (-group[1].tickets, str(group[0])))
    return [
        {
            str(groups.by): value if value is None or isinstance(value, str) else int(value),
            **_figures(curve, months.overall.horizon_hours, months.target_hours),
            "curve": _points(curve, _GROUP_POINTS),
        }
        for value, curve in ordered
    ]


_MONTH_NAMES = {
    "mean_hours": "conventional_mean_hours",
    "median_hours": "conventional_median_hours",
    "honest_median_hours": "median_hours",
    "more_than_hours": "median_more_than_hours",
}


def _month(row: dict[Any, Any]) -> dict[str, Any]:
    numbers = {name: None if pd.isna(value) else value for name, value in row.items() if name != "month"}
    named = {_MONTH_NAMES.get(name, name): value for name, value in numbers.items()}
    reason = {} if named["median_hours"] is not None else {"reason": _why(named)}
    return {"month": row["month"].date().isoformat(), **named, **reason}


def _why(month: dict[str, Any]) -> str:
    return f"fewer than {FEWEST_TICKETS} tickets" if month["too_few"] else "fewer than half have ended"


def _text(months: HonestMttr, groups: Survival | None) -> str:
    """For a person at a terminal."""
    found = months.overall
    lines = [found.sentence, *_summary(found.whole, found.horizon_hours, months.target_hours)]
    if groups is not None:
        ordered = sorted(groups.curves.items(), key=lambda group: -group[1].tickets)
        lines += [f"  {NOT_RECORDED if value is None else value}  {_line(curve)}" for value, curve in ordered]
    lines += ["by month opened: still open, conventional median, honest median"]
    lines += [f"  {row['month']:%Y-%m}  {_month_line(row)}" for row in months.by_opened.to_dict("records")]
    return "\n".join([*lines, months.sentence, f"of {found.basis.filters}", found.basis.definition])


def _summary(curve: SurvivalCurve, horizon: float, hours: float) -> list[str]:
    within, mean = curve.within(hours), curve.restricted_mean(horizon)
    told = within.reason or f"{within.share:.1%} ({within.lo:.1%} to {within.hi:.1%})"
    return [
        f"  within {hours_text(hours)}: {told}",
        f"  mean of the first {horizon / 24:.0f} days: {UNKNOWN if mean is None else hours_text(mean)}",
    ]


def _line(curve: SurvivalCurve) -> str:
    return f"{curve.median_text()}  n={curve.tickets:,}, {curve.censored:,} open"


def _month_line(row: dict[Any, Any]) -> str:
    if row["too_few"]:
        return f"{TOO_FEW}  n={row['tickets']:,}"
    conventional = UNKNOWN if pd.isna(row["median_hours"]) else hours_text(row["median_hours"])
    known = pd.notna(row["honest_median_hours"])
    honest = hours_text(row["honest_median_hours"]) if known else f"more than {hours_text(row['more_than_hours'])}"
    return f"{row['still_open_share']:.0%}  {conventional}  {honest}  n={row['tickets']:,}"
