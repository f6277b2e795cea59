"""The engine: one read-only, locked-down DuckDB snapshot, and the only way a query reaches it."""

import re
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from analytics.errors import NoData, QueryTooLong
from analytics.warehouse.deadlines import deadlines
from analytics.warehouse.upgrade import up_to_date_snapshot

# Set one by one, in this order: given together at opening the order is not kept and some fail. GLOBAL where a cursor
# would not inherit the setting.
_HARDENING = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET GLOBAL python_enable_replacements = false",
    "SET temp_directory = ''",
    "SET memory_limit = '2GB'",
    "SET GLOBAL TimeZone = 'UTC'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_PARAMETER = re.compile(r":([a-z_][a-z0-9_]*)")


class Engine:
    """A snapshot opened for reading. Safe to share between threads: each query has its own cursor.

    `snapshot` names the file, `as_of` is the time of the newest event in it (reporting time zone, no offset),
    `reporting_time_zone` an IANA name.
    """

    def __init__(self, path: Path) -> None:
        self.snapshot = path.name
        self._connection = duckdb.connect(path, read_only=True)
        # Opened twice in one process, a file is one database: the second time it is locked already.
        for statement in () if self._is_locked() else _HARDENING:
            self._connection.execute(statement)
        facts = dict(self._connection.execute("SELECT name, value FROM facts").fetchall())
        self.as_of: datetime | None = datetime.fromisoformat(facts["as_of"]) if facts["as_of"] else None
        self.reporting_time_zone: str = facts["reporting_time_zone"]

    def query(self, sql: str, parameters: dict[str, object] | None = None, seconds: float = 30) -> pd.DataFrame:
        """The result as a frame. `:name` in the text is bound from `parameters`; others of them are ignored.

        Raises `QueryTooLong` if it does not finish within `seconds`.
        """
        wanted = set(_PARAMETER.findall(sql))
        named = {name: value for name, value in (parameters or {}).items() if name in wanted}
        cursor = self._connection.cursor()
        try:
            with deadlines().interrupting(cursor.interrupt, seconds):
                return cursor.execute(_PARAMETER.sub(r"$\1", sql), named).df()
        except duckdb.InterruptException:
            raise QueryTooLong(seconds) from None
        finally:
            cursor.close()

    def _is_locked(self) -> bool:
        row = self._connection.execute("SELECT current_setting('lock_configuration')").fetchone()
        return bool(row and row[0])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def open_engine(folder: Path) -> Engine:
    """An engine on the current snapshot, brought to the present layout first; raises `NoData` if there is none."""
    path = up_to_date_snapshot(folder)
    if path is None:
        raise NoData(folder)
    return Engine(path)
