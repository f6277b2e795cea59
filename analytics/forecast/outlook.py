"""Outlook: one series as it was and as it is, or was, expected to go on; what a picture and a sentence of it need."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.flow.edges import PARTIAL
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW, SERIES
from analytics.forecast.fan import BANDS, Fan
from analytics.forecast.forecast import Forecast
from analytics.forecast.history import LENGTH, History
from analytics.formatting import day_text
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# The past shown beside a forecast, in periods; longer where the reader chose a longer period.
_SHOWN = {Grain.WEEK: 52, Grain.DAY: 91}
_WIDE, _HEADROOM, _HIGH = 2.0, 1.15, 0.75
_VERBS = {INFLOW: ("come in", "came in"), OUTFLOW: ("go out", "went out")}
_NO_FAN = pd.DataFrame({name: pd.Series(dtype=float) for name in ("at", "words", "mean", *BANDS)})


@dataclass(frozen=True)
class Shade:
    """A stretch of the records that is not sound: `kind` in words, from `start` to before `end`."""

    kind: str
    start: date
    end: date


@dataclass(frozen=True)
class Outlook:
    """What is `known` of a series and lies `ahead`; `came` is what came of it, in a replay.

    `known` and `came`: `at`, `words`, `value`, `clean_up`. `ahead`: `at`, `words`, `mean` and a column for each of
    `BANDS`; no rows where there is no fan. `at` is where a picture has the value: at the end of its period for the
    backlog, in its middle for the flows. The forecast begins at `begins` (`begins_words` says what day that is) and is
    not tested from `tested_until` on. `sentence` says where the series goes, or why that is not said.
    """

    series: str
    grain: Grain
    known: pd.DataFrame
    ahead: pd.DataFrame
    came: pd.DataFrame
    begins: date
    begins_words: str
    tested_until: date | None
    shades: tuple[Shade, ...]
    sentence: str

    @property
    def ceiling(self) -> float | None:
        """The top of a picture in which the 95 % interval would leave nothing else to see; None where it does not."""
        seen = pd.concat([self.known["value"], self.came["value"], self.ahead["mean"], self.ahead["hi80"]])
        highest = float(seen.max())
        return highest * _HEADROOM if self.ahead["hi95"].max() > _WIDE * highest else None

    @property
    def is_high(self) -> bool:
        """Whether it is a level so far above nought that a picture from nought on would show a flat line alone."""
        seen = pd.concat([self.known["value"], self.came["value"], *(self.ahead[name] for name in ("mean", *BANDS))])
        if self.series != BACKLOG or self.known.empty or self.ahead.empty:
            return False
        return bool(seen.min() > _HIGH * seen.max())

    @property
    def fan(self) -> pd.DataFrame:
        """`ahead`, for the backlog with the last known level before it: from there it opens."""
        if self.series != BACKLOG or self.ahead.empty or self.known.empty:
            return self.ahead
        last = self.known.iloc[[-1]]
        sound = np.isfinite(self.ahead["lo80"].to_numpy()).all()
        level = float(last["value"].iloc[0])
        begin = last[["at", "words"]].assign(mean=level, **dict.fromkeys(BANDS, level if sound else np.nan))
        return pd.concat([begin, self.ahead], ignore_index=True)


def outlook(found: Forecast, series: str, start: date | None, as_of: datetime | None) -> Outlook:
    """A series of a forecast that has a history; the past from `start` on, but a year at least (of days 13 weeks)."""
    past = _past_of(found)
    fan = found.fans.get(series)
    shown = past.known if start is None else max(_SHOWN[past.grain], _periods_since(past, start))
    ahead = _ahead(series, past, past.known, fan) if fan else _NO_FAN
    beyond = found.tested is not None and fan is not None and found.horizon > found.tested.horizon
    until = past.ahead(found.horizon)[found.tested.horizon].astype(date) if beyond and found.tested else None
    known = _rows(series, past, slice(max(0, past.known - shown), past.known))
    return Outlook(
        series, past.grain, known, ahead, known.iloc[:0], past.ends, _today_words(past, as_of), until,
        _shades(past, found.last_day), _sentence(found, series),
    )  # fmt: skip


def replayed(found: Forecast, series: str, origin: int) -> Outlook:
    """What would have been said at a past origin, 0 being the earliest, and what came; the forecast must be tested."""
    past, tested = _past_of(found), found.tested
    if tested is None:
        raise ValueError("there is no back-test to replay")
    test = tested.backtests[series]
    known, fan = int(test.known[origin]), test.fans[origin]
    shown = slice(max(0, known - _SHOWN[past.grain]), known)
    came = _rows(series, past, slice(known, known + tested.horizon))
    return Outlook(
        series, past.grain, _rows(series, past, shown), _ahead(series, past, known, fan), came,
        test.origins[origin].astype(date), "what was known then", None, (),
        _replay_words(series, past, test.origins[origin].astype(date), fan, test.actual[origin]),
    )  # fmt: skip


def numbers(found: Forecast) -> pd.DataFrame:
    """All that is known and all that is forecast, a row a period and series: `known`, or `mean` and the bands."""
    past = _past_of(found)
    periods = past.periods.astype("datetime64[us]")
    parts = [pd.DataFrame({"period": periods, "series": series, "known": getattr(past, series)}) for series in SERIES]
    frame = pd.concat([*parts, found.frame] if len(found.frame) else parts, ignore_index=True)
    return frame.reindex(columns=["period", "series", "known", "mean", *BANDS])


def _past_of(found: Forecast) -> History:
    if found.history is None:
        raise ValueError("there is no history to show")
    return found.history


def _periods_since(past: History, start: date) -> int:
    return int((past.periods >= np.datetime64(start)).sum())


def _rows(series: str, past: History, places: slice) -> pd.DataFrame:
    periods = past.periods[places]
    return pd.DataFrame(
        {
            "at": place_of(series, periods, past.grain),
            "words": words_of(series, periods, past.grain),
            "value": getattr(past, series)[places],
            "clean_up": past.clean_ups[places],
        }
    )


def _ahead(series: str, past: History, known: int, fan: Fan) -> pd.DataFrame:
    periods = past.calendar.periods[known : known + len(fan.mean)]
    frame = fan.frame(periods).drop(columns="period")
    frame.insert(0, "at", place_of(series, periods, past.grain))
    frame.insert(1, "words", words_of(series, periods, past.grain))
    return frame


def place_of(series: str, periods: Array, grain: Grain) -> Array:
    """Where a picture has each value: at the end of its period for a level, in its middle for a flow."""
    length = LENGTH[grain].astype("timedelta64[h]")
    return np.asarray(periods.astype("datetime64[s]") + (length if series == BACKLOG else length // 2))


def words_of(series: str, periods: Array, grain: Grain) -> list[str]:
    """What to call each value: `at the end of 5 Jul 2026` for a level, `in the week of 29 Jun 2026` for a flow."""
    if series == BACKLOG:
        return [f"at the end of {day_text(_last(period, grain))}" for period in periods]
    before = "in the week of" if grain is Grain.WEEK else "on"
    return [f"{before} {day_text(period.astype(date))}" for period in periods]


def _last(period: np.datetime64, grain: Grain) -> date:
    day: date = (period + LENGTH[grain]).astype(date)
    return day - timedelta(days=1)


def _today_words(past: History, as_of: datetime | None) -> str:
    """What the line says at which the forecast begins."""
    near = as_of is not None and (as_of.date() - past.ends).days < 7
    return f"today (known to {day_text(past.last_day)})" if near else f"known to {day_text(past.last_day)}"


def _shades(past: History, until: date) -> tuple[Shade, ...]:
    first = past.periods[0].astype(date)
    return tuple(
        Shade(mark.kind, mark.start, mark.end)
        for mark in past.marks
        # The week that is not over yet is no stretch: the forecast begins with it.
        if mark.left_out and mark.kind != PARTIAL and mark.end > first and mark.start < until
    )


def _sentence(found: Forecast, series: str) -> str:
    past = _past_of(found)
    if series == BACKLOG or series not in found.fans:
        return found.sentence if series == BACKLOG else found.withheld.get(series, found.refused)
    expected = found.fans[series].mean
    span = min(len(expected), past.known)
    seen = getattr(past, series)[-span:]
    step = past.grain.value
    return (
        f"About {expected.sum():,.0f} in the next {len(expected)} {step}s, {_rate(expected.mean())} a {step}; "
        f"{seen.sum():,.0f} in the last {span}, {_rate(seen.mean())} a {step}."
    )


def _rate(mean: float) -> str:
    return f"{mean:,.0f}" if mean >= 10 else f"{mean:,.1f}"


def _replay_words(series: str, past: History, origin: date, fan: Fan, actual: Array) -> str:
    lo, hi = fan.bound("lo80"), fan.bound("hi80")
    within = int(((actual >= lo) & (actual <= hi)).sum())
    last = day_text(_last(np.datetime64(origin) + (len(actual) - 1) * LENGTH[past.grain], past.grain))
    step = past.grain.value
    held = f"{within} of {len(actual)} {step}s lay within the 80 % interval."
    if series == BACKLOG:
        said = f"{fan.mean[-1]:,.0f} open on {last}, 80 % between {lo[-1]:,.0f} and {hi[-1]:,.0f}"
        return f"On {day_text(origin)} we would have said: {said}. It came to {actual[-1]:,.0f}; {held}"
    ahead, before = _VERBS[series]
    return (
        f"On {day_text(origin)} we would have said: about {fan.mean.sum():,.0f} {ahead} until {last}. "
        f"{actual.sum():,.0f} {before}; {held}"
    )


TITLES: Mapping[str, str] = {INFLOW: "What comes in", OUTFLOW: "What goes out", BACKLOG: "What is open"}
