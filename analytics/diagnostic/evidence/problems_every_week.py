"""Problems every week: people who raised more than one incident within seven days."""

from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share_finding import Counted, share_finding, window_of
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import percent_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "problems_every_week"
_KIND = "(ticket_type IS NULL OR ticket_type = 'incident')"


def problems_every_week(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """The share of people with an incident who had a second one within seven days of another."""
    days, limit = numbers.threshold(_NAME, "window_days"), numbers.threshold(_NAME, "share_of_people")
    window = window_of(engine, filters, days)
    chosen = " AND ".join(["opened_on IS NOT NULL", _KIND, *_conditions(window)])
    gaps = (
        "  SELECT source, requester, CAST(opened_on - lag(opened_on) OVER (\n"
        "    PARTITION BY source, requester ORDER BY opened_at\n  ) AS INTEGER) AS gap\n"
        f"  FROM tickets WHERE {chosen}"
    )
    people = (
        "  SELECT requester IS NOT NULL AS is_whole, coalesce(min(gap) < 7, FALSE) AS is_part\n"
        f"  FROM (\n{gaps}\n  ) AS gaps GROUP BY source, requester"
    )
    soon = f"SELECT source, requester FROM (\n{gaps}\n) AS gaps WHERE requester IS NOT NULL AND gap < 7"
    counted = Counted(
        people,
        "people with an incident",
        "had another one within seven days",
        Selection("incidents of people who had another within a week", f"(source, requester) IN ({soon}) AND {chosen}"),
        "the requester is not recorded",
    )
    rule = (
        f"Agrees where more than {percent_text(limit)} of the people with an incident in the last {days:g} days had "
        "two within seven days of each other, beyond chance."
    )
    basis = Basis(
        "People are told apart by the requester's name in one tool; none is shown.", "", {}, None, 0,
        caveats=("Who reports nothing is not seen, so the true share of people may be lower, and of problems higher.",),
        source="lean4it: users with more than one ticket in four weeks, on a week.",
    )  # fmt: skip
    return share_finding(engine, window, _NAME, counted, limit, rule, basis)


def _conditions(window: Filters) -> list[str]:
    return [*window.period_conditions("opened_on"), *window.value_conditions()]
