"""Upload: files chosen by a person, with names that are safe to write, and the time zone they were written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

TYPES = ("csv", "tsv", "txt", "json", "ndjson", "jsonl", "xlsx", "xls", "zip", "gz")
MOST_FILES = 20
_UNSAFE = re.compile(r"[^\w.()\[\] -]+")
_ZONES = ("UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


@dataclass(frozen=True)
class Upload:
    """One file: `identity` differs for every upload, `name` is safe to write to a folder."""

    identity: str
    name: str
    file: UploadedFile

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        return self.file.getvalue()


def choose_files() -> list[Upload]:
    """The files dropped, at most `MOST_FILES`."""
    # A new key makes an empty uploader: the way to clear it after an import.
    key = f"upload_{st.session_state.get('round', 0)}"
    files = st.file_uploader("Ticket exports", type=list(TYPES), accept_multiple_files=True, key=key)
    if len(files) > MOST_FILES:
        st.warning(f"At most {MOST_FILES} files at a time: the first {MOST_FILES} are shown here.")
    return _named(files[:MOST_FILES])


def choose_time_zone(preferred: str | None) -> str:
    """The zone in which times without one were written."""
    known = (preferred, st.context.timezone, "UTC")
    first = next(zone for zone in known if zone in _ZONES)
    return st.selectbox(
        "Time zone of times written without one", _ZONES, index=_ZONES.index(first), key="time_zone",
        help="Usually that of the person who made the export. Times written with an offset keep it.",
    )  # fmt: skip


def clear_files() -> None:
    """Empty the uploader."""
    st.session_state["round"] = st.session_state.get("round", 0) + 1


def _named(files: Sequence[UploadedFile]) -> list[Upload]:
    named: dict[str, Upload] = {}
    for number, file in enumerate(files, start=1):
        name = safe_name(file.name)
        name = f"{number}-{name}" if name in named else name
        named[name] = Upload(file.file_id, name, file)
    return list(named.values())


def safe_name(name: str) -> str:
    """The file's own name without folders and without characters that mean something to a shell or a file system."""
    plain = re.split(r"[\\/]", name)[-1]
    return _UNSAFE.sub("_", plain).lstrip(". -")[-120:] or "upload"
