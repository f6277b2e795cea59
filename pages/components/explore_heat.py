"""A matrix as a table whose cells are the stronger in colour the higher their number."""

import math
from typing import Any

import pandas as pd

from analytics.formatting import TOO_FEW, value_text
from analytics.kpi import Unit
from pages.charts.theme import BLUE, PAPER_DARK, PAPER_LIGHT

# How much of the colour the highest number takes: text stays readable on it.
_MOST_ON_LIGHT, _MOST_ON_DARK = 0.5, 0.85
FEW = -math.inf


def heated(numbers: pd.DataFrame, unit: Unit, dark: bool) -> Any:
    """The styled table; `FEW` is said as too few, NaN is an empty cell. Other columns than numbers stay as they are."""
    columns = [name for name in numbers if pd.api.types.is_numeric_dtype(numbers[name])]
    known = numbers[columns].where(numbers[columns] != FEW)
    least, most = float(known.min().min()), float(known.max().max())
    least = min(least, 0.0) if unit is Unit.TICKETS else least
    return numbers.style.format({name: lambda value: _text(value, unit) for name in columns}).map(
        lambda value: _background(value, least, most, dark), subset=columns
    )


def _text(value: float, unit: Unit) -> str:
    if pd.isna(value):
        return ""
    return TOO_FEW if value == FEW else value_text(value, unit)


def _background(value: float, least: float, most: float, dark: bool) -> str:
    if pd.isna(value) or value == FEW or most <= least:
        return ""
    part = (value - least) / (most - least) * (_MOST_ON_DARK if dark else _MOST_ON_LIGHT)
    paper = PAPER_DARK if dark else PAPER_LIGHT
    mixed = (round(int(paper[i : i + 2], 16) * (1 - part) + int(BLUE[i : i + 2], 16) * part) for i in (1, 3, 5))
    return f"background-color: #{''.join(f'{channel:02x}' for channel in mixed)}"
