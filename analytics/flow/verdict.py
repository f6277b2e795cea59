"""Verdict: whether the backlog grows, shrinks, stands still, or cannot be told, from the mean of weekly net flow.

A trend fitted to the level itself would call 30 to 80 % of quiet windows a trend; the mean of net flow, with a
standard error that allows for runs of good and bad weeks, calls at most about 10 % so.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from analytics.filters import Filters
from analytics.flow.ages import ages
from analytics.flow.basis import Basis
from analytics.flow.daily import daily_flow
from analytics.flow.edges import Edges, Mark, edges_of
from analytics.flow.weekly import weeks_of
from analytics.formatting import day_text
from analytics.kpis.backlog import BACKLOG
from analytics.measure import account
from analytics.warehouse.engine import Engine

Word = Literal["growing", "flat", "shrinking", "cannot tell"]
FEWEST_WEEKS = 8
_CONFIDENCE = 0.95
_FLAT_WEEKS = 13
_FLAT_BAND = 0.10
_FLAT_SHARE = 0.90
_ENDS = 3
_WEEK_DAYS = 7
# Nearer to 1 the correction would be a guess: the mean of so few weeks says nothing then.
_MOST_RHO = 0.95


@dataclass(frozen=True)
class Drift:
    """The mean of weekly net flow, its 95 % interval and standard error, and the degrees of freedom behind it."""

    mean: float
    lo: float
    hi: float
    standard_error: float
    degrees: float


@dataclass(frozen=True)
class Verdict:
    """The verdict on the window: tickets a week with a 95 % interval (None where not worked out).

    `frame` has the weeks used: `week`, `opened`, `ended`, `net`, `open`; `marks` are the edges that touch the window.
    `sentence` says it all, `reason` why it is so; neither quotes an export.
    """

    verdict: Word
    drift_per_week: float | None
    lo: float | None
    hi: float | None
    weeks: int
    reason: str
    sentence: str
    frame: pd.DataFrame
    marks: tuple[Mark, ...]
    basis: Basis


def verdict(engine: Engine, filters: Filters) -> Verdict:
    """The verdict on the whole weeks of the filters' period that lie between the edges of the records."""
    daily = daily_flow(engine, filters)
    found = edges_of(daily, ages(engine, filters)) if len(daily.frame) else Edges()
    weeks = weeks_of(daily, filters.start, filters.end)
    used = weeks[~weeks["partial"] & found.usable(weeks["week"])].drop(columns="partial").reset_index(drop=True)
    marks = found.within(filters.start, filters.end)
    said = judged(used, daily.last_day)
    basis = _basis(engine, filters, daily.sql, dict(daily.parameters))
    return replace(said, marks=marks, basis=basis, reason=said.reason + _left_out(marks))


def drift(net: np.ndarray) -> Drift:
    """The mean of weekly net flow with its interval; needs at least two weeks.

    The standard error is the larger of Newey-West's (lag n^(1/3)) and one corrected for a first-order autocorrelation
    whose small-sample bias is taken off; Student's t with the degrees of freedom of the effective number of weeks.
    """
    weeks, mean = len(net), float(net.mean())
    rho = _rho(net)
    inflation = (1 + rho) / (1 - rho)
    corrected = np.sqrt(net.var(ddof=1) / weeks * inflation)
    standard_error = float(max(_newey_west(net), corrected))
    degrees = float(np.clip(weeks / max(inflation, 1) - 1, 2, weeks - 1))
    half = float(stats.t.ppf(0.5 + _CONFIDENCE / 2, degrees)) * standard_error
    return Drift(mean, mean - half, mean + half, standard_error, degrees)


def _rho(net: np.ndarray) -> float:
    """Lag-1 autocorrelation, Kendall's bias of -(1 + 3 rho) / n taken off."""
    away = net - net.mean()
    total = float((away**2).sum())
    if total == 0 or len(net) < 4:
        return 0.0
    rho = float((away[1:] * away[:-1]).sum()) / total
    return float(np.clip((len(net) * rho + 1) / (len(net) - 3), -_MOST_RHO, _MOST_RHO))


def _newey_west(net: np.ndarray) -> float:
    away, weeks = net - net.mean(), len(net)
    lags = int(round(weeks ** (1 / 3), 9))
    terms = [(away[lag:] * away[: weeks - lag]).sum() / weeks for lag in range(lags + 1)]
    weighted = terms[0] + 2 * sum((1 - lag / (lags + 1)) * terms[lag] for lag in range(1, lags + 1))
    return float(np.sqrt(max(weighted, 0.0) / (weeks - 1)))


def is_flat(levels: np.ndarray) -> bool:
    """Whether the level stayed: 90 % of weeks within 10 % of the median, and the ends within 10 % of each other."""
    middle = float(np.median(levels))
    near = np.abs(levels - middle) <= _FLAT_BAND * middle
    first, last = float(levels[:_ENDS].mean()), float(levels[-_ENDS:].mean())
    return bool(near.mean() >= _FLAT_SHARE and abs(last - first) <= _FLAT_BAND * first)


def judged(used: pd.DataFrame, last_day: date | None = None) -> Verdict:
    """The verdict on these weeks, all of which count; without marks and basis. `last_day` is that of the records."""
    if len(used) < FEWEST_WEEKS:
        return _too_short(used)
    found, when = drift(used["net"].to_numpy(dtype=float)), _when(used, last_day)
    rate = f"by {abs(found.mean):,.1f} tickets a week (between {_bounds(found.lo, found.hi)}) {when}."
    if found.lo > 0:
        return _said("growing", found, used, f"Growing {rate}", "More came than left, beyond chance.")
    if found.hi < 0:
        return _said("shrinking", found, used, f"Shrinking {rate}", "More left than came, beyond chance.")
    levels = used["open"].to_numpy(dtype=float)[-_FLAT_WEEKS:]
    spread = f"between {found.lo:+,.1f} and {found.hi:+,.1f} tickets a week"
    which = "it" if len(used) <= _FLAT_WEEKS else f"the level of its last {_FLAT_WEEKS} weeks"
    middle, lowest, highest = float(np.median(levels)), float(levels.min()), float(levels.max())
    if is_flat(levels):
        sentence = f"Flat {when}: {which} stayed within 10 % of {middle:,.0f} open."
        return _said("flat", found, used, sentence, f"No drift beyond chance: it lies {spread}.")
    swing = f"{(highest - lowest) / middle:.0%}, ".replace("%", " %") if middle else ""
    sentence = f"Cannot tell {when}: {which} swings by {swing}between {lowest:,.0f} and {highest:,.0f} open."
    return _said("cannot tell", found, used, sentence, f"No drift beyond chance, it lies {spread}; and it is not flat.")


def excess_by_week(weeks: pd.Series, days: pd.DataFrame) -> pd.Series:
    """Per Monday of `weeks`: tickets of the mass closures of `days` (`day`, `excess`), beyond what is usual."""
    return weeks.map(days["excess"].groupby(mondays(days)).sum()).fillna(0.0).astype(float)


def mondays(days: pd.DataFrame) -> pd.Series:
    """The Monday of each `day`."""
    return days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")


def steadied(found: Verdict, days: pd.DataFrame, last_day: date | None = None) -> Verdict:
    """The verdict had the mass closures of `days` not been; `found` itself where none is within its weeks."""
    excess = excess_by_week(found.frame["week"], days)
    if not excess.any():
        return found
    net, level = found.frame["net"] + excess, found.frame["open"] + excess.cumsum()
    return judged(found.frame.assign(net=net, open=level), last_day)


def without_clean_ups(found: Verdict, days: pd.DataFrame) -> str:
    """What the sentence would be had the mass closures of `days` (`day`, `excess`) not been; empty if no matter."""
    instead = steadied(found, days)
    if instead.verdict == found.verdict or instead.lo is None or instead.hi is None:
        return ""
    called = {"flat": "flat", "cannot tell": "one that cannot be told"}.get(instead.verdict)
    if called or instead.drift_per_week is None:
        return f"Without the clean-ups in this window the verdict would be {called}."
    rate = f"{abs(instead.drift_per_week):,.1f} tickets a week (between {_bounds(instead.lo, instead.hi)})"
    return f"Without the clean-ups in this window it would be {instead.verdict} by {rate}."


def _bounds(lo: float, hi: float) -> str:
    near, far = sorted((abs(lo), abs(hi)))
    return f"{near:,.1f} and {far:,.1f}"


def _too_short(used: pd.DataFrame) -> Verdict:
    count = f"{len(used) or 'no'} whole {'weeks' if len(used) > 1 else 'week'} with sound records"
    sentence = f"Cannot tell: the window has {count}, and it takes {FEWEST_WEEKS}."
    return _said("cannot tell", None, used, sentence, f"Fewer than {FEWEST_WEEKS} weeks to judge by.")


def _said(word: Word, found: Drift | None, used: pd.DataFrame, sentence: str, reason: str) -> Verdict:
    mean, lo, hi = (found.mean, found.lo, found.hi) if found else (None, None, None)
    return Verdict(word, mean, lo, hi, len(used), reason, sentence, used, (), Basis("", "", {}, None, 0))


def _when(used: pd.DataFrame, last_day: date | None) -> str:
    """`over the last 26 weeks`, or with dates where the window ends earlier than the records."""
    first, last = used["week"].iloc[0].date(), used["week"].iloc[-1].date() + timedelta(days=6)
    if last_day is not None and (last_day - last).days < _WEEK_DAYS:
        return f"over the last {len(used)} weeks"
    return f"over the {len(used)} weeks from {day_text(first)} to {day_text(last)}"


def _left_out(marks: tuple[Mark, ...]) -> str:
    """` Left out: ramp-up.`, the kinds of edges that the window touches, or nothing."""
    kinds = dict.fromkeys(mark.kind for mark in marks if mark.left_out)
    return f" Left out: {', '.join(kinds)}." if kinds else ""


def _basis(engine: Engine, filters: Filters, sql: str, parameters: dict[str, object]) -> Basis:
    until = filters.between(None, filters.end)
    behind = account(engine, BACKLOG, until)
    return Basis(
        definition="Growing or shrinking: the mean of weekly net flow (opened less ended) differs from nought at 95 % "
        "confidence, allowing for runs of good and bad weeks. Flat: no such drift, at least 90 % of the last 13 weeks "
        "within 10 % of their median, and the last three within 10 % of the first three. Else: cannot tell.",
        sql=sql,
        parameters=parameters,
        as_of=engine.as_of,
        used=behind.used,
        excluded=behind.excluded,
        caveats=(
            f"Only whole weeks count, at least {FEWEST_WEEKS}; under about 12 only a strong drift can be shown.",
            "Weeks in which the records begin or end are left out, and said so.",
            "A mass closure lowers the drift of its week without being an improvement.",
        ),
        source="Newey and West (1987); Kendall (1954) for the bias of the autocorrelation.",
        filters=filters.sentence("opened or ended"),
    )
