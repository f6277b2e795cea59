"""Asking: a KPI by its name, a question in words, and what the tickets say of the self-check."""

import argparse
from typing import Any

from analytics.ask.answer import answer
from analytics.ask.ask_document import answered, refused
from analytics.ask.grammar import read_question
from analytics.assistants.answer_document import answer_document
from analytics.assistants.arguments import AskArguments, EvidenceArguments, KpiArguments, question
from analytics.assistants.desk import Desk, as_of_day
from analytics.assistants.known_values import check_values
from analytics.commands import evidence as evidence_command

MOST_NUMBERS = 20


def query_kpi(desk: Desk, arguments: KpiArguments) -> dict[str, Any]:
    """One KPI, measured, with the sentence that says it."""
    engine = desk.engine
    asked = question(arguments, as_of_day(engine))
    check_values(engine, asked.filters)
    found = answer(engine, asked)
    return {"sentence": found.sentence, **answer_document(found)}


def ask(desk: Desk, arguments: AskArguments) -> dict[str, Any]:
    """A question in words, understood and answered, or refused, as at the command line."""
    engine = desk.engine
    reading = read_question(arguments.question, desk.vocabulary(engine))
    if reading.question is None:
        return refused(reading)
    found = answer(engine, reading.question)
    return answered(reading, found) | {"answer": answer_document(found)}


def evidence(desk: Desk, arguments: EvidenceArguments) -> dict[str, Any]:
    """The findings of the self-check; of the tickets behind each, the first numbers."""
    check_values(desk.engine, arguments.filters())
    pairs = [f"{name}={_text(value)}" for name, values in arguments.where.items() for value in values]
    asked = argparse.Namespace(
        questionnaire=arguments.questionnaire, start=arguments.start, end=arguments.end, where=pairs
    )
    document, _ = evidence_command.run(asked, desk.folder)
    statements = [row | {"tickets": row["tickets"][:MOST_NUMBERS]} for row in document["statements"]]
    return document | {"statements": statements}


def _text(value: object) -> str:
    return "" if value is None else str(value)
