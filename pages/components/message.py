"""Messages: what went wrong or needs saying, in elements that cannot be made to act by text from an export."""

from collections.abc import Iterable

import streamlit as st

from analytics.errors import BacklightError


def show_error(error: BacklightError, headline: str = "That did not work") -> None:
    """One clear sentence under a headline of our own.

    The sentence may quote a file name or a header, and `st.error` reads Markdown, which fetches remote images and
    makes links even of escaped text: so only the headline goes there.
    """
    with st.container(border=True, gap="xxsmall"):
        st.markdown(f":red[:material/error:] **{headline}**")
        st.text(str(error))


def show_sentences(sentences: Iterable[str]) -> None:
    """Sentences that may quote an export, a line each."""
    with st.container(gap="xxsmall"):
        for sentence in sentences:
            st.text(f"\N{EN DASH} {sentence}")
