"""Chaser words: how people ask for news of a ticket, in data/chasers.toml, as patterns that SQL can search with."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_SHIPPED = Path(__file__).parents[3] / "data" / "chasers.toml"
# Ticket numbers as tools write them: INC0001234, PROJ-123, #12345 and, long enough to be one, 12345.
NUMBERS = r"[A-Za-z]{2,10}-?[0-9]{1,10}|#[0-9]{1,10}|[0-9]{4,10}"
# The same after punctuation has become spaces.
_SAID_NUMBER = r"\p{L}{2,10} [0-9]+|\p{L}*[0-9]+"


@dataclass(frozen=True)
class ChaserWords:
    """Patterns over a title's words as `plain` writes them: `alone`, `whole`, `with_number`, `bare`, `again`.

    `may_be_whole` finds a `whole` phrase anywhere, which is quicker; `bare` is a title with nothing but a number and
    fillers; `machines` and `duplicates` are of channels and statuses.
    """

    alone: str
    whole: str
    may_be_whole: str
    with_number: str
    bare: str
    again: str
    machines: str
    duplicates: str

    @property
    def parameters(self) -> dict[str, object]:
        """The patterns as bound parameters."""
        return {
            "asks_alone": self.alone, "asks_whole": self.whole, "may_be_whole": self.may_be_whole,
            "asks_with_number": self.with_number, "bare_number": self.bare, "numbers": NUMBERS,
            "said_again": self.again, "machines": self.machines, "duplicates": self.duplicates,
        }  # fmt: skip


def plain(text: str) -> str:
    """A text's words in small letters without accents and punctuation, one space between."""
    letters = unicodedata.normalize("NFD", text.lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", bare).split())


def plain_sql(column: str) -> str:
    """SQL for the same, of a text column."""
    return f"trim(regexp_replace(strip_accents(lower({column})), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g'))"


@cache
def chaser_words() -> ChaserWords:
    """The shipped words of all languages."""
    return words_of(tomllib.loads(_SHIPPED.read_text(encoding="utf-8")))


def words_of(read: Mapping[str, Any]) -> ChaserWords:
    """The patterns of words as data/chasers.toml has them."""
    languages = [part for part in read.values() if isinstance(part, Mapping)]
    alone, whole, with_number, fillers, again = (
        one_of(phrase for language in languages for phrase in language[name])
        for name in ("alone", "whole", "with_number", "fillers", "again")
    )
    around = f"(?:{fillers}|{_SAID_NUMBER})"
    return ChaserWords(
        alone=within(alone),
        whole=rf"^(?:{around} )*{whole}(?: {around})*$",
        may_be_whole=within(whole),
        with_number=within(with_number),
        bare=rf"^(?:{around} )*(?:{_SAID_NUMBER})(?: {around})*$",
        again=rf"\b{again}\b",
        machines=one_of(read["machine_channels"]),
        duplicates=within(one_of(read["duplicate_statuses"])),
    )


def one_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first."""
    return f"(?:{'|'.join(sorted({plain(phrase) for phrase in phrases}, key=lambda p: (-len(p), p)))})"


def within(pattern: str) -> str:
    """The pattern as whole words anywhere in plain text."""
    return rf"(?:^| ){pattern}(?: |$)"
