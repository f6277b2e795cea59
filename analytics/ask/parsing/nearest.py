"""The nearest questions to one that cannot be answered."""

from collections.abc import Iterator
from dataclasses import replace

from analytics.ask.parsing.assembly import assembled
from analytics.ask.parsing.draft import Refused
from analytics.ask.parsing.mark import Mark
from analytics.ask.parsing.spoken import spoken
from analytics.ask.question import Question
from analytics.ask.vocabulary import Vocabulary
from analytics.errors import BacklightError
from analytics.filters import Filters, Value

_KPIS = ("volume", "backlog", "mttr", "sla_adherence", "fcr")
_SLA = ("sla_adherence",)
_SOLID = ("kpi", "dimension", "value", "variant", "grain")


def nearest(marks: tuple[Mark, ...], known: Vocabulary, refused: Exception) -> Iterator[str]:
    """Questions as texts, the nearest first: what was understood with what could be meant in place of the rest."""
    values = refused.values if isinstance(refused, Refused) else ()
    spans = refused.spans if isinstance(refused, Refused) else ()
    found = _with_kpis(marks, known, refused.kpis) if isinstance(refused, Refused) and refused.kpis else []
    found = found or _without_unknown(marks, known)
    for question in found[: len(found) if not (values or spans) else 2]:
        for name, value in values:
            yield spoken(_with(question, name, value))
        for span in spans:
            yield spoken(question.over(span))
    for question in found:
        yield spoken(question)
        if any(mark.says("person") for mark in marks) and "assignment_group" not in question.by:
            yield spoken(replace(question, by=("assignment_group", *question.by)[:2]))


def _with(question: Question, name: str, value: Value) -> Question:
    filters = question.filters
    where = {**dict(filters.where), name: (value,)}
    kept = Filters.of(filters.start, filters.end, where, dict(filters.without), (), filters.title_text)
    return replace(question, filters=kept, by=tuple(by for by in question.by if by != name), order=None, limit=None)


def _without_unknown(marks: tuple[Mark, ...], known: Vocabulary) -> list[Question]:
    """What the marks ask without those that were not understood, with a KPI of each kind where none is named."""
    breached = any(mark.says("breach") for mark in marks)
    understood = tuple(mark for mark in marks if mark.is_known and not _is_out(mark))
    solid = tuple(mark for mark in understood if _is_solid(mark))
    if not solid:
        return []
    plain = tuple(mark for mark in solid if not mark.of("dimension"))
    measured = tuple(mark for mark in solid if not mark.of("variant"))
    bare = tuple(mark for mark in measured if not mark.says("by"))
    for kept in (understood, solid, measured, bare, plain):
        found = [_asked(kept, known, kpi) for kpi in (_SLA if breached else ("", *_KPIS))]
        questions = [question for question in found if question]
        if questions:
            return list(dict.fromkeys(questions))
    return []


def _with_kpis(marks: tuple[Mark, ...], known: Vocabulary, kpis: tuple[str, ...]) -> list[Question]:
    """The question once for each of several KPIs that it names."""
    others = tuple(
        mark
        for mark in marks
        if _is_solid(mark)
        and not (
            mark.of("kpi") or mark.of("variant") or mark.says("versus", "compare", "breach", "opened", "ended", "and")
        )
    )
    return [question for kpi in kpis if (question := _asked(others, known, kpi))]


def _is_out(mark: Mark) -> bool:
    return bool(mark.of("unmeasured") or mark.of("absent") or mark.says("person", "breach") or mark.time("ambiguous"))


def _is_solid(mark: Mark) -> bool:
    return bool(
        any(mark.of(kind) for kind in _SOLID) or mark.times or mark.says("by", "and", "ticket", "open", "except")
    )


def _asked(marks: tuple[Mark, ...], known: Vocabulary, kpi: str) -> Question | None:
    try:
        return assembled(marks, known, default_kpi=kpi)[1]
    except (Refused, BacklightError, IndexError):
        return None
