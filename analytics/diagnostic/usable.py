"""Usable: how many of the tickets that a KPI should rest on it can rest on, and why not on the others."""

from dataclasses import dataclass

from analytics.filters import Filters
from analytics.kpi import CANCELLED, STILL_OPEN, Kpi
from analytics.measure import FEWEST_TICKETS, account
from analytics.query import selection_conditions
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

# Left out because the KPI does not mean them, not because something is missing.
_NOT_MEANT = (CANCELLED.reason, STILL_OPEN.reason, "still open and not yet due")


@dataclass(frozen=True)
class Usable:
    """`used` tickets; `missing` is (reason, tickets) for those that should count and cannot."""

    kpi: Kpi
    filters: Filters
    used: int
    missing: tuple[tuple[str, int], ...]

    @property
    def unusable(self) -> int:
        """Tickets that should count and cannot."""
        return sum(count for _, count in self.missing)

    @property
    def unusable_share(self) -> float | None:
        """Of those that should count; None where they are too few to speak of."""
        wanted = self.used + self.unusable
        return self.unusable / wanted if wanted >= FEWEST_TICKETS else None

    @property
    def main_reason(self) -> str:
        """Why most of the missing ones are, empty without any."""
        return max(self.missing, key=lambda pair: pair[1])[0] if self.missing else ""

    def is_told(self, least_share: float) -> bool:
        """Whether the KPI rests on enough tickets, and on at least that share of those that it should."""
        share = self.unusable_share
        return self.used >= FEWEST_TICKETS and share is not None and 1 - share >= least_share

    def selection(self) -> Selection:
        """The tickets that should count and cannot; the reasons are asked in the order in which they are counted."""
        whens = [
            f"WHEN {exclusion.condition} THEN {'FALSE' if exclusion.reason in _NOT_MEANT else 'TRUE'}"
            for exclusion in self.kpi.exclusions
        ]
        is_missing = f"CASE WHEN {self.kpi.population} THEN FALSE {' '.join(whens)} ELSE TRUE END"
        conditions = [is_missing, *selection_conditions(self.kpi, self.filters)]
        words = f"tickets that {self.kpi.title} should count and cannot"
        return Selection(words, " AND ".join(conditions), self.filters.parameters())


def usable(engine: Engine, kpi: Kpi, filters: Filters) -> Usable:
    """What there is for a KPI in the filters' period."""
    found = account(engine, kpi, filters)
    missing = tuple((reason, count) for reason, count in found.excluded if reason not in _NOT_MEANT)
    return Usable(kpi, filters, found.used, missing)
