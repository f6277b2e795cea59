"""The page's address is the one place where the view is kept: widgets follow it, and changes are written to it.

Widgets bound by Streamlit itself (`bind="query-params"`) replace the entry in the browser's history and drop unknown
values without a word. Written from here, each change is an entry of its own, so back and forward work.
"""

from collections.abc import Collection
from datetime import date

import streamlit as st

# Dates beyond these would overflow somewhere; no ticket is that old or that new.
_FIRST, _LAST = date(1970, 1, 1), date(2199, 12, 31)


def asked_texts(name: str) -> list[str]:
    """What the address asks for under a name, each once."""
    return list(dict.fromkeys(st.query_params.get_all(name)))


def asked_one(name: str, known: Collection[str], default: str) -> str:
    """The text asked for if it is known, else the default."""
    return next((text for text in asked_texts(name) if text in known), default)


def asked_dates(name: str) -> tuple[date, ...]:
    """Up to two dates in order; what is no date is left out."""
    found = []
    for text in asked_texts(name):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            continue
        if _FIRST <= day <= _LAST:
            found.append(day)
    return tuple(sorted(found[:2]))


def write(name: str, texts: Collection[str], default: Collection[str] = ()) -> None:
    """Put texts under a name; the default leaves the address short."""
    if list(texts) == list(default):
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = list(texts)
