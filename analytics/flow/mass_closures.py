"""MassClosures: days on which old tickets were closed in bulk; a clean-up, not an improvement.

A day is marked when its closures are improbable against the desk's own pattern and mostly of old or untouched tickets.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from scipy import stats

from analytics.filters import Filters
from analytics.flow.ages import ENDED_AGE, Ages, ages
from analytics.flow.basis import Basis
from analytics.flow.daily import DailyFlow, daily_flow
from analytics.flow.edges import COLLAPSE, START, Edges, edges_of
from analytics.formatting import count_text, day_text
from analytics.kpis.outflow import OUTFLOW
from analytics.measure import account
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

# A day this improbable comes once in some 400 years of work of a desk that keeps to its pattern.
_IMPROBABLE = 1e-5
_FEWEST_EXCESS = 10
_MOSTLY = 0.5
_OLD_SHARE = 0.85
_UNTOUCHED_DAYS = 30
# The same weekday of so many weeks before and after, the day itself left out.
_WEEKS_AROUND = 8
# So many of the largest and of the smallest of them are left out: another clean-up, a holiday.
_TRIMMED = 2
_LEAST_EXPECTED = 0.5
_FEWEST_WEEKS = 8


@dataclass(frozen=True)
class MassClosures:
    """`frame` has a row a day marked: `day`, `ended`, `expected`, `excess`, `old_share`, `median_age_days`.

    `old_age_days` is the age from which a ticket counts as old; a ticket without any event for 30 days does too.
    """

    frame: pd.DataFrame
    old_age_days: int | None
    filters: Filters
    basis: Basis

    def within(self, start: date | None, end: date | None) -> pd.DataFrame:
        """The days marked from `start` to before `end`."""
        days = self.frame["day"]
        after = days >= pd.Timestamp(start) if start else days == days
        return self.frame[after & (days < pd.Timestamp(end))] if end else self.frame[after]

    def selection(self, day: date) -> Selection:
        """The tickets closed on a day, oldest first."""
        conditions = ["opened_on IS NOT NULL", "ended_on = :closed_on", *self.filters.value_conditions()]
        parameters = self.filters.between(None, None).parameters() | {"closed_on": day}
        words = f"tickets closed on {day}, the oldest first"
        return Selection(words, " AND ".join(conditions), parameters, "opened_at, ticket_id")


def mass_closures(engine: Engine, filters: Filters) -> MassClosures:
    """The days in the filters' period marked as clean-ups; the pattern is that of the whole of the records."""
    return closures_of(engine, filters, daily_flow(engine, filters), ages(engine, filters))


def closures_of(engine: Engine, filters: Filters, daily: DailyFlow, aged: Ages) -> MassClosures:
    """The same of a daily flow and its tickets' ages, where they are known already."""
    marked, basis = marked_days(engine, filters, daily, aged), _basis(engine, filters, daily)
    found = MassClosures(marked, aged.percentile(_OLD_SHARE), filters, basis)
    return replace(found, frame=found.within(filters.start, filters.end).reset_index(drop=True))


def marked_days(engine: Engine, filters: Filters, daily: DailyFlow, aged: Ages) -> pd.DataFrame:
    """The frame of `MassClosures` over the whole of the records."""
    old_days = aged.percentile(_OLD_SHARE) or 0
    days = _improbable_days(daily, _old_counts(engine, filters, daily, old_days))
    days = days[_in_pattern(days["day"], edges_of(daily, aged))].reset_index(drop=True)
    if days.empty:
        return days.assign(old_share=np.zeros(0), median_age_days=np.zeros(0))
    facts = _ages_on(engine, filters, tuple(days["day"].dt.date), old_days)
    joined = days.merge(facts, on="day", how="left")
    return joined[joined["old_share"] >= _MOSTLY].reset_index(drop=True)


def _improbable_days(daily: DailyFlow, old: np.ndarray) -> pd.DataFrame:
    """Days with far more closures, or closures of old tickets, than usual: `day`, `ended`, `expected`, `excess`."""
    ended = daily.frame["ended"].to_numpy(dtype=float)
    expected = usual_counts(ended)
    days = daily.frame[["day", "ended"]].assign(expected=expected, excess=ended - expected)
    many = (days["excess"].to_numpy() >= _FEWEST_EXCESS) & (improbable(ended) | improbable(old))
    return days[many].reset_index(drop=True)


def _in_pattern(days: pd.Series, found: Edges) -> pd.Series:
    """Which days lie where the records are whole: a few rows before or after them have no pattern of their own."""
    thin = [mark for mark in found.marks if mark.kind in (START, COLLAPSE)]
    outside = [(days >= pd.Timestamp(mark.start)) & (days < pd.Timestamp(mark.end)) for mark in thin]
    return pd.Series(~np.logical_or.reduce([np.zeros(len(days), dtype=bool), *outside]), index=days.index)


def _old_counts(engine: Engine, filters: Filters, daily: DailyFlow, old_days: int) -> np.ndarray:
    """Per day of the records, the tickets that ended at an age above `old_days`."""
    conditions = ["opened_on IS NOT NULL", "ended_on IS NOT NULL", f"{ENDED_AGE} > :old_days"]
    where = " AND ".join([*conditions, *filters.value_conditions()])
    sql = f"SELECT ended_on, count(*) AS tickets\nFROM tickets\nWHERE {where}\nGROUP BY 1\nORDER BY 1"
    found = engine.query(sql, {**filters.between(None, None).parameters(), "old_days": old_days})
    by_day = pd.Series(found["tickets"].to_numpy(), index=found["ended_on"].astype("datetime64[us]"))
    return np.asarray(by_day.reindex(daily.frame["day"], fill_value=0), dtype=float)


def improbable(counts: np.ndarray) -> np.ndarray:
    """Which days bring so many more than usual that chance cannot be meant."""
    expected, known = usual_counts(counts), _has_pattern(counts)
    if not known.any():
        return known
    tail = _tail(counts, expected, _dispersion(counts[known], expected[known]))
    return np.asarray(known & (counts - expected >= _FEWEST_EXCESS) & (tail < _IMPROBABLE))


def usual_counts(counts: np.ndarray) -> np.ndarray:
    """What each day would usually bring: the trimmed mean of its weekday in the eight weeks before and after it.

    At least that of the week's middle day: work done on a Saturday for once is no clean-up.
    """
    weeks = max(1, -(-len(counts) // 7))
    grid = np.full((weeks + 2 * _WEEKS_AROUND, 7), np.nan)
    grid[_WEEKS_AROUND : _WEEKS_AROUND + weeks].flat[: len(counts)] = counts
    around = sliding_window_view(grid, 2 * _WEEKS_AROUND + 1, axis=0).copy()
    around[:, :, _WEEKS_AROUND] = np.nan
    ranked = np.sort(around, axis=2)
    known = (~np.isnan(ranked)).sum(axis=2)
    trimmed = np.minimum(_TRIMMED, (known - 1) // 2)[:, :, None]
    places = np.arange(ranked.shape[2])
    kept = np.where((places >= trimmed) & (places < known[:, :, None] - trimmed), ranked, np.nan)
    sums, sizes = np.nansum(kept, axis=2), (~np.isnan(kept)).sum(axis=2)
    usual = sums / np.maximum(sizes, 1)
    usual = np.maximum(usual, np.median(usual, axis=1, keepdims=True))
    return np.asarray(np.maximum(usual.reshape(-1)[: len(counts)], _LEAST_EXPECTED))


def _has_pattern(counts: np.ndarray) -> np.ndarray:
    """Whether there are closures in at least eight of the weeks around each day: else there is nothing to compare."""
    if not len(counts):
        return np.zeros(0, dtype=bool)
    weeks = np.add.reduceat(counts, np.arange(0, len(counts), 7)) > 0
    active = np.convolve(weeks, np.ones(2 * _WEEKS_AROUND + 1))[_WEEKS_AROUND : _WEEKS_AROUND + len(weeks)]
    return np.asarray(np.repeat(active >= _FEWEST_WEEKS, 7)[: len(counts)])


def _tail(ended: np.ndarray, expected: np.ndarray, dispersion: float) -> np.ndarray:
    """The probability of at least so many closures: negative binomial with the desk's own dispersion."""
    if dispersion < 1e-6:
        return np.asarray(stats.poisson.sf(ended - 1, expected))
    size = 1 / dispersion
    return np.asarray(stats.nbinom.sf(ended - 1, size, size / (size + expected)))


def _dispersion(ended: np.ndarray, expected: np.ndarray) -> float:
    """How far counts vary beyond chance, variance = mean + dispersion x mean^2, from working days.

    The larger of what the middle half and the upper fortieth of the deviations say: neither minds a few clean-ups.
    """
    usual = expected[expected > _LEAST_EXPECTED]
    if not len(usual):
        return 0.0
    working = expected >= np.median(usual)
    deviations = (ended[working] - expected[working]) / np.sqrt(expected[working])
    middle = 1.4826 * float(np.median(np.abs(deviations)))
    upper = float(np.quantile(deviations, 0.975)) / 1.96
    return max(0.0, (max(middle, upper) ** 2 - 1) / float(np.median(expected[working])))


def _ages_on(engine: Engine, filters: Filters, days: tuple[date, ...], old_days: int) -> pd.DataFrame:
    """Per day: the share of its ended tickets that were old or untouched, and their median age."""
    marks = {f"day_{place}": day for place, day in enumerate(days)}
    chosen = [f"ended_on IN ({', '.join(f':{name}' for name in marks)})", "opened_on IS NOT NULL"]
    conditions = " AND ".join([*chosen, *filters.value_conditions()])
    sql = (
        f"WITH closed AS (\n  SELECT ticket_key, ended_on, {ENDED_AGE} AS age_days\n  FROM tickets\n"
        f"  WHERE {conditions}\n),\n"
        "touched AS (\n  SELECT closed.ticket_key, max(entered_on) AS touched_on\n"
        "  FROM stays INNER JOIN closed ON closed.ticket_key = stays.ticket_key\n"
        "  WHERE stays.entered_on < closed.ended_on\n  GROUP BY 1\n)\n"
        "SELECT ended_on, median(age_days) AS median_age_days,\n"
        "  avg(CASE WHEN age_days > :old_days OR CAST(ended_on - touched_on AS INTEGER) >= :untouched_days\n"
        "    THEN 1.0 ELSE 0.0 END) AS old_share\n"
        "FROM closed LEFT JOIN touched ON touched.ticket_key = closed.ticket_key\nGROUP BY 1\nORDER BY 1"
    )
    bound: dict[str, object] = {"old_days": old_days, "untouched_days": _UNTOUCHED_DAYS}
    found = engine.query(sql, {**filters.between(None, None).parameters(), **marks, **bound})
    found["day"] = found.pop("ended_on").astype("datetime64[us]")
    return found[["day", "old_share", "median_age_days"]]


def closure_sentences(frame: pd.DataFrame) -> tuple[str, ...]:
    """`20 Feb 2026: 213 closed where about 57 are usual, 77 % of them old or untouched ...`, one for each day."""
    return tuple(
        f"{day_text(row.day.date())}: {count_text(row.ended)} closed where about {row.expected:,.0f} are usual, "
        f"{row.old_share * 100:.0f} % of them old or untouched (median age {row.median_age_days:,.0f} days). "
        "A clean-up, not an improvement."
        for row in frame.itertuples()
    )


def _basis(engine: Engine, filters: Filters, daily: DailyFlow) -> Basis:
    behind = account(engine, OUTFLOW, filters)
    return Basis(
        definition="Days whose closures are improbable against the desk's own pattern (the same weekday in the eight "
        "weeks before and after, with the desk's own dispersion; chance below 1 in 100,000; at least 10 more than "
        "usual) and at least half of them old or untouched: older than 85 % of the desk's tickets at their end, or "
        "without any event for 30 days where there is a history.",
        sql=daily.sql,
        parameters=daily.parameters,
        as_of=engine.as_of,
        used=behind.used,
        excluded=behind.excluded,
        caveats=(
            "The selection of a day holds all tickets closed on it, the usual ones too.",
            "A clean-up spread over weeks does not stand out on any one day.",
        ),
        filters=filters.sentence(OUTFLOW.verb),
    )
