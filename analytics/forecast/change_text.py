"""Changes as short texts, for the command line and the page's address.

    category=Mail:-25%@2026-07-01     inflow
    Service Desk:+2*8.5@2026-07-01    people, each ending 8.5 tickets a week
    2026-12-21..2027-01-03:20%        freeze, both days inclusive
    50%@2026-07-01                    automation of the five most frequent simple types; 50%*3 of three

The last part is fixed in form and read from the right, so a value may hold ':', '=', '@' or anything else.
"""

import re
from datetime import date

from analytics.errors import BacklightError
from analytics.filters import read_date, read_value
from analytics.forecast.changes import KINDS, TYPES, Automation, Change, Freeze, InflowChange, PeopleChange

_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FORMS = {
    "inflow": (rf"([a-z_]+)=(.*):([+-]{_NUMBER})%(?:@({_DAY}))?", "category=Mail:-25%@2026-07-01"),
    "people": (rf"(.*):([+-]{_NUMBER})(?:\*({_NUMBER}))?(?:@({_DAY}))?", "Service Desk:+2@2026-07-01"),
    "freeze": (rf"({_DAY})\.\.({_DAY})(?::({_NUMBER})%)?", "2026-12-21..2027-01-03:20%"),
    "automation": (rf"({_NUMBER})%(?:\*([0-9]{{1,2}}))?(?:@({_DAY}))?", "50%@2026-07-01"),
}


def change_from(kind: str, text: str) -> Change:
    """The change of one of `KINDS` that a text describes; raises `BacklightError`."""
    form, example = _FORMS[kind]
    found = re.fullmatch(form, text, re.DOTALL)
    if found is None:
        raise BacklightError(f"'{text}' is not a change of {kind}: write it as {example}.")
    parts = found.groups()
    match kind:
        case "inflow":
            dimension, value, percent, start = parts
            return InflowChange(dimension, read_value(dimension, value), float(percent), _day(start))
        case "people":
            group, people, each, start = parts
            return PeopleChange(group, float(people), _day(start), None if each is None else float(each))
        case "freeze":
            first, last, share = parts
            return Freeze(read_date(first, "a freeze"), read_date(last, "a freeze"), float(share or 0) / 100)
    share, types, start = parts
    return Automation(float(share) / 100, _day(start), int(types or TYPES))


def text_of(change: Change) -> tuple[str, str]:
    """The kind and the text that bring a change back."""
    match change:
        case InflowChange(dimension, value, percent, start):
            return "inflow", f"{dimension}={'' if value is None else value}:{_signed(percent)}%{_at(start)}"
        case PeopleChange(group, people, start, each):
            rate = "" if each is None else f"*{_plain(each)}"
            return "people", f"{group}:{_signed(people)}{rate}{_at(start)}"
        case Freeze(start, last, share):
            return "freeze", f"{start.isoformat()}..{last.isoformat()}:{_plain(share * 100)}%"
        case Automation(share, start, types):
            return "automation", f"{_plain(share * 100)}%{'' if types == TYPES else f'*{types}'}{_at(start)}"


def linked(change: Change) -> str:
    """Kind and text in one, for an address."""
    return ":".join(text_of(change))


def from_link(text: str) -> Change | None:
    """The change in an address; None for what is none."""
    kind, _, rest = text.partition(":")
    try:
        return change_from(kind, rest) if kind in KINDS else None
    except BacklightError:
        return None


def _day(text: str | None) -> date | None:
    return read_date(text, "the start of a change") if text else None


def _at(day: date | None) -> str:
    return f"@{day.isoformat()}" if day else ""


def _plain(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def _signed(number: float) -> str:
    return f"{'-' if number < 0 else '+'}{_plain(abs(number))}"
