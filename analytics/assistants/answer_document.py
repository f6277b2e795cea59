"""An answer as an assistant reads it: numbers with all that stands behind them, and none on too few tickets."""

from datetime import date
from typing import Any

from analytics.ask.answer import Answer
from analytics.ask.ask_document import answer_document as plain_document
from analytics.formatting import count_text
from analytics.kpi_document import row_documents
from analytics.measure import FEWEST_TICKETS, KpiResult

TOO_FEW = f"fewer than {FEWEST_TICKETS} tickets: too few to give a number"
MOST_ROWS = 500
# What a value on too few tickets could be worked out from.
_WITHHELD = ("value", "numerator", "before", "change")


def answer_document(found: Answer) -> dict[str, Any]:
    """The document of the command line, its rows cut to 500; a value on too few tickets is null with a reason."""
    document, compare = plain_document(found), found.question.compare
    del document["leads"]  # pages are for people
    left_out = (document["rows_left_out"], _beyond(len(document["rows"])))
    return document | {
        "direction": found.kpi.direction.value,
        "compared_with": {"from": _day(compare.start), "to": _day(compare.end)} if compare else None,
        "whole": _whole(found.whole),
        "rows": [_withheld(row) for row in document["rows"][:MOST_ROWS]],
        "rows_left_out": " ".join(filter(None, left_out)),
    }


def _whole(whole: KpiResult | None) -> dict[str, Any] | None:
    return _withheld(row_documents(whole.frame, ())[0]) if whole and len(whole.frame) else None


def _withheld(row: dict[str, Any]) -> dict[str, Any]:
    """The row without what too few tickets would give away; unchanged where there are enough."""
    if not row.get("too_few"):
        return row
    return row | {name: None for name in _WITHHELD if name in row} | {"reason": TOO_FEW}


def _beyond(rows: int) -> str:
    if rows <= MOST_ROWS:
        return ""
    return (
        f"Only the first {MOST_ROWS} of {count_text(rows)} rows are given: use order and limit, or narrow with where."
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
