"""Whether the KPI can tell what is asked of it: no sum of hours, no number of breaches, no order of single tickets."""

from itertools import pairwise

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.intent_marks import lists_oldest
from analytics.ask.parsing.mark import Mark
from analytics.ask.question import Intent
from analytics.ask.span import ALL_TIME
from analytics.kpi import Kpi, Unit
from analytics.kpis import find_kpi

_NUMBERS = ("how many", "number of", "the number of", "count of", "total number of")
_COMMANDS = ("close", "resolve", "solve", "fix", "reopen", "finish", "complete")


def check_fit(draft: Draft) -> None:
    """Raises `Refused` for what the KPI cannot tell."""
    kpi = find_kpi(draft.kpi)
    if draft.marks[0].text in _COMMANDS:
        raise Refused("A question never changes data: ask what you want to know.")
    _check_sum(draft, kpi)
    _check_mean(draft, kpi)
    _check_number(draft, kpi)
    _check_tickets(draft)


def _check_sum(draft: Draft, kpi: Kpi) -> None:
    if draft.saying("sum") and kpi.unit is not Unit.TICKETS:
        raise Refused(f"A sum is not measured: {kpi.title} is not added up over tickets.")
    summed = any(draft.marks[place].text.startswith("sum") for place in draft.saying("sum"))
    added = draft.saying("sum") and draft.saying("of_all", "by", unused=False) and _all_of_a_grain(draft)
    if (summed or added) and kpi.is_stock and (draft.grain or draft.has_trend or draft.span != ALL_TIME):
        raise Refused(f"{kpi.title} is a level: it is not added up over days.")
    draft.absorb(*draft.saying("sum"))


def _all_of_a_grain(draft: Draft) -> bool:
    """`of all weeks`: all of them together, not each."""
    return any(mark.of("grain") and before.text.endswith("all") for before, mark in pairwise(draft.marks))


def _check_mean(draft: Draft, kpi: Kpi) -> None:
    """`the average SLA of all groups`: a mean of shares is no measure."""
    mean = any((sense := mark.of("variant")) and sense.name == "mean" for mark in draft.marks)
    is_measured = draft.intent is Intent.MEASURE and kpi.unit is Unit.RATIO
    if is_measured and any(mark.text == "mean" and mark.of("variant") for mark in draft.marks):
        raise Refused(f"A mean of {kpi.title} is not measured: it is a share, and can be asked for as it is.")
    of_all = any(mark.of("dimension") and before.text.endswith("all") for before, mark in pairwise(draft.marks))
    if mean and of_all and kpi.unit is Unit.RATIO:
        raise Refused("A mean over groups is not measured: ask for the share itself, or for it by group.")


def _check_number(draft: Draft, kpi: Kpi) -> None:
    counted = [place for place in draft.saying("how_many") if draft.marks[place].text in _NUMBERS]
    is_number = kpi.unit is not Unit.TICKETS and draft.intent is Intent.MEASURE
    if counted and is_number and _counts_tickets(draft, counted[0]):
        raise Refused(f"{kpi.title} is not a number of tickets: ask for it as it is.")
    if draft.is_inverted and not (draft.order or draft.threshold):
        raise Refused("Breaches are not counted: SLA adherence is the share that met the target, and can be asked for.")


def _check_tickets(draft: Draft) -> None:
    waits = any(mark.of("kpi") and {"wait", "long"} & set(mark.text.split()) for mark in draft.marks)
    if waits and "status" in draft.chosen.values():
        raise Refused("How long tickets stay in a status is not measured.")
    if draft.saying("oldest", unused=False) and not lists_oldest(draft):
        raise Refused("Tickets are not ranked one by one here: the list of open tickets can be sorted by its columns.")
    for place, mark in enumerate(draft.marks[:-2]):
        following = draft.marks[place + 1 : place + 3]
        if mark.says("ticket") and following[0].text in ("that", "which", "who") and _is_time_measure(following[1]):
            raise Refused(f"'{following[1].text}' is a measure of many tickets, not something that a ticket does.")


def _counts_tickets(draft: Draft, place: int) -> bool:
    after = draft.near(place)
    measure = after.of("kpi") if after is not None else None
    return after is not None and (after.says("ticket") or after.of("value") is not None or measure is not None)


def _is_time_measure(mark: Mark) -> bool:
    sense = mark.of("kpi")
    return sense is not None and find_kpi(sense.name).unit is Unit.HOURS
