"""The command line as a test calls it: in this process, or as a process of its own."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analytics.__main__ import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document: all of stdout, and one."""
        assert self.code == 0, self.err
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def sentence(self) -> str:
        """What the user can mend: the one sentence on stderr, after any progress."""
        assert self.code == 2, f"{self.code}: {self.out}{self.err}"
        assert self.out == ""
        assert "Traceback" not in self.err
        *progress, last = self.err.splitlines()
        assert last.startswith("backlight: ")
        assert not [line for line in progress if line.startswith("backlight: ")]
        return last.removeprefix("backlight: ")

    @property
    def value(self) -> float | None:
        """The value of an unsplit KPI."""
        (row,) = self.document["rows"]
        found: float | None = row["value"]
        return found


@dataclass(frozen=True)
class CommandLine:
    """`python -m analytics --database FOLDER ...`."""

    folder: Path

    def __call__(self, *arguments: str) -> Answer:
        """Run in this process."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(["--database", str(self.folder), *arguments])
        return Answer(code, out.getvalue(), err.getvalue())

    def kpi(self, *arguments: str) -> Answer:
        """A KPI, as JSON."""
        return self("kpi", *arguments, "--json")

    def process(self, *arguments: str) -> Answer:
        """Run as a process of its own."""
        command = [sys.executable, "-m", "analytics", "--database", str(self.folder), *arguments]
        environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", env=environment, check=False)
        return Answer(done.returncode, done.stdout, done.stderr)
