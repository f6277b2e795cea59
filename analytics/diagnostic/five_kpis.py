"""FiveKpis: which of the five core KPIs the loaded tickets can give, and on how many of them each rests."""

from dataclasses import dataclass

import pandas as pd

from analytics.diagnostic.usable import Usable, usable
from analytics.filters import Filters
from analytics.kpis.backlog import BACKLOG
from analytics.kpis.fcr import FCR
from analytics.kpis.mttr import MTTR
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.kpis.volume import VOLUME
from analytics.warehouse.engine import Engine

_KINDS = ("category", "service")


@dataclass(frozen=True)
class OneOfFive:
    """One of the five: its `title`, what there is for it, and whether that is enough."""

    title: str
    behind: Usable
    is_told: bool

    @property
    def why_not(self) -> str:
        """As in `no target known for 100 % of the tickets`; empty where it can be told."""
        if self.is_told:
            return ""
        share = self.behind.unusable_share
        if share is None or not self.behind.missing:
            return "too few tickets"
        return f"{self.behind.main_reason}: {share * 100:.0f} % of tickets unusable"


def five_kpis(engine: Engine, filters: Filters, least_share: float) -> tuple[OneOfFive, ...]:
    """The five over the filters' period, in the order of the overview."""
    plain = [usable(engine, kpi, filters) for kpi in (MTTR, FCR, SLA_ADHERENCE, BACKLOG)]
    *first, backlog = (OneOfFive(one.kpi.title, one, one.is_told(least_share)) for one in plain)
    return (*first, _by_kind(engine, filters, least_share), backlog)


def _by_kind(engine: Engine, filters: Filters, least_share: float) -> OneOfFive:
    """Volume by category, or by service where most tickets have no category and more of them a service."""
    opened = usable(engine, VOLUME, filters)
    counts = ", ".join(f"count(*) FILTER (WHERE {kind} IS NOT NULL) AS {kind}" for kind in _KINDS)
    conditions = [VOLUME.population, *filters.period_conditions(VOLUME.anchor), *filters.value_conditions()]
    sql = f"SELECT {counts}\nFROM tickets\nWHERE {' AND '.join(conditions)}"
    row = engine.query(sql, filters.parameters()).iloc[0]
    kind = _KINDS[0] if int(row[_KINDS[0]]) * 2 >= opened.used else max(_KINDS, key=lambda name: int(row[name]))
    without = opened.used - int(row[kind])
    missing = (*opened.missing, *(((f"no {kind}", without),) if without else ()))
    behind = Usable(VOLUME, filters, int(row[kind]), missing)
    return OneOfFive(f"Ticket volume by {kind}", behind, behind.is_told(least_share))


def five_table(found: tuple[OneOfFive, ...]) -> pd.DataFrame:
    """A row a KPI, for people."""
    rows = [
        (one.title, "yes" if one.is_told else "no", one.behind.used, one.behind.unusable, one.behind.main_reason)
        for one in found
    ]
    columns = ["KPI", "Can be computed", "Tickets used", "Tickets unusable", "Most of these because"]
    return pd.DataFrame(rows, columns=columns)
