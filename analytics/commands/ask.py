"""ask QUESTION: a question in words, answered from the KPI registry or refused with a reason."""

import argparse
import textwrap
from pathlib import Path
from typing import Any

import pandas as pd

from analytics.ask.answer import Answer, answer
from analytics.ask.answering.span_words import period_name
from analytics.ask.answering.value_words import dimension_words, signed
from analytics.ask.ask_document import answered, refused
from analytics.ask.grammar import read_question
from analytics.ask.question_words import question_words
from analytics.ask.reading import Reading
from analytics.ask.vocabulary import vocabulary
from analytics.filters import NOT_RECORDED, plain_value
from analytics.formatting import UNKNOWN, count_text, moment_text, value_text
from analytics.kpi import Kpi
from analytics.warehouse.engine import open_engine

NAME = "ask"
HELP = "answer a question in words"
_MOST_ROWS = 20
_WIDTH = 100
_COMPARED = ("before", "change")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="such as 'mttr by group last month'")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Read and answer; a refusal is an answer too."""
    engine = open_engine(folder)
    reading = read_question(" ".join(arguments.question), vocabulary(engine))
    if reading.question is None:
        return _refusal(reading)
    found = answer(engine, reading.question)
    return answered(reading, found), _text(reading, found)


def _refusal(reading: Reading) -> tuple[dict[str, Any], str]:
    document = refused(reading)
    reason, suggestions = document["refused"]["reason"], document["refused"]["suggestions"]
    asked = ["", "What can be asked:", *(f"  {suggestion}" for suggestion in suggestions)] if suggestions else []
    return document, "\n".join([reason, *asked])


def _text(reading: Reading, found: Answer) -> str:
    """For a person at a terminal: the sentence, the rows, and what stands behind them."""
    others = [f"  or: {other.words}" for other in reading.alternatives]
    basis = found.basis
    excluded = "; ".join(f"{count_text(count)} {reason}" for reason, count in basis.excluded) or "none"
    behind = f"used {count_text(basis.used)} tickets, excluded {count_text(basis.tickets_excluded)} ({excluded})"
    lines = [
        *_wrapped(found.sentence),
        *_rows(found),
        *([found.rows_left_out] if found.rows_left_out else []),
        "",
        f"understood: {question_words(reading.question or found.question)}",
        *others,
        *(line for note in (*reading.notes, *found.notes) for line in _wrapped(note)),
        *_wrapped(f"{found.kpi.title}: {found.kpi.definition}"),
        *([behind] if basis.sql else []),
        f"as of {moment_text(found.as_of)}",
    ]
    return "\n".join(lines)


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)


def _rows(found: Answer) -> list[str]:
    """The table, in columns; a single number is in the sentence already."""
    table, result = found.table, found.result
    if result is None or (len(table) <= 1 and not result.query.by and not result.query.grain):
        return []
    keys = [*(["period"] if "period" in table else []), *result.query.by]
    heads = [*(dimension_words(name) for name in keys), "value", "tickets", *(c for c in _COMPARED if c in table)]
    course = keys == ["period"] and bool(table["period"].is_monotonic_increasing)
    listed = table.tail(_MOST_ROWS) if course else table.head(_MOST_ROWS)
    cells = [_cells(row, keys, found) for row in listed.to_dict("records")]
    widths = [max(len(line[i]) for line in [heads, *cells]) for i in range(len(heads))]
    more = len(table) - _MOST_ROWS
    tail = [f"  and {count_text(more)} {'earlier' if course else 'more'} rows"] if more > 0 else []
    return ["", *(_line(line, widths, len(keys)) for line in [heads, *cells]), *tail]


def _cells(row: dict[Any, Any], keys: list[str], found: Answer) -> list[str]:
    kpi, grain = found.kpi, found.question.grain
    named = [
        period_name(pd.Timestamp(row[name]).date(), grain) if name == "period" and grain else _value(row[name])
        for name in keys
    ]
    tickets = row["denominator"] if pd.notna(row["denominator"]) else row["numerator"]
    numbers = [value_text(row["value"], kpi.unit, bool(row["too_few"])), count_text(int(tickets or 0))]
    compared = [value_text(row["before"], kpi.unit), _change(row["change"], kpi)] if "change" in row else []
    return [*named, *numbers, *compared]


def _change(change: float, kpi: Kpi) -> str:
    return UNKNOWN if pd.isna(change) else signed(change, kpi)


def _value(value: Any) -> str:
    plain = plain_value(value)
    return NOT_RECORDED if plain is None else str(plain)


def _line(cells: list[str], widths: list[int], names: int) -> str:
    """Names to the left, numbers to the right."""
    padded = [
        cell.ljust(width) if i < names else cell.rjust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return f"  {'  '.join(padded)}".rstrip()
