"""The Overview's questions through Backlight's own code, as the page asks them."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from analytics.filters import Filters
from analytics.kpi import Kpi
from analytics.kpis import find_kpi
from analytics.measure import KpiResult, measure_each
from analytics.period import Grain
from analytics.warehouse.engine import open_engine
from tests.bench.questions import CHOSEN, FIRST_DAY, PERIOD, TODAY, TOP, TREND_FROM, Question, Rows, in_order

HEADLINE = ("mttr", "fcr", "sla_adherence", "volume", "backlog")
TREND = ("mttr", "median_time_to_resolve", "p90_time_to_resolve", "fcr", "sla_adherence")
FLOW = ("inflow", "outflow")


class Ours:
    """Backlight on the desk in `folder`."""

    name = "Backlight"

    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(folder)

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each question by its name."""
        recent, before = (TODAY - PERIOD, TODAY), (TODAY - 2 * PERIOD, TODAY - PERIOD)
        trend, all_days = (TREND_FROM, TODAY), (FIRST_DAY, TODAY)
        asked: dict[str, tuple[Sequence[tuple[date, date]], Sequence[str], Sequence[str], Grain | None]] = {
            "headline, two periods": ((recent, before), HEADLINE, (), None),
            "weekly times, FCR and SLA": ((trend,), TREND, (), Grain.WEEK),
            "top categories": ((trend,), ("volume",), ("category",), None),
            "daily backlog": ((all_days,), ("backlog",), (), Grain.DAY),
            "weekly backlog": ((all_days,), ("backlog",), (), Grain.WEEK),
            "daily backlog by group": ((all_days,), ("backlog",), ("assignment_group",), Grain.DAY),
            "weekly flow by type": ((trend,), FLOW, ("ticket_type",), Grain.WEEK),
        }
        where = {name: [value] for name, value in CHOSEN.items()} if filtered else {}
        return {
            name: Question(
                partial(self._measured, [Filters.of(*days, where=where) for days in periods], names, by, grain),
                partial(_rows, by=by, grain=grain, most=TOP if name == "top categories" else None),
            )
            for name, (periods, names, by, grain) in asked.items()
        }

    def _measured(
        self, periods: Sequence[Filters], names: Sequence[str], by: Sequence[str], grain: Grain | None
    ) -> list[dict[str, KpiResult]]:
        kpis: list[Kpi] = [find_kpi(name) for name in names]
        return [measure_each(self.engine, kpis, filters, by, grain) for filters in periods]


def _rows(answers: object, by: Sequence[str], grain: Grain | None, most: int | None) -> Rows:
    assert isinstance(answers, list)
    keys = (["period"] if grain else []) + list(by)
    found: Rows = []
    for number, results in enumerate(answers):
        for name, result in results.items():
            frame = result.frame[[*keys, "value"]].dropna(subset=["value"])
            frame = frame.nlargest(most, "value") if most else frame
            if grain:
                frame = frame.assign(period=pd.to_datetime(frame["period"]).dt.strftime("%Y-%m-%d"))
            found += [(name, str(number), *row) for row in in_order(frame, len(keys))]
    return found
