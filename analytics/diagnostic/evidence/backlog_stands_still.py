"""Backlog stands still: it grows or stays where it is although the desk ends about as much as in its best weeks."""

from dataclasses import replace
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.backlog_weeks import BacklogWeeks, backlog_weeks
from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.growth_cost import growth_cost
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.flow.open_tickets import OpenTickets, open_tickets, selected
from analytics.formatting import count_text, day_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

NAME = "backlog_stands_still"
_NAMED_DAYS = 3


def backlog_stands_still(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """Growing, flat or shrinking over the weeks judged, and whether throughput is near its own best.

    `value` is the mean of weekly net flow without clean-ups, or the weeks of work open where so few are that they are
    no backlog; `details` has a row a week, `trend` a point a month, or a week.
    """
    found = backlog_weeks(engine, filters, round(numbers.threshold(NAME, "weeks_judged")))
    reason = _reason(found, numbers)
    said = CANNOT_TELL if reason else _verdict(found, numbers)
    frame = found.frame
    first = frame["week"].iloc[0].date() if len(frame) else None
    last = frame["week"].iloc[-1].date() + timedelta(days=6) if len(frame) else None
    shown = open_tickets(engine, filters.between(None, filters.end))
    told = Finding(
        NAME, said, found.steady.drift_per_week, 0.0, "tickets a week", _sentence(found, numbers), rule_words(numbers),
        first, last, replace(found.shown.basis, caveats=(*found.shown.basis.caveats, *_CAVEATS)), reason,
        _behind(engine, shown) if len(frame) else None, _details(frame), _flow_trend(found),
        _cost(engine, found, numbers, said),
    )  # fmt: skip
    if said != DISAGREES or not _is_small(found, numbers):
        return told
    work = numbers.threshold(NAME, "fewest_weeks_of_work")
    return replace(told, value=found.weeks_of_work, threshold=work, unit="weeks of work", trend=_level_trend(found))


def _behind(engine: Engine, shown: OpenTickets) -> Selection | None:
    """The open tickets; None where there are none to look at."""
    found = engine.query(f"SELECT count(*) AS tickets FROM tickets WHERE {shown.condition}", shown.parameters)
    return selected(shown, "") if found["tickets"].iloc[0] else None


_CAVEATS = (
    "What was closed in bulk beyond the usual counts as still open here: a clean-up is no improvement.",
    "A desk ends no more than comes in: throughput near its best is a sign of work at capacity, not a proof.",
)


def rule_words(numbers: Numbers) -> str:
    """The rule with the thresholds in force."""
    weeks, judged = (numbers.threshold(NAME, name) for name in ("fewest_weeks", "weeks_judged"))
    share, work = numbers.threshold(NAME, "capacity_share"), numbers.threshold(NAME, "fewest_weeks_of_work")
    return (
        f"Agrees where, over the last {judged:g} weeks and without what was closed in bulk, the backlog grows beyond "
        f"chance or stays within 10 %, and as many tickets end as at least {share * 100:g} % of the desk's own best "
        "weeks; in part where fewer end, or that cannot be told. Disagrees where it shrinks, or where in nine of ten "
        f"of the last 13 weeks less was open than is ended in {work:g} {_noun(work)}: that is work in hand. "
        f"Cannot tell under {weeks:g} whole weeks, or where it neither drifts nor stays."
    )


def _noun(weeks: float) -> str:
    return "week" if weeks == 1 else "weeks"


def _is_small(found: BacklogWeeks, numbers: Numbers) -> bool:
    work = found.weeks_of_work
    return work is not None and work < numbers.threshold(NAME, "fewest_weeks_of_work")


def _reason(found: BacklogWeeks, numbers: Numbers) -> str:
    fewest = numbers.threshold(NAME, "fewest_weeks")
    if found.shown.weeks < fewest:
        return f"{_lack(found)}, and it takes {fewest:g}."
    if found.frame[["opened", "ended"]].to_numpy().sum() < FEWEST_TICKETS:
        return "Too few tickets came or went in these weeks."
    if found.steady.verdict == "cannot tell" and not _is_small(found, numbers):
        return "It neither drifts beyond chance nor stays within 10 %: the level swings too much."
    return ""


def _lack(found: BacklogWeeks) -> str:
    weeks = found.shown.weeks
    noun = "week" if weeks == 1 else "weeks"
    edges = list(dict.fromkeys(mark.kind for mark in found.shown.marks if mark.left_out))
    why = f" (left out: {', '.join(edges)})" if edges else ""
    return f"The window has {weeks or 'no'} whole {noun} with sound records{why}"


def _verdict(found: BacklogWeeks, numbers: Numbers) -> Verdict:
    if found.steady.verdict == "shrinking" or _is_small(found, numbers):
        return DISAGREES
    share = found.ability.share
    return AGREES if share is not None and share >= numbers.threshold(NAME, "capacity_share") else PARTIAL


def _sentence(found: BacklogWeeks, numbers: Numbers) -> str:
    if not found.shown.weeks or found.frame[["opened", "ended"]].to_numpy().sum() < FEWEST_TICKETS:
        return ""
    flow, level = _flow_words(found), _level_words(found, numbers)
    parts = (level, flow) if _is_small(found, numbers) else (flow, level)
    return " ".join(part for part in (*parts, _capacity_words(found)) if part)


def _flow_words(found: BacklogWeeks) -> str:
    """What the weeks say without the clean-ups, which are named, and what they would say with them."""
    steady = found.steady
    said = steady.sentence
    if steady.verdict == "cannot tell" and steady.lo is not None and steady.hi is not None:
        said = f"No drift beyond chance: it lies between {steady.lo:+,.1f} and {steady.hi:+,.1f} tickets a week."
    if found.closures.empty:
        return said
    days = [day_text(day.date()) for day in found.closures["day"].head(_NAMED_DAYS)]
    others = len(found.closures) - _NAMED_DAYS
    more = f" and {others} more {'day' if others == 1 else 'days'}" if others > 0 else ""
    closed = f"{found.closures['excess'].sum():,.0f} more than usual were closed in bulk on {', '.join(days)}{more}"
    word = "could not be told" if found.shown.verdict == "cannot tell" else f"would be {found.shown.verdict}"
    instead = "would be the same" if found.shown.verdict == steady.verdict else word
    return f"{said} {closed}, and are left out: with them it {instead}."


def _level_words(found: BacklogWeeks, numbers: Numbers) -> str:
    if found.weeks_of_work is None:
        return ""
    level = f"At the end {count_text(found.last_open)} are open; nine of ten of the last 13 weeks had at most "
    work = f"{found.most_open:,.0f}, {found.weeks_of_work:,.1f} weeks of work"
    return f"{level}{work}{': work in hand rather than a backlog' if _is_small(found, numbers) else ''}."


def _capacity_words(found: BacklogWeeks) -> str:
    ability = found.ability
    if ability.share is None or ability.ended_per_week is None or ability.best_per_week is None:
        return ability.sentence
    share = f"{ability.share * 100:.0f} % of the {ability.best_per_week:,.0f} in the desk's best weeks"
    return f"{ability.ended_per_week:,.0f} tickets ended a week, {share}."


def _details(frame: pd.DataFrame) -> pd.DataFrame:
    names = {
        "week": "Week of", "opened": "Opened", "ended": "Ended", "net": "Opened less ended",
        "open": "Open at its end", "in_bulk": "Closed in bulk beyond the usual",
    }  # fmt: skip
    listed = frame.assign(week=frame["week"].dt.date, in_bulk=frame["in_bulk"].round().astype(int))
    return listed[list(names)].rename(columns=names)[::-1].reset_index(drop=True)


def _flow_trend(found: BacklogWeeks) -> pd.DataFrame:
    """The mean of weekly net flow, clean-ups taken out, by the month in which the week began."""
    frame = found.frame
    months = frame["week"].dt.to_period("M").dt.to_timestamp()
    means = (frame["net"] + frame["in_bulk"]).groupby(months).mean()
    return pd.DataFrame({"period": means.index, "value": means.to_numpy(dtype=float)})


def _level_trend(found: BacklogWeeks) -> pd.DataFrame:
    """What was open at the end of each week, in weeks of work."""
    frame = found.frame
    return pd.DataFrame({"period": frame["week"], "value": (frame["open"] / found.ended_per_week).astype(float)})


def _cost(engine: Engine, found: BacklogWeeks, numbers: Numbers, said: Verdict) -> Cost | None:
    if said not in (AGREES, PARTIAL):
        return None
    return growth_cost(engine, found.filters, found.steady, numbers.guess(NAME, "hours_per_ticket"))
