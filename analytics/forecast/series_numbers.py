"""Series numbers: the values of a series from texts, with decimal point or comma as the whole column shows it."""

import math
import re
from collections.abc import Sequence

from analytics.errors import BacklightError
from analytics.forecast.series_file import BadRow, SeriesFile

_LARGEST = 1e15
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)
# Groups of three after the sign: thousands, or three decimals.
_GROUPS = {sign: re.compile(rf"[+-]?\d{{1,3}}({re.escape(sign)}\d{{3}})+") for sign in ",."}
_SPACES = re.compile("(?<=\\d)[ \u00a0\u202f'\u2019](?=\\d{3})")


def read_numbers(found: SeriesFile) -> list[float | None]:
    """The value of each row, None where the cell is empty; raises `BacklightError` for what is no number from 0 on."""
    texts = [_SPACES.sub("", row.value) for row in found.rows]
    decimal = _decimal(found, texts)
    return [_number(found, place, text, decimal) for place, text in enumerate(texts)]


def _number(found: SeriesFile, place: int, text: str, decimal: str) -> float | None:
    if not text:
        return None
    row = found.rows[place]
    plain = text.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    if not _PLAIN.fullmatch(plain):
        raise BadRow(
            found.file, row.line, row.value, "is no number: give plain numbers, and nothing where a value is unknown."
        )
    value = float(plain)
    if value < 0:
        raise BadRow(found.file, row.line, row.value, "is negative: a forecast takes counts and amounts of 0 or more.")
    if not math.isfinite(value) or value > _LARGEST:
        raise BadRow(
            found.file, row.line, row.value, "is too large: give the series in a larger unit, such as millions."
        )
    return value


def _decimal(found: SeriesFile, texts: Sequence[str]) -> str:
    """The decimal sign: the last of two, one that stands where no thousands can, or the point."""
    both = [text for text in texts if "," in text and "." in text]
    if both:
        return "," if both[0].rfind(",") > both[0].rfind(".") else "."
    commas = [text for text in texts if "," in text]
    if any(not _GROUPS[","].fullmatch(text) for text in commas):
        return ","
    if any(text.count(".") > 1 for text in texts):
        return ","
    if commas and not found.by_comma and all(text.count(",") == 1 for text in commas):
        raise BacklightError(
            f"{found.file}: '{commas[0]}' may be {commas[0].replace(',', '')} or {commas[0].replace(',', '.')}: write "
            "numbers without signs for thousands."
        )
    return "."
