"""What a judgement needs from the state store: what is known beside the tickets, and the numbers in force."""

from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import SETTING, Numbers
from analytics.store import Store


def known(store: Store) -> Known:
    """What people entered and this product measured of itself."""
    dropped = ("dropped",)
    owned = frozenset(one.problem.group_key for one in store.problems.all() if one.problem.status not in dropped)
    return Known(owned=owned, dismissed=frozenset(one.group_key for one in store.problems.dismissed()))


def numbers(store: Store) -> Numbers:
    """The thresholds and assumptions in force."""
    return Numbers.of(store.setting(SETTING, ""))
