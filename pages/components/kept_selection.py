"""Selections kept under a digest, so that a link to the Tickets page can name them."""

from analytics.selection import Selection
from analytics.store.kept_selections import KeptSelection
from analytics.warehouse.engine import Engine
from pages.components.warehouse import store

# Where the condition names tickets by their place, the snapshot it holds for is kept beside the values.
_SNAPSHOT = "kept_snapshot"


def keep_selection(selection: Selection, engine: Engine) -> str:
    """The digest under which the selection is kept."""
    placed = {_SNAPSHOT: engine.snapshot} if selection.holds_for_one_snapshot else {}
    parameters = {**selection.parameters, **placed}
    kept = KeptSelection(selection.words, selection.condition, parameters, selection.order)
    return store().kept_selections.keep(kept)


def kept_selection(digest: str, engine: Engine) -> Selection | str:
    """The selection of a digest, or one sentence that says why it cannot be shown."""
    found = store().kept_selections.find(digest)
    if found is None:
        return "This link names tickets that were not kept here. Open them again from the picture they came from."
    if found.parameters.get(_SNAPSHOT, engine.snapshot) != engine.snapshot:
        return (
            "These tickets were kept by their place in the data, which has changed since. Open them again from the "
            "picture they came from."
        )
    parameters = {name: value for name, value in found.parameters.items() if name != _SNAPSHOT}
    return Selection(found.words, found.condition, parameters, found.order)
