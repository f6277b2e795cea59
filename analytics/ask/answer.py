"""The answer to a question: measured by the registry, with everything that stands behind it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from analytics.ask.question import Question
from analytics.flow.basis import Basis
from analytics.kpi import Kpi
from analytics.measure import KpiResult
from analytics.warehouse.engine import Engine


class Shape(StrEnum):
    """The picture that fits: a number, bars of a split, a line over time, lines of a split, a matrix of two splits."""

    NUMBER = "number"
    BARS = "bars"
    LINE = "line"
    LINES = "lines"
    MATRIX = "matrix"
    NONE = "none"


@dataclass(frozen=True)
class Lead:
    """The page that looks further: its script, our words for the link, and the query parameters it takes."""

    page: str
    label: str
    address: dict[str, list[str]]


@dataclass(frozen=True)
class Answer:
    """`sentence` has the number in it and may quote an export: inert text only.

    `table` is what is shown, in its order, cut to the limit and threshold: `period` and the dimensions asked for,
    `value`, `numerator`, `denominator`, `too_few`, `reason`, with a comparison `before` and `change` (in the KPI's
    unit; for a ratio as a difference of shares), `unfinished` with a grain. `result` is the measured split, `whole`
    the KPI without a split, `before` the split over the compared span. `rows_left_out` says in words how many rows
    the table does not have and why (limit, threshold, too few). `notes` are what the data does to the KPI's meaning.
    A question that is no measure has a sentence and leads; `table` is then empty, or holds what the sentence is of.
    """

    question: Question
    kpi: Kpi
    sentence: str
    shape: Shape
    table: pd.DataFrame
    result: KpiResult | None
    whole: KpiResult | None
    before: KpiResult | None
    basis: Basis
    as_of: datetime | None
    rows_left_out: str = ""
    notes: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()


def answer(engine: Engine, question: Question) -> Answer:
    """Measure and say it. Raises `BacklightError` for what the registry cannot do, such as a split by a person."""
    raise NotImplementedError
