"""Stayed gone: whether a fault came back after it was fixed, against how often it came before."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import pandas as pd
from scipy import stats

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.diagnostic.recurrence.group_tickets import group_tickets
from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.formatting import count_text, day_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

GoneVerdict = Literal["stayed gone", "fewer than before", "came back", "too early to tell"]
_BEFORE_DAYS = 365
_FEWEST_BEFORE_DAYS = 28
# Silence or few tickets by chance alone is less probable than this before anybody may be glad.
_DOUBT = 0.05


@dataclass(frozen=True)
class StayedGone:
    """`before` tickets came in `before_days` days up to the fix, `after` in `after_days` days since.

    `expected` is what the rate before would have brought since the fix, from `low` to `high` (95 %; None where it
    cannot be told). `until` is the last day looked at.
    """

    verdict: GoneVerdict
    before: int
    before_days: int
    after: int
    after_days: int
    expected: float | None
    low: float | None
    high: float | None
    until: date | None
    selection: Selection

    @property
    def sentence(self) -> str:
        """The answer; quotes no export."""
        if self.expected is None or self.until is None:
            return "Too early to tell: no day after the fix is in the data yet."
        came = f"{count_text(self.after)} {'ticket' if self.after == 1 else 'tickets'} in {self.after_days} days since"
        rate = f"{self.expected:.1f} would have come at the rate before ({self.low:.0f} to {self.high:.0f})"
        words = {
            "stayed gone": "It has stayed gone",
            "fewer than before": "It still comes, but less often",
            "came back": "It came back",
            "too early to tell": "Too early to tell",
        }
        return f"{words[self.verdict]}: {came} the fix, up to {day_text(self.until)}, where {rate}."


def stayed_gone(engine: Engine, definition: GroupDefinition, fixed_on: date) -> StayedGone:
    """Tickets opened after the day of the fix against those before.

    The rate before is that of the year up to the fix, or from its first ticket on where it came later. As it rests on
    b tickets, what is expected is negative binomial with b + 1/2 successes: Poisson, with the rate itself uncertain.
    """
    found = group_tickets(engine, definition)
    days = pd.to_datetime(found.frame["opened_on"]).dt.date
    end = end_of(engine, Filters())
    earliest = fixed_on - timedelta(days=_BEFORE_DAYS)
    past = days[(days <= fixed_on) & (days > earliest)]
    since = min(past.min(), fixed_on - timedelta(days=_FEWEST_BEFORE_DAYS)) if len(past) else earliest
    before_days, after = (fixed_on - since).days + 1, int((days > fixed_on).sum())
    after_days = max((end - fixed_on).days - 1, 0) if end else 0
    selection = Selection(
        "tickets opened after the fix", f"{found.condition}\n  AND opened_on > :fixed_on",
        found.parameters | {"fixed_on": fixed_on},
    )  # fmt: skip
    if not after_days or end is None:
        return StayedGone("too early to tell", len(past), before_days, 0, 0, None, None, None, None, selection)
    size = len(past) + 0.5
    expected = size * after_days / before_days
    chance = size / (size + expected)
    low, high = (float(stats.nbinom.ppf(part, size, chance)) for part in (0.025, 0.975))
    few = bool(stats.nbinom.cdf(after, size, chance) < _DOUBT)
    return StayedGone(
        _verdict(after, few), len(past), before_days, after, after_days, expected, low, high,
        end - timedelta(days=1), selection,
    )  # fmt: skip


def _verdict(after: int, few: bool) -> GoneVerdict:
    if few:
        return "fewer than before" if after else "stayed gone"
    return "came back" if after else "too early to tell"
