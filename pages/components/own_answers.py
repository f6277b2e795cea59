"""Own answers: the drafts of this session, of which the address holds the open one, and what was handed in.

They are kept for the session alone: what is handed in cannot be found again by anybody.
"""

from datetime import UTC, datetime

import streamlit as st

from analytics.diagnostic.questionnaire import Questionnaire
from analytics.errors import BacklightError
from analytics.store.responses import Response
from pages.components.address import asked_texts, write
from pages.components.warehouse import store

DRAFT = "draft"
_DRAFTS, _HANDED_IN, _NOTE, _REFUSED = "own_drafts", "own_answers", "draft_note", "draft_refused"


def draft_key(sheet: Questionnaire | None = None) -> str | None:
    """The key of the open draft: the address's, else the one that this session began for the questionnaire."""
    asked = asked_texts(DRAFT)
    return asked[0] if asked else _drafts().get(sheet.id) if sheet else None


def open_draft(key: str | None) -> Response | None:
    """The draft of a key, if there is one."""
    return store().responses.draft(key) if key else None


def keep_key(sheet: Questionnaire, key: str | None) -> None:
    """Put a draft's key into the address and the session, or take it out."""
    _drafts().pop(sheet.id, None)
    if key:
        _drafts()[sheet.id] = key
    wanted = [key] if key else []
    # Each write is an entry in the browser's history.
    if asked_texts(DRAFT) != wanted:
        write(DRAFT, wanted)


def switch_draft(name: str) -> None:
    """Have the address hold the session's draft of another questionnaire, if there is one."""
    key = _drafts().get(name)
    write(DRAFT, [key] if key else [])


def handed_in(sheet: Questionnaire) -> Response | None:
    """What this session handed in last to a questionnaire."""
    found: Response | None = st.session_state.get(_HANDED_IN, {}).get(sheet.id)
    return found


def keep_handed_in(sheet: Questionnaire, response: Response) -> None:
    """Keep what was handed in for this session."""
    st.session_state[_HANDED_IN] = {**st.session_state.get(_HANDED_IN, {}), sheet.id: response}


def note_saved() -> None:
    """Have the next run say that a change is saved."""
    st.session_state[_NOTE] = f"Saved at {datetime.now(UTC):%H:%M:%S} UTC"


def note_refused(error: BacklightError) -> None:
    """Have the next run say why a change is not saved."""
    st.session_state[_REFUSED] = error
    st.session_state.pop(_NOTE, None)


def saved_note() -> str:
    """When the latest change was saved, in words; empty before any."""
    return str(st.session_state.get(_NOTE, ""))


def refused_error() -> BacklightError | None:
    """Why the latest change was not saved; told once."""
    found: BacklightError | None = st.session_state.pop(_REFUSED, None)
    return found


def _drafts() -> dict[str, str]:
    drafts: dict[str, str] = st.session_state.setdefault(_DRAFTS, {})
    return drafts
