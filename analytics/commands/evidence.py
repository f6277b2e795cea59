"""evidence: what the tickets say of each statement of the self-check."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from analytics.commands.filter_arguments import add_filter_arguments, read_filters
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.gathered import known, numbers
from analytics.diagnostic.judgement import findings
from analytics.diagnostic.questionnaire import find_questionnaire, questionnaires
from analytics.selection import select_tickets
from analytics.store import open_store
from analytics.warehouse.engine import Engine, open_engine

NAME = "evidence"
HELP = "what the tickets say of each statement of the self-check, with the tickets behind it"
MOST_TICKETS = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--questionnaire", metavar="NAME", help="only this one: diagnostic, backlog, patterns or one of your own"
    )
    add_filter_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Judge every statement; each says its rule, its period and its tickets."""
    chosen = [find_questionnaire(arguments.questionnaire)] if arguments.questionnaire else questionnaires()
    engine, store = open_engine(folder), open_store(folder)
    filters, entered, limits = read_filters(arguments), known(store), numbers(store)
    rows, lines = [], []
    for sheet in chosen:
        found = {finding.id: finding for finding in findings(engine, filters, sheet, limits, entered)}
        for statement in sheet.statements:
            finding = found.get(statement.evidence)
            if finding:
                rows.append({"questionnaire": sheet.id, "statement": statement.text} | _document(engine, finding))
                lines.append(_line(statement.sign, finding))
    as_of = engine.as_of.isoformat() if engine.as_of else None
    return {"as_of": as_of, "statements": rows}, "\n".join(lines)


def _document(engine: Engine, finding: Finding) -> dict[str, Any]:
    """The finding for a reader of the JSON, who finds a sentence for each: the reason where there is nothing else."""
    told = replace(finding, sentence=finding.sentence or finding.reason)
    if finding.selection is None:
        return told.document([], 0)
    found = select_tickets(engine, finding.selection, MOST_TICKETS)
    return told.document([str(number) for number in found.frame.get("ticket_id", ())], found.total)


def _line(sign: str, finding: Finding) -> str:
    return f"{sign}: {finding.verdict}. {finding.sentence or finding.reason}"
