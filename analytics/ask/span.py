"""A span of days, and the words that are relative to the as-of day, such as `last month`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end` (exclusive); None where a side is open.

    `code` is what the span is relative to the as-of day, such as `last month`; empty where days were given. A saved
    question keeps the code, so that it means the last month whenever it is asked.
    """

    start: date | None = None
    end: date | None = None
    code: str = ""


ALL_TIME = Span()


def span_of(code: str, as_of: date) -> Span | None:
    """The span that a code means as of a day, None for what is no code.

    Codes: today · yesterday · this|last week|month|quarter|year · last N days|weeks|months|quarters|years ·
    week|month|quarter|year to date.
    """
    raise NotImplementedError


def before(span: Span) -> Span | None:
    """The period of the same kind just before (code `before`); None where the span is not bounded.

    Before a whole month is the whole month before it; before the 18 first days of a month, the 18 first days of the
    month before; before any other span, as many days just before it.
    """
    raise NotImplementedError


def year_before(span: Span) -> Span | None:
    """The same days a year earlier (code `year before`); a whole week is 52 weeks earlier. None where not bounded."""
    raise NotImplementedError
