"""A reading: what was understood of a question in words, what else it could mean, or why it cannot be answered."""

from dataclasses import dataclass

from analytics.ask.question import Question


@dataclass(frozen=True)
class Term:
    """A piece of the question and what it was taken for.

    `start` and `end` are places in the text; `kind` is `kpi`, `by`, `grain`, `period`, `value`, `except`, `bound`,
    `title`, `compare`, `order`, `limit`, `threshold` or `intent`; `words` say the meaning and may quote an export;
    `typed` is set where spelling was corrected.
    """

    start: int
    end: int
    kind: str
    words: str
    typed: str = ""


@dataclass(frozen=True)
class Alternative:
    """Another reading: the question, and how it differs, in words that may quote an export."""

    words: str
    question: Question


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer, in one sentence, and up to five questions near it that can be asked."""

    reason: str
    suggestions: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """What became of `text`: a `question`, or a `refusal`. Both None for an empty text.

    `terms` are in the order of the text; `alternatives` are other readings of it, the nearest first; `notes` say what
    was assumed, a sentence each.
    """

    text: str
    question: Question | None
    terms: tuple[Term, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    refusal: Refusal | None = None
    notes: tuple[str, ...] = ()
