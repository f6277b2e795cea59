"""The rows of an answer in words, for labels and hovers: what they are of, their value, and how many tickets."""

import pandas as pd

from analytics.ask.answer import Answer
from analytics.filters import NOT_RECORDED, plain_value
from analytics.formatting import UNKNOWN, period_text, value_text
from analytics.ticks import Scale, scale
from pages.charts.theme import inert

_LONGEST = 34


def row_label(shown: Answer, row: pd.Series) -> str:
    """The values of its dimensions and its period, as the export writes them."""
    grain = shown.question.grain
    period = [period_text(row["period"], grain)] if grain and "period" in row else []
    return ", ".join([*(value_name(row[name]) for name in shown.question.by), *period])


def value_name(value: object) -> str:
    """A dimension's value as text; unknown is `not recorded`."""
    plain = plain_value(value)
    return NOT_RECORDED if plain is None else str(plain)


def short(text: str) -> str:
    """A name that leaves room for the picture, inert."""
    return inert(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def value_words(shown: Answer, row: pd.Series, column: str = "value") -> str:
    """`63.4 %`, `too few` or `cannot tell`; nothing where there is no value of before."""
    few = bool(row["too_few"]) if column == "value" else False
    return value_text(row[column], shown.kpi.unit, few) if pd.notna(row[column]) else UNKNOWN * (column == "value")


def hover_words(shown: Answer, row: pd.Series) -> str:
    """One row in a sentence, inert."""
    tickets = row["numerator"] if pd.isna(row["denominator"]) else row["denominator"]
    of = "" if shown.kpi.unit == "tickets" or pd.isna(tickets) else f" ({tickets:,.0f} tickets)"
    earlier = value_words(shown, row, "before") if "before" in row else ""
    before = f", before {earlier}" if earlier else ""
    tail = ", not finished yet" if row.get("unfinished", False) else ""
    return f"{inert(row_label(shown, row))}: <b>{value_words(shown, row)}</b>{of}{before}{tail}"


def drawn_values(shown: Answer, column: str = "value") -> pd.Series:
    """A column in the unit of the axis, without what rests on too few tickets."""
    values = shown.table[column].astype(float) * drawn_scale(shown).factor
    return values.mask(shown.table["too_few"].astype(bool)) if column == "value" else values


def drawn_scale(shown: Answer) -> Scale:
    """How the axis writes values: hours turn from minutes to days as they grow."""
    columns = [name for name in ("value", "before") if name in shown.table]
    most = shown.table[columns].astype(float).max().max() if len(shown.table) else 0.0
    return scale(shown.kpi.unit, 0.0 if pd.isna(most) else float(most))
