"""Contributions: which values of a dimension changed the backlog, and through demand, throughput or carry-over."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.extent import first_day
from analytics.filters import NOT_RECORDED, Filters, check_dimension, plain_value
from analytics.flow.basis import Basis
from analytics.flow.bridge import ENDED, OPEN_AT_END, OPEN_AT_START, OPENED, window_of
from analytics.formatting import day_text
from analytics.headline import comparable
from analytics.kpi import NO_OPENING
from analytics.ranking import OTHER
from analytics.warehouse.engine import Engine
from analytics.window import length_words

PARTS = ("demand", "throughput", "carry_over")
_BEFORE = {
    "opened_before": "opened_on >= :before_date AND opened_on < :from_date",
    "ended_before": "ended_on >= :before_date AND ended_on < :from_date",
}


@dataclass(frozen=True)
class Contributions:
    """The change of the backlog in a window, split among the values of `dimension`.

    `frame` has a row a value, those that moved the backlog the way it moved first, the largest first: `value` (None is
    not recorded), `change` (= opened - ended), `demand` (opened here less opened in the period before), `throughput`
    (ended before less ended here: positive where fewer were closed), `carry_over` (opened less ended in the period
    before: the imbalance that was there already), `opened`, `ended`, `start`, `end`, `opened_before`,
    `ended_before`; all in tickets. The three parts sum to the change, the changes to the end less the start. Parts
    are NaN, with `why_not` in words, where the data does not cover the period before (`before` is None).
    """

    dimension: str
    filters: Filters
    before: Filters | None
    why_not: str
    frame: pd.DataFrame
    basis: Basis

    @property
    def change(self) -> int:
        """The change of the whole backlog."""
        return int(self.frame["change"].sum())

    def largest(self, most: int = 10) -> pd.DataFrame:
        """The values that changed most either way, all further ones as one: `label`, `change`, the parts, `place`.

        `place` is the row of `frame` a line stands for, -1 for the others together. Values that stood still are
        left out.
        """
        moved = self.frame[self.frame["change"] != 0]
        places = moved["change"].abs().sort_values(ascending=False, kind="stable").index[:most]
        shown = self.frame.loc[sorted(places), ["value", "change", *PARTS]]
        shown["label"] = [NOT_RECORDED if value is None else str(value) for value in shown["value"]]
        lines = shown.rename_axis("place").reset_index()[["label", "change", *PARTS, "place"]]
        rest = moved.drop(index=places)
        if rest.empty:
            return lines
        others = {"label": f"{OTHER} ({len(rest)})", "place": -1}
        others |= {name: rest[name].sum(skipna=False) for name in ("change", *PARTS)}
        return pd.concat([lines, pd.DataFrame([others])[list(lines.columns)]], ignore_index=True)

    @property
    def before_words(self) -> str:
        """`52 weeks` in "than in the 52 weeks before"."""
        return length_words(self.filters)


def contributions(engine: Engine, filters: Filters, dimension: str) -> Contributions:
    """The contributions of the values of one dimension; raises `UnknownName` or `PersonDimension`."""
    name = check_dimension(dimension)
    window = window_of(engine, filters)
    first = first_day(engine)
    before = comparable(window, first)
    sql, parameters = _sql(window, before, name), _parameters(window, before)
    frame = _ranked(_parts(engine.query(sql, parameters), before is not None))
    return Contributions(
        dimension=name,
        filters=window,
        before=before,
        why_not="" if before else _why_not(first),
        frame=frame,
        basis=Basis(
            definition="Change = opened - ended. Demand: opened now less opened in the period of equal length just "
            "before. Throughput: ended before less ended now. Carry-over: opened less ended before. The three sum to "
            "the change.",
            sql=sql,
            parameters=parameters,
            as_of=engine.as_of,
            used=int(frame["present"].sum()),
            excluded=_excluded(engine, window),
            caveats=(
                "A ticket counts under its present value for its whole life.",
                "A reopened ticket counts as open from its opening to its last resolution.",
                "The parts say how the change came about, not who or what caused it.",
            ),
            source="Exact split: opened - ended = (opened - opened before) + (ended before - ended) + (opened before - "
            "ended before).",
            filters=window.sentence("in the backlog"),
        ),
    )


def _sql(window: Filters, before: Filters | None, dimension: str) -> str:
    earlier = "".join(
        f",\n  {f'count(*) FILTER (WHERE {condition})' if before else 'CAST(NULL AS BIGINT)'} AS {name}"
        for name, condition in _BEFORE.items()
    )
    reach = ":before_date" if before else ":from_date"
    conditions = [
        "opened_on < :to_date",
        f"(ended_on IS NULL OR ended_on >= {reach})",
        *window.value_conditions(),
    ]
    where = "\n  AND ".join(conditions)
    return f"""SELECT
  {dimension} AS value,
  count(*) FILTER (WHERE {OPENED}) AS opened,
  count(*) FILTER (WHERE {ENDED}) AS ended,
  count(*) FILTER (WHERE {OPEN_AT_START}) AS start_tickets,
  count(*) FILTER (WHERE {OPEN_AT_END}) AS end_tickets,
  count(*) FILTER (WHERE ended_on IS NULL OR ended_on >= :from_date) AS present{earlier}
FROM tickets
WHERE {where}
GROUP BY 1"""


def _parameters(window: Filters, before: Filters | None) -> dict[str, object]:
    return window.parameters() | ({"before_date": before.start} if before else {})


def _parts(raw: pd.DataFrame, compared: bool) -> pd.DataFrame:
    """The counts by value, with the change and its three parts."""
    frame = raw.rename(columns={"start_tickets": "start", "end_tickets": "end"})
    frame["value"] = [plain_value(value) for value in raw["value"].astype(object)]
    frame["value"] = frame["value"].astype(object).where(frame["value"].notna(), None)
    frame["change"] = frame["opened"] - frame["ended"]
    if compared:
        frame["demand"] = frame["opened"] - frame["opened_before"]
        frame["throughput"] = frame["ended_before"] - frame["ended"]
        frame["carry_over"] = frame["opened_before"] - frame["ended_before"]
    else:
        frame[["demand", "throughput", "carry_over", *_BEFORE]] = np.nan
    return frame


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Those that moved with the whole first, then those against it, then those that stood still; largest first."""
    direction = -1 if frame["change"].sum() < 0 else 1
    moved = frame["change"] * direction
    order = pd.DataFrame(
        {
            "side": np.select([moved > 0, moved < 0], [0, 1], 2),
            "size": -frame["change"].abs(),
            "moved": -(frame["opened"] + frame["ended"]),
            "label": ["" if value is None else str(value) for value in frame["value"]],
        }
    )
    return frame.loc[order.sort_values(["side", "size", "moved", "label"], kind="stable").index].reset_index(drop=True)


def _why_not(first: date | None) -> str:
    return f"the data starts on {day_text(first)}" if first else "there is no data"


def _excluded(engine: Engine, window: Filters) -> tuple[tuple[str, int], ...]:
    conditions = " AND ".join(["opened_on IS NULL", *window.value_conditions()])
    found = engine.query(f"SELECT count(*) AS tickets FROM tickets WHERE {conditions}", window.parameters())
    count = int(found["tickets"].iloc[0])
    return ((NO_OPENING.reason, count),) if count else ()
