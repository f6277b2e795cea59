"""A mark: some words of the question with what they may stand for, the longest phrase that anything knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analytics.ask.parsing.lexicon import Lexicon
from analytics.ask.parsing.phrase_book import Sense
from analytics.ask.times.time_term import TimeTerm
from analytics.ask.times.time_words import read_times
from analytics.ask.words import Word

_LONGEST_VALUE = 6
_ARTICLES = ("the", "a", "an")


@dataclass(frozen=True)
class Mark:
    """It stands at `start` to `end` of what was typed; `typed` is set where spelling was corrected.

    `senses` is empty for words that nothing knows; `times` are terms of time on these words; `is_inner` marks a value
    found within a way to name a KPI.
    """

    text: str
    start: int
    end: int
    senses: tuple[Sense, ...] = ()
    times: tuple[TimeTerm, ...] = ()
    number: float | None = None
    quoted: bool = False
    typed: str = ""
    capital: bool = False
    is_inner: bool = False

    def of(self, kind: str) -> Sense | None:
        """The first sense of the kind."""
        return next((sense for sense in self.senses if sense.kind == kind), None)

    def all_of(self, kind: str) -> tuple[Sense, ...]:
        """All senses of the kind."""
        return tuple(sense for sense in self.senses if sense.kind == kind)

    def says(self, *signals: str) -> bool:
        """Whether it is one of these signals."""
        return not self._signals.isdisjoint(signals)

    @cached_property
    def _signals(self) -> frozenset[str]:
        return frozenset(sense.name for sense in self.senses if sense.kind == "signal")

    @property
    def is_filler(self) -> bool:
        """Whether it may stand for nothing."""
        return self.of("nothing") is not None

    @property
    def is_known(self) -> bool:
        """Whether anything knows the words."""
        return bool(self.senses or self.times or self.number is not None or self.quoted)

    def time(self, kind: str) -> TimeTerm | None:
        """The term of time of that kind."""
        return next((term for term in self.times if term.kind == kind), None)


def marks_of(
    text: str, words: Sequence[Word], typed: Mapping[int, str], known: Lexicon, as_of: date
) -> tuple[Mark, ...]:
    """The words as marks, in order."""
    plain = [" _ " if word.quoted else word.text for word in words]
    return tuple(_marks(text, words, plain, typed, known, as_of))


def _marks(
    text: str,
    words: Sequence[Word],
    plain: Sequence[str],
    typed: Mapping[int, str],
    known: Lexicon,
    as_of: date,
) -> Iterator[Mark]:
    line, starts = _line(plain)
    timed_words = ["_" if word.quoted else word.text for word in words]
    terms = read_times(timed_words, as_of)
    place = 0
    while place < len(words):
        timed = tuple(term for term in terms if term.first == place)
        length, senses = (1, ()) if words[place].quoted else _longest(plain, line, starts, place, known, terms)
        lasting = max((term.last - place + 1 for term in timed), default=0)
        is_time = bool(timed) and (lasting > length or (lasting == length and not _is_named(senses)))
        length = max(lasting if is_time else length, 1)
        if not is_time and any(place <= term.first < place + length <= term.last for term in terms):
            # `Group 24 March`: the words that the value took are gone from `24 March`, and March stays.
            timed_words[: place + length] = ["_"] * (place + length)
            terms = read_times(timed_words, as_of)
        first, last = words[place], words[place + length - 1]
        said = " ".join(typed[i] for i in range(place, place + length) if i in typed)
        inner = None if is_time else _value_inside(plain, place, length, senses, known)
        if inner:
            yield from _around(words, place, inner, length, senses, known)
            place += length
            continue
        yield Mark(
            text=" ".join(word.text for word in words[place : place + length]),
            start=first.start,
            end=last.end,
            senses=() if is_time else senses,
            times=timed if is_time else (),
            number=None if is_time else _number(first.text, senses) if length == 1 or not senses else None,
            quoted=first.quoted,
            typed=said,
            capital=text[first.start : last.end].isupper(),
        )
        place += length


def _value_inside(
    plain: Sequence[str], place: int, length: int, senses: Sequence[Sense], known: Lexicon
) -> tuple[int, int] | None:
    """Where a value of several words stands in a way to name a KPI: `how quickly does the service desk respond`."""
    if length < 3 or not any(sense.kind == "kpi" for sense in senses):
        return None
    places = (
        (first, last) for first in range(place + 1, place + length) for last in range(first + 2, place + length + 1)
    )
    return next((found for found in places if _is_value(plain, *found, known)), None)


def _around(
    words: Sequence[Word], place: int, inner: tuple[int, int], length: int, senses: tuple[Sense, ...], known: Lexicon
) -> Iterator[Mark]:
    first, last = inner
    values = tuple(sense for sense in known.senses(_texts(words[first:last])) if sense.kind == "value")
    nothing = (Sense("nothing", ""),)
    for start, end, kept in ((place, first, senses), (first, last, values), (last, place + length, nothing)):
        if start < end:
            text = " ".join(_texts(words[start:end]))
            yield Mark(text, words[start].start, words[end - 1].end, kept, is_inner=kept is values)


def _texts(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.text for word in words)


def _is_value(plain: Sequence[str], first: int, last: int, known: Lexicon) -> bool:
    return any(sense.kind == "value" for sense in known.senses(tuple(plain[first:last])))


def _line(plain: Sequence[str]) -> tuple[str, list[int]]:
    starts, line = [], ""
    for word in plain:
        starts.append(len(line))
        line += f"{word.strip()} "
    return line, starts


def _longest(
    plain: Sequence[str], line: str, starts: Sequence[int], place: int, known: Lexicon, terms: Sequence[TimeTerm]
) -> tuple[int, tuple[Sense, ...]]:
    by_pattern = known.kpi_at(line, starts[place])
    if by_pattern and _cuts_value(plain, place, len(by_pattern[0].split()), known):
        by_pattern = None
    length, senses = (len(by_pattern[0].split()), (by_pattern[1],)) if by_pattern else (0, ())
    for size in range(min(known.longest, len(plain) - place), 0, -1):
        if size < length:
            break
        found = _with_the_bare(plain, place, size, known.senses(tuple(plain[place : place + size])), known)
        if found and not _cuts_anything(plain, line, starts, place, size, found, known, terms):
            return size, (*senses, *(s for s in found if s not in senses)) if size == length else found
    return length, senses


def _with_the_bare(
    plain: Sequence[str], place: int, size: int, senses: tuple[Sense, ...], known: Lexicon
) -> tuple[Sense, ...]:
    """`the CRM` is the service CRM as well as a subcategory that is called The CRM."""
    if size < 2 or plain[place] not in _ARTICLES or not senses:
        return senses
    bare = known.senses(tuple(plain[place + 1 : place + size]))
    values = [sense for sense in senses if sense.kind == "value"]
    return (*senses, *(s for s in bare if s.kind == "value" and s not in senses)) if values else senses


def _cuts_anything(
    plain: Sequence[str], line: str, starts: Sequence[int], place: int, size: int,
    senses: tuple[Sense, ...], known: Lexicon, terms: Sequence[TimeTerm],
) -> bool:  # fmt: skip
    return (
        _cuts(terms, place, size, senses)
        or _cuts_value(plain, place, size, known, senses)
        or (not _is_named(senses) and _cuts_kpi(line, starts, place, size, known))
    )


def _cuts_kpi(line: str, starts: Sequence[int], place: int, size: int, known: Lexicon) -> bool:
    """Whether it would take words from a KPI: `for first response` from `first response time`."""
    end = starts[place + size] if place + size < len(starts) else len(line)
    named = (known.kpi_at(line, starts[first]) for first in range(place + 1, place + size))
    return any(
        found and starts_at + len(found[0]) > end for found, starts_at in zip(named, starts[place + 1 :], strict=False)
    )


def _cuts(terms: Sequence[TimeTerm], place: int, size: int, senses: Sequence[Sense]) -> bool:
    """Whether a phrase of that size would take the first word from a term of time: `came in` from `in May`."""
    return not _is_named(senses) and any(place < term.first < place + size <= term.last for term in terms)


def _cuts_value(plain: Sequence[str], place: int, size: int, known: Lexicon, senses: Sequence[Sense] = ()) -> bool:
    """Whether it would take words from a value: `mttr business` from `Business Applications`."""
    if size > 2 and any(sense.kind == "signal" and sense.name == "ticket" for sense in senses):
        parts = ((first, last) for first in range(place, place + size) for last in range(first + 2, place + size + 1))
        if any(last - first < size and _is_value(plain, first, last, known) for first, last in parts):
            return True
    return any(
        _is_value(plain, first, last, known)
        for first in range(place + 1, place + size)
        for last in range(place + size + 1, min(first + _LONGEST_VALUE, len(plain)) + 1)
    )


def _is_named(senses: Sequence[Sense]) -> bool:
    return any(sense.kind in ("kpi", "value", "dimension") for sense in senses)


def _number(text: str, senses: Sequence[Sense]) -> float | None:
    number = next((sense.name for sense in senses if sense.kind == "number"), "")
    if number:
        return float(number)
    try:
        return float(text) if text[:1].isdigit() and text.isascii() else None
    except ValueError:
        return None
