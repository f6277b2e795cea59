"""What a statement found: plain columns, and what was cut off."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
import pyarrow as pa

from analytics.warehouse.sandbox.limits import LONGEST_CELL, MOST_BYTES

_CUT = {
    "rows": "There are more rows than these: allow more, or narrow the statement.",
    "size": f"The result was cut at {MOST_BYTES >> 20} MB: select fewer columns or rows.",
    "cells": f"Texts are cut after {LONGEST_CELL:,} characters.",
}


@dataclass(frozen=True)
class SqlResult:
    """`types` are DuckDB's names; `cut` says what was left out ("rows", "size", "cells"); `peak` is memory in bytes."""

    table: pa.Table = field(repr=False)
    types: tuple[str, ...]
    cut: tuple[str, ...]
    seconds: float
    as_of: datetime | None
    concealed: bool
    peak: int = 0

    @property
    def columns(self) -> list[str]:
        """The columns' names, each once."""
        return list(self.table.column_names)

    @property
    def row_count(self) -> int:
        """How many rows came back."""
        return int(self.table.num_rows)

    @property
    def notes(self) -> list[str]:
        """A sentence for each thing that was left out."""
        return [_CUT[what] for what in self.cut]

    @property
    def frame(self) -> pd.DataFrame:
        """The rows with types that know unknown values, so that counts stay whole numbers."""
        return self.table.to_pandas(types_mapper=pd.ArrowDtype)

    @property
    def rows(self) -> list[list[Any]]:
        """The rows as values that JSON has: times as ISO texts; what is no number (NaN, infinity) as None."""
        columns = [[_value(value) for value in column.to_pylist()] for column in self.table.columns]
        return [list(row) for row in zip(*columns, strict=True)]


def _value(value: Any) -> Any:
    if isinstance(value, float):
        return value if abs(value) < float("inf") else None
    return value.isoformat() if hasattr(value, "isoformat") else value
