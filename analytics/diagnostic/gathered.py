"""What a judgement needs from the state store: what is known beside the tickets, and the numbers in force."""

from typing import cast

from analytics.diagnostic.known import Known, LoggedTime, TimeClass
from analytics.diagnostic.numbers import SETTING, Numbers
from analytics.store import Store


def known(store: Store) -> Known:
    """What people entered and this product measured of itself."""
    problems = [one.entered for one in store.problems.all() if one.entered.status != "dropped"]
    owned = frozenset(problem.group_key for problem in problems)
    fixed = {(one.group_key, one.fixed_on) for one in problems if one.status == "fixed" and one.fixed_on}
    dismissed = frozenset(one.group_key for one in store.problems.dismissed())
    return Known(logged_time(store), store.answer_times.settled(), owned, dismissed, tuple(sorted(fixed)))


def logged_time(store: Store) -> tuple[LoggedTime, ...]:
    """Leadership's own weeks, oldest first."""
    return tuple(
        LoggedTime(week.week, cast("TimeClass", work), hours)
        for week in store.time_log.weeks()
        for work, hours in week.hours.items()
    )


def numbers(store: Store) -> Numbers:
    """The thresholds and assumptions in force."""
    return Numbers.of(store.setting(SETTING, ""))
