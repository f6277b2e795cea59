"""Sentences about recurring groups, in our own words: numbers first, and nothing quoted from an export."""

from collections.abc import Sequence

import pandas as pd

from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.diagnostic.recurrence.recurring_groups import Recurring
from analytics.formatting import count_text


def groups_words(groups: Sequence[RecurringGroup], when: str, coarse: bool = False) -> str:
    """How many came back without a problem record, and how often the first of them did."""
    number, first = len(groups), groups[0]
    tickets = sum(group.tickets for group in groups)
    things = "thing" if number == 1 else "things"
    usual = "" if pd.isna(first.expected) else f", where {_days(first.expected)} usual for its like"
    again = f"{count_text(first.returned)} of them after an earlier one had been resolved"
    noun = "ticket" if first.tickets == 1 else "tickets"
    earlier = f" ({count_text(first.before)} more earlier in the year)" if first.before else ""
    one = f"{count_text(first.tickets)} {noun}{usual}{earlier}, {again}"
    which = one if number == 1 else f"{count_text(tickets)} tickets in all; the most striking of them {one}"
    if coarse:
        noun = "pair of service and category" if number == 1 else "pairs of service and category"
        return (
            f"{number} {noun} came more often {when} than before: {which}. Whether it is the same fault each time "
            "cannot be told without an item or a title."
        )
    return f"{number} {things} broke again and again {when}, and nobody owns the cause: {which}."


def owned_words(groups: Sequence[RecurringGroup], when: str) -> str:
    """All have a problem record; how many tickets came all the same."""
    number, returned = len(groups), sum(group.returned for group in groups)
    fixed = sum(group.after_fix for group in groups)
    after = f", {count_text(fixed)} of them after its problem record was resolved" if fixed else ""
    noun = "thing" if number == 1 else "things"
    have = "It has a problem record" if number == 1 else "Each has a problem record"
    return (
        f"{number} {noun} broke again and again {when}. {have}; {count_text(returned)} tickets came after an earlier "
        f"one had been resolved{after}."
    )


def nothing_words(found: Recurring, when: str) -> str:
    """Nothing came back beyond what is usual; what is merely frequent is named as such."""
    number = found.frequent_total
    demand = ""
    if number:
        kinds = "kind of ticket" if number == 1 else "kinds of ticket"
        demand = (
            f" {count_text(number)} {kinds} came more than {found.more_than} times, but no more often than their like "
            "do: frequent demand, see What to automate."
        )
    aside = sum(group.state == "dismissed" for group in found.groups)
    put = f" {aside} {'group was' if aside == 1 else 'groups were'} dismissed." if aside else ""
    return f"0 of {count_text(found.candidates.tickets)} incidents {when} belong to a fault that returns.{demand}{put}"


def _days(expected: float) -> str:
    if expected < 0.95:
        return "fewer than 1 is" if expected < 0.5 else "about 1 is"
    return f"about {expected:,.0f} {'is' if round(expected) == 1 else 'are'}"
