"""Going to another page from a script, in a way that the browser's back button brings the reader back.

Streamlit's own switch leaves an entry in the browser's history that has this page's path with the other page's query.
Who comes back to it is given the address that the page had; while the browser goes back, that replaces the entry.
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.components.address import asked_texts

_LEFT = "left_pages"
_MOST = 200


def leave_for(page: str, address: Mapping[str, Sequence[str]]) -> NoReturn:
    """Go to a page at an address."""
    left = st.session_state.setdefault(_LEFT, {})
    if _path():
        left[(_path(), _text(address))] = {name: asked_texts(name) for name in st.query_params}
    while len(left) > _MOST:
        left.pop(next(iter(left)))
    st.switch_page(page, query_params={name: list(texts) for name, texts in address.items()})


def mend_address() -> None:
    """Put the address right that a reader comes back to; before anything on the page reads it."""
    left = st.session_state.get(_LEFT)
    if left:
        before = left.get((_path(), _text({name: asked_texts(name) for name in st.query_params})))
        if before is not None:
            st.query_params.from_dict(before)


def _path() -> str:
    return urlsplit(st.context.url or "").path


def _text(address: Mapping[str, Sequence[str]]) -> str:
    return urlencode(sorted((name, list(texts)) for name, texts in address.items()), doseq=True)
