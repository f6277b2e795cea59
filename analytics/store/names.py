"""Names of saved things, notes, and text that every database can hold."""

import re

from analytics.store.errors import BadName, BadNote, UnstorableText

LONGEST = 60
LONGEST_NOTE = 200
LONGEST_TEXT = 1_000
_NAME = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def checked_name(kind: str, name: str) -> str:
    """`name`, if it is 1 to 60 letters, digits, - and _; the same in a file name, a link and a command line."""
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise BadName(kind, name, LONGEST)
    return name


def checked_text(kind: str, name: str, text: str) -> str:
    """`text`, if PostgreSQL would take it as well as SQLite does, so that moving there never fails."""
    if not is_storable(text):
        raise UnstorableText(kind, name)
    return text


def checked_note(kind: str, text: str, longest: int = LONGEST_NOTE) -> str:
    """`text` without the space around it, if 1 to `longest` characters are left."""
    if not isinstance(text, str):
        raise BadNote(kind, "is not text", longest)
    stripped = text.strip()
    if not stripped:
        raise BadNote(kind, "is empty", longest)
    if len(stripped) > longest:
        raise BadNote(kind, f"has {len(stripped):,} characters", longest)
    if not is_storable(stripped):
        raise BadNote(kind, "holds a character that is not text", longest)
    return stripped


def is_storable(text: str) -> bool:
    """Whether both databases take it: no NUL character, no half of a surrogate pair."""
    return "\0" not in text and _encodes(text)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def checked_text_or_none(kind: str, text: str, longest: int) -> str:
    """`text` without the space around it, of at most `longest` characters, perhaps empty."""
    return "" if isinstance(text, str) and not text.strip() else checked_note(kind, text, longest)
