"""The answer clock: how long a page took to draw, kept as evidence of how fast this product answers."""

import contextlib
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from analytics.errors import BacklightError
from analytics.store import Store
from pages.components.warehouse import store

# One at a time and behind the page's back: nobody waits for the disk.
_KEEPER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="answer_clock")


@contextlib.contextmanager
def answer_clock(question: str) -> Iterator[None]:
    """Keep how long the block took, unless it failed or was cut short; a state store that cannot be written is fine."""
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    with contextlib.suppress(BacklightError):
        _KEEPER.submit(_keep, store(), question, seconds)


def _keep(kept: Store, question: str, seconds: float) -> None:
    with contextlib.suppress(BacklightError):
        kept.answer_times.add(question, seconds)
