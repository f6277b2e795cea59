"""Questions to suggest: good ones from the loaded data, and those nearest to one that cannot be answered."""

from collections.abc import Iterable
from dataclasses import replace

from analytics.ask.parsing.spoken import spoken
from analytics.ask.question import Intent, Order, Question
from analytics.ask.span import span_of
from analytics.ask.vocabulary import Vocabulary
from analytics.filters import Filters
from analytics.period import Grain

_SPLITS = ("assignment_group", "category", "service", "site", "department", "channel", "priority")
_FEW, _TOP = 8, 5
_PERIOD = "last month"


def suggested_questions(known: Vocabulary) -> tuple[str, ...]:
    """Six to eight questions that the loaded data can answer, on its own biggest values and its recent periods.

    Each names only KPIs that the data can tell, as far as the vocabulary knows.
    """
    return tuple(dict.fromkeys(spoken(question) for question in _questions(known)))[:_FEW]


def _questions(known: Vocabulary) -> Iterable[Question]:
    split = _splits(known)
    kpis = known.measurable
    recent = Question(kpi="volume").over(span_of(_PERIOD, known.as_of) or Question(kpi="volume").span)
    year = recent.over(span_of("last 12 months", known.as_of) or recent.span)
    if split:
        yield replace(recent, kpi="backlog", by=split[:1], filters=Filters(), period="")
        if "sla_adherence" in kpis:
            yield replace(year, kpi="sla_adherence", by=split[:1], order=Order.LOWEST, limit=3)
        wide = [name for name in split[1:] if sum(value is not None for value in known.values[name]) > _TOP]
        yield replace(year, by=tuple(wide[:1]) or split[:1], order=Order.HIGHEST, limit=_TOP)
        biggest = next((value for value in known.values[split[0]] if value is not None), None)
        if biggest is not None and "mttr" in kpis:
            where = {split[0]: (biggest,)}
            yield replace(year, kpi="mttr", filters=Filters.of(year.filters.start, year.filters.end, where))
    yield replace(year, grain=Grain.MONTH)
    if "fcr" in kpis:
        yield replace(year, kpi="fcr", grain=Grain.MONTH)
    yield replace(recent, kpi="backlog", intent=Intent.WHY)
    yield replace(recent, kpi="backlog", intent=Intent.FORECAST, filters=Filters(), period="")
    if "median_time_to_resolve" in kpis:
        yield replace(recent, kpi="median_time_to_resolve")
    yield replace(recent, kpi="outflow", grain=Grain.WEEK)
    yield Question(kpi="backlog", intent=Intent.DEFINITION)


def _splits(known: Vocabulary) -> tuple[str, ...]:
    """Dimensions with a handful of values or more, the most usual first."""
    return tuple(name for name in _SPLITS if sum(value is not None for value in known.values.get(name, ())) > 1)
