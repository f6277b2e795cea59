"""A Streamlit server of its own for a page, on a free port, stopped when the measuring is done."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.bench.desk import ROOT


@contextmanager
def serving(script: Path, environment: dict[str, str], log: Path) -> Iterator[str]:
    """The address at which `streamlit run script` answers."""
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--server.fileWatcherType",
        "none",
    ]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, stdout=output, stderr=output)
        try:
            yield _ready(f"http://localhost:{port}", process, log)
        finally:
            process.terminate()
            process.wait(10)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _ready(address: str, process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(150):
        if process.poll() is not None:
            raise RuntimeError(f"The server stopped; see {log}.")
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1):
                return address
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The server does not answer; see {log}.")
