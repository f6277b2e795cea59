"""The words of time, from `data/ask-time.toml`: months, weekdays, numbers, durations."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[3] / "data" / "ask-time.toml"


@dataclass(frozen=True)
class TimeLexicon:
    """Words with what they mean: months 1 to 12, weekdays by name, parts of the day as hours, durations in hours.

    `spelling` are all words of more than three letters that a slip of the fingers may have meant.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, str]
    parts_of_day: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    durations: Mapping[str, float]
    codes: Mapping[str, str]
    before_may: frozenset[str]
    after_may: frozenset[str]
    subjects: frozenset[str]
    before_lengths: frozenset[str]
    before_counts: frozenset[str]
    before_moves: frozenset[str]
    changes: frozenset[str]
    before_in: frozenset[str]
    foretelling: frozenset[str]
    spelling: frozenset[str]

    @property
    def month_pattern(self) -> str:
        """A regular expression for a month's name."""
        return _any(self.months)

    @property
    def weekday_pattern(self) -> str:
        """A regular expression for a weekday's name, in the singular."""
        return _any(self.weekdays)

    @property
    def number_pattern(self) -> str:
        """A regular expression for a whole number in figures or words."""
        return rf"(?:\d{{1,4}}|{_any(self.numbers)})"

    @property
    def code_pattern(self) -> str:
        """A regular expression for what people write in place of a span's code."""
        return _any(self.codes)

    @property
    def duration_pattern(self) -> str:
        """A regular expression for a unit of a duration."""
        return _any(self.durations)

    def number(self, text: str) -> int:
        """The number that the text says; `a` is one."""
        return 1 if text in ("a", "an") else self.numbers.get(text) or int(text)

    def weekday_number(self, word: str) -> int:
        """0 for Monday."""
        return list(dict.fromkeys(self.weekdays.values())).index(self.weekdays[word])


@cache
def lexicon() -> TimeLexicon:
    """The words that ship with the product."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    months = {word: i for i, words in enumerate(read["months"].values(), 1) for word in words}
    weekdays = {word: name for name, words in read["weekdays"].items() for word in words}
    parts = {name: (first, end) for name, (first, end) in read["parts_of_day"].items()}
    spelling = frozenset((*read["spelling"]["words"], *months, *weekdays, *parts, *read["numbers"], *read["durations"]))
    neighbours = {name: frozenset(words) for name, words in read["neighbours"].items()}
    return TimeLexicon(
        months,
        weekdays,
        parts,
        read["numbers"],
        read["durations"],
        read["codes"],
        **neighbours,
        spelling=frozenset(word for word in spelling if len(word) > 3),
    )


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
