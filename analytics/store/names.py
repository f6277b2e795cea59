"""Names of saved things, and text that every database can hold."""

import re

from analytics.store.errors import BadName, UnstorableText

LONGEST = 60
_NAME = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)


def checked_name(kind: str, name: str) -> str:
    """`name`, if it is 1 to 60 letters, digits, - and _; the same in a file name, a link and a command line."""
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise BadName(kind, name, LONGEST)
    return name


def checked_text(kind: str, name: str, text: str) -> str:
    """`text`, if PostgreSQL would take it as well as SQLite does, so that moving there never fails."""
    if "\0" in text or not _encodes(text):
        raise UnstorableText(kind, name)
    return text


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
