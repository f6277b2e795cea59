"""The zygote: a small process that has loaded the engine and opened nothing, and forks a child for each statement.

Started by the server with no environment, it reads orders from a socket and ends when that closes. It alone kills and
reaps its children, so that no number of a process is ever used after it was given to another.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import socket
import sys
import time
from typing import Any

import pyarrow.compute  # noqa: F401 - loaded here, because a child can open no file

from analytics.warehouse.sandbox.confinement import limit
from analytics.warehouse.sandbox.limits import GRACE
from analytics.warehouse.sandbox.statement_run import run_statement
from analytics.warehouse.sandbox.syntax_nodes import permitted

_LONGEST_ORDER = 4_096
_LOOKS_EVERY = 0.05


class Zygote:
    """Children by the server's name for them: process, deadline and the pipe that hears how each ended."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders
        self._children: dict[int, tuple[int, float, int]] = {}

    def run(self) -> None:
        """Serve until the server has gone, then end what is left."""
        while True:
            readable, _, _ = select.select([self._orders], [], [], _LOOKS_EVERY if self._children else None)
            if readable and not self._obey():
                break
            self._look()
        for process, _, _ in self._children.values():
            os.kill(process, signal.SIGKILL)

    def _obey(self) -> bool:
        body, descriptors, _, _ = socket.recv_fds(self._orders, _LONGEST_ORDER, 3)
        if not body:
            return False
        order = json.loads(body)
        if order["do"] == "run":
            self._fork(order, *descriptors)
        elif order["id"] in self._children:
            os.kill(self._children[order["id"]][0], signal.SIGKILL)
        return True

    def _fork(self, order: dict[str, Any], channel: int, data: int, ended: int) -> None:
        process = os.fork()
        if not process:
            _be_child(channel, data, order["seconds"])
        self._children[order["id"]] = (process, time.monotonic() + order["seconds"] + GRACE, ended)
        os.close(channel)
        os.close(data)

    def _look(self) -> None:
        """Reap what has ended, tell how, and end what should have."""
        for name, (process, deadline, ended) in list(self._children.items()):
            done, status, used = os.wait4(process, os.WNOHANG)
            if done:
                del self._children[name]
                told = {"status": os.waitstatus_to_exitcode(status), "peak": used.ru_maxrss << 10}
                # The server may have lost its patience and gone.
                with contextlib.suppress(OSError):
                    os.write(ended, json.dumps(told).encode())
                os.close(ended)
            elif time.monotonic() > deadline:
                os.kill(process, signal.SIGKILL)


def _be_child(channel: int, data: int, seconds: float) -> None:
    """Never returns: whatever happens, this process ends here."""
    code = 1
    try:
        os.setsid()
        # The number of the descriptor is part of a name that the statement can find out: the same for all.
        aside = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in (channel, data)]
        os.dup2(aside[0], 3)
        os.dup2(aside[1], 4)
        os.closerange(5, 1024)
        limit(seconds)
        sys.setrecursionlimit(8_000)
        with socket.socket(fileno=3) as talk:
            run_statement(talk, 4)
        code = 0
    except BaseException:  # noqa: BLE001, S110 - told by the exit code: its text may hold cells
        pass
    finally:
        os._exit(code)


def main() -> None:
    """Serve; the last argument is the descriptor of the socket of the server's orders."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    permitted()
    with socket.socket(fileno=int(sys.argv[-1])) as orders:
        os.set_inheritable(orders.fileno(), False)
        orders.sendall(b"ready")
        Zygote(orders).run()
