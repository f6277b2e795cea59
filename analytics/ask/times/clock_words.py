"""Weekdays, hours of the day and durations in words."""

import re
from datetime import date

from analytics.ask.times.time_lexicon import lexicon
from analytics.ask.times.time_term import Form, Found, Meaning, form
from analytics.warehouse.schema import CLOCK

_WORDS = lexicon()
_DAY = _WORDS.weekday_pattern
_LONG_DAY = rf"(?:{'|'.join(word for word in _WORDS.weekdays if len(word) > 5)})"
_NAMES = CLOCK["opened_weekday"]
_PARTS = {"a": 1, "an": 1, "one and a half": 1.5, "half a": 0.5, "half an": 0.5}
_HOUR = r"(?:[01]?\d|2[0-4])(?::00)?"
_MARK = r"(?: ?(?:o clock|oclock|uhr|hrs|am|pm|a m|p m|in the (?:morning|afternoon|evening)))"
_EARLIEST_BARE, _LATEST = 6, 24
Kind = tuple[str, Meaning] | None


def _weekdays(match: Found, _as_of: date) -> Kind:
    words = [word for word in re.findall(_DAY, match[0]) if word in _WORDS.weekdays]
    return "weekday", tuple(dict.fromkeys(_WORDS.weekdays[word] for word in words))


def _day_range(match: Found, _as_of: date) -> Kind:
    first, last = (_WORDS.weekday_number(match[name]) for name in ("first", "last"))
    return "weekday", tuple(str(_NAMES[(first + i) % 7]) for i in range((last - first) % 7 + 1))


def _working(_match: Found, _as_of: date) -> Kind:
    return "weekday", tuple(str(name) for name in _NAMES[:5])


def _weekend(_match: Found, _as_of: date) -> Kind:
    return "weekday", tuple(str(name) for name in _NAMES[5:])


def _part_of_day(match: Found, _as_of: date) -> Kind:
    return _hours(*_WORDS.parts_of_day[match["part"]])


def _between(match: Found, _as_of: date) -> Kind:
    mark = match["mark"] or match["first_mark"] or (":" if ":" in match[0] else "")
    last = _hour(match["last"], match["mark"])
    first = _hour(match["first"], match["first_mark"] or (match["mark"] if _is_later(match, last) else None))
    is_plain = bool(match["side"]) and first is not None and last is not None and _EARLIEST_BARE <= first < last
    if first is None or last is None or not (mark or is_plain):
        return None
    return _hours(first, last)


def _is_later(match: Found, last: int | None) -> bool:
    """Whether the mark of the second hour is that of the first too: between 2 and 4 pm."""
    first = _hour(match["first"], match["mark"])
    return first is not None and last is not None and first < last


def _before_or_after(match: Found, _as_of: date) -> Kind:
    hour = _hour(match["hour"], match["mark"])
    if hour is None or not (match["mark"] or ":" in match["hour"]):
        return None
    if match["side"] in ("before", "until"):
        return _hours(0, hour) if hour else None
    return _hours(hour, hour + 1) if match["side"] in ("at", "around") else _hours(hour, _LATEST)


def _hour(text: str, mark: str | None) -> int | None:
    hour = int(text.partition(":")[0])
    letter = (mark or "").replace("in the morning", "am").replace("in the", "pm").strip()[:1]
    if letter in ("a", "p"):
        if not 1 <= hour <= 12:
            return None
        return hour % 12 + (12 if letter == "p" else 0)
    return hour


def _hours(first: int, end: int) -> Kind:
    count = (end - first) % _LATEST if end != first + _LATEST else _LATEST
    if not count or first == _LATEST:
        return None
    return "hours", tuple(f"{(first + i) % _LATEST:02}:00" for i in range(count))


def _duration(match: Found, _as_of: date) -> Kind:
    text, unit = match["n"], match["unit"]
    number = _WORDS.numbers.get(text) or _PARTS.get(text)
    value = float(number or text) * _WORDS.durations[unit]
    return "duration", round(value, 6)


_UNIT = rf"(?P<unit>{_WORDS.duration_pattern})s?"
_SIDES = rf"(?P<side>before|after|since|until|at|around) (?P<hour>{_HOUR})(?P<mark>{_MARK})?"
_COUNTED = (
    rf"(?! (?:(?:{_WORDS.duration_pattern}|ticket|time|incident|request|handoff|reopening|repl(?:y|ie))s?"
    rf"|{_WORDS.month_pattern}|%|hand|re)(?= |$))"
)
_HOURS = (
    rf"(?P<side>between |from )?(?P<first>{_HOUR})(?P<first_mark>{_MARK})? (?:and|to|till|until|-) "
    rf"(?P<last>{_HOUR})(?P<mark>{_MARK})?{_COUNTED}"
)
CLOCK_FORMS: tuple[Form, ...] = (
    form(rf"(?:on|every|each)(?: a| the)? {_DAY}s?(?:(?: and| or| and on)? {_DAY}s?)*", _weekdays),
    form(rf"{_LONG_DAY}s(?:(?: and| or| and on)? {_LONG_DAY}s)*", _weekdays),
    form(_LONG_DAY, _weekdays),
    form(rf"(?:on |from |between )?(?P<first>{_DAY})s? (?:to|-|and|through|until) (?P<last>{_DAY})s?", _day_range),
    form(r"on (?:weekdays|working days|workdays|business days)|during the working week|weekdays", _working),
    form(r"(?:at|on|over|during) (?:the )?weekends?|(?:at|on) a weekend|weekends?|every weekend", _weekend),
    form(r"(?:in|during) the (?P<part>morning|afternoon|evening|night)s?", _part_of_day),
    form(r"(?:at|by|every|each) (?P<part>night|morning|evening|afternoon)", _part_of_day),
    form(r"over(?P<part>night)", _part_of_day),
    form(r"(?P<part>morning|afternoon|evening|night)s", _part_of_day),
    form(_HOURS, _between),
    form(_SIDES, _before_or_after),
    form(rf"(?P<n>\d+(?:\.\d+)?)(?: \+)? ?{_UNIT}", _duration),
    form(rf"(?P<n>an?|one and a half|half an?|{_WORDS.number_pattern}) {_UNIT}", _duration),
)
