"""Case mix: groups compared on the time to resolve, raw and with type, priority and category taken out."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import NOT_RECORDED, Filters, check_dimension
from analytics.flow.basis import Basis
from analytics.flow.group_effects import group_effects, stratum_numbers
from analytics.formatting import hours_text
from analytics.kpis.mttr import MTTR
from analytics.measure import FEWEST_TICKETS, account
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

KEYS = ("ticket_type", "priority", "category")
MOST_GROUPS = 200
_LEAST_COMPARED = 0.1
_DEFINITION = (
    "The typical (geometric mean) calendar hours from opened to resolved per group: raw, and as they would be if every "
    "group resolved the same mix of ticket type, priority and category as all together."
)
_CAVEATS = (
    "Groups are compared on tickets of the same type, priority and category only.",
    "A kind that is small, or that one group has alone, is taken together with others of its type and priority.",
    "The columns do not tell everything: a second line gets the harder tickets of a category, and looks slower for it.",
    "Typical hours: the geometric mean of time plus an hour, less that hour; a few very long tickets hardly move it.",
    "Beside it stand the means with plain indirect standardisation, which a few very long tickets do move.",
    "A ticket's whole time counts for the group that held it last.",
    "Groups are not people, and nothing here says why one takes longer.",
)
_SOURCE = (
    "Adjustment for case mix: BartLeplae/IncidentTicketAnalysis; indirect standardisation: Breslow and Day 1987. Means "
    "of groups and kinds fitted together as two-way fixed effects: Abowd, Kramarz and Margolis 1999."
)


@dataclass(frozen=True)
class CaseMix:
    """Groups by adjusted hours, the slowest first; `keys` are the columns adjusted for, as far as they tell any apart.

    `frame` has `value` (None for not recorded), `label`, `tickets`, `raw_hours`, `adjusted_hours`, `lo_hours`,
    `hi_hours` (typical hours and the 95 % interval of the adjusted ones), `ratio`, `lo`, `hi` (against the average of
    all like tickets), `compared` (tickets of kinds that other groups resolve too), `mean_hours`,
    `expected_mean_hours`, `adjusted_mean_hours`, and `reason` why there is no figure. Unknown is NaN.
    """

    dimension: str
    keys: tuple[str, ...]
    filters: Filters
    frame: pd.DataFrame
    desk_hours: float
    basis: Basis

    @property
    def shown(self) -> pd.DataFrame:
        """The groups that can be compared."""
        return self.frame[self.frame["reason"].isna()]

    @property
    def sentence(self) -> str:
        """The answer; it quotes an export."""
        if self.frame.empty:
            return "Cannot tell who is slower: no tickets were resolved in this selection."
        if not self.keys:
            return "Cannot compare like with like: type, priority and category are not recorded, or always the same."
        shown, kinds = self.shown, _listed(self.keys)
        if len(shown) < 2:
            return (
                f"Cannot tell who is slower: fewer than two groups have at least {FEWEST_TICKETS} comparable tickets."
            )
        slowest: Any = self.slowest
        if slowest["lo"] <= 1:
            return f"With {kinds} taken out, none of {len(shown)} groups is clearly slower than all together."
        return f"With {kinds} taken out, {self._named(slowest)} {self._beside(slowest)}"

    def _named(self, slowest: Any) -> str:
        top: Any = self.shown.iloc[0]
        span = f"{hours_text(slowest['lo_hours'])} to {hours_text(slowest['hi_hours'])}"
        found = (
            f"{hours_text(slowest['adjusted_hours'])} a ticket ({span}), against {hours_text(self.desk_hours)} of all."
        )
        if top["label"] == slowest["label"]:
            return f"{slowest['label']} is the slowest: typically {found}"
        wide = f"{hours_text(top['lo_hours'])} to {hours_text(top['hi_hours'])}"
        return (
            f"{slowest['label']} is the most clearly slow: typically {found} {top['label']} may be slower still, but "
            f"rests on less ({wide})."
        )

    def _beside(self, slowest: Any) -> str:
        """How it looks as measured."""
        raw: Any = self.shown.loc[self.shown["raw_hours"].idxmax()]
        if raw["label"] == slowest["label"]:
            return f"As measured, {slowest['label']} is the slowest too ({hours_text(slowest['raw_hours'])})."
        return (
            f"As measured, {raw['label']} looks slowest ({hours_text(raw['raw_hours'])}); like with like it is "
            f"{hours_text(raw['adjusted_hours'])}."
        )

    @property
    def slowest(self) -> pd.Series | None:
        """The row of the group that is most surely slow: its interval begins highest. None without any."""
        shown = self.shown
        return None if shown.empty else shown.loc[shown["lo"].idxmax()]

    @property
    def untold(self) -> str:
        """How many groups have no figure, and why; empty if all have one."""
        counts = self.frame["reason"].value_counts()
        return "; ".join(f"{count} {'group' if count == 1 else 'groups'}: {why}" for why, count in counts.items())

    def behind(self, value: object) -> Selection:
        """The tickets of one group that were resolved in the filters, the longest first."""
        chosen = self.filters.only(self.dimension, value)  # type: ignore[arg-type]
        conditions = [MTTR.population, *chosen.period_conditions(MTTR.anchor), *chosen.value_conditions()]
        order = "resolution_hours DESC, ticket_id"
        return Selection(chosen.sentence(MTTR.verb), " AND ".join(conditions), chosen.parameters(), order)


def case_mix(engine: Engine, filters: Filters, dimension: str = "assignment_group") -> CaseMix:
    """The values of a dimension compared on the tickets resolved in the filters, raw and adjusted for case mix.

    The dimension itself is not adjusted for. Raises for a dimension that does not exist or names people.
    """
    check_dimension(dimension)
    keys = tuple(key for key in KEYS if key != dimension)
    sql = _sql(filters, dimension, keys)
    cells = engine.query(sql, filters.parameters())
    cells["value"] = _plain(cells["value"], dimension)
    whole = account(engine, MTTR, filters)
    basis = Basis(
        _DEFINITION, sql, filters.parameters(), engine.as_of, whole.used, whole.excluded, _CAVEATS, _SOURCE,
        filters.sentence(MTTR.verb),
    )  # fmt: skip
    if cells.empty:
        return CaseMix(dimension, keys, filters, _no_groups(), float("nan"), basis)
    log_mean = cells["total"].sum() / cells["tickets"].sum()
    told = tuple(key for key in keys if cells[key].nunique(dropna=False) > 1)
    return CaseMix(dimension, told, filters, _groups(cells, told), float(np.expm1(log_mean)), basis)


def _sql(filters: Filters, dimension: str, keys: tuple[str, ...]) -> str:
    log = "ln(1 + resolution_hours)"
    conditions = [MTTR.population, *filters.period_conditions(MTTR.anchor), *filters.value_conditions()]
    columns = [f"{dimension} AS value", *keys, "count(*) AS tickets", "sum(resolution_hours) AS hours"]
    columns += [f"sum({log}) AS total", f"sum({log} * {log}) AS squares"]
    grouped = ", ".join(str(number + 1) for number in range(1 + len(keys)))
    listed = ",\n  ".join(columns)
    return f"SELECT\n  {listed}\nFROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY {grouped}"


def _plain(values: pd.Series, dimension: str) -> pd.Series:
    """Values as text, whole numbers or None, whatever column they come from."""
    read = int if dimension == "priority" else str
    return pd.Series([None if pd.isna(value) else read(value) for value in values.astype(object)], dtype=object)


def _groups(cells: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    numbered, values = pd.factorize(cells["value"].map(lambda value: (value,)))
    cells = cells.assign(group_number=numbered)
    frame = cells.groupby("group_number")[["tickets", "hours", "total"]].sum()
    frame["value"] = pd.Series([value for (value,) in values], dtype=object)
    frame["label"] = [NOT_RECORDED if value is None else str(value) for value in frame["value"]]
    frame["raw_hours"] = np.expm1(frame["total"] / frame["tickets"])
    frame = frame.join(_by_indirect_standardisation(cells, keys)).join(_adjusted(cells, keys, frame["tickets"]))
    frame["reason"] = _reasons(frame) if keys else "no kinds of tickets are recorded"
    unknown = frame["reason"].notna()
    hidden = ["adjusted_hours", "lo_hours", "hi_hours", "ratio", "lo", "hi", "adjusted_mean_hours"]
    frame.loc[unknown, hidden] = np.nan
    frame.loc[frame["tickets"] < FEWEST_TICKETS, ["raw_hours", "mean_hours", "expected_mean_hours"]] = np.nan
    frame = frame.sort_values(["adjusted_hours", "tickets"], ascending=False, na_position="last", kind="stable")
    return frame.drop(columns=["hours", "total"]).reset_index(drop=True)


def _adjusted(cells: pd.DataFrame, keys: tuple[str, ...], tickets: pd.Series) -> pd.DataFrame:
    """Ratios to the average of like tickets and the hours that follow, of the largest groups."""
    kept = tickets.nlargest(MOST_GROUPS, keep="first").index.sort_values()
    part = cells[cells["group_number"].isin(kept)].reset_index(drop=True)
    places = pd.Series(range(len(kept)), index=kept)
    part = part.assign(group_number=part["group_number"].map(places))
    found = group_effects(part, stratum_numbers(part, keys, FEWEST_TICKETS), len(kept))
    level = part["total"].sum() / part["tickets"].sum()
    logs = {"": found.effect, "lo": found.effect - found.reach, "hi": found.effect + found.reach}
    columns = {name or "ratio": np.exp(log) for name, log in logs.items()}
    columns |= {f"{name or 'adjusted'}_hours": np.maximum(0, np.expm1(level + log)) for name, log in logs.items()}
    return pd.DataFrame(columns | {"compared": found.compared}, index=kept)


def _by_indirect_standardisation(cells: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """Mean hours, those expected at the mean of all tickets of each kind, and the mean of all times their quotient."""
    kinds = [cells[key].astype(object).where(cells[key].notna(), NOT_RECORDED) for key in keys] or [cells["hours"] < 0]
    kind = cells.groupby(kinds)[["hours", "tickets"]].transform("sum")
    expected = (kind["hours"] / kind["tickets"] * cells["tickets"]).groupby(cells["group_number"]).sum()
    sums = cells.groupby("group_number")[["hours", "tickets"]].sum()
    overall = cells["hours"].sum() / cells["tickets"].sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        adjusted = overall * sums["hours"] / expected
    return pd.DataFrame(
        {
            "mean_hours": sums["hours"] / sums["tickets"],
            "expected_mean_hours": expected / sums["tickets"],
            "adjusted_mean_hours": adjusted,
        }
    )


def _reasons(frame: pd.DataFrame) -> pd.Series:
    reasons = pd.Series(None, index=frame.index, dtype=object)
    alone = frame["ratio"].isna() | (frame["compared"] < np.maximum(FEWEST_TICKETS, _LEAST_COMPARED * frame["tickets"]))
    reasons[alone] = "no other group resolves enough tickets of these kinds"
    reasons[frame["compared"].isna()] = f"beyond the {MOST_GROUPS} largest"
    reasons[frame["tickets"] < FEWEST_TICKETS] = f"too few, under {FEWEST_TICKETS} tickets"
    return reasons


def _no_groups() -> pd.DataFrame:
    names = (
        "value", "label", "tickets", "raw_hours", "adjusted_hours", "lo_hours", "hi_hours", "ratio", "lo", "hi",
        "compared", "mean_hours", "expected_mean_hours", "adjusted_mean_hours", "reason",
    )  # fmt: skip
    return pd.DataFrame(
        {name: pd.Series(dtype=object if name in ("value", "label", "reason") else float) for name in names}
    )


def _listed(keys: tuple[str, ...]) -> str:
    words = [key.replace("_", " ") for key in keys]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
