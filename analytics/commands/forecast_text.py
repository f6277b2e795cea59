"""A forecast at a terminal: the sentence, a table of a few steps, the back-test in one line, and the notes."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import NOT_RECORDED, Value
from analytics.forecast.backtest import Tested
from analytics.forecast.fan import Fan
from analytics.forecast.forecast import Forecast
from analytics.forecast.own_forecast import OwnForecast, value_text
from analytics.formatting import count_text, day_text, period_text
from analytics.period import Grain

_STEPS = {
    Grain.DAY: (1, 7, 14, 21, 28),
    Grain.WEEK: (1, 2, 4, 8, 13, 26),
    Grain.MONTH: (1, 3, 6, 12),
    Grain.QUARTER: (1, 2, 4),
}
_WIDTH = 26


def desk_text(found: Forecast, notes: tuple[str, ...], grain: Grain, parts: Mapping[Value, Forecast]) -> str:
    """The text of a desk's forecast, with a line for each part."""
    lines = [found.sentence]
    if found.fans:
        lines += ["", *table(found.fans, found.periods, grain), ""]
    # The first one withheld may be the sentence already.
    lines += [said for said in found.withheld.values() if said not in found.sentence]
    if found.tested:
        lines += [tested_line(found.tested, series, grain) for series in found.fans]
    lines += [*found.notes, *notes]
    if parts:
        lines += [
            "",
            *(f"{NOT_RECORDED if value is None else value}: {part.sentence}" for value, part in parts.items()),
        ]
    known = f"known until {day_text(found.history.last_day)}; " if found.history else ""
    as_of = f"as of {found.basis.as_of:%Y-%m-%d %H:%M}" if found.basis.as_of else "as of: unknown"
    counted = f"{known}used {count_text(found.basis.used)} tickets, excluded {count_text(found.basis.tickets_excluded)}"
    return "\n".join([*lines, "", f"{counted}; {as_of}", *found.basis.caveats, found.basis.definition])


def series_text(found: OwnForecast) -> str:
    """The text of an own series' forecast."""
    lines, grain = [found.sentence], found.series.grain
    if found.fans:
        lines += ["", *table(found.fans, found.ahead, grain), ""]
    if found.tested:
        lines += [tested_line(found.tested, series, grain) for series in found.tested.backtests]
    return "\n".join([*lines, *found.notes, f"known until {day_text(found.series.last_day)}; {found.model}"])


def table(fans: Mapping[str, Fan], periods: Any, grain: Grain) -> Iterator[str]:
    """A line a step: the expected value of each series with its 80 % interval."""
    yield f"{'':<20}" + "".join(f"{series:>{_WIDTH}}" for series in fans)
    steps = sorted({step for step in _STEPS[grain] if step <= len(periods)} | {len(periods)})
    for step in steps:
        start = pd.Timestamp(periods[step - 1]).date()
        cells = "".join(f"{_cell(fan, step - 1):>{_WIDTH}}" for fan in fans.values())
        yield f"{period_text(start, grain):<20}{cells}"


def _cell(fan: Fan, place: int) -> str:
    lo, hi = fan.bound("lo80")[place], fan.bound("hi80")[place]
    spread = f" ({value_text(lo)} to {value_text(hi)})" if np.isfinite(lo) else ""
    return f"{value_text(fan.mean[place])}{spread}"


def tested_line(tested: Tested, series: str, grain: Grain) -> str:
    """What the back-test found of a series."""
    one = tested.backtests[series]
    season = one.seasonal_relative_error
    against = (
        f", {season:.2f} of 'as a {'week' if grain is Grain.DAY else 'year'} ago'"
        if season is not None and np.isfinite(season)
        else ""
    )
    return (
        f"{series}, tested from {len(one.known)} past origins up to {tested.horizon} {grain.value}s ahead: error "
        f"{one.relative_error:.2f} of 'as now'{against}; {one.coverage(80) * 100:.0f} % came within the 80 % interval, "
        f"{one.coverage(95) * 100:.0f} % within the 95 %."
    )
