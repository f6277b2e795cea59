"""A question in words and its answer as one JSON document: understood and answered, or refused with a reason."""

from math import isfinite
from typing import Any

from analytics.ask.answer import Answer, answer
from analytics.ask.grammar import read_question
from analytics.ask.question import Intent
from analytics.ask.reading import Reading
from analytics.ask.understood import understood
from analytics.ask.vocabulary import Vocabulary
from analytics.errors import BacklightError
from analytics.kpi_document import plain_parameters, row_documents
from analytics.warehouse.engine import Engine

NOTHING_ASKED = "Nothing was asked: type a question such as 'tickets opened last month by category'."


def ask_document(engine: Engine, text: str, known: Vocabulary) -> dict[str, Any]:
    """The document of a question as it was typed; a refusal has a reason and what can be asked instead."""
    reading = read_question(text, known)
    if reading.question is None:
        return refused(reading)
    try:
        found = answer(engine, reading.question)
    except BacklightError as error:
        return _refused(text, str(error), ())
    return answered(reading, found)


def answered(reading: Reading, found: Answer) -> dict[str, Any]:
    """The document of an answer; what was understood is the question as it was read."""
    return {
        "question": reading.text,
        "understood": understood(reading.question or found.question),
        "sentence": found.sentence,
        "answer": answer_document(found),
        "alternatives": [
            {"words": other.words, "understood": understood(other.question)} for other in reading.alternatives
        ],
        "notes": [*reading.notes, *found.notes],
    }


def refused(reading: Reading) -> dict[str, Any]:
    """The document of a refusal."""
    refusal = reading.refusal
    return _refused(reading.text, refusal.reason if refusal else NOTHING_ASKED, refusal.suggestions if refusal else ())


def answer_document(found: Answer) -> dict[str, Any]:
    """As for the command `kpi`; the rows are those shown, in their order, with `before` and `change` if compared."""
    kpi, basis, query = found.kpi, found.basis, found.result.query if found.result else None
    by = query.by if query else ()
    return {
        "kpi": kpi.name,
        "title": kpi.title,
        "unit": kpi.unit.value,
        "definition": kpi.definition,
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "filters": basis.filters,
        "grain": query.grain.value if query and query.grain else None,
        "by": list(by),
        "rows": row_documents(found.table, by) or _ahead(found) or _not_told(found),
        "rows_left_out": found.rows_left_out,
        "tickets_used": basis.used,
        "tickets_excluded": basis.tickets_excluded,
        "excluded": [{"reason": reason, "tickets": count} for reason, count in basis.excluded],
        "caveats": [*basis.caveats, *found.notes],
        "sql": basis.sql,
        "parameters": plain_parameters(basis.parameters),
        "leads": [{"page": lead.page, "label": lead.label, "address": lead.address} for lead in found.leads],
    }


def _ahead(found: Answer) -> list[dict[str, Any]]:
    """What a forecast says of the days from `from` to before `to`, in whole tickets as the sentence has it."""
    told = found.ahead
    if told is None:
        return []
    value, low, high = (round(n) if isfinite(n) else None for n in (told.mean, told.low, told.high))
    days = {"from": told.start.isoformat(), "to": told.end.isoformat()}
    return [{**days, "value": value, "lo80": low, "hi80": high, "approximate": told.is_prorated}]


def _not_told(found: Answer) -> list[dict[str, Any]]:
    """What the data does not cover, as `kpi` has it: no value, and why. Only a measure has rows at all."""
    if found.result is not None or found.question.intent not in (Intent.MEASURE, Intent.TICKETS):
        return []
    return [{"value": None, "numerator": None, "denominator": None, "reason": found.sentence}]


def _refused(text: str, reason: str, suggestions: tuple[str, ...]) -> dict[str, Any]:
    return {"question": text, "refused": {"reason": reason, "suggestions": list(suggestions)}}
