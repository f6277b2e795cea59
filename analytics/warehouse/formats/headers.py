"""Headers as they are compared: the same name whatever the letter case, marks and separators."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SEPARATORS = re.compile(r"[\s_\-\u00a0\ufeff]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TOKEN = re.compile(r"[a-z]+|[0-9]+|#")


@lru_cache(maxsize=8192)
def normalise(header: str) -> str:
    """The header casefolded, without accents, marks such as '*+' at the end, and with single spaces."""
    text = unicodedata.normalize("NFKD", header.replace("\ufeff", "").casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = _SEPARATORS.sub(" ", text).strip().rstrip("*+: ").strip()
    # A ServiceNow REST reference is an object; its readable half stands for the column.
    return text.removesuffix(".display value")


def tidy(header: str) -> str:
    """The header with its letter case kept: only BOM, outer and repeated spaces and end marks are gone."""
    return re.sub(r"[\s\u00a0]+", " ", header.replace("\ufeff", "")).strip().rstrip("*+: ").strip()


@lru_cache(maxsize=8192)
def tokens(header: str) -> tuple[str, ...]:
    """The header's words: 'OpenedAt', 'opened_at' and 'Opened at' are all ('opened', 'at')."""
    return tuple(_TOKEN.findall(normalise(_CAMEL.sub(" ", header))))


def positions_of(names: Sequence[str], header: Sequence[str]) -> tuple[int, ...]:
    """Positions in `header` of every name found, in order of preference; a repeated header gives all of its own."""
    places: dict[str, list[int]] = {}
    for position, text in enumerate(header):
        places.setdefault(normalise(text), []).append(position)
    found = (position for name in names for position in places.get(normalise(name), []))
    return tuple(dict.fromkeys(found))
