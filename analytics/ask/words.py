"""The words of a question: what a person typed, cut at spaces and punctuation, in one form of letters."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

# The quotation marks, dashes and signs that keyboards and word processors put in place of the plain ones.
_QUOTES = dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"')
_APOSTROPHES = dict.fromkeys("\u2018\u2019\u201a\u201b\u0060\u00b4\u2032", "'")
_DASHES = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
_SIGNS = _QUOTES | _APOSTROPHES | _DASHES | {"\u2264": "<=", "\u2265": ">=", "\u2260": "!="}
_LONGEST_CLUSTER = 8
_PERIOD_NAME = re.compile("[-'/ ]")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_TOKEN = re.compile(
    r'"(?P<quote>[^"]*)"'
    r"|(?<![^\W_])'(?P<single>[^'\n]{2,}?)'(?![^\W_])"
    r"|(?P<number>\d{4}-\d{2}-\d{2}(?!\w)|\d{4}-(?:w\d{1,2}|q\d|h\d|\d{2})(?![\w-])|\d{4}(?:q[1-4]|h[12])(?!\w)|\d{4}/\d{1,2}/\d{1,2}(?!\w)"
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\w)|\d{1,2}/\d{4}(?!\w)|\d{1,2}:\d{2}(?!\w)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\w,])|\d+\.\d+)"
    r"|(?P<short>w/[oc](?!\w)|w/)|(?P<dots>(?<=\d)\.\.+(?=\d))|(?P<rate>(?<=[a-z])/(?=(?:day|week|month|quarter|year)(?!\w)))"
    rf"|(?P<dated>(?:q[1-4]|h[12]|{_MONTH})(?:[-'/]| ')(?:20)?\d\d(?![\w-])"
    r"|(?:q[1-4]|h[12]) \d\d(?!\w|[-:/.%]| (?:top|worst|best|[a-z]+s|[a-z]+est)\b))"
    r"|(?P<ranked>(?:top|bottom)(?=\d{1,3}(?!\w)))"
    r"|(?P<word>[^\W_]+(?:'[^\W_]+)*)"
    r"|(?P<unlike>!=|<>)|(?P<sign><=|>=|=<|=>|<|>|%|(?<=\d)\+)|(?P<plus>[+&])|(?P<dash>-)|(?P<money>[$€£¥])"
)


@dataclass(frozen=True)
class Word:
    """`text` folded to small letters; it stands at `start` to `end` (exclusive) of what was typed.

    Operators (`<` `<=` `>` `>=`), `%`, `-` between numbers or months and `+` after a number are words of their own;
    `!=` is the word `not`, `&` and `+` are `and`,
    `w/` is `with`, `/week` is `per week`; `Q1'26` and `Q1 26` are `q1` and `2026`.
    With `quoted`, the text is all that stood between quotation marks.
    """

    text: str
    start: int
    end: int
    quoted: bool = False


def words_of(text: str) -> tuple[Word, ...]:
    """The words of any text, also of one that holds control characters or no word at all. Never fails."""
    folded, places = _folded(text)
    found = tuple(_words(folded, places))
    kept = (word for i, word in enumerate(found) if word.text != "-" or word.quoted or _joins(found, i))
    return tuple(
        replace(word, text="to") if word.text == "-" and _joins_priorities(found, word) else word for word in kept
    )


def _words(folded: str, places: list[int]) -> Iterator[Word]:
    for match in _TOKEN.finditer(folded):
        text = _text(match)
        if match.lastgroup == "dated":
            middle, last = places[match.end() - 2], places[match.end() - 1] + 1
            yield Word(_PERIOD_NAME.split(text)[0], places[match.start()], middle)
            yield Word(f"20{text[-2:]}", middle, last)
        elif text:
            quoted = match.lastgroup in ("quote", "single")
            yield Word(text, places[match.start()], places[match.end() - 1] + 1, quoted)


def _text(match: re.Match[str]) -> str:
    kind, text = match.lastgroup, match[0]
    match kind:
        case "quote" | "single":
            return " ".join(match[kind].split())
        case "word":
            return re.sub(r"'s$|'", "", text)
        case "unlike":
            return "not"
        case "short" | "dots" | "rate" | "plus":
            return {"w/": "with", "w/o": "without", "w/c": "wc", "/": "per", "+": "and", "&": "and"}.get(text, "to")
        case "sign":
            return {"=<": "<=", "=>": ">="}.get(text, text)
        case _:
            return re.sub(r"(?<=^\d{4})(?=[qh])", "-", text.replace(",", "")) if kind == "number" else text


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in one form of letters, and for each of its letters the place it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for start, cluster in _clusters(text):
        for letter in _fold(cluster):
            letters.append(letter)
            places.append(start)
    return "".join(letters), places


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """A letter with the marks put on it, so that both ways to write an accent are one word."""
    start = 0
    for place in range(1, len(text) + 1):
        ended = place == len(text) or not unicodedata.combining(text[place]) or place - start >= _LONGEST_CLUSTER
        if ended:
            yield start, text[start:place]
            start = place


def _fold(cluster: str) -> str:
    kind = unicodedata.category(cluster[0])
    if kind == "Cf":
        return ""
    if kind in ("Cc", "Cs", "Zl", "Zp"):
        return " "
    plain = _SIGNS.get(cluster) or unicodedata.normalize("NFKC", cluster).casefold()
    return "".join(letter for letter in plain if unicodedata.category(letter)[0] != "M")


def _joins_priorities(words: tuple[Word, ...], dash: Word) -> bool:
    """`P1-P3`."""
    return any(re.fullmatch("p[1-5]", word.text) for word in words if word.end == dash.start)


def _joins(words: tuple[Word, ...], place: int) -> bool:
    """Whether the dash stands between two numbers or two periods, and so means `to`."""
    sides = words[place - 1 : place] + words[place + 1 : place + 2]
    return len(sides) == 2 and all(_PERIOD.match(word.text) and not word.quoted for word in sides)


_PERIOD = re.compile(
    r"\d|[qhw]\d|p[1-5]$|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*$"
)
