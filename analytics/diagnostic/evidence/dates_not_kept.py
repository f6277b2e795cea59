"""Dates not kept: promised dates that passed before the ticket was resolved, those still open included."""

from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share_finding import Counted, share_finding, window_of
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import percent_text
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "dates_not_kept"


def dates_not_kept(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """One less SLA adherence, against the share of dates that may be missed."""
    days, limit = numbers.threshold(_NAME, "window_days"), numbers.threshold(_NAME, "missed_share")
    window = window_of(engine, filters, days)
    period = window.period_conditions("COALESCE(judged_on, ended_on)")
    chosen = " AND ".join(["opened_on IS NOT NULL", *period, *window.value_conditions()])
    counted = Counted(
        f"  SELECT {SLA_ADHERENCE.population} AS is_whole, coalesce(NOT sla_met, FALSE) AS is_part\n"
        f"  FROM tickets WHERE {chosen}",
        "tickets with a promised date", "missed it",
        Selection("tickets that missed their date", f"{SLA_ADHERENCE.population} AND NOT sla_met AND {chosen}"),
        "no promised date is known",
    )  # fmt: skip
    rule = (
        f"Agrees where more than {percent_text(limit)} of the dates that fell due, or were met, in the last {days:g} "
        "days were missed, beyond chance."
    )
    basis = Basis(
        SLA_ADHERENCE.definition, "", {}, None, 0,
        caveats=("The promised date is the resolution target of the tool.", *SLA_ADHERENCE.caveats),
        source=SLA_ADHERENCE.source,
    )  # fmt: skip
    return share_finding(engine, window, _NAME, counted, limit, rule, basis)
