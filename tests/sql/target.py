"""What an attack could find: names, a secret file, a secret in the environment, a second database, a port."""

import contextlib
import hashlib
import io
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from analytics.__main__ import main
from analytics.errors import BacklightError
from analytics.warehouse.importer import import_exports
from analytics.warehouse.sandbox.limits import Limits
from analytics.warehouse.sandbox.permitted_copy import copies, permitted_copy
from analytics.warehouse.sandbox.run import run_sql
from analytics.warehouse.sandbox.sandbox import Child, Ended, Sandbox
from analytics.warehouse.snapshots import current_snapshot
from tests.sql.strings import Hostile

SECRET = "canary-of-the-secret-file-7391"
VARIABLE, VALUE = "BACKLIGHT_TEST_SECRET", "canary-of-the-environment-5527"
FOREIGN = "canary-of-the-second-database-1846"
REJECTED = "canary-of-a-rejected-row-6602"
PERSON = "Canary Personsdottir"
_EXPORT = (
    "Number,Opened,State,Priority,Short description,Assignment group,Assigned to,Caller\n"
    f"INC9000001,2025-01-01 10:00:00,New,2 - High,Mail,Desk,{PERSON},{PERSON}\n"
    f",2025-01-02 10:00:00,New,2 - High,{REJECTED},Desk,,\n"
)


@dataclass
class Target:
    """`folder` is the database folder, `secret` a file outside it; `knocks` counts connections to the port."""

    folder: Path
    secret: Path
    port: int
    names: tuple[str, ...]
    knocks: list[str] = field(default_factory=list)

    def text(self, hostile: Hostile) -> str:
        """A hostile string aimed at this target."""
        return hostile.at(
            secret=self.secret, folder=self.folder, snapshot=current_snapshot(self.folder), port=self.port,
            variable=VARIABLE, name=PERSON,
        )  # fmt: skip

    def state(self) -> dict[str, str]:
        """Every file with a fingerprint of its content: what an attack must leave as it is."""
        places = [*self.folder.iterdir(), *self.secret.parent.iterdir()]
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in places if path.is_file()}

    def found_in(self, text: str) -> list[str]:
        """Secrets that occur in what came back."""
        paths = (str(self.folder), str(self.secret.parent), "/proc/self")
        return [one for one in (SECRET, VALUE, FOREIGN, REJECTED, *self.names, *paths) if one in text]

    def outcome(self, statement: str, seconds: float) -> "Outcome":
        """What becomes of a statement, as one text that holds all that came back."""
        try:
            result = run_sql(self.folder, statement, seconds, 100)
        except BacklightError as error:
            return Outcome(type(error).__name__, str(error).replace(statement, ""))
        rows = "\n".join(str(row) for row in result.rows)
        return Outcome("result", f"{result.columns}\n{rows}\n{result.types}")


@dataclass(frozen=True)
class Outcome:
    """`kind` is "result" or the error's name."""

    kind: str
    text: str


@contextlib.contextmanager
def peaks_of_children() -> Iterator[list[int]]:
    """The peak memory, in bytes, of every child that ends meanwhile and is waited for."""
    found: list[int] = []
    run = Sandbox.run

    def noting(box: Sandbox, data: int, statement: str, limits: Limits, child: Child) -> Ended:
        ended = run(box, data, statement, limits, child)
        found.append(ended.peak)
        return ended

    Sandbox.run = noting  # type: ignore[method-assign]
    try:
        yield found
    finally:
        Sandbox.run = run  # type: ignore[method-assign]


def made_target(place: Path) -> Target:
    """A new one; the copy that SQL runs on is made."""
    folder, outside = place / "database", place / "outside"
    outside.mkdir(parents=True)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(["--database", str(folder), "demo", "--tickets", "600", "--json"]) == 0
    export = outside / "incidents.csv"
    export.write_text(_EXPORT)
    import_exports(folder, [export])
    secret = outside / "secret.csv"
    secret.write_text(f"content\n{SECRET}\n")
    with duckdb.connect(folder / "second.duckdb") as second:
        second.execute("CREATE TABLE foreign_rows AS SELECT ? AS content", [FOREIGN])
    os.environ[VARIABLE] = VALUE
    permitted_copy(folder, people=False)
    target = Target(folder, secret, 0, _names(folder))
    target.port = _listening(target.knocks)
    return target


def concealed(folder: Path) -> Path:
    """The copy without names."""
    return next(path for path in copies(folder) if ".concealed-" in path.name)


def _names(folder: Path) -> tuple[str, ...]:
    snapshot = current_snapshot(folder)
    assert snapshot is not None
    with duckdb.connect(snapshot, read_only=True) as connection:
        rows = connection.execute(
            "SELECT assignee::VARCHAR FROM tickets UNION SELECT requester::VARCHAR FROM tickets "
            "UNION SELECT actor::VARCHAR FROM ticket_events"
        ).fetchall()
    found = tuple(sorted(row[0] for row in rows if row[0]))
    assert PERSON in found
    assert len(found) > 20
    return found


def _listening(knocks: list[str]) -> int:
    """A port that notes who comes."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            visitor, address = server.accept()
            knocks.append(str(address))
            visitor.close()

    threading.Thread(target=serve, daemon=True).start()
    port: int = server.getsockname()[1]
    return port
