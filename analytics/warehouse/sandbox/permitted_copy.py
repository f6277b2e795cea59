"""The permitted copy: made once for each snapshot and scope, beside the snapshot, by whichever process needs it first.

Its name begins with the snapshot's, so that it is swept with it, and does not end like one.
"""

import fcntl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analytics.errors import BacklightError, NoData
from analytics.warehouse.sandbox.permitted import LAYOUT
from analytics.warehouse.upgrade import up_to_date_snapshot

_LOCK = "sql.lock"
_MAKING = ".making"
_SCOPES = {False: "concealed", True: "named"}
_PROJECT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from analytics.warehouse.sandbox.copying import main; main()"
Say = Callable[[str], None]


def _nobody(_: str) -> None:
    pass


def permitted_copy(folder: Path, people: bool, say: Say = _nobody) -> Path:
    """The copy of the current snapshot, made now if there is none; `say` hears the tables as they are copied.

    Raises `NoData` if nothing is loaded, `BacklightError` where it cannot be written.
    """
    snapshot = up_to_date_snapshot(folder)
    if snapshot is None:
        raise NoData(folder)
    wanted = folder / f"{snapshot.name}.{_SCOPES[people]}-{LAYOUT}"
    if not wanted.exists():
        with _alone(folder):
            if not wanted.exists():
                _sweep(folder, snapshot.name)
                _make(snapshot, wanted, people, say)
    return wanted


def copies(folder: Path) -> list[Path]:
    """All copies in a database folder, finished or not."""
    names = tuple(f".duckdb.{scope}-" for scope in _SCOPES.values())
    return [path for path in folder.iterdir() if any(name in path.name for name in names)]


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    try:
        lock = (folder / _LOCK).open("w")
    except OSError:
        raise BacklightError(
            f"SQL runs on a copy of its own, and {folder} cannot be written to: allow that, then try again."
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _sweep(folder: Path, snapshot: str) -> None:
    """Other snapshots' copies go, and what a crash left; whoever has one open keeps it until done."""
    for path in copies(folder):
        if _MAKING in path.name or not path.name.startswith(f"{snapshot}."):
            path.unlink(missing_ok=True)


def _make(snapshot: Path, wanted: Path, people: bool, say: Say) -> None:
    making = wanted.with_name(wanted.name + _MAKING)
    command = [
        sys.executable, "-I", "-c", _START, str(_PROJECT), str(snapshot), str(making), "yes" if people else "no",
    ]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        for line in process.stdout or ():
            say(line.strip())
    if process.returncode:
        for left in (making, making.with_name(making.name + ".wal")):
            left.unlink(missing_ok=True)
        raise BacklightError(
            f"The copy that SQL runs on could not be made in {wanted.parent}: free some disk space, then try again."
        )
    making.rename(wanted)
