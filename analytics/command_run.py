"""A command run in a child process, so that a running dashboard neither waits for it nor shares its memory."""

import json
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analytics.errors import BacklightError

PROJECT = Path(__file__).resolve().parents[1]
_LOG = logging.getLogger(__name__)
_SENTENCE = "backlight: "


class CommandEnded(BacklightError):
    """The child process ended without a word: killed, or a fault of ours."""

    def __init__(self, command: str, code: int) -> None:
        super().__init__(
            f"The command '{command}' ended unexpectedly (code {code}) and nothing was changed: the server's log says "
            "more; if the file is very large, there may not be enough memory."
        )


class CommandRun:
    """One `python -m analytics` command, under way or done.

    `files` (safe name -> content) are written to a folder of their own, given to the command, and removed when it is
    done; `mappings` (file -> TOML) say how some of them are to be read. `messages` grows while it runs, to about
    `steps`; then `document` or `error` is set, and `done` is true.
    """

    def __init__(
        self,
        folder: Path,
        command: str,
        options: Sequence[str] = (),
        files: Mapping[str, bytes] | None = None,
        mappings: Mapping[str, str] | None = None,
        steps: int = 1,
    ) -> None:
        self.command = command
        self._steps = steps
        self.messages: list[str] = []
        self.document: dict[str, Any] | None = None
        self.error: BacklightError | None = None
        self._arguments = ["--database", str(folder), command, "--json", *options]
        self._thread = threading.Thread(target=self._run, args=(files or {}, mappings or {}), daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return not self._thread.is_alive()

    @property
    def progress(self) -> float:
        """A rough share of the way, 0 to 1, from the number of messages that are to be expected."""
        return min(0.97, len(self.messages) / self._steps)

    def result(self) -> dict[str, Any]:
        """Wait for the JSON document; raises what the command had to say if it failed."""
        self._thread.join()
        if self.document is None:
            raise self.error or CommandEnded(self.command, -1)
        return self.document

    def _run(self, files: Mapping[str, bytes], mappings: Mapping[str, str]) -> None:
        try:
            with tempfile.TemporaryDirectory(prefix="backlight-upload-") as aside:
                read_as = [
                    f"--as={file}={_written(Path(aside) / f'mapping-{number}.toml', toml.encode())}"
                    for number, (file, toml) in enumerate(mappings.items())
                ]
                # Apart from the mappings, whatever name an upload has.
                uploads = Path(tempfile.mkdtemp(dir=aside))
                self._follow([*read_as, *(str(_written(uploads / name, content)) for name, content in files.items())])
        except OSError as error:
            self.error = BacklightError(f"The files could not be written ({error.strerror}): free some disk space.")

    def _follow(self, arguments: Sequence[str]) -> None:
        """Progress comes line by line; the document goes to a file, so that no pipe can fill up."""
        command = [sys.executable, "-m", "analytics", *self._arguments, *arguments]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as document:
            process = subprocess.Popen(
                command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=document, stderr=subprocess.PIPE,
                encoding="utf-8", errors="replace",
            )  # fmt: skip
            said = self._listen(process)
            code = process.wait()
            document.seek(0)
            self._conclude(code, document.read(), said)

    def _listen(self, process: "subprocess.Popen[str]") -> str:
        """Lines are progress until the command's last sentence, which comes back; it may quote a line break."""
        sentence: list[str] = []
        for line in process.stderr or ():
            if sentence or line.startswith(_SENTENCE):
                sentence.append(line)
            else:
                self.messages.append(line.rstrip("\n"))
        return "".join(sentence).removeprefix(_SENTENCE).strip()

    def _conclude(self, code: int, document: str, sentence: str) -> None:
        if code == 0:
            self.document = json.loads(document)
        elif code == 2 and sentence:
            self.error = BacklightError(sentence)
        else:
            _LOG.error("%s ended with code %s:\n%s", self.command, code, "\n".join(self.messages))
            self.error = CommandEnded(self.command, code)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
