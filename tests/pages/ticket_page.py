"""The Tickets page in tests: its buttons, its address, and tickets kept as from a picture."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from analytics.selection import Selection
from analytics.store import open_store
from analytics.store.kept_selections import KeptSelection


def button(app: AppTest, label: str) -> Any:
    """The button that says this."""
    return next(button for button in app.button if button.label == label)


def address_of(app: AppTest) -> dict[str, list[str]]:
    """The address after the last run."""
    return {name: [texts] if isinstance(texts, str) else list(texts) for name, texts in app.query_params.items()}


def keep(folder: Path, condition: str, words_of_it: str = "tickets kept", **parameters: Any) -> str:
    """The digest of tickets kept in the folder's store."""
    store = open_store(folder)
    selection = Selection(words_of_it, condition, parameters)
    kept = KeptSelection(selection.words, selection.condition, selection.parameters, selection.order)
    digest = store.kept_selections.keep(kept)
    store.close()
    return digest
