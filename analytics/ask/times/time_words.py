"""The words of time in a question: which of them name a period, a grain, a comparison, an hour or a duration."""

import re
from collections.abc import Sequence
from datetime import date

from analytics.ask.span import Span
from analytics.ask.times.ahead_terms import AHEAD, AHEAD_BY, COMING, FROM_NOW
from analytics.ask.times.clock_words import CLOCK_FORMS
from analytics.ask.times.comparison_terms import COMPARED_FORMS, MOVED, settled
from analytics.ask.times.grain_words import ARTICLE, GRAIN_FORMS
from analytics.ask.times.range_words import RANGE_FORMS
from analytics.ask.times.time_lexicon import lexicon
from analytics.ask.times.time_term import Form, Found, Meaning, Reader, TimeTerm

_FORMS = (*COMPARED_FORMS, *RANGE_FORMS, FROM_NOW, *GRAIN_FORMS, *CLOCK_FORMS)
_NOT_A_TOKEN = re.compile(r"[^\w.,:/%<>=+-]")
_BEFORE, _AFTER, _SUBJECTS = lexicon().before_may, lexicon().after_may, lexicon().subjects
_LIMITS = lexicon().before_lengths
_MORE = lexicon().before_counts
_ARRIVED = lexicon().before_in
_UNITS = re.compile("day|week|month|quarter|year")
_RANKED = ("top", "bottom", "best", "worst", "lowest", "highest")
_MOVES, _CHANGES, _FORETELLING = lexicon().before_moves, lexicon().changes, lexicon().foretelling


def read_times(words: Sequence[str], as_of: date) -> list[TimeTerm]:
    """What the words (in small letters) say about time, in their order; words that say nothing about it are in no term.

    Terms do not overlap, but a comparison may stand on the same words as the span that it implies.
    """
    texts = [_NOT_A_TOKEN.sub("_", word) or "_" for word in words]
    line, starts = " ".join(texts), [0]
    for text in texts[:-1]:
        starts.append(starts[-1] + len(text) + 1)
    terms: list[TimeTerm] = []
    place = 0
    while place < len(texts):
        term = _longest(line, starts, place, texts, as_of)
        terms += [term] if term else []
        place = term.last + 1 if term else place + 1
    return settled(terms, as_of)


def _longest(line: str, starts: list[int], place: int, words: Sequence[str], as_of: date) -> TimeTerm | None:
    found: list[tuple[int, str, Meaning]] = []
    for pattern, reader in (*_fitting_here(words, place), *_FORMS):
        match = pattern.match(line, starts[place])
        if match is None or not match[0].strip() or _is_no_time(match, words, place):
            continue
        meaning = _read(reader, match, as_of)
        if meaning:
            found.append((len(match[0].split()), *meaning))
    if not found:
        return None
    length, kind, value = max(found, key=lambda each: each[0])
    return TimeTerm(place, place + length - 1, kind, value)


def _read(reader: Reader, match: Found, as_of: date) -> tuple[str, Meaning] | None:
    try:
        meaning = reader(match, as_of)
    except (ValueError, OverflowError):
        return None
    if meaning and isinstance(meaning[1], Span) and not _is_sane(meaning[1]):
        return None
    return meaning


def _is_sane(span: Span) -> bool:
    days = [day for day in (span.start, span.end) if day]
    ordered = len(days) < 2 or days[0] < days[1]
    return ordered and all(date(1970, 1, 1) <= day <= date(2200, 1, 1) for day in days)


def _fitting_here(words: Sequence[str], place: int) -> tuple[Form, ...]:
    """The forms that hold only after some words."""
    moved = (place > 0 and words[place - 1] in _MOVES) or not _CHANGES.isdisjoint(words[:place])
    rate = (ARTICLE,) if _may_be_a_rate(words, place) else ()
    return (*((MOVED,) if moved else ()), *_of_what_will_be(words, place), *rate)


def _of_what_will_be(words: Sequence[str], place: int) -> tuple[Form, ...]:
    """`in 3 months` after a word of what comes, `3 months` right after it; `going in May` tells of nothing to come."""
    told = [i for i in range(place) if words[i] in _FORETELLING or tuple(words[i : i + 2]) == ("going", "to")]
    if not told:
        return ()
    return (AHEAD_BY, COMING, AHEAD) if told[-1] == place - 1 else (AHEAD_BY, COMING)


def _may_be_a_rate(words: Sequence[str], place: int) -> bool:
    """Whether `a week` here means per week (tickets a week), not a length (longer than a week)."""
    return place > 0 and words[place - 1] not in _LIMITS and not words[place - 1].isdigit()


def _is_no_time(match: Found, words: Sequence[str], place: int) -> bool:
    """Whether the words only look like a period: the verb in `may we`, the number in `more than 2000 tickets`."""
    matched = match[0].split()
    if matched[0] == "in" and place and words[place - 1] in _ARRIVED:
        return True
    before = words[place - 1] if place else ""
    if (
        matched[0].isdigit()
        and before in _RANKED
        and len(matched) > 1
        and not re.search("day|week|month|quarter|year", match[0])
    ):
        return True
    if matched in (["may"], ["march"]):
        return _is_a_verb(words, place)
    if re.fullmatch(r"(?:than )?\d{4}|(?:between|from) \d.*", match[0]):
        return before in _MORE and not _is_split_year(match[0], words, place)
    return False


def _is_split_year(text: str, words: Sequence[str], place: int) -> bool:
    """Whether a number after a dimension is a year all the same: `by priority 2016`."""
    return (
        text.isdigit() and words[place - 1].startswith("priorit") and words[max(place - 2, 0)] in ("by", "per", "and")
    )


def _is_a_verb(words: Sequence[str], place: int) -> bool:
    before, follows = words[place - 1 : place], words[place + 1 : place + 2]
    if follows and follows[0] in _SUBJECTS:
        return True
    return words[place] == "may" and bool(before and follows) and before[0] not in _BEFORE and follows[0] not in _AFTER
