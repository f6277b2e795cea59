"""Steps: where the open time of tickets goes, by status and by group, and how much of it is pending."""

from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.moves import of_tickets, where
from analytics.formatting import hours_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

STATUS, SOURCE_STATUS, GROUP = "status", "source_status", "assignment_group"
_DEFINITION = (
    "Open hours that tickets spent at each status and in each group: stays that began in the period, each up to the "
    "next value, the ticket's end or the as-of time. Time after the end counts nothing."
)
_CAVEATS = (
    "Calendar hours: nights and weekends count.",
    "A stay that still runs counts as long as it has lasted so far.",
    "Time between a resolution and a reopening counts as open: the requester still waited.",
)
_SOURCE = "Process mining and Kanban: time in status, flow efficiency as the share of time that is not waiting."


@dataclass(frozen=True)
class Steps:
    """`statuses` and `groups` have value, hours, tickets, stays, median_hours, p85_hours, share; most hours first.

    Median and p85 are of a stay, NaN on fewer than `FEWEST_TICKETS` tickets. `share` is of the open hours of all rows.
    `status_field` says whose words `statuses` has. `pending_share` is of all open hours by the history, or, where
    there is none, by the tool's own `pending_hours` of resolved tickets; None where nothing tells; `pending_by` says
    which. `reason` says why there are no steps.
    """

    statuses: pd.DataFrame
    groups: pd.DataFrame
    status_field: str
    pending_share: float | None
    pending_by: str
    reason: str | None
    basis: Basis

    @property
    def sentence(self) -> str:
        """Where most time goes. It quotes a status of the export, so it is shown as plain text."""
        if self.statuses.empty:
            return f"Cannot tell where tickets spend their time: {self.reason}."
        first = self.statuses.iloc[0]
        half = "" if pd.isna(first["median_hours"]) else f", half of the stays longer than {_text(first)}"
        value = first["value"].replace("_", " ") if self.status_field == STATUS else first["value"]
        return f"{first['share'] * 100:.0f} % of the open time was spent in '{value}'{half}."

    @property
    def pending_sentence(self) -> str:
        """How much of the time was on hold; quotes no export."""
        if self.pending_share is None:
            return "Cannot tell how long tickets were on hold: no history shows it and no hours on hold are recorded."
        by = (
            "of their open time"
            if self.pending_by == "history"
            else "of their time to resolve, by the tool's own count"
        )
        return f"Tickets were on hold for {self.pending_share * 100:.1f} % {by}."


def steps(engine: Engine, filters: Filters) -> Steps:
    """The steps of the tickets in the filters, of stays that began in the period."""
    sql, parameters, field = _steps_sql(filters), filters.parameters(), _telling_field(engine)
    # Field by field: all at once would hold every stay of every field in memory.
    by_field = {name: _shares(engine.query(sql, parameters | {"step_field": name})) for name in (field, GROUP)}
    found = any(len(rows) for rows in by_field.values())
    # What has a history of its status mostly has one of its group too.
    used = _used(engine, filters, field if len(by_field[field]) else GROUP) if found else 0
    pending, by = _pending(by_field, engine, filters) if used >= FEWEST_TICKETS else None, "history"
    if pending is None:
        pending, by = _pending_recorded(engine, filters)
    reason = None if found else "no ticket here has a history that says when its status or group changed"
    basis = Basis(
        _DEFINITION, sql, parameters, engine.as_of, used, (), _CAVEATS, _SOURCE, filters.sentence("with a stay begun"),
    )  # fmt: skip
    return Steps(by_field[field], by_field[GROUP], field, pending, by if pending is not None else "", reason, basis)


def step_selection(filters: Filters, field: str, value: str) -> Selection:
    """The tickets that stayed at this value, from a day in the period on, while they were open."""
    stays = _stay_conditions(filters, field="field = :step_field", value="value = :step_value")
    condition = f"ticket_key IN (SELECT ticket_key FROM stays {where(stays)})"
    parameters = filters.parameters() | {"step_field": field, "step_value": value}
    return Selection(f"tickets that were in '{value}'", condition, parameters)


def _stay_conditions(filters: Filters, **further: str) -> list[str]:
    return [
        *further.values(), "value IS NOT NULL", "stay_hours IS NOT NULL", *filters.period_conditions("entered_on"),
        *of_tickets(filters),
    ]  # fmt: skip


def _steps_sql(filters: Filters) -> str:
    stays = _stay_conditions(filters, field="field = :step_field")
    return (
        "SELECT value, sum(stay_hours) AS hours, count(DISTINCT ticket_key) AS tickets, count(*) AS stays,\n"
        "  median(stay_hours) AS median_hours,\n"
        "  percentile_cont(0.85) WITHIN GROUP (ORDER BY stay_hours) AS p85_hours\n"
        f"FROM stays\n{where(stays)}\n"
        "GROUP BY 1\nORDER BY 2 DESC, 1"
    )


def _telling_field(engine: Engine) -> str:
    """The tool's own statuses where they are more than ours, over all of the data: the window must not decide it."""
    sql = "SELECT count(DISTINCT value) AS known FROM stays WHERE field = :step_field"
    theirs = engine.query(sql, {"step_field": SOURCE_STATUS})["known"].iloc[0]
    return SOURCE_STATUS if theirs and theirs > engine.query(sql, {"step_field": STATUS})["known"].iloc[0] else STATUS


def _used(engine: Engine, filters: Filters, field: str) -> int:
    """Tickets with a stay at the field that began in the period."""
    stays = _stay_conditions(filters, field="field = :step_field")
    sql = f"SELECT count(*) AS tickets FROM (SELECT DISTINCT ticket_key FROM stays {where(stays)}) AS present"
    return int(engine.query(sql, filters.parameters() | {"step_field": field})["tickets"].iloc[0])


def _shares(rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(value=rows["value"].astype(object))
    enough = rows["tickets"] >= FEWEST_TICKETS
    shown = {name: rows[name].where(enough) for name in ("median_hours", "p85_hours")}
    total = float(rows["hours"].sum())
    return rows.assign(**shown, share=rows["hours"] / total if total else float("nan"))


def _pending(by_field: dict[str, pd.DataFrame], engine: Engine, filters: Filters) -> float | None:
    """None also where no ticket was ever pending: many histories have no such status."""
    statuses = by_field.get(STATUS)
    if statuses is None:
        sql = (
            "SELECT value, sum(stay_hours) AS hours FROM stays\n"
            f"{where(_stay_conditions(filters, field='field = :step_field'))}\nGROUP BY 1"
        )
        statuses = engine.query(sql, filters.parameters() | {"step_field": STATUS})
    total, held = float(statuses["hours"].sum()), statuses.loc[statuses["value"] == "pending", "hours"]
    return float(held.sum()) / total if len(held) and total else None


def _pending_recorded(engine: Engine, filters: Filters) -> tuple[float | None, str]:
    """Hours on hold against hours to resolve of tickets that ended in the period, where the tool keeps them."""
    conditions = [
        "pending_hours IS NOT NULL", "resolution_hours IS NOT NULL", *filters.period_conditions("ended_on"),
        *filters.value_conditions(),
    ]  # fmt: skip
    row = engine.query(
        "SELECT count(*) AS tickets, sum(pending_hours) AS held, sum(resolution_hours) AS hours "
        f"FROM tickets {where(conditions)}",
        filters.parameters(),
    ).iloc[0]
    told = row["tickets"] >= FEWEST_TICKETS and row["hours"] > 0
    return (float(row["held"] / row["hours"]), "pending hours") if told else (None, "")


def _text(row: pd.Series) -> str:
    return hours_text(float(row["median_hours"]))
