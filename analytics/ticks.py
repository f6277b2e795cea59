"""Ticks and scales of an axis: minutes, hours or days and per cents instead of powers of ten."""

import math
from dataclasses import dataclass

from analytics.formatting import value_text
from analytics.kpi import Unit

MOST_TICKS = 5
_STEPS = (0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 120, 240, 480, 1_200, 2_400, 4_800, 12_000, 24_000, 48_000)


def hour_ticks(most: float) -> dict[float, str]:
    """Tick values from 0 to just over `most` hours, each with its words: `{0: '0', 120: '5 d', ...}`."""
    step = next((step for step in _STEPS if most / step <= MOST_TICKS - 1), most)
    return {i * step: _words(i * step, step) for i in range(int(most // step) + 2)}


def signed_ticks(least: float, most: float) -> dict[float, str]:
    """Ticks of whole numbers from `least` to `most`, each with its sign: `{-50: '-50', 0: '0', 50: '+50'}`."""
    span = max(most, 0) - min(least, 0)
    power = 10 ** math.floor(math.log10(max(span / MOST_TICKS, 1)))
    step = next(power * factor for factor in (1, 2, 5, 10) if span / (power * factor) <= MOST_TICKS)
    places = range(math.floor(min(least, 0) / step), math.ceil(max(most, 0) / step) + 1)
    return {float(i * step): f"{i * step:+,}" if i else "0" for i in places}


def _words(hours: float, step: float) -> str:
    if hours == 0:
        return "0"
    if step >= 24:
        return f"{hours / 24:g} d"
    return f"{hours:g} h" if step >= 1 else value_text(hours, Unit.HOURS)


@dataclass(frozen=True)
class Scale:
    """How a chart writes values: times `factor`, with `decimals` and a `suffix` such as ` d`."""

    factor: float
    suffix: str
    decimals: int


def scale(unit: Unit, most: float) -> Scale:
    """The scale for values of `unit` up to `most`; durations turn from minutes to hours to days as they grow."""
    match unit:
        case Unit.RATIO:
            return Scale(100, " %", 1)
        case Unit.TICKETS:
            return Scale(1, "", 0)
        case Unit.HOURS:
            if most < 2:
                return Scale(60, " min", 0)
            return Scale(1, " h", 1) if most < 96 else Scale(1 / 24, " d", 1)
