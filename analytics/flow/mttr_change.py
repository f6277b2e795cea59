"""What moved MTTR: its change against the period before, split into mix and rate, value by value."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import t as student

from analytics.extent import bounded, first_day
from analytics.filters import NOT_RECORDED, Filters, check_dimension, plain_value
from analytics.flow.basis import Basis
from analytics.formatting import day_text, hours_text, hours_texts
from analytics.kpis.mttr import MTTR
from analytics.measure import FEWEST_TICKETS, account
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from analytics.window import length_words

FEW = "values with too few tickets"
_DEFINITION = (
    "The change of the mean calendar hours from opened to resolved, against the period of equal length before. Mix is "
    "what the change of a value's share does; rate is what the change of its own mean does. All parts add up to the "
    "change exactly."
)
_CAVEATS = (
    "It is arithmetic, not a cause: a value that moved the mean is where to look first.",
    "A value that grew raises the mean only if it takes longer than the average of both periods.",
    "A value seen in one period only counts as mix.",
    f"Values with fewer than {FEWEST_TICKETS} tickets in a period are taken together.",
    "Calendar hours: nights, weekends and time on hold count; tickets still open are absent.",
    "Soon after the records begin only short tickets can have been resolved: there the mean rises by itself.",
    "A few very long tickets can move a mean: the interval says how far chance alone reaches.",
)
_SOURCE = (
    "Kitagawa 1955: components of a difference between two rates, midpoint weights; the mix is taken against the mean "
    "of both periods, which leaves its sum as it is. Interval of the change: Welch 1947."
)


@dataclass(frozen=True)
class MttrChange:
    """MTTR in the period (`after`) and in the one before, in hours, and what made the difference.

    `frame` has one row a value, the largest part first: `value` (NULL for not recorded), `label`, `tickets_before`,
    `tickets`, `hours_before`, `hours` (means, NaN without tickets), `mix`, `rate` and `part`, their sum, in hours.
    `lo` and `hi` are the 95 % interval of the change. With a `reason` there is nothing to split.
    """

    dimension: str
    period: Filters
    before: Filters
    frame: pd.DataFrame
    mean_before: float
    mean_after: float
    lo: float
    hi: float
    reason: str | None
    basis: Basis

    @property
    def change(self) -> float:
        """Hours by which the mean moved."""
        return self.mean_after - self.mean_before

    @property
    def mix(self) -> float:
        """Hours of the change that come from other shares of the values."""
        return float(self.frame["mix"].sum())

    @property
    def rate(self) -> float:
        """Hours of the change that come from other means of the same values."""
        return float(self.frame["rate"].sum())

    @property
    def clear(self) -> bool:
        """Whether the change is more than chance between two such samples would make of it."""
        return self.reason is None and not self.lo <= 0 <= self.hi

    @property
    def sentence(self) -> str:
        """The answer in our own words; it quotes no export."""
        if self.reason:
            return f"Cannot tell what moved the mean time to resolve: {self.reason}."
        moved = "from {} to {}".format(*hours_texts(self.mean_before, self.mean_after))
        sure = "" if self.clear else ", which may be chance"
        kinds = self.dimension.replace("_", " ")
        return (
            f"Against the {length_words(self.period)} before, the mean time to resolve "
            f"{'rose' if self.change > 0 else 'fell' if self.change < 0 else 'stayed'} {moved} "
            f"({signed_hours(self.change)}; 95 % interval {signed_hours(self.lo)} to {signed_hours(self.hi)}{sure}): "
            f"{signed_hours(self.rate)} from tickets of the same {kinds} taking {'more' if self.rate > 0 else 'less'} "
            f"time (rate), {signed_hours(self.mix)} from another mix by {kinds}."
        )

    @property
    def largest(self) -> str:
        """Which value moved it most, and how; quotes an export. Empty where nothing did."""
        named = self.frame[(self.frame["label"] != FEW) & (self.frame["part"] != 0)]
        if self.reason or named.empty:
            return ""
        row: Any = named.iloc[0]
        how = "rate" if abs(row["rate"]) >= abs(row["mix"]) else "mix"
        return (
            f"Largest part: {row['label']}, {signed_hours(row['part'])}, mostly {how} "
            f"({row['tickets_before']:,} tickets before, {row['tickets']:,} after)."
        )

    def rest_text(self, shown: int) -> str:
        """What the rows after the first `shown` ones add up to."""
        return signed_hours(float(self.frame["part"].iloc[shown:].sum()))

    def behind(self, place: int | None = None) -> Selection:
        """The tickets resolved in the period: all of them, or those of one row of `frame`; the longest first."""
        conditions = [MTTR.population, *self.period.period_conditions(MTTR.anchor), *self.period.value_conditions()]
        parameters = self.period.parameters()
        words = self.period.sentence(MTTR.verb)
        if place is not None:
            row = self.frame.iloc[place]
            values = row["values"]
            listed = [f":moved_{number}" for number, value in enumerate(values) if value is not None]
            parts = [f"{self.dimension} IN ({', '.join(listed)})"] if listed else []
            parts += [f"{self.dimension} IS NULL"] if None in values else []
            conditions.append(f"({' OR '.join(parts)})")
            parameters |= {f"moved_{number}": value for number, value in enumerate(values) if value is not None}
            words += f", {self.dimension.replace('_', ' ')}: {row['label']}"
        return Selection(words, " AND ".join(conditions), parameters, "resolution_hours DESC, ticket_id")


def signed_hours(hours: float) -> str:
    """`+3.2 h` or `-45 min`; nothing has no sign."""
    words, none = hours_text(abs(hours)), hours_text(0)
    return words if words == none else f"{'-' if hours < 0 else '+'}{words}"


def mttr_change(engine: Engine, filters: Filters, dimension: str) -> MttrChange:
    """The change of MTTR in the filters against the period of equal length before, split by the dimension."""
    check_dimension(dimension)
    period = bounded(engine, filters)
    before = period.previous() or period
    sql, parameters = _sql(period, dimension), period.parameters() | {"before_date": before.start}
    raw = engine.query(sql, parameters) if period.start and period.end else pd.DataFrame()
    reason = _reason(engine, before, raw)
    frame = _parts(_pooled(raw)) if reason is None else _parts(_empty())
    numbers = _numbers(raw) if reason is None else (np.nan, np.nan, np.nan, np.nan)
    both = account(engine, MTTR, period.between(before.start, period.end))
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, both.used, both.excluded, _CAVEATS, _SOURCE,
        f"{period.sentence(MTTR.verb)}, against the {length_words(period)} before" if period.start else "",
    )  # fmt: skip
    return MttrChange(dimension, period, before, frame, *numbers, reason, basis)


def _sql(period: Filters, dimension: str) -> str:
    conditions = [MTTR.population, f"{MTTR.anchor} >= :before_date", f"{MTTR.anchor} < :to_date"]
    sides = {"after": f"{MTTR.anchor} >= :from_date", "before": f"{MTTR.anchor} < :from_date"}
    hours = "resolution_hours"
    measures = ",\n  ".join(
        f"count(*) FILTER (WHERE {side}) AS n_{name},\n"
        f"  COALESCE(sum({hours}) FILTER (WHERE {side}), 0) AS hours_{name},\n"
        f"  COALESCE(sum({hours} * {hours}) FILTER (WHERE {side}), 0) AS squares_{name}"
        for name, side in sides.items()
    )
    where = "\n  AND ".join([*conditions, *period.value_conditions()])
    return f"SELECT\n  {dimension} AS value,\n  {measures}\nFROM tickets\nWHERE {where}\nGROUP BY 1"


def _reason(engine: Engine, before: Filters, raw: pd.DataFrame) -> str | None:
    begins = first_day(engine)
    if begins is None or raw.empty or before.start is None:
        return "no tickets were resolved in the period or the one before"
    if before.start < begins:
        return (
            f"the period before would begin on {day_text(before.start)}, and the data begins on {day_text(begins)}; "
            "choose a shorter or later period"
        )
    for name, words in (("after", "in the period"), ("before", "in the period before")):
        if raw[f"n_{name}"].sum() < FEWEST_TICKETS:
            return f"fewer than {FEWEST_TICKETS} tickets were resolved {words}"
    return None


def _numbers(raw: pd.DataFrame) -> tuple[float, float, float, float]:
    """Both means, and the interval of their difference by Welch's approximation."""
    mean, error, freedom = {}, {}, {}
    for name in ("before", "after"):
        n, hours, squares = (float(raw[f"{part}_{name}"].sum()) for part in ("n", "hours", "squares"))
        mean[name] = hours / n
        error[name] = max(0.0, squares / n - mean[name] ** 2) / (n - 1)
        freedom[name] = error[name] ** 2 / (n - 1)
    total = error["before"] + error["after"]
    change = mean["after"] - mean["before"]
    degrees = total**2 / sum(freedom.values()) if total > 0 else 1.0
    reach = float(student.ppf(0.975, degrees)) * np.sqrt(total)
    return mean["before"], mean["after"], change - reach, change + reach


def _empty() -> pd.DataFrame:
    names = ("value", "n_after", "hours_after", "n_before", "hours_before", "label", "values")
    return pd.DataFrame(
        {name: pd.Series(dtype=object if name in ("value", "label", "values") else float) for name in names}
    )


def _pooled(raw: pd.DataFrame) -> pd.DataFrame:
    """One row a value, those with few tickets in either period as one."""
    values = [plain_value(value) for value in raw["value"].astype(object)]
    frame = raw.assign(
        value=pd.Series(values, dtype=object),  # as text, None would turn into NaN
        label=[NOT_RECORDED if value is None else str(value) for value in values],
        values=[(value,) for value in values],
    )
    few = np.zeros(len(frame), dtype=bool)
    for name in ("n_before", "n_after"):
        few |= (frame[name] > 0) & (frame[name] < FEWEST_TICKETS)
    if not few.any():
        return frame
    pool = frame.loc[few, [c for c in frame if c.startswith(("n_", "hours_"))]].sum().to_dict()
    pool |= {"value": FEW, "label": FEW, "values": tuple(frame.loc[few, "value"])}
    return pd.concat([frame[~few], pd.DataFrame([pool])], ignore_index=True)


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    """Mix and rate of every value; a value seen in one period only has its one mean in both."""
    n0, n1 = (frame[name].to_numpy(dtype=float) for name in ("n_before", "n_after"))
    sum0, sum1 = (frame[name].to_numpy(dtype=float) for name in ("hours_before", "hours_after"))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean0, mean1 = sum0 / n0, sum1 / n1
        share0, share1 = n0 / n0.sum(), n1 / n1.sum()
        reference = (sum0.sum() / n0.sum() + sum1.sum() / n1.sum()) / 2
    then, now = np.where(n0 > 0, mean0, mean1), np.where(n1 > 0, mean1, mean0)
    mix = (share1 - share0) * ((now + then) / 2 - reference)
    rate = (now - then) * (share1 + share0) / 2
    columns = {
        "value": frame["value"], "label": frame["label"], "values": frame["values"],
        "tickets_before": n0.astype(int), "tickets": n1.astype(int), "hours_before": mean0, "hours": mean1,
        "mix": mix, "rate": rate, "part": mix + rate,
    }  # fmt: skip
    order = np.argsort(-np.abs(mix + rate), kind="stable")
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)
