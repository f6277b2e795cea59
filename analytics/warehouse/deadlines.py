"""Deadlines: one thread that interrupts what runs too long. A thread for each query costs more than most queries."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

_LOOKS_EVERY = 0.1


class Deadlines:
    """What is running, by when each must be done and how to stop it."""

    def __init__(self) -> None:
        self._running: dict[object, tuple[float, Callable[[], None]]] = {}
        self._changing = threading.Lock()
        self._busy = threading.Event()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    @contextmanager
    def interrupting(self, interrupt: Callable[[], None], seconds: float) -> Iterator[None]:
        """Call `interrupt` if the block is not done in so many seconds; never after it."""
        key = object()
        with self._changing:
            self._running[key] = (time.monotonic() + seconds, interrupt)
            self._busy.set()
        try:
            yield
        finally:
            with self._changing:
                del self._running[key]

    def _watch(self) -> None:
        while self._busy.wait():
            time.sleep(_LOOKS_EVERY)
            self._look()

    def _look(self) -> None:
        # A method of its own: in the loop above its last `interrupt` would live on, and with it a connection.
        with self._changing:
            for due, interrupt in self._running.values():
                if due <= time.monotonic():
                    interrupt()
            if not self._running:
                self._busy.clear()


@cache
def deadlines() -> Deadlines:
    """Those of this process."""
    return Deadlines()
