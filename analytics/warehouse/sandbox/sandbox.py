"""The sandbox as the server sees it: one zygote, children by their number, and what became of each."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from analytics.warehouse.sandbox import message
from analytics.warehouse.sandbox.confinement import can_confine
from analytics.warehouse.sandbox.errors import Broken, Unprotected
from analytics.warehouse.sandbox.limits import GRACE, MOST_BYTES, Limits

_PROJECT = Path(__file__).resolve().parents[3]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from analytics.warehouse.sandbox.zygote import main; main()"
# Nothing else of the server's environment: a library that is loaded from an odd place, and no threads of its own.
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
_INHERITED = ("LD_LIBRARY_PATH",)
_PIECE = 1 << 18
_STARTS_WITHIN = 60.0


@dataclass(frozen=True)
class Ended:
    """How a child ended: exit code (negative for a signal, None if unknown), peak memory in bytes, what it sent."""

    status: int | None
    peak: int
    content: bytes = field(repr=False)


class Sandbox:
    """Safe to share between threads. `close` ends its children and the zygote."""

    def __init__(self) -> None:
        if not can_confine():
            raise Unprotected
        self._names = count(1)
        self._starting = threading.Lock()
        self._orders: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, data: int, statement: str, limits: Limits, child: "Child") -> Ended:
        """Run a statement in a child of its own, which `child` can end early.

        `data` is a descriptor of the permitted copy, and is closed.
        """
        ours, theirs = socket.socketpair()
        hears, tells = os.pipe()
        descriptors = [theirs.fileno(), data, tells]
        try:
            child.name, child.sandbox = next(self._names), self
            self._order({"do": "run", "id": child.name, "seconds": limits.seconds}, descriptors)
        finally:
            theirs.close()
            os.close(data)
            os.close(tells)
        with ours, os.fdopen(hears, "rb") as ended:
            if child.cancelled:
                self.end(child.name)
            content = self._heard(ours, statement, limits)
            if content is None:
                # Giving back its memory can take it a while, which nobody needs to wait for.
                self.end(child.name)
                return Ended(None, 0, b"")
            told = json.loads(ended.read() or b"{}")
        return Ended(told.get("status"), told.get("peak", 0), content)

    def end(self, name: int) -> None:
        """End a child now; one that has ended already is let be."""
        self._order({"do": "end", "id": name}, [])

    def close(self) -> None:
        """End everything."""
        with self._starting:
            if self._orders is not None:
                self._orders.close()
            if self._process is not None:
                self._process.wait()
            self._orders = self._process = None

    def _heard(self, channel: socket.socket, statement: str, limits: Limits) -> bytes | None:
        """All that the child sends until it ends; None when it talks too long or too much."""
        patience = time.monotonic() + limits.seconds + GRACE
        pieces = bytearray()
        try:
            message.send(channel, {"statement": statement, "rows": limits.rows})
            while piece := self._piece(channel, patience, len(pieces)):
                pieces += piece
        except TimeoutError:
            return None
        except OSError:
            # It ended before it read what it was to do.
            return b""
        return bytes(pieces)

    @staticmethod
    def _piece(channel: socket.socket, patience: float, size: int) -> bytes:
        if size > 2 * MOST_BYTES:
            raise TimeoutError
        channel.settimeout(max(0.001, patience - time.monotonic()))
        return channel.recv(_PIECE)

    def _order(self, order: dict[str, Any], descriptors: list[int]) -> None:
        """Tell the zygote; one that has died is replaced, once."""
        body = json.dumps(order).encode()
        with self._starting:
            for attempt in (1, 2):
                orders = self._orders or self._start()
                try:
                    socket.send_fds(orders, [body], descriptors)
                    return
                except OSError:
                    orders.close()
                    self._orders = None
                    if attempt == 2:
                        raise Broken from None

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        with theirs, tempfile.TemporaryDirectory(prefix="backlight-sql-") as empty:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-B", "-c", _START, str(_PROJECT), str(theirs.fileno())],
                cwd=empty, env=_ENVIRONMENT | inherited, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, pass_fds=[theirs.fileno()], start_new_session=True,
            )  # fmt: skip
            theirs.close()
            ours.settimeout(_STARTS_WITHIN)
            if not ours.recv(16):
                raise OSError
        ours.settimeout(None)
        self._orders = ours
        return ours


@dataclass
class Child:
    """A handle on a statement under way, so that another thread can cancel it."""

    cancelled: bool = False
    name: int = 0
    sandbox: Sandbox | None = None

    def cancel(self) -> None:
        """End it, or keep it from beginning."""
        self.cancelled = True
        if self.sandbox is not None:
            self.sandbox.end(self.name)


@cache
def sandbox() -> Sandbox:
    """That of this process; raises `Unprotected` where the system cannot hold a child in bounds."""
    made = Sandbox()
    atexit.register(made.close)
    return made
