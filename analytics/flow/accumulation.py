"""Accumulation: where the backlog lies at the end of a window, by two dimensions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED, Filters, Value, check_dimension, plain_value
from analytics.flow.basis import Basis
from analytics.flow.bridge import OPEN_AT_END, OPEN_AT_START, window_of
from analytics.formatting import count_text, day_text
from analytics.kpi import NO_OPENING
from analytics.measure import FEWEST_TICKETS
from analytics.ranking import OTHER
from analytics.warehouse.engine import Engine

MOST_VALUES = 12
_SIDES = ("row", "column")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Axis:
    """One dimension of the map: its largest `values` (None is not recorded), and how many `others` are one."""

    dimension: str
    values: tuple[Value, ...]
    others: int

    def label(self, value: Value, named: bool) -> str:
        """A value in words; the others are `other (14)`."""
        if not named:
            return f"{OTHER} ({self.others})"
        return NOT_RECORDED if value is None else str(value)

    @property
    def labels(self) -> list[str]:
        """The labels of all its places, the others last."""
        return [self.label(value, True) for value in self.values] + ([self.label(None, False)] if self.others else [])


@dataclass(frozen=True)
class Accumulation:
    """The backlog at the end of the last day of `filters`, as a map of two axes.

    `frame` has a row a cell in which a ticket was open at the start or the end: `row`, `column` (labels), `row_place`,
    `column_place` (in the axis' labels), `row_value`, `column_value`, `row_named`, `column_named` (False for all others
    together), `tickets` (open at the end),
    `median_age_days` (of these, at the end; NaN without any), `change` (open at the end less open at the start), and
    `start`, and `too_few` (a median age of fewer than five tickets: not to be shown). Rows and columns come in order
    of their axis. `by_row` holds the same measures of each row as a whole.
    `tickets` and `change` sum to those of the backlog.
    """

    filters: Filters
    rows: Axis
    columns: Axis
    frame: pd.DataFrame
    by_row: pd.DataFrame
    median_age_days: float | None
    basis: Basis

    @property
    def tickets(self) -> int:
        """Tickets open at the end."""
        return int(self.frame["tickets"].sum())

    @property
    def change(self) -> int:
        """Change of the backlog over the window."""
        return int(self.frame["change"].sum())


def accumulation(engine: Engine, filters: Filters, rows: str, columns: str) -> Accumulation:
    """The map of `rows` by `columns`; raises `UnknownName`, `PersonDimension`, or where both are the same."""
    if check_dimension(rows) == check_dimension(columns):
        raise BacklightError(f"'{rows}' is named twice: choose two different dimensions.")
    window = window_of(engine, filters)
    axes = (_axis(engine, window, rows), _axis(engine, window, columns))
    sql, parameters = _sql(window, axes), window.parameters() | _parameters(window, axes)
    raw = engine.query(sql, parameters)
    cells, sums = raw[raw["level"] == 0], raw[raw["level"] == 1]
    whole = raw[raw["level"] == 2]["median_age_days"]
    return Accumulation(
        filters=window,
        rows=axes[0],
        columns=axes[1],
        frame=_labelled(cells, axes),
        by_row=_labelled(sums, axes[:1]),
        median_age_days=None if whole.isna().all() else float(whole.iloc[0]),
        basis=_basis(engine, window, sql, parameters, int(cells["tickets"].sum())),
    )


def accumulation_sentence(found: Accumulation) -> str:
    """How much is open and where most of it lies; it quotes values of the export."""
    last = day_text(found.filters.end - _DAY) if found.filters.end else ""
    if not found.tickets:
        return f"No ticket is open at the end of {last}."
    open_now = f"{_tickets(found.tickets)} open at the end of {last}"
    if found.tickets < FEWEST_TICKETS:
        return f"{open_now}, too few to say where most of them lie."
    cells = found.frame[found.frame["row_named"] & found.frame["column_named"]].sort_values(
        "tickets", ascending=False, kind="stable"
    )
    if cells.empty or cells["tickets"].iloc[0] < FEWEST_TICKETS:
        return f"{open_now}, spread thinly: no cell has {FEWEST_TICKETS}."
    top = cells.iloc[0]
    names = [_named(axis.dimension, str(top[side])) for axis, side in zip(_axes(found), _SIDES, strict=True)]
    part = top["tickets"] / found.tickets
    place = f"{names[0]}, {names[1]}"
    if part == 1:
        return f"{open_now}, all in {place}. Half of them are older than {_days(top)}."
    lie = "Most lie" if part > 0.5 else "The largest part lies"
    share = f"{count_text(int(top['tickets']))} ({part * 100:.0f} %)"
    return f"{open_now}. {lie} in {place}: {share}, half of them older than {_days(top)}."


def _named(dimension: str, label: str) -> str:
    """`service 'Web'`, `category not recorded`, `priority 3`."""
    plain = label == NOT_RECORDED or dimension == "priority"
    words = dimension.replace("_", " ")
    return f"{words} {label}" if plain else f"{words} '{label}'"


def _axes(found: Accumulation) -> tuple[Axis, Axis]:
    return found.rows, found.columns


def _tickets(count: int) -> str:
    return f"{count_text(count)} {'ticket is' if count == 1 else 'tickets are'}"


def _days(row: pd.Series) -> str:
    days = round(float(row["median_age_days"]))
    return f"{count_text(days)} {'day' if days == 1 else 'days'}"


def _axis(engine: Engine, window: Filters, dimension: str) -> Axis:
    """The values with the most tickets open at the start and the end, those with the most at the end first."""
    where = "\n  AND ".join([f"(({OPEN_AT_START}) OR ({OPEN_AT_END}))", *window.value_conditions()])
    found = engine.query(
        f"SELECT\n  {dimension} AS value,\n  count(*) FILTER (WHERE {OPEN_AT_START}) + "
        f"count(*) FILTER (WHERE {OPEN_AT_END}) AS tickets,\n  count(*) FILTER (WHERE {OPEN_AT_END}) AS at_end,\n  "
        f"count(*) OVER () AS all_values\nFROM tickets\n"
        f"WHERE {where}\nGROUP BY 1\nORDER BY 2 DESC, 1 NULLS LAST\nLIMIT {MOST_VALUES + 1}",
        window.parameters(),
    )
    # One value alone is not gathered into "other (1)".
    count = int(found["all_values"].iloc[0]) if len(found) else 0
    kept = MOST_VALUES if count > MOST_VALUES + 1 else len(found)
    shown = found.iloc[:kept].sort_values("at_end", ascending=False, kind="stable")
    values = tuple(plain_value(value) for value in shown["value"].astype(object))
    if dimension == "priority":
        values = tuple(sorted(values, key=lambda value: (value is None, value)))
    return Axis(dimension, values, count - kept)


def _sql(window: Filters, axes: Sequence[Axis]) -> str:
    where = "\n    AND ".join([f"(({OPEN_AT_START}) OR ({OPEN_AT_END}))", *window.value_conditions()])
    names = ("row_value", "row_named", "column_value", "column_named")
    cell = ", ".join(names)
    axis_columns = ",\n    ".join(
        column for axis, side in zip(axes, ("row", "column"), strict=True) for column in _axis_columns(axis, side)
    )
    return f"""WITH present AS (
  SELECT
    {axis_columns},
    CASE WHEN {OPEN_AT_START} THEN 1 ELSE 0 END AS at_start,
    CASE WHEN {OPEN_AT_END} THEN 1 ELSE 0 END AS at_end,
    CASE WHEN {OPEN_AT_END} THEN CAST(:last_date AS DATE) - opened_on END AS age_days
  FROM tickets
  WHERE {where}
)
SELECT
  GROUPING(row_named) + GROUPING(column_named) AS level,
  {cell},
  sum(at_end) AS tickets,
  sum(at_start) AS start_tickets,
  median(age_days) AS median_age_days
FROM present
GROUP BY GROUPING SETS (({cell}), (row_value, row_named), ())"""


def _axis_columns(axis: Axis, side: str) -> tuple[str, str]:
    """The value if it is one of the axis, and whether it is."""
    marks = [f":{side}_{i}" for i, value in enumerate(axis.values) if value is not None]
    named = [f"{axis.dimension} IN ({', '.join(marks)})"] if marks else []
    named += [f"{axis.dimension} IS NULL"] if None in axis.values else []
    condition = " OR ".join(named) or "1 = 0"
    return (
        f"CASE WHEN {condition} THEN {axis.dimension} END AS {side}_value",
        f"CASE WHEN {condition} THEN 1 ELSE 0 END AS {side}_named",
    )


def _parameters(window: Filters, axes: Sequence[Axis]) -> dict[str, object]:
    values = {
        f"{side}_{i}": value
        for axis, side in zip(axes, ("row", "column"), strict=True)
        for i, value in enumerate(axis.values)
        if value is not None
    }
    return values | {"last_date": window.end - _DAY if window.end else None}


def _labelled(raw: pd.DataFrame, axes: Sequence[Axis]) -> pd.DataFrame:
    """The cells with their labels, in the order of the axes."""
    frame = pd.DataFrame(
        {
            "tickets": raw["tickets"].fillna(0).astype(int),
            "start": raw["start_tickets"].fillna(0).astype(int),
            "median_age_days": raw["median_age_days"].astype(float),
        }
    )
    frame["change"] = frame["tickets"] - frame["start"]
    frame["too_few"] = (frame["tickets"] > 0) & (frame["tickets"] < FEWEST_TICKETS)
    for axis, side in zip(axes, ("row", "column"), strict=False):
        values = [plain_value(value) for value in raw[f"{side}_value"].astype(object)]
        named = [bool(flag) for flag in raw[f"{side}_named"]]
        frame[f"{side}_value"] = pd.Series(values, index=raw.index, dtype=object)
        frame[f"{side}_named"] = named
        frame[side] = [axis.label(value, flag) for value, flag in zip(values, named, strict=True)]
        frame[f"{side}_place"] = [
            axis.values.index(value) if flag else len(axis.values) for value, flag in zip(values, named, strict=True)
        ]
    places = ["row_place", "column_place"][: len(axes)]
    return frame.sort_values(places, kind="stable").reset_index(drop=True)


def _basis(engine: Engine, window: Filters, sql: str, parameters: dict[str, object], used: int) -> Basis:
    conditions = " AND ".join(["opened_on IS NULL", *window.value_conditions()])
    left_out = int(
        engine.query(f"SELECT count(*) AS n FROM tickets WHERE {conditions}", window.parameters())["n"].iloc[0]
    )
    return Basis(
        definition="Tickets open at the end of the last day, by two dimensions; their median age in calendar days; and "
        "the change: open at the end less open at the end of the day before the first.",
        sql=sql,
        parameters=parameters,
        as_of=engine.as_of,
        used=used,
        excluded=((NO_OPENING.reason, left_out),) if left_out else (),
        caveats=(
            "A ticket counts under its present values for its whole life.",
            "A reopened ticket counts as open from its opening to its last resolution, and is as old as its opening.",
            f"Each axis names the {MOST_VALUES} values with the most open tickets; all others are one.",
        ),
        source="HDI: open at a point in time, by type and age.",
        filters=window.sentence("open at the end of the period"),
    )
