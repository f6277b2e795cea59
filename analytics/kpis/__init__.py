"""The KPI registry, in display order."""

from analytics.errors import UnknownName
from analytics.kpi import Kpi
from analytics.kpis.backlog import BACKLOG
from analytics.kpis.fcr import FCR
from analytics.kpis.first_response_time import FIRST_RESPONSE_TIME
from analytics.kpis.inflow import INFLOW
from analytics.kpis.median_time_to_resolve import MEDIAN_TIME_TO_RESOLVE
from analytics.kpis.mttr import MTTR
from analytics.kpis.mttr_business import MTTR_BUSINESS
from analytics.kpis.outflow import OUTFLOW
from analytics.kpis.p90_time_to_resolve import P90_TIME_TO_RESOLVE
from analytics.kpis.reopen_rate import REOPEN_RATE
from analytics.kpis.response_sla_adherence import RESPONSE_SLA_ADHERENCE
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.kpis.sla_adherence_conventional import SLA_ADHERENCE_CONVENTIONAL
from analytics.kpis.volume import VOLUME

KPIS: tuple[Kpi, ...] = (
    MTTR,
    MEDIAN_TIME_TO_RESOLVE,
    P90_TIME_TO_RESOLVE,
    MTTR_BUSINESS,
    FCR,
    SLA_ADHERENCE,
    VOLUME,
    BACKLOG,
    INFLOW,
    OUTFLOW,
    REOPEN_RATE,
    FIRST_RESPONSE_TIME,
    SLA_ADHERENCE_CONVENTIONAL,
    RESPONSE_SLA_ADHERENCE,
)


def find_kpi(name: str) -> Kpi:
    """The KPI of that name; raises `UnknownName` with the nearest name."""
    by_name = {kpi.name: kpi for kpi in KPIS}
    if name not in by_name:
        raise UnknownName("KPI", name, by_name)
    return by_name[name]
