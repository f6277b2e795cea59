"""The shape of one date as text -> the strptime format that reads it."""

import re
from dataclasses import dataclass
from typing import Literal

Clock = Literal["local", "utc", "offset", "seconds", "milliseconds", "excel"]

# English names only are read by strptime; the others are translated first.
FOREIGN_MONTHS = {
    "jan": ("jän", "januar", "janv", "janvier", "ene", "enero", "gennaio", "gen", "janeiro"),
    "feb": ("februar", "févr", "février", "febrero", "febbraio", "fev", "fevereiro"),
    "mar": ("mär", "märz", "mrz", "mars", "marzo", "março", "mrt", "maart"),
    "apr": ("avr", "avril", "abr", "abril", "aprile"),
    "may": ("mai", "mayo", "maggio", "mag", "maio", "mei"),
    "jun": ("juni", "juin", "junio", "giugno", "giu", "junho"),
    "jul": ("juli", "juil", "juillet", "julio", "luglio", "lug", "julho"),
    "aug": ("août", "ago", "agosto"),
    "sep": ("sept", "septembre", "septiembre", "settembre", "set", "setembro"),
    "oct": ("okt", "oktober", "octobre", "octubre", "ottobre", "ott", "out", "outubro"),
    "nov": ("novembre", "noviembre", "novembro"),
    "dec": ("dez", "dezember", "déc", "décembre", "dic", "diciembre", "dicembre", "dezembro"),
}
_LONG = (
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip

_TIME = (
    r"(?:(?P<gap>,? +|[T,])(?P<hour>\d{1,2})(?P<colon>[:.])\d{2}(?P<second>(?P=colon)\d{1,2})?"
    r"(?P<fraction>[.,]\d{1,9})?(?P<half> *[AaPp][Mm])?)?"
)
_OFFSET = r"(?P<offset> *(?:[Zz]|UTC|GMT| ?[+-]\d{2}(?::?\d{2})?))?"
_TAIL = _TIME + _OFFSET
_NAME = r"(?P<month>[^\W\d]{3,10})(?P<dot>\.?)"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_YEAR_FIRST = re.compile(rf"\d{{4}}(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,2}}{_TAIL}")
_YEAR_LAST = re.compile(rf"\d{{1,2}}(?P<sep>[-/.])\d{{1,2}}(?P=sep){_YEAR}{_TAIL}")
_DAY_NAMED = re.compile(
    rf"(?P<week>[A-Za-z]{{3}},? )?\d{{1,2}}(?P<sep>\. |[-/. ]){_NAME}(?P<sep2>[-/ .]){_YEAR}{_TAIL}"
)
_MONTH_NAMED = re.compile(rf"{_NAME} \d{{1,2}}(?P<comma>,?) (?P<year>\d{{4}}){_TAIL}")
_COMPACT = re.compile(r"(?:19|20)\d{6}(?P<time>\d{6})?")
_NUMBER = re.compile(r"(?P<whole>\d{5}|\d{10}|\d{13})(?:\.\d+)?")


@dataclass(frozen=True)
class Shape:
    """`formats`: one strptime format, or two (day first, month first) where the text alone cannot tell them apart."""

    clock: Clock
    formats: tuple[str, ...] = ()

    @property
    def day_or_month_first(self) -> bool:
        """Whether the order of day and month has to be decided from many values."""
        return len(self.formats) == 2


def shape_of(text: str) -> Shape | None:
    """The shape of a date written as `text`, or None if it is not a date."""
    text = text.strip()
    for read in (_year_first, _year_last, _named, _number):
        shape = read(text)
        if shape is not None:
            return shape
    return None


def month_words(text: str) -> str:
    """The foreign month name inside `text`, casefolded, or nothing."""
    found = re.search(r"[^\W\d]{3,}", text)
    word = found.group().casefold() if found else ""
    return word if any(word in names for names in FOREIGN_MONTHS.values()) else ""


def _year_first(text: str) -> Shape | None:
    match = _YEAR_FIRST.fullmatch(text)
    return _shape(match, f"%Y{match['sep']}%m{match['sep']}%d") if match else None


def _year_last(text: str) -> Shape | None:
    match = _YEAR_LAST.fullmatch(text)
    if not match:
        return None
    sep, year = match["sep"], "%Y" if len(match["year"]) == 4 else "%y"
    # Dots are written day first wherever they are used.
    orders = ("%d{0}%m{0}",) if sep == "." else ("%d{0}%m{0}", "%m{0}%d{0}")
    return _shape(match, *(order.format(sep) + year for order in orders))


def _named(text: str) -> Shape | None:
    match = _DAY_NAMED.fullmatch(text)
    if match and _month(match["month"]):
        week = "%a" + match["week"][3:] if match["week"] else ""
        year = "%Y" if len(match["year"]) == 4 else "%y"
        return _shape(match, f"{week}%d{match['sep']}{_month(match['month'])}{match['dot']}{match['sep2']}{year}")
    match = _MONTH_NAMED.fullmatch(text)
    if match and _month(match["month"]):
        return _shape(match, f"{_month(match['month'])}{match['dot']} %d{match['comma']} %Y")
    return None


def _month(word: str) -> str:
    word = word.casefold()
    if word in _LONG:
        return "%B"
    return "%b" if word in FOREIGN_MONTHS or month_words(word) else ""


def _shape(match: re.Match[str], *dates: str) -> Shape:
    offset = (match["offset"] or "").strip().upper()
    clock: Clock = "local" if not offset else "utc" if offset in ("Z", "UTC", "GMT") else "offset"
    tail = _time_format(match)
    if offset:
        tail += match["offset"].replace(match["offset"].strip(), match["offset"].strip() if clock == "utc" else "%z")
    return Shape(clock, tuple(date + tail for date in dates))


def _time_format(match: re.Match[str]) -> str:
    if not match["hour"]:
        return ""
    colon, half = match["colon"], match["half"]
    text = match["gap"] + ("%I" if half else "%H") + colon + "%M" + (colon + "%S" if match["second"] else "")
    if match["fraction"]:
        text += match["fraction"][0] + ("%n" if len(match["fraction"]) > 7 else "%f")
    return text + (" " * half.count(" ") + "%p" if half else "")


def _number(text: str) -> Shape | None:
    compact = _COMPACT.fullmatch(text)
    if compact:
        return Shape("local", ("%Y%m%d%H%M%S" if compact["time"] else "%Y%m%d",))
    match = _NUMBER.fullmatch(text)
    if not match:
        return None
    if len(match["whole"]) == 5:
        return Shape("excel") if 30_000 <= int(match["whole"]) <= 60_000 else None
    return Shape("seconds" if len(match["whole"]) == 10 else "milliseconds")
