"""How much a header says the same as a synonym, word by word."""

from collections.abc import Sequence

from analytics.warehouse.formats.headers import tokens

# Words that say which record it is, not which column: 'Problem Status' is the status.
_NEUTRAL = frozenset(
    {
        "ticket", "tickets", "incident", "problem", "request", "case", "issue", "sr", "call", "record", "current",
        "latest", "involved", "the", "of", "no", "my", "it", "label", "text", "value", "name", "is", "utc",
        "in", "hours", "hour", "hrs", "hr", "minutes", "mins", "min", "seconds", "secs", "sec",
    }
)  # fmt: skip
# A later synonym is a weaker one.
_STEP = 0.004
EXACT, WITHOUT_NEUTRAL, AT_THE_END = 1.0, 0.85, 0.6


def likeness(header: str, synonyms: Sequence[str]) -> float:
    """0 (nothing in common) to 1 (the same words as the first synonym)."""
    words = tokens(header)
    return max((_like(words, tokens(name)) - _STEP * place for place, name in enumerate(synonyms)), default=0.0)


def _like(words: tuple[str, ...], synonym: tuple[str, ...]) -> float:
    if not words or not synonym:
        return 0.0
    if words == synonym:
        return EXACT
    if _bare(words) in (synonym, _bare(synonym)):
        return WITHOUT_NEUTRAL
    return AT_THE_END if len(words) > len(synonym) and words[-len(synonym) :] == synonym else 0.0


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NEUTRAL) or words
