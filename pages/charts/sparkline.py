"""The course in a card: one small line without axes, as a picture that costs the browser almost nothing.

The line in `st.metric` loads a charting library of its own, which is a tenth of the overview's first visit.
"""

from collections.abc import Sequence

WIDTH, HEIGHT = 240, 44
_INSET = 3
_FEWEST = 3


def sparkline(values: Sequence[float], color: str) -> str:
    """An SVG of the values from left to right, lowest at the bottom; empty if there are too few for a course."""
    if len(values) < _FEWEST:
        return ""
    low, span = min(values), (max(values) - min(values)) or 1.0
    across, up = (WIDTH - 2 * _INSET) / (len(values) - 1), HEIGHT - 2 * _INSET
    points = " ".join(
        f"{_INSET + place * across:.1f},{HEIGHT - _INSET - (value - low) / span * up:.1f}"
        for place, value in enumerate(values)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none"><polyline points="{points}" fill="none" stroke="{color}" stroke-width="2" '
        'stroke-linejoin="round" vector-effect="non-scaling-stroke"/></svg>'
    )
