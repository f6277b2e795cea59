"""Open tickets: which are open at the end of a window, and the moment at which their age is taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.filters import Filters
from analytics.formatting import day_text
from analytics.kpi import NO_OPENING
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_DAY = timedelta(days=1)
_LONGEST = 100_000.0  # days; what is older than that is a typing error, and no date either


@dataclass(frozen=True)
class OpenTickets:
    """`condition` is SQL over `tickets` with `parameters`; the number that meets it is the KPI `backlog`.

    `moment` (UTC) is the end of the window or the as-of time, whichever is earlier. `is_present` is False where the
    window ends before the as-of day, so that the tickets' present values are not those of the moment.
    `condition_without_opening` finds those that would be open, had they an opening time.
    """

    filters: Filters
    moment: datetime
    is_present: bool
    condition: str
    parameters: dict[str, object]
    condition_without_opening: str

    def days_before(self, days: float) -> datetime:
        """The moment so many days earlier: what was opened before it is older than that."""
        return self.moment - timedelta(days=min(days, _LONGEST))

    def age_days(self, opened_at: pd.Series) -> pd.Series:
        """Days from each opening to the moment; 0 for what was opened in its last fractions of a second."""
        return ((pd.Timestamp(self.moment) - opened_at) / _DAY).clip(lower=0)

    @property
    def words(self) -> str:
        """`tickets open at the end of 30 Jun 2026 where ...`; may quote an export."""
        where = self.filters.between(None, None).sentence("open").removeprefix("tickets open at any time")
        return f"tickets {self.when}{where}"

    @property
    def when(self) -> str:
        """`open now` or `open at the end of 30 Jun 2026`."""
        if self.is_present or self.filters.end is None:
            return "open now"
        return f"open at the end of {day_text(self.filters.end - _DAY)}"


def open_tickets(engine: Engine, filters: Filters) -> OpenTickets:
    """The tickets opened before `filters.end` and not ended by then; the start of the window plays no part."""
    until = filters.between(None, filters.end)
    not_ended = "(ended_on IS NULL OR ended_on >= :to_date)" if filters.end else "ended_on IS NULL"
    opened = ["opened_on IS NOT NULL", *until.period_conditions("opened_on")]
    rest = [not_ended, *until.value_conditions()]
    moment, is_present = _moment(engine, filters)
    return OpenTickets(
        filters, moment, is_present, "\n  AND ".join([*opened, *rest]), until.parameters(),
        "\n  AND ".join(["opened_on IS NULL", *rest]),
    )  # fmt: skip


def without_opening(engine: Engine, shown: OpenTickets) -> tuple[tuple[str, int], ...]:
    """Why and how many tickets could not be used: not ended, but without an opening time; empty if there are none."""
    condition = shown.condition_without_opening
    found = engine.query(f"SELECT count(*) AS tickets FROM tickets WHERE {condition}", shown.parameters)
    count = int(found["tickets"].iloc[0])
    return ((NO_OPENING.reason, count),) if count else ()


def selected(
    shown: OpenTickets, words: str, condition: str = "", parameters: Mapping[str, object] | None = None
) -> Selection:
    """The open tickets that also meet `condition`, oldest first; `words` follow those of all open tickets."""
    narrowed = f"{shown.condition}\n  AND {condition}" if condition else shown.condition
    both = {**shown.parameters, **(parameters or {})}
    return Selection(f"{shown.words}{words}", narrowed, both, "ticket_key")


def share_text(part: int, whole: int) -> str:
    """` (22 %)`; nothing where the whole is too few to speak of shares."""
    return f" ({part / whole:.0%})".replace("%", " %") if whole >= FEWEST_TICKETS else ""


def _moment(engine: Engine, filters: Filters) -> tuple[datetime, bool]:
    as_of = engine.as_of or datetime(1970, 1, 1)  # noqa: DTZ001 - local to the reporting time zone, like the as-of time
    end = datetime.combine(filters.end, time()) if filters.end else None
    is_present = end is None or end > as_of
    local = as_of if end is None or is_present else end
    aware = local.replace(tzinfo=ZoneInfo(engine.reporting_time_zone))
    return aware.astimezone(UTC).replace(tzinfo=None), is_present
