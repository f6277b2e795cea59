"""Verdict on a kept forecast: on track, at the edge, off track since when and why, or that it cannot be told."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from scipy import stats

from analytics.forecast.deviation import Deviation
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.kept import Kept
from analytics.formatting import count_text, day_text
from analytics.period import Grain

ON, EDGE, OFF, NOT_YET, CANNOT_TELL = "on track", "at the edge", "off track", "nothing yet", "cannot tell"
# A flow outside so often that it is this improbable by chance is off track.
_IMPROBABLE = 0.0125


@dataclass(frozen=True)
class Verdict:
    """One of ON, EDGE, OFF, NOT_YET, CANNOT_TELL as `word`, and the `sentence`.

    `since` is the first period off track, `series` what was judged; both None unless there is one.
    """

    word: str
    sentence: str
    since: date | None = None
    series: str | None = None


def judged(kept: Kept, frame: pd.DataFrame, come: int, deviation: Deviation | None) -> Verdict:
    """The verdict on the backlog, else on the flows that are shown, by the `come` steps that have come."""
    known = {series: frame[frame["series"] == series].head(come) for series in kept.fans}
    series = next(name for name in (BACKLOG, INFLOW, OUTFLOW) if name in known)
    if known[series]["in80"].isna().any():
        return Verdict(
            CANNOT_TELL, f"Cannot tell: it has no intervals. {_plainly(known[series], series)}", None, series
        )
    if series == BACKLOG:
        return _level(known[series], kept.grain, deviation)
    found = [_flow(rows, name, kept.grain) for name, rows in known.items()]
    return next((verdict for verdict in found if verdict.word == OFF), found[0])


def _level(known: pd.DataFrame, grain: Grain, deviation: Deviation | None) -> Verdict:
    """A level is judged by where it is now: once outside, it stays there for a while by itself."""
    inside = f"{_of(int(known['in80'].sum()), len(known), grain)} inside the 80 % interval"
    newest = known.iloc[-1]
    if newest["in80"]:
        return Verdict(ON, f"On track: {inside}.", None, BACKLOG)
    over = newest["actual"] > newest["mean"]
    level = 80 if newest["in95"] else 95
    bound = newest[f"{'hi' if over else 'lo'}{level}"]
    away = (
        f"{count_text(round(abs(newest['actual'] - bound)))} {'above the upper' if over else 'below the lower'} bound"
    )
    why = f", because {deviation.cause}" if deviation and deviation.cause else ""
    if newest["in95"]:
        said = f"At the edge: the backlog is {away} of the 80 % interval, still inside the 95 % one{why}."
        return Verdict(EDGE, said, None, BACKLOG)
    since = _since(known)
    return Verdict(
        OFF, f"Off track since {_when(since, grain)}: the backlog is {away} of the 95 % interval{why}.", since, BACKLOG
    )


def _flow(known: pd.DataFrame, series: str, grain: Grain) -> Verdict:
    """Single weeks of a flow scatter: it is off track where more are outside than chance would bring."""
    steps = len(known)
    outside = {level: int(steps - known[f"in{level}"].sum()) for level in (80, 95)}
    chances = [stats.binom.sf(outside[level] - 1, steps, 1 - level / 100) for level in (80, 95)]
    inside = f"{_of(steps - outside[80], steps, grain)} of {series} inside the 80 % interval"
    if min(chances) >= _IMPROBABLE:
        return Verdict(ON, f"On track: {inside}.", None, series)
    first = known[~known["in80"].astype(bool)]["period"].iloc[0].date()
    said = f"Off track since {_when(first, grain)}: only {inside}. {_plainly(known, series)}"
    return Verdict(OFF, said, first, series)


def _since(known: pd.DataFrame) -> date:
    """The first period of the last run outside the 95 % interval."""
    inside = known["in95"].astype(bool).to_numpy()
    start = max((place + 1 for place, there in enumerate(inside) if there), default=0)
    return known["period"].iloc[start].date()  # type: ignore[no-any-return]


def _plainly(known: pd.DataFrame, series: str) -> str:
    """How much came so far against what was expected."""
    if series == BACKLOG:
        newest = known.iloc[-1]
        return f"The backlog is {newest['actual']:,.0f}, where {newest['mean']:,.0f} were expected."
    came, expected = known["actual"].sum(), known["mean"].sum()
    return f"So far {series} is {came:,.0f}, where {expected:,.0f} were expected."


def _of(some: int, whole: int, grain: Grain) -> str:
    return f"{some} of {whole} {grain.value}{'' if whole == 1 else 's'}"


def _when(since: date, grain: Grain) -> str:
    return f"the week of {day_text(since)}" if grain is Grain.WEEK else day_text(since)
