"""The lexicon: the phrase book together with the values of the loaded data, indexed once for a vocabulary."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from analytics.ask.parsing.phrase_book import Phrase, Sense, phrase_book, phrase_of, plural_of
from analytics.ask.times.time_lexicon import lexicon as time_lexicon
from analytics.filters import Value
from analytics.warehouse.schema import CLOCK

# A value that several dimensions have is first taken for the one that people most often name things by.
PREFERENCE = (
    "assignment_group", "service", "category", "priority", "ticket_type", "site", "department", "channel",
    "subcategory", "status", "source", "configuration_item", "impact", "urgency", "change_tier",
)  # fmt: skip
_SHORTEST_JOINED, _SHORTEST_SPELLED, _LONGEST_SHORT = 5, 3, 4


class Lexicon:
    """What every phrase may stand for. `words` are all words it knows; `values` per dimension those of the data."""

    def __init__(self, values: Mapping[str, tuple[Value, ...]]) -> None:
        self.book = phrase_book()
        self.values = {name: listed for name, listed in values.items() if name not in CLOCK}
        self._senses: dict[Phrase, list[Sense]] = defaultdict(list)
        self._joined: dict[str, Phrase] = {}
        self._parts: dict[str, set[tuple[str, Phrase]]] = defaultdict(set)
        for phrase, sense in self.book.phrases:
            self._add(phrase, sense)
        self._index_values()
        self.longest = max(map(len, self._senses))
        times = time_lexicon()
        several = {f"{name}s" for name in (*times.weekdays, *times.durations)}
        time_words = {*times.months, *times.weekdays, *times.durations, *several}
        self.time_words = frozenset(self.book.time_words) | time_words
        self.abbreviations = frozenset(word for word in (*times.months, *times.weekdays) if len(word) <= _LONGEST_SHORT)
        self.data_words = frozenset(self._parts)
        self.words = self.book.words | self.data_words | self.time_words
        self.spellable = tuple(word for word in sorted(self.words) if word.isalpha() and len(word) >= _SHORTEST_SPELLED)

    def senses(self, phrase: Phrase) -> tuple[Sense, ...]:
        """What the phrase may stand for; a phrase written as one word, or in the plural, is found too."""
        found = self._senses.get(phrase)
        if found is None and len(phrase) <= 2:
            found = self._senses.get(self._joined.get("".join(phrase), ()))
        if found is None and phrase and phrase[-1].endswith("s"):
            found = [
                sense for single in _singulars(phrase) for sense in self._senses.get(single, ()) if _is_data(sense)
            ]
        return tuple(found or ())

    def kpi_at(self, line: str, start: int) -> tuple[str, Sense] | None:
        """The longest way to name a KPI at a place of the line (words that each end with a space)."""
        found = [(match[0], sense) for pattern, sense in self.book.patterns if (match := pattern.match(line, start))]
        return max(((text, sense) for text, sense in found if text), key=lambda each: len(each[0]), default=None)

    def holding(self, words: Sequence[str]) -> tuple[Sense, ...]:
        """The values of which the words are a part; those of one dimension that are written alike are one sense."""
        places = [self._parts.get(word, set()) for word in words]
        shared = set.intersection(*places) if places else set()
        alike = {sense for _, phrase in shared for sense in self._senses[phrase] if sense.kind == "value"}
        named = {dimension for dimension, _ in shared}
        return tuple(sorted((sense for sense in alike if sense.name in named), key=_rank))

    def starting(self, text: str) -> tuple[Sense, ...]:
        """The values one of whose words starts with the text and is longer."""
        words = [word for word in self._parts if word.startswith(text) and word != text]
        return tuple(dict.fromkeys(sense for word in words for sense in self.holding([word])))

    def _index_values(self) -> None:
        for dimension, values in self.values.items():
            alike: dict[Phrase, list[Value]] = defaultdict(list)
            for value in values:
                if value is not None:
                    for phrase in _spellings(dimension, value):
                        alike[phrase].append(value)
            for phrase, listed in alike.items():
                self._add(phrase, Sense("value", dimension, tuple(listed)))
                for word in phrase:
                    self._parts[word].add((dimension, phrase))

    def _add(self, phrase: Phrase, sense: Sense) -> None:
        if not phrase:
            return
        senses = self._senses[phrase]
        if sense.kind == "value":
            missing = [value for value in sense.values if value not in self.values.get(sense.name, ())]
            if missing and len(missing) == len(sense.values):
                sense = Sense("absent", sense.name, sense.values)
            elif missing:
                sense = Sense("value", sense.name, tuple(v for v in sense.values if v not in missing))
            same = next((s for s in senses if s.kind == "value" and s.name == sense.name), None)
            if same:
                senses[senses.index(same)] = Sense(
                    "value", sense.name, tuple(dict.fromkeys((*same.values, *sense.values)))
                )
                return
        if sense not in senses:
            senses.append(sense)
        joined = "".join(phrase)
        if len(joined) >= _SHORTEST_JOINED:
            self._joined.setdefault(joined, phrase)


def _spellings(dimension: str, value: Value) -> list[Phrase]:
    """`2 - Medium` is `medium` as well; a priority is `priority 2` and not a bare number."""
    if isinstance(value, int):
        return [(dimension, str(value))]
    text = str(value)
    plain = re.sub(r"^\s*\d+\s*[-.:]\s*", "", text)
    phrases = [phrase_of(text), *([phrase_of(plain)] if plain != text else [])]
    return [phrase for phrase in dict.fromkeys(phrases) if phrase]


def _singulars(phrase: Phrase) -> list[Phrase]:
    last = phrase[-1]
    singles = [
        last[:-1],
        *([last[:-2]] if last.endswith("es") else []),
        *([f"{last[:-3]}y"] if last.endswith("ies") else []),
    ]
    return [(*phrase[:-1], single) for single in singles if len(single) > 1 and plural_of(single) == last]


def _is_data(sense: Sense) -> bool:
    return sense.kind == "value"


def _rank(sense: Sense) -> tuple[int, str]:
    return (PREFERENCE.index(sense.name) if sense.name in PREFERENCE else len(PREFERENCE), str(sense.values))
