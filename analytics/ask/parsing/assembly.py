"""Assembly: the marks of a question, step by step, into one question in which every word has its place."""

from datetime import timedelta

from analytics.ask.parsing.draft import Draft, Refused
from analytics.ask.parsing.fit_marks import check_fit
from analytics.ask.parsing.intent_marks import (
    absorb_changes,
    check_forecast,
    check_subject,
    compared_span,
    read_asked,
    read_clearing,
    read_default_kpi,
    read_definition,
    read_list,
    settle_kpi,
)  # fmt: skip
from analytics.ask.parsing.kpi_marks import nameless, read_kpi
from analytics.ask.parsing.leftover import check_leftovers, check_scope
from analytics.ask.parsing.limit_marks import read_limits
from analytics.ask.parsing.mark import Mark
from analytics.ask.parsing.pair_marks import check_periods
from analytics.ask.parsing.part_marks import read_parts
from analytics.ask.parsing.rank_marks import check_rank, read_order
from analytics.ask.parsing.relation_marks import check_relations
from analytics.ask.parsing.split_marks import read_persons, read_splits, settle_clock
from analytics.ask.parsing.time_marks import read_clock, read_spans
from analytics.ask.parsing.title_marks import read_titles
from analytics.ask.parsing.value_marks import read_values
from analytics.ask.question import Intent, Question
from analytics.ask.vocabulary import Vocabulary
from analytics.period import Grain
from analytics.window import fitting_grain


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
    check_relations(draft)
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
    read_clearing(draft)
    read_definition(draft)
    read_order(draft)
    absorb_changes(draft)
    if not draft.kpi:
        if not all(mark.is_known for mark in marks):
            check_leftovers(draft)
        raise Refused(nameless())
    check_forecast(draft)
    check_fit(draft)
    check_periods(draft)
    check_rank(draft)
    check_subject(draft)
    read_list(draft)
    _read_versus(draft)
    compared = compared_span(draft)
    _read_trend(draft)
    if draft.has_trend and draft.grain is None:
        draft.grain = _fitting(draft)
    check_leftovers(draft)
    return draft, draft.question(compared)


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
