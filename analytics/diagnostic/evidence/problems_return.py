"""Problems return: the same thing broke more than so many times, beyond what is usual, and nobody owns the cause."""

from dataclasses import replace
from datetime import timedelta

from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.recurrence.recurring_basis import recurring_basis, untold
from analytics.diagnostic.recurrence.recurring_cost import recurring_cost
from analytics.diagnostic.recurrence.recurring_groups import Recurring, recurring_groups
from analytics.diagnostic.recurrence.recurring_span import RecurringSpan
from analytics.diagnostic.recurrence.recurring_table import groups_selection, groups_table, monthly_trend
from analytics.diagnostic.recurrence.recurring_words import groups_words, nothing_words, owned_words
from analytics.filters import Filters
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine

_NAME = "problems_return"


def found_groups(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Recurring:
    """The recurring groups by the thresholds in force."""
    more_than, days = (round(numbers.threshold(_NAME, name)) for name in ("more_than", "window_days"))
    return recurring_groups(engine, filters, more_than, days, known.owned, known.dismissed, known.fixed)


def problems_return(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:
    """Agrees where enough recurring groups have no problem record; partial where all have one and came back."""
    found, fewest = found_groups(engine, filters, numbers, known), round(numbers.threshold(_NAME, "fewest_groups"))
    span = found.span
    finding = Finding(
        _NAME, CANNOT_TELL, None, float(fewest), "groups", "", rule_words(numbers),
        span.start if span else None, span.end - timedelta(days=1) if span else None,
        recurring_basis(engine, filters, found),
    )  # fmt: skip
    reason = untold(found)
    if reason or span is None:
        return replace(finding, reason=reason)
    verdict, sentence = _verdict(found, span, fewest)
    shown = found.unowned or found.counted
    return replace(
        finding, verdict=verdict, sentence=sentence, value=float(len(found.unowned)),
        selection=groups_selection(shown, span), details=groups_table(found.groups),
        trend=monthly_trend(shown, span), cost=recurring_cost(engine, found.counted, span, numbers),
    )  # fmt: skip


def rule_words(numbers: Numbers) -> str:
    """The rule with its thresholds in words."""
    more_than, days, fewest = (
        round(numbers.threshold(_NAME, name)) for name in ("more_than", "window_days", "fewest_groups")
    )
    return (
        f"Agrees where {fewest} or more groups have no problem record. A group is the same item and category, or "
        f"nearly the same title on one service and category, that came up more than {more_than} times in {days} days "
        "of the last year and still comes, and more often than like items or titles do: so improbable that of all "
        "groups named 1 % may be chance. In part where each has a problem record and some came back all the same."
    )


def _verdict(found: Recurring, span: RecurringSpan, fewest: int) -> tuple[Verdict, str]:
    when = f"in the {span.days} days to {day_text(span.end - timedelta(days=1))}"
    if not found.candidates.told:
        return PARTIAL, groups_words(found.counted, when, coarse=True)
    if found.unowned:
        return AGREES if len(found.unowned) >= fewest else PARTIAL, groups_words(found.unowned, when)
    if found.counted:
        came_back = any(
            group.after_fix or (group.is_kept_here and not group.is_fixed and group.returned) for group in found.counted
        )
        return PARTIAL if came_back else DISAGREES, owned_words(found.counted, when)
    return DISAGREES, nothing_words(found, when)
