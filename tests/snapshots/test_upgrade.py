"""A database written by an earlier version is brought to the present layout when it is opened, and loses nothing."""

from pathlib import Path

import duckdb

from analytics.warehouse.engine import open_engine
from analytics.warehouse.schema import LAYOUT
from analytics.warehouse.snapshots import current_snapshot, history
from tests.warehouse_of import snapshot_of, tickets_in

TABLE = """
ticket | status   | opened           | resolved         | first_contact_resolved | reply_count
A      | resolved | 2026-01-30 08:00 | 2026-03-02 10:00 | yes                    |
B      | resolved | 2026-01-31 23:59 | 2026-02-01 10:00 |                        | 1
C      | new      | 2026-03-01 00:00 |                  |                        |
"""


def _made_older(path: Path) -> None:
    """What the first version wrote: no stays, no key, no layout."""
    with duckdb.connect(path) as connection:
        connection.execute("DROP TABLE stays; ALTER TABLE tickets DROP COLUMN ticket_key")
        connection.execute("DELETE FROM facts WHERE name = 'layout'")


def test_an_older_snapshot_is_built_anew_in_its_place(tmp_path: Path) -> None:
    snapshot_of(tickets_in(TABLE), tmp_path, "Europe/Rome")
    before = snapshot_of(tickets_in(TABLE), tmp_path, "Europe/Rome")
    _made_older(before)
    states = history(tmp_path)
    engine = open_engine(tmp_path)
    found = engine.query("SELECT ticket_key, ticket_id, opened_on, first_contact_rule FROM tickets ORDER BY 1")
    assert found["ticket_key"].tolist() == [1, 2, 3]
    assert found["ticket_id"].tolist() == ["A", "B", "C"]
    assert found["first_contact_rule"].tolist()[:2] == ["flag", "at most one reply"]
    assert f"{found['opened_on'].iloc[1]:%Y-%m-%d}" == "2026-02-01"  # half past midnight in Rome
    assert engine.query("SELECT count(*) AS n FROM stays")["n"].item() == 0
    assert engine.query("SELECT value FROM facts WHERE name = 'layout'")["value"].item() == LAYOUT
    assert history(tmp_path)[:-1] == states[:-1]
    assert not before.exists()
    engine.close()


def test_a_current_snapshot_is_left_alone(tmp_path: Path) -> None:
    path = snapshot_of(tickets_in(TABLE), tmp_path)
    open_engine(tmp_path).close()
    assert current_snapshot(tmp_path) == path
