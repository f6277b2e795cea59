"""The PostgreSQL that the store's tests run on: found, or installed where that is allowed, and started on its own.

`python -m tests.postgresql` prints the folder of its programs; `make test` hands that to the tests as
BACKLIGHT_POSTGRESQL. Without one the PostgreSQL half of those tests is skipped, which the test output says.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/Applications/Postgres.app/Contents/Versions/*/bin")
NEEDED = ("initdb", "pg_ctl", "postgres")
# Whom the server runs as where the tests run as root, which it refuses.
OTHER_USERS = ("postgres", "nobody")
NONE = "none"
LEFT_OUT = "The tests on PostgreSQL are left out: BACKLIGHT_POSTGRESQL is 'none'."
HOW = (
    "There is no PostgreSQL for the store's tests, so they run on SQLite alone: install 'postgresql', or set "
    "BACKLIGHT_POSTGRESQL to the folder that holds its initdb."
)
_ADMIN = "postgres"


class CannotStart(Exception):
    """PostgreSQL is there, but this machine does not let it run."""


def find() -> str | None:
    """Folder of PostgreSQL's programs, `none` where the person chose to go without, or None."""
    if chosen := os.environ.get("BACKLIGHT_POSTGRESQL"):
        return chosen if chosen == NONE or _is_whole(Path(chosen)) else None
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve().parent] if on_path else []
    for place in PLACES:
        found += sorted(Path("/").glob(place.lstrip("/")), key=_version, reverse=True)
    return next((str(folder) for folder in found if _is_whole(folder)), None)


def install() -> None:
    """Debian's own package, only as root."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    print("Installing Debian's postgresql for the store's tests", file=sys.stderr)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get update", "apt-get install -y --no-install-recommends postgresql"):
        subprocess.run(["sh", "-c", f"{command} >&2"], check=False, env=environment, stdin=subprocess.DEVNULL)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of our own: a new cluster in a folder of its own, reached by a socket there and by no network."""

    programs: Path
    folder: Path
    numbers: Iterator[int]

    def new_database(self) -> str:
        """The plain URL of an empty database."""
        name = f"state_{next(self.numbers)}"
        self.run_sql(f"CREATE DATABASE {name}")
        return f"postgresql://{_ADMIN}@/{name}?host={self.folder}"

    def run_sql(self, statement: str) -> None:
        """Run one statement as the administrator, outside a transaction."""
        import psycopg

        with psycopg.connect(host=str(self.folder), user=_ADMIN, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c max_connections=200"
        self._run("pg_ctl", "-w", "-t", "60", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it; `immediate` is as if it had been killed: it recovers from its log when it starts again."""
        self._run("pg_ctl", "-w", "-m", how, "stop")

    def create(self) -> None:
        """Make the cluster."""
        self._run("initdb", "--auth=trust", f"--username={_ADMIN}", "--encoding=UTF8", "--locale=C", "--no-sync")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        # Not through pipes: the server keeps them open after pg_ctl has ended.
        with tempfile.TemporaryFile() as said:
            try:
                done = subprocess.run(
                    command,
                    cwd=self.folder,
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                    check=False,
                    **_other_user(),
                )
            except OSError as error:
                raise CannotStart(f"{program}: {error.strerror}") from error
            if done.returncode:
                said.seek(0)
                lines = said.read().decode(errors="replace").strip().splitlines() or ["no reason was given"]
                raise CannotStart(f"{program}: {lines[-1]}")


@contextmanager
def running(programs: Path) -> Iterator[Server]:
    """A server in a new folder, which goes with it. Raises `CannotStart`."""
    # A socket's path may have 107 characters: not below a test's own folder.
    folder = Path(tempfile.mkdtemp(prefix="backlight-pg-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108
    server = Server(programs, folder, count(1))
    try:
        if user := _other_user():
            os.chown(folder, user["user"], user["group"])
        server.create()
        server.start()
        with _stopped_in_the_end(server):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _stopped_in_the_end(server: Server) -> Iterator[None]:
    # By a process that waits for the end of its input: that comes even when the tests are killed.
    script = 'read -r _; "$0" -D "$1/data" -w -m immediate stop; rm -rf "$1"'
    waiting = subprocess.Popen(
        ["sh", "-c", script, str(server.programs / "pg_ctl"), str(server.folder)],
        cwd="/", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        **_other_user(),
    )  # fmt: skip
    try:
        yield
    finally:
        waiting.communicate()


def _other_user() -> dict[str, Any]:
    """What makes a process run as somebody else than root; nothing where we are not root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in OTHER_USERS:
        if entry := known.get(name):
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise CannotStart("it refuses to run as root, and there is no other user to run it as")


def _is_whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in NEEDED)


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in "".join(c if c.isdigit() else " " for c in str(folder)).split())


def main() -> int:
    """Print the folder, or say that there is none: tests then run on SQLite alone. 2 where a wrong one was named."""
    folder, named = find(), os.environ.get("BACKLIGHT_POSTGRESQL")
    if folder is None and not named:
        install()
        folder = find()
    if folder is None:
        print(HOW, file=sys.stderr)
    print(folder or "")
    return 2 if named and folder is None else 0


if __name__ == "__main__":
    sys.exit(main())
