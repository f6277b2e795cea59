"""SlaViews: response and resolution adherence apart; ours beside the conventional one, and what lies between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.filters import Filters, check_dimension
from analytics.flow.basis import Basis
from analytics.kpis.response_sla_adherence import RESPONSE_SLA_ADHERENCE
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.kpis.sla_adherence_conventional import SLA_ADHERENCE_CONVENTIONAL
from analytics.measure import FEWEST_TICKETS, account, measure
from analytics.query import compose
from analytics.warehouse.engine import Engine

SPLITS = ("priority", "assignment_group", "service")


@dataclass(frozen=True)
class SlaViews:
    """`resolution` has one row, `by` a frame per dimension with its value first, most tickets first.

    Columns: `tickets` (judged by ours), `met`, `breached_and_open`, `ours`, `conventional`, `points` (conventional less
    ours), `too_few`. Shares are 0 to 1, NaN where they cannot be told or rest on too few; so are the counts of a value
    of too few tickets. `response` and
    `response_tickets` are those of the response target, None where no export tells.
    """

    resolution: pd.DataFrame
    by: dict[str, pd.DataFrame]
    response: float | None
    response_tickets: int
    sentence: str
    response_sentence: str
    basis: Basis
    response_basis: Basis


def sla_views(engine: Engine, filters: Filters, by: Sequence[str] = SPLITS) -> SlaViews:
    """Both views of the tickets judged in the period, in all and by each of the dimensions."""
    dimensions = [check_dimension(name) for name in by]
    whole = _framed(engine, filters, None)
    behind = account(engine, SLA_ADHERENCE, filters)
    basis = Basis(
        f"Ours: {SLA_ADHERENCE.definition} Conventional: {SLA_ADHERENCE_CONVENTIONAL.definition}",
        sla_sql(filters, None), filters.parameters(), engine.as_of, behind.used, behind.excluded,
        SLA_ADHERENCE.caveats, SLA_ADHERENCE.source, filters.sentence(SLA_ADHERENCE.verb),
    )  # fmt: skip
    response = measure(engine, compose(RESPONSE_SLA_ADHERENCE, filters))
    told = None if response.too_few else response.value
    return SlaViews(
        whole, {name: _framed(engine, filters, name) for name in dimensions}, told, response.tickets,
        _sentence(whole), _response_sentence(told, response.tickets), basis, _response_basis(engine, filters),
    )  # fmt: skip


def sla_sql(filters: Filters, by: str | None) -> str:
    """Counts of judged tickets: both figures are read off them, with the same population and period as their KPIs."""
    conditions = [SLA_ADHERENCE.population, *filters.period_conditions(SLA_ADHERENCE.anchor)]
    key = f"{by},\n  " if by else ""
    grouped = "\nGROUP BY 1" if by else ""
    return (
        f"SELECT\n  {key}count(*) AS tickets,\n  count(*) FILTER (WHERE sla_met) AS met,\n"
        "  count(*) FILTER (WHERE ended_at IS NULL) AS breached_and_open\n"
        f"FROM tickets\nWHERE {' AND '.join([*conditions, *filters.value_conditions()])}{grouped}"
    )


def _framed(engine: Engine, filters: Filters, by: str | None) -> pd.DataFrame:
    frame = engine.query(sla_sql(filters, by), filters.parameters())
    if by:
        frame = frame.sort_values(["tickets", by], ascending=[False, True]).reset_index(drop=True)
    ended = frame["tickets"] - frame["breached_and_open"]
    ours = frame["met"] / frame["tickets"].where(frame["tickets"] >= FEWEST_TICKETS)
    conventional = frame["met"] / ended.where(ended >= FEWEST_TICKETS)
    too_few = frame["tickets"] < FEWEST_TICKETS
    if by:
        frame = frame.assign(**{name: frame[name].astype(float).mask(too_few) for name in ("met", "breached_and_open")})
    return frame.assign(
        ours=ours.astype(float),
        conventional=conventional.astype(float),
        points=((conventional - ours) * 100).astype(float),
        too_few=too_few,
    )


def _sentence(whole: pd.DataFrame) -> str:
    row: dict[Any, Any] = whole.iloc[0].to_dict()
    if not row["tickets"]:
        return "No ticket here was judged against a resolution target: that takes due times or the tool's breach flags."
    if pd.isna(row["ours"]):
        return f"Only {row['tickets']} tickets were judged against a resolution target: too few to say more."
    if not row["breached_and_open"]:
        return f"{_share(row['ours'])} met the resolution target; no ticket is both breached and still open."
    breached = f"{row['breached_and_open']:,} breached and still open"
    if pd.isna(row["conventional"]):
        return f"{_share(row['ours'])} met the resolution target, with {breached}; too few have ended to compare."
    return (
        f"{_share(row['ours'])} met the resolution target, counting {breached}; the conventional figure, "
        f"{_share(row['conventional'])}, leaves those out and is {row['points']:.1f} points better."
    )


def _response_sentence(share: float | None, tickets: int) -> str:
    if not tickets:
        return "Whether the response target was met cannot be told: that takes the tool's own flag in the export."
    if share is None:
        return f"Only {tickets} tickets were judged against a response target: too few to say more."
    return f"{_share(share)} of {tickets:,} tickets were answered within the response target."


def _share(share: float) -> str:
    return f"{share * 100:.1f} %"


def _response_basis(engine: Engine, filters: Filters) -> Basis:
    kpi = RESPONSE_SLA_ADHERENCE
    query, behind = compose(kpi, filters), account(engine, kpi, filters)
    return Basis(
        kpi.definition, query.sql, query.parameters, engine.as_of, behind.used, behind.excluded, kpi.caveats,
        kpi.source, filters.sentence(kpi.verb),
    )  # fmt: skip
