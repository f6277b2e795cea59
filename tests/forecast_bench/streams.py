"""Streams: the desks that forecasts are tried on: each real export beside the checkout, and the simulated desk."""

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analytics.warehouse.snapshots import current_snapshot
from tests.bench.desk import RESULTS
from tests.cli.command_line import ROOT, CommandLine
from tests.exports.test_real_exports import EXPORTS, FILES

KEPT = RESULTS / "forecasts"
_SIMULATED = "simulated desk"
_DEMO = ("demo", "--tickets", "30000", "--seed", "7", "--json")


@dataclass(frozen=True)
class Stream:
    """A desk in a database of its own in `folder`; `real` says that its tickets are people's, not the simulation's."""

    name: str
    real: bool
    folder: Path


def streams() -> Iterator[Stream]:
    """Every real export found, imported, and the simulated desk; imported again only where something changed."""
    for name, file in FILES.items():
        path = EXPORTS / file
        if path.is_file():
            made = KEPT / "desks" / _key(name, f"{path.stat().st_size}")
            yield Stream(name, True, _made(made, ("import", str(path), "--json")))
    yield Stream(_SIMULATED, False, _made(KEPT / "desks" / _key(_SIMULATED, " ".join(_DEMO)), _DEMO))


def _made(folder: Path, command: tuple[str, ...]) -> Path:
    if current_snapshot(folder) is None:
        print(f"Importing {folder.name}", file=sys.stderr, flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        answer = CommandLine(folder)(*command)
        if answer.code:
            raise SystemExit(f"{folder.name}: {answer.err}")
    return folder


def _key(name: str, content: str) -> str:
    """A folder name that changes with the content and with the code that reads it and builds a snapshot."""
    code = hashlib.sha256(content.encode())
    for path in sorted(
        [*(ROOT / "analytics" / "warehouse").rglob("*.py"), *(ROOT / "analytics" / "demo").rglob("*.py")]
    ):
        code.update(path.read_bytes())
    return f"{''.join(letter if letter.isalnum() else '-' for letter in name)}-{code.hexdigest()[:8]}"
