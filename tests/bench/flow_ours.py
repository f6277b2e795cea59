"""The views of why the backlog grows through Backlight's own code, as the pages ask them."""

from datetime import date
from pathlib import Path
from typing import Any

from analytics.filters import Filters
from analytics.flow.accumulation import accumulation
from analytics.flow.ageing import ageing
from analytics.flow.bounce_price import bounce_price
from analytics.flow.bridge import bridge
from analytics.flow.contributions import contributions
from analytics.flow.cycle_times import cycle_times
from analytics.flow.handoffs import handoffs
from analytics.flow.littles_law import littles_law
from analytics.flow.mttr_change import mttr_change
from analytics.flow.ownership import ownership
from analytics.flow.reprioritisation import reprioritisation
from analytics.flow.steps import steps
from analytics.flow.survival import survival
from analytics.flow.verdict import verdict
from analytics.warehouse.engine import open_engine
from tests.bench.questions import CHOSEN, Question, Rows

FROM, TO = date(2025, 7, 1), date(2026, 7, 1)


class FlowOurs:
    """Backlight on the desk in `folder`."""

    name = "Backlight"

    def __init__(self, folder: Path) -> None:
        self.engine = open_engine(folder)

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each view by its name, over a year."""
        chosen = Filters.of(FROM, TO, {name: [value] for name, value in CHOSEN.items()} if filtered else None)
        e = self.engine
        return {
            "bridge": Question(lambda: (bridge(e, chosen), contributions(e, chosen, "category")), _bridge),
            "verdict": Question(lambda: verdict(e, chosen), lambda found: _one(found, "drift_per_week", "weeks")),
            "map": Question(lambda: accumulation(e, chosen, "category", "ticket_type"), _map),
            "age": Question(lambda: ageing(e, chosen, (10, 30)), _age),
            "ownership": Question(lambda: ownership(e, chosen), _classes),
            "hand-offs": Question(lambda: handoffs(e, chosen), _handoffs),
            "price of a hand-off": Question(lambda: bounce_price(e, chosen), _kinds),
            "steps": Question(lambda: steps(e, chosen), _steps),
            "cycle times": Question(lambda: cycle_times(e, chosen), lambda found: [("tickets", found.tickets)]),
            "changes of priority": Question(
                lambda: reprioritisation(e, chosen),
                lambda found: _one(found, "tickets", "changed", "raised", "lowered"),
            ),
            "Little's law": Question(
                lambda: littles_law(e, chosen), lambda found: _one(found, "average_backlog", "ended", "mean_days")
            ),
            "survival": Question(lambda: survival(e, chosen), _survival),
            "what moved MTTR": Question(
                lambda: mttr_change(e, chosen, "category"), lambda found: _one(found, "mean_before", "mean_after")
            ),
        }


def _one(found: Any, *names: str) -> Rows:
    return [(name, getattr(found, name)) for name in names]


def _bridge(found: Any) -> Rows:
    whole, split = found
    totals = _one(whole, "start", "opened", "reopened", "cancelled", "end")
    parts = split.frame[["value", "change", "demand", "throughput", "carry_over"]].itertuples(index=False, name=None)
    return totals + sorted(parts)


def _map(found: Any) -> Rows:
    return [("open", int(found.frame["tickets"].sum())), ("change", int(found.frame["change"].sum()))]


def _age(found: Any) -> Rows:
    bands = [(f"from {band.from_days}", band.tickets) for band in found.bands]
    return [*bands, *((name, getattr(found.lines, name)) for name in ("p50", "p85", "p95")), *found.past.items()]


def _classes(found: Any) -> Rows:
    return [(held.name, held.tickets) for held in found.classes]


def _handoffs(found: Any) -> Rows:
    pairs = found.pairs[["from_group", "to_group", "handoffs", "tickets"]].itertuples(index=False, name=None)
    returns = [("returns", int(found.ping_pong["returns"].sum()), float(found.ping_pong["hours"].sum()))]
    return [*_one(found, "tickets", "tickets_handed_over"), *returns, *sorted(pairs)]


def _kinds(found: Any) -> Rows:
    """Tickets whose kind and hand-offs are known, whether there are others to compare them with or not."""
    alone = sum(count for reason, count in found.basis.excluded if reason.startswith("no other ticket"))
    return [("tickets", found.basis.used + alone)]


def _steps(found: Any) -> Rows:
    columns = ["value", "hours", "tickets", "stays", "median_hours", "p85_hours"]
    return sorted(found.groups[columns].itertuples(index=False, name=None)) + sorted(
        found.statuses[columns].itertuples(index=False, name=None)
    )


def _survival(found: Any) -> Rows:
    curve = found.curves[None]
    return [("tickets", int(curve.tickets)), ("ended", int(curve.ended.sum()))]
