"""The groups that stand out in each of the last three months, and which of them are the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
from rapidfuzz import fuzz

from analytics.diagnostic.recurrence.group_candidates import Candidates, group_candidates
from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.near_titles import NEARLY_THE_SAME
from analytics.diagnostic.recurrence.recurring_groups import definition_of
from analytics.diagnostic.recurrence.recurring_span import RecurringSpan, recurring_span
from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.warehouse.engine import Engine

MONTHS, MONTH_DAYS = 3, 30
# Of a hundred groups one stands out by chance in a month, but hardly ever the same one in three.
STANDS_OUT = 0.01
_FEWEST = 2
_KINDS = ("category", "subcategory", "service")


@dataclass(frozen=True)
class MonthGroups:
    """`months` has for each month, the latest first, the groups that stand out; `same` are in all of them.

    `frequent` of the `kinds` most frequent values of `dimension` in a month are so in all three; an empty dimension
    means that there are no kinds. `tickets` were looked at in each month, `candidates` say by what things were told.
    """

    span: RecurringSpan | None = None
    months: tuple[tuple[GroupDefinition, ...], ...] = ()
    same: tuple[GroupDefinition, ...] = ()
    tickets: tuple[int, ...] = ()
    candidates: tuple[Candidates, ...] = ()
    dimension: str = ""
    kinds: int = 0
    frequent: int = 0

    @property
    def overlap(self) -> float:
        """The part of a month's groups that are in all three; 0 without any."""
        listed = sum(len(groups) for groups in self.months) / max(len(self.months), 1)
        return len(self.same) / listed if listed else 0.0


def month_groups(engine: Engine, filters: Filters, top: int = 10) -> MonthGroups:
    """The first so many groups of each of the last three months of 30 days, the least probable first."""
    whole = recurring_span(engine, filters, MONTHS * MONTH_DAYS)
    end = end_of(engine, filters)
    if whole is None or end is None:
        return MonthGroups()
    ends = [end - timedelta(days=MONTH_DAYS * place) for place in range(MONTHS)]
    spans = [span for last in ends if (span := recurring_span(engine, filters.between(None, last), MONTH_DAYS))]
    candidates = tuple(group_candidates(engine, span) for span in spans)
    months = tuple(_standing_out(found, top) for found in candidates)
    same = tuple(one for one in months[0] if all(_is_among(one, others) for others in months[1:]))
    dimension, kinds, frequent = _frequent_kinds(engine, spans, top)
    tickets = tuple(found.tickets for found in candidates)
    return MonthGroups(whole, months, same, tickets, candidates, dimension, kinds, frequent)


def _standing_out(found: Candidates, top: int) -> tuple[GroupDefinition, ...]:
    frame = found.frame
    if not found.told or frame.empty:
        return ()
    p = frame["p_window"].astype(float)
    often = frame[(p <= STANDS_OUT) & (frame["tickets"] >= _FEWEST) & (frame["spells"] >= _FEWEST)]
    ordered = often.sort_values(["p_window", "tickets"], ascending=[True, False], kind="stable").head(top)
    return tuple(definition_of(row) for row in ordered.to_dict("records"))


def _is_among(one: GroupDefinition, others: Sequence[GroupDefinition]) -> bool:
    """Whether the same group is there; a title may be led by another spelling in another month."""
    return any(one == other or _is_near(one, other) for other in others)


def _is_near(one: GroupDefinition, other: GroupDefinition) -> bool:
    if one.title is None or other.title is None or (one.service, one.category) != (other.service, other.category):
        return False
    return fuzz.ratio(one.title, other.title) >= NEARLY_THE_SAME


def _frequent_kinds(engine: Engine, spans: Sequence[RecurringSpan], top: int) -> tuple[str, int, int]:
    """How many of the most frequent kinds are the same in all months: what size alone brings about."""
    for dimension in _KINDS:
        months = [_most_frequent(engine, span, dimension, top) for span in spans]
        if min(len(month) for month in months) > 1:
            return dimension, max(len(month) for month in months), len(set.intersection(*months))
    return "", 0, 0


def _most_frequent(engine: Engine, span: RecurringSpan, dimension: str, top: int) -> set[object]:
    conditions = [f"{dimension} IS NOT NULL", *span.conditions("window_start")]
    found: pd.DataFrame = engine.query(
        f"SELECT {dimension} AS kind, count(*) AS tickets FROM tickets WHERE {' AND '.join(conditions)} "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {int(top)}",
        span.parameters,
    )
    return set(found["kind"].astype(object))
