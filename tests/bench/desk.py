"""A desk made by arithmetic: 40 groups, 60 categories, five years, as many tickets as wanted, in seconds.

Rows are made set-wise inside DuckDB and take the importer's last step, so the snapshot is what an import leaves.
The same number always gives the same tickets.
"""

import hashlib
import shutil
from datetime import date
from pathlib import Path

import duckdb

from analytics.warehouse.collection import fill_collection
from analytics.warehouse.snapshot_build import build_snapshot
from analytics.warehouse.snapshots import current_snapshot, importing, new_snapshot, publish

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "bench-results"
FIRST_DAY = date(2021, 7, 1)
DAYS = 1826
BUILT_BY = ("schema", "collection", "derivation", "notes", "snapshot_build")
LAST_MOMENT = "TIMESTAMP '2026-06-30 18:00:00'"

# One number from 0 to 1 for each ticket and purpose.
_CHANCE = "(hash(i * 16 + {}) / 18446744073709551616.0)"


def desk(tickets: int, folder: Path = RESULTS / "desks") -> Path:
    """The database folder of a desk with so many tickets; built again only when the code that builds it changed."""
    made = folder / f"{tickets}-{_code()}"
    if current_snapshot(made) is None:
        for older in folder.glob(f"{tickets}-*"):
            shutil.rmtree(older)
        build_desk(made, tickets)
    return made


def build_desk(folder: Path, tickets: int) -> None:
    """Make the tickets and the snapshot."""
    with importing(folder):
        building = new_snapshot(folder)
        work = building.with_suffix(".work.building")
        work.mkdir()
        with duckdb.connect(work / "work.duckdb") as connection:
            connection.execute("SET memory_limit = '2GB'")
            fill_collection(connection, None)
            connection.execute(f"INSERT INTO tickets BY NAME {tickets_sql(tickets)}")
            build_snapshot(connection, building, "UTC")
        shutil.rmtree(work)
        publish(folder, building)


def tickets_sql(tickets: int) -> str:
    """A SELECT of source columns, one row a ticket, in order of opening."""
    return f"""
WITH lives AS ({_lives(tickets)}), ends AS (
  SELECT *,
    CASE WHEN NOT cancelled AND opened_at + duration <= {LAST_MOMENT} AND NOT forgotten THEN opened_at + duration END AS resolved_at,
    CASE WHEN cancelled AND opened_at + duration <= {LAST_MOMENT} THEN opened_at + duration END AS dropped_at
  FROM lives
)
SELECT 'INC' || lpad(CAST(i AS VARCHAR), 8, '0') AS ticket_id, 'servicenow' AS source, ticket_type,
  verb || ' ' || category || ' ' || place || ' ' || CAST(i % 997 AS VARCHAR) AS title,
  CASE WHEN dropped_at IS NOT NULL THEN 'cancelled' WHEN resolved_at + INTERVAL 3 DAY <= {LAST_MOMENT} THEN 'closed'
    WHEN resolved_at IS NOT NULL THEN 'resolved' WHEN i % 4 = 0 THEN 'pending' ELSE 'in_progress' END AS status,
  status AS source_status, priority, CAST(priority AS VARCHAR) AS source_priority,
  category, category || ' / ' || CAST(i % 5 AS VARCHAR) AS subcategory, 'Service ' || lpad(CAST(i % 90 AS VARCHAR), 2, '0') AS service,
  assignment_group, 'Agent ' || CAST(i % 400 AS VARCHAR) AS assignee, 'User ' || CAST(i % 20011 AS VARCHAR) AS requester,
  ['Phone', 'E-mail', 'Portal', 'Chat'][1 + i % 4] AS channel, place AS site, 'Department ' || CAST(i % 25 AS VARCHAR) AS department,
  opened_at, least({LAST_MOMENT}, opened_at + least(duration, to_seconds(CAST(60 + 7200 * {_CHANCE.format(9)} AS BIGINT)))) AS first_response_at,
  resolved_at, CASE WHEN status = 'closed' THEN resolved_at + INTERVAL 3 DAY ELSE dropped_at END AS closed_at,
  COALESCE(closed_at, resolved_at, least(opened_at + INTERVAL 1 HOUR, {LAST_MOMENT})) AS updated_at,
  CASE WHEN i % 10 <> 3 THEN opened_at + to_hours([4, 8, 40, 120, 240][priority]) END AS due_at,
  CAST(CASE WHEN {_CHANCE.format(10)} < 0.06 THEN 1 ELSE 0 END AS INTEGER) AS reopen_count,
  CAST(floor(3 * pow({_CHANCE.format(11)}, 2)) AS INTEGER) AS reassignment_count
FROM ends ORDER BY opened_at"""


def _lives(tickets: int) -> str:
    """When each ticket opened, how long it takes and what it is about."""
    bell = f"sqrt(-2 * ln(1e-12 + {_CHANCE.format(1)})) * cos(2 * pi() * {_CHANCE.format(2)})"
    return f"""
  SELECT i, {LAST_MOMENT} - to_days({DAYS}) + to_seconds(CAST({DAYS * 86400 - 60} * pow({_CHANCE.format(0)}, 0.9) AS BIGINT)) AS opened_at,
    CAST(1 + floor(5 * pow({_CHANCE.format(3)}, 0.45)) AS TINYINT) AS priority,
    'Group ' || lpad(CAST(CAST(1 + floor(40 * pow({_CHANCE.format(4)}, 1.6)) AS INTEGER) AS VARCHAR), 2, '0') AS assignment_group,
    'Category ' || lpad(CAST(CAST(1 + floor(60 * pow({_CHANCE.format(5)}, 1.8)) AS INTEGER) AS VARCHAR), 2, '0') AS category,
    to_seconds(CAST(3600 * exp(0.9 + 0.45 * priority + 0.01 * (hash(assignment_group) % 40) + 1.1 * {bell}) AS BIGINT)) AS duration,
    CASE WHEN {_CHANCE.format(6)} < 0.65 THEN 'incident' WHEN i % 12 = 0 THEN 'change' WHEN i % 13 = 0 THEN 'problem' ELSE 'request' END AS ticket_type,
    {_CHANCE.format(7)} < 0.03 AS cancelled, {_CHANCE.format(8)} < 0.004 AS forgotten,
    ['Cannot open', 'Request for', 'Slow response of', 'Error in', 'Question about'][1 + i % 5] AS verb,
    ['Rome', 'Turin', 'Milan', 'Bari', 'Naples', 'Palermo', 'Genoa'][1 + i % 7] AS place
  FROM (SELECT range AS i FROM range({tickets}))"""


def _code() -> str:
    """A word that changes with the code that builds a desk."""
    files = [ROOT / "analytics" / "warehouse" / f"{name}.py" for name in BUILT_BY]
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*files, Path(__file__)))).hexdigest()[:8]
