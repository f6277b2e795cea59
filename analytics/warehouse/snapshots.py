"""Snapshots: each import builds the next database file beside the current one and swaps it in atomically.

A file is written under a `.building` name, synced and renamed, then the pointer file `CURRENT` is replaced. A
crash at any point leaves the old or the new state. File names are never used twice, because a process that still
holds a file would be handed the old one under its name.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from analytics.errors import BacklightError

KEPT_STATES = 5
EMPTY = "empty"
_POINTER = "CURRENT"
_LOCK = "import.lock"


def default_folder() -> Path:
    """The database folder: `BACKLIGHT_DATABASE`, else `data/warehouse` in the project."""
    chosen = os.environ.get("BACKLIGHT_DATABASE")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "data" / "warehouse"


def history(folder: Path) -> list[str]:
    """The states that can be served, the current one last: names of snapshots, or `EMPTY` before the first import."""
    pointer = folder / _POINTER
    return pointer.read_text().split() if pointer.exists() else [EMPTY]


def current_snapshot(folder: Path) -> Path | None:
    """The file readers open, or None if nothing is loaded."""
    name = history(folder)[-1]
    return None if name == EMPTY else folder / name


@contextmanager
def importing(folder: Path) -> Iterator[None]:
    """Hold the folder for one import or undo at a time; raises if another holds it. Sweeps what a crash left."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BacklightError("Another import is running: wait until it is done, then try again.") from None
        _sweep(folder)
        yield


def new_snapshot(folder: Path) -> Path:
    """A name never used before, for a database to be built; `publish` makes it current."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return folder / f"{stamp}-{os.getpid()}.duckdb.building"


def publish(folder: Path, building: Path, in_place: bool = False) -> Path:
    """Make a closed, complete database the current snapshot; returns its final path.

    `in_place` lets it stand for the one that is current, so that undo goes to what was before that.
    """
    final = building.with_suffix("")
    _sync(building)
    building.rename(final)
    _sync(folder)
    states = history(folder)[:-1] if in_place else history(folder)
    _point(folder, [*states, final.name][-KEPT_STATES:])
    _sweep(folder)
    return final


def undo(folder: Path) -> str:
    """Go back to the state before the last import, which may be empty; returns the snapshot let go.

    Raises if there is nothing to go back to.
    """
    with importing(folder):
        states = history(folder)
        if states == [EMPTY]:
            raise BacklightError(f"There is no import to undo in {folder}.")
        if len(states) == 1:
            raise BacklightError(
                f"Only the last {KEPT_STATES} states are kept in {folder}: there is none left to go back to."
            )
        _point(folder, states[:-1])
        _sweep(folder)
        return states[-1]


def _point(folder: Path, states: list[str]) -> None:
    pointer = folder / _POINTER
    aside = folder / f"{_POINTER}.building"
    aside.write_text("\n".join(states))
    _sync(aside)
    aside.replace(pointer)
    _sync(folder)


def _sweep(folder: Path) -> None:
    """Remove what no reader can be pointed to. Open files live on until their readers let go."""
    kept = set(history(folder))
    for path in folder.iterdir():
        snapshot = path.name.split(".duckdb")[0] + ".duckdb"
        if path.is_dir() and path.name.endswith(".building"):
            shutil.rmtree(path)
        elif path.name.endswith(".building") or (".duckdb" in path.name and snapshot not in kept):
            path.unlink()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
