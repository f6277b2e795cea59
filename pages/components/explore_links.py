"""What can be done with the whole of Explore's view: ask about it, save it, and links that last."""

import streamlit as st

from analytics.ask.question_address import question_address
from pages.components.address import asked_texts
from pages.components.explore_state import Explored
from pages.components.saved_views_part import save_view, saved_views_part
from pages.components.warehouse import store


def explore_links(shown: Explored) -> None:
    """A link to the same question in words, and saved views."""
    st.page_link(
        "pages/ask.py", label="As a question", icon=":material/search:", width="content",
        query_params=question_address(shown.question), help="The same as a question, with its definition and SQL",
    )  # fmt: skip
    address = {name: asked_texts(name) for name in st.query_params}
    save_view("explore", {"period": [shown.view.preset.value]} | address)
    kept = store().saved_views.all()
    if kept or st.session_state.get("view_deleted"):
        with st.popover(f"Saved ({len(kept)})", icon=":material/bookmarks:", type="tertiary", key="explore_saved"):
            saved_views_part()
