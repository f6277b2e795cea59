"""Ticks of an axis of durations: round numbers of minutes, hours or days instead of powers of ten."""

from analytics.formatting import value_text
from analytics.kpi import Unit

MOST_TICKS = 5
_STEPS = (0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 120, 240, 480, 1_200, 2_400, 4_800, 12_000, 24_000, 48_000)


def hour_ticks(most: float) -> dict[float, str]:
    """Tick values from 0 to just over `most` hours, each with its words: `{0: '0', 120: '5 days', ...}`."""
    step = next((step for step in _STEPS if most / step <= MOST_TICKS - 1), most)
    return {i * step: _words(i * step, step) for i in range(int(most // step) + 2)}


def _words(hours: float, step: float) -> str:
    if hours == 0:
        return "0"
    if step >= 24:
        return f"{hours / 24:g} d"
    return f"{hours:g} h" if step >= 1 else value_text(hours, Unit.HOURS)
