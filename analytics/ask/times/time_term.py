"""A term of time: some words of a question, and what they mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from analytics.ask.span import Span
from analytics.period import Grain

Meaning = Span | Grain | date | float | str | tuple[str, ...] | tuple[Span, ...] | None


@dataclass(frozen=True)
class TimeTerm:
    """The words number `first` to `last`, both included, counted from 0.

    `kind` and what `value` then is: `span` a Span · `grain` a Grain, None for the one that fits the span · `compare`
    a Span, or the code `before` or `year before` · `weekday` names such as Monday · `hours` hours such as 09:00 ·
    `duration` hours · `point` the day at the end of which something stood · `ambiguous` the Spans it could mean ·
    `future` a Span or None, after the as-of day · `year` one that
    belongs to the words of another term. `assumed` marks a span that the words only imply: what is compared
    where only that with which it is compared was named.
    """

    first: int
    last: int
    kind: str
    value: Meaning
    assumed: bool = False


Found = re.Match[str]
Reader = Callable[[Found, date], tuple[str, Meaning] | None]
Form = tuple[re.Pattern[str], Reader]


def form(source: str, reader: Reader) -> Form:
    """The words that a regular expression describes, as whole words, and what reads them."""
    return re.compile(rf"(?:{source})(?= |$)"), reader
