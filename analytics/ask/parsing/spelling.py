"""Spelling: words that nothing knows are taken for the known word nearest to them, and it is said."""

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from analytics.ask.parsing.lexicon import Lexicon
from analytics.ask.words import Word

_SHORT, _LONG = 4, 8
_MEASURES = frozenset(("mttr", "fcr", "ftfr", "sla", "slas", "frt", "ttr"))
_ACRONYMS = frozenset(("many", "mttr", "fcr", "ftfr", "sla", "slas", "last", "time", "team", "week", "type", "site"))


def spelled(
    words: Sequence[Word], known: Lexicon, timed: Container[int] = ()
) -> tuple[tuple[Word, ...], dict[int, str]]:
    """The words with spelling corrected, and by place what was typed; words at places `timed` are known already."""
    corrected: list[Word] = []
    typed: dict[int, str] = {}
    for place, word in enumerate(words):
        nearest = "" if word.quoted or place in timed else _whole(word.text, known) or nearest_word(word.text, known)
        corrected.append(replace(word, text=nearest) if nearest else word)
        if nearest:
            typed[place] = word.text
    return tuple(corrected), typed


def _whole(text: str, known: Lexicon) -> str:
    """`week` for `wk`, unless the data has the short word itself."""
    return "" if text in known.data_words else known.book.short.get(text, "")


def nearest_word(text: str, known: Lexicon) -> str:
    """The known word that the text is a misspelling of; empty for a known word, and where none is near enough."""
    if text in known.words or text in known.book.real or known.senses((text,)) or len(text) < 3 or not text.isalpha():
        return ""
    most = 2 if len(text) >= _LONG else 1
    near = process.extract(text, known.spellable, scorer=OSA.distance, score_cutoff=most, limit=8, processor=None)
    fits = [
        (
            distance,
            text[0] != word[0],
            sorted(text) != sorted(word),
            _undoubled(text) != _undoubled(word),
            _standing(word, known),
            -len(word),
            word,
        )
        for word, distance, _ in near
        if _is_slip(text, word, int(distance), known)
    ]
    return min(fits)[-1] if fits else ""


def _undoubled(text: str) -> str:
    """`april` and `aprill` alike: a letter struck twice is the likeliest slip."""
    return re.sub(r"(.)\1+", r"\1", text)


def _standing(word: str, known: Lexicon) -> int:
    return 0 if word in known.book.words else 1 if word in known.time_words else 2


def _is_slip(text: str, word: str, distance: int, known: Lexicon) -> bool:
    """A short word may only have two letters swapped, miss one, have one too many, or one vowel for another."""
    if _is_another(text, word, known):
        return False
    is_short_name = word in _ACRONYMS and distance == 1
    if len(text) <= 3:
        return distance == 1 and (sorted(text) == sorted(word) or (is_short_name and len(word) > len(text)))
    if len(text) <= _SHORT:
        swapped = len(word) != len(text) or sorted(text) == sorted(word) or _differ_in_a_vowel(text, word)
        return distance == 1 and (is_short_name or (len(word) >= _SHORT and swapped))
    if distance > 1 and word not in known.book.names and (word not in known.data_words or len(word) < _LONG):
        return False
    return len(word) >= _SHORT and (text[0] == word[0] or distance == 1)


def _is_another(text: str, word: str, known: Lexicon) -> bool:
    """Whether the text is too far from this word by what the word is."""
    if sorted(text) == sorted(word):
        return False
    return (
        (text[0] != word[0] and len(text) <= _SHORT + 1)
        or (word in known.time_words and text[0] != word[0] and text != word[1:])
        or (word in known.abbreviations and len(text) <= _SHORT)
        or (word in _MEASURES and len(text) == len(word) and not set(text) <= set(word))
        or (word in known.book.fillers and word not in known.data_words and len(text) >= len(word))
    )


def _differ_in_a_vowel(text: str, word: str) -> bool:
    """`teem` for `team`."""
    pairs = [(a, b) for a, b in zip(text, word, strict=False) if a != b]
    return all(a in "aeiou" and b in "aeiou" for a, b in pairs)
