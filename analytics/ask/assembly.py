"""Assembly: the marks of a question, step by step, into one question in which every word has its place."""

from datetime import timedelta

from analytics.ask.draft import Draft, Refused
from analytics.ask.intent_marks import (
    absorb_changes,
    compared_span,
    read_asked,
    read_default_kpi,
    read_definition,
    read_list,
    settle_kpi,
)  # fmt: skip
from analytics.ask.kpi_marks import nameless, read_kpi
from analytics.ask.leftover import check_leftovers, check_scope
from analytics.ask.limit_marks import read_limits
from analytics.ask.mark import Mark
from analytics.ask.part_marks import read_parts
from analytics.ask.question import Intent, Question
from analytics.ask.rank_marks import read_order
from analytics.ask.split_marks import read_persons, read_splits, settle_clock
from analytics.ask.time_marks import read_clock, read_spans
from analytics.ask.title_marks import read_titles
from analytics.ask.value_marks import read_values
from analytics.ask.vocabulary import Vocabulary
from analytics.kpi import Unit
from analytics.kpis import find_kpi
from analytics.period import Grain
from analytics.window import fitting_grain

_NUMBERS = ("how many", "number of", "the number of", "count of", "total number of")
_COMMANDS = ("close", "resolve", "solve", "fix", "reopen", "finish", "complete")


def assembled(
    marks: tuple[Mark, ...], known: Vocabulary, choices: dict[int, int] | None = None, default_kpi: str = ""
) -> tuple[Draft, Question]:
    """The marks as a question; raises `Refused`, or `BacklightError` for what the registry cannot do.

    `choices` say per mark which of its readings is taken; `default_kpi` is measured where no KPI is named.
    """
    draft = Draft(marks, known, choices or {})
    read_titles(draft)
    read_asked(draft)
    check_scope(draft)
    read_spans(draft)
    read_values(draft)
    read_parts(draft)
    read_persons(draft)
    read_splits(draft)
    read_default_kpi(draft)
    read_kpi(draft)
    draft.kpi = draft.kpi or default_kpi
    settle_kpi(draft)
    settle_clock(draft)
    read_clock(draft)
    read_limits(draft)
    read_definition(draft)
    read_order(draft)
    absorb_changes(draft)
    if not draft.kpi:
        if not all(mark.is_known for mark in marks):
            check_leftovers(draft)
        raise Refused(nameless())
    _check_fit(draft)
    read_list(draft)
    _read_versus(draft)
    compared = compared_span(draft)
    _read_trend(draft)
    if draft.has_trend and draft.grain is None:
        draft.grain = _fitting(draft)
    check_leftovers(draft)
    return draft, draft.question(compared)


def _check_fit(draft: Draft) -> None:
    """Refuses what the KPI cannot tell: a sum of hours, a number of breaches."""
    kpi = find_kpi(draft.kpi)
    if draft.saying("sum") and kpi.unit is not Unit.TICKETS:
        raise Refused(f"A sum is not measured: {kpi.title} is not added up over tickets.")
    draft.absorb(*draft.saying("sum"))
    counted = [place for place in draft.saying("how_many") if draft.marks[place].text in _NUMBERS]
    if (
        counted
        and kpi.unit is not Unit.TICKETS
        and draft.intent is Intent.MEASURE
        and _counts_tickets(draft, counted[0])
    ):
        raise Refused(f"{kpi.title} is not a number of tickets: ask for it as it is.")
    if draft.is_inverted and not (draft.order or draft.threshold):
        raise Refused("Breaches are not counted: SLA adherence is the share that met the target, and can be asked for.")
    if draft.saying("oldest", unused=False):
        raise Refused("Tickets are not ranked one by one here: the list of open tickets can be sorted by its columns.")
    for place, mark in enumerate(draft.marks[:-2]):
        following = draft.marks[place + 1 : place + 3]
        if mark.says("ticket") and following[0].text in ("that", "which", "who") and _is_time_measure(following[1]):
            raise Refused(f"'{following[1].text}' is a measure of many tickets, not something that a ticket does.")
    first = draft.marks[0]
    if first.text in _COMMANDS:
        raise Refused("A question never changes data: ask what you want to know.")


def _read_trend(draft: Draft) -> None:
    """`how did it develop`: over time, unless something else is asked of it."""
    places = draft.saying("trend")
    if places and draft.intent is Intent.MEASURE:
        draft.has_trend = True
    for place in places:
        draft.use(place, "grain", "over time")


def _read_versus(draft: Draft) -> None:
    """Two values of one dimension set against each other are a split by it."""
    words = [
        place
        for place in draft.saying("versus", "compare")
        if not (draft.marks[place].says("and") and not draft.marks[place].says("compare"))
    ]
    if words and not draft.compare:
        name = next((name for name, values in draft.where.items() if len(set(map(str, values))) > 1), "")
        if name and name not in draft.by:
            draft.by.append(name)
            draft.absorb(*words, *draft.saying("between"))
        elif draft.by or len(draft.rivals):
            draft.absorb(*words)
    if draft.compare:
        draft.absorb(*words)


def _fitting(draft: Draft) -> Grain:
    known = draft.known
    start = draft.span.start or known.first_day or known.as_of
    end = draft.span.end or known.as_of + timedelta(days=1)
    return fitting_grain(start, end)


def _counts_tickets(draft: Draft, place: int) -> bool:
    after = draft.near(place)
    return after is not None and (after.says("ticket") or after.of("value") is not None)


def _is_time_measure(mark: Mark) -> bool:
    sense = mark.of("kpi")
    return sense is not None and find_kpi(sense.name).unit is Unit.HOURS
