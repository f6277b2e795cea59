"""Desk: the data a server answers from, as it is at each call."""

from datetime import date
from pathlib import Path
from threading import Lock

from analytics.ask.vocabulary import Vocabulary, vocabulary
from analytics.assistants.errors import NothingLoaded
from analytics.errors import NoData
from analytics.store import Store, open_store
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.snapshots import current_snapshot

_NEVER = date(1970, 1, 1)


class Desk:
    """The current snapshot in `folder` and what people entered there. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opening = Lock()
        self._engine: Engine | None = None
        self._known: tuple[str, Vocabulary] | None = None
        self._store: Store | None = None

    @property
    def engine(self) -> Engine:
        """The engine on the current snapshot: an import is seen at the next call. Raises `NothingLoaded`."""
        with self._opening:
            path = current_snapshot(self.folder)
            if path is None:
                raise NothingLoaded
            if self._engine is None or self._engine.snapshot != path.name:
                # A call that still reads the snapshot before keeps it open until it is done.
                self._engine = _opened(self.folder)
            return self._engine

    def vocabulary(self, engine: Engine) -> Vocabulary:
        """The words that a question may be made of, worked out once a snapshot."""
        known = self._known
        if known is None or known[0] != engine.snapshot:
            known = self._known = (engine.snapshot, vocabulary(engine))
        return known[1]

    @property
    def shows_names(self) -> bool:
        """Whether an administrator lets the names of people be shown."""
        with self._opening:
            self._store = self._store or open_store(self.folder)
        return self._store.setting("show_names", "no") == "yes"


def as_of_day(engine: Engine) -> date:
    """The day that periods such as `last month` are relative to."""
    return engine.as_of.date() if engine.as_of else _NEVER


def _opened(folder: Path) -> Engine:
    try:
        return open_engine(folder)
    except NoData:
        raise NothingLoaded from None
