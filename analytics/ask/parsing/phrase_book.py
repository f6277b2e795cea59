"""The phrase book: `data/ask.toml` as phrases, each with what it may stand for."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from analytics.ask.words import words_of
from analytics.filters import Value

_FILE = Path(__file__).parents[3] / "data" / "ask.toml"
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Sense:
    """One thing that a phrase may stand for.

    `kind` is `kpi`, `variant`, `dimension`, `value`, `absent` (a value that the data does not have), `grain`, `signal`,
    `number`, `unmeasured` or `nothing`; `name` is the KPI, variant, dimension, grain, signal, number or reason;
    `values` those of a dimension; `plural` for several of a dimension.
    """

    kind: str
    name: str
    values: tuple[Value, ...] = ()
    plural: bool = False


@dataclass(frozen=True)
class PhraseBook:
    """`phrases` with their senses, and `patterns`, regular expressions for longer ways to name a KPI.

    `variants`: per variant the KPI that a KPI becomes; `near`: KPIs easily meant; `words` all that occur anywhere,
    `fillers` those that mean nothing of their own,
    `names` those of KPIs and dimensions, `time_words` those of time, `real` words that are no
    misspelling; `short` whole words by how they are shortened.
    """

    phrases: tuple[tuple[Phrase, Sense], ...]
    patterns: tuple[tuple[re.Pattern[str], Sense], ...]
    words: frozenset[str]
    fillers: frozenset[str]
    names: frozenset[str]
    real: frozenset[str]
    variants: dict[str, dict[str, str]]
    near: dict[str, list[str]]
    time_words: tuple[str, ...]
    short: dict[str, str]


@cache
def phrase_book() -> PhraseBook:
    """The shipped phrase book, read once."""
    book = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    phrases = tuple(_senses(book))
    long = [(name, text) for name, listed in book["kpi"].items() for text in listed if "(" in text]
    patterns = tuple((re.compile(_expression(text)), Sense("kpi", name)) for name, text in long)
    words = {word for phrase, _ in phrases for word in phrase} | {word for _, text in long for word in phrase_of(text)}
    meant = {word for phrase, sense in phrases if sense.kind != "nothing" for word in phrase}
    meant |= {word for _, text in long for word in phrase_of(text)}
    named = {word for phrase, sense in phrases if sense.kind in ("kpi", "variant", "dimension") for word in phrase}
    named |= {word for _, text in long for word in phrase_of(text)}
    return PhraseBook(
        phrases=phrases,
        patterns=patterns,
        words=frozenset(words),
        fillers=frozenset(words - meant),
        names=frozenset(named),
        real=frozenset(book["real"]["words"]),
        variants=book["variants"],
        near=book["near"],
        time_words=tuple(book["times"]["words"]),
        short=book["short"],
    )


def phrase_of(text: str) -> Phrase:
    """The words of a phrase, cut as those of a question are."""
    return tuple(word.text for word in words_of(text))


def plural_of(text: str) -> str:
    """`categories`, `statuses`, `groups`."""
    if text.endswith("y") and text[-2:-1] not in "aeiou":
        return f"{text[:-1]}ies"
    return f"{text}es" if text.endswith(("s", "ch", "x")) else f"{text}s"


def _senses(book: dict[str, Any]) -> Iterator[tuple[Phrase, Sense]]:
    for kind in ("kpi", "variant", "signal", "grain"):
        for name, patterns in book[kind].items():
            short = [text for text in patterns if kind != "kpi" or "(" not in text]
            yield from ((phrase, Sense(kind, name)) for text in short for phrase in _expanded(text))
    yield from _dimension_senses(book)
    yield from _value_senses(book)
    for reason, words in book["unmeasured"].items():
        yield from ((phrase_of(text), Sense("unmeasured", reason)) for text in words)
    yield from ((phrase_of(text), Sense("nothing", "")) for text in book["nothing"]["words"])
    yield from ((phrase_of(text), Sense("number", str(number))) for text, number in book["numbers"].items())


def _dimension_senses(book: dict[str, Any]) -> Iterator[tuple[Phrase, Sense]]:
    for name, patterns in book["dimension"].items():
        for phrase in (phrase for text in patterns for phrase in _expanded(text)):
            yield phrase, Sense("dimension", name)
            yield (*phrase[:-1], plural_of(phrase[-1])), Sense("dimension", name, plural=True)


def _value_senses(book: dict[str, Any]) -> Iterator[tuple[Phrase, Sense]]:
    for dimension, by_value in book["value"].items():
        for text, words in by_value.items():
            value: Value = int(text) if dimension == "priority" else text
            yield from ((phrase_of(word), Sense("value", dimension, (value,))) for word in words)
    for dimension, groups in book["values"].items():
        for group in groups:
            yield from ((phrase_of(word), Sense("value", dimension, tuple(group["values"]))) for word in group["words"])


def _expanded(pattern: str) -> Iterator[Phrase]:
    """Every phrase of a pattern with choices such as `(mean|average|) time`."""
    parts = pattern.replace("(", "\0").replace(")", "\0").split("\0")
    choices = [part.split("|") if place % 2 else [part] for place, part in enumerate(parts)]
    yield from dict.fromkeys(filter(None, (phrase_of("".join(chosen)) for chosen in product(*choices))))


def _expression(pattern: str) -> str:
    """A pattern as a regular expression over words that each end with a space."""
    parts = re.split(r"\(([^)]*)\)", pattern)
    texts = [
        f"(?:{'|'.join(_spaced(choice) for choice in part.split('|'))})" if place % 2 else _spaced(part)
        for place, part in enumerate(parts)
    ]
    return "".join(texts)


def _spaced(text: str) -> str:
    return "".join(f"{re.escape(word)} " for word in phrase_of(text))
