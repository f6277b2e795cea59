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
from tests.bench.events import EVENTS_SQL

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "bench-results"
FIRST_DAY = date(2021, 7, 1)
DAYS = 1826
BUILT_BY = (
    "schema",
    "collection",
    "derivation",
    "business_calendar",
    "business_time",
    "public_holidays",
    "stays",
    "notes",
    "snapshot_build",
)
LAST_MOMENT = "TIMESTAMP '2026-06-30 18:00:00'"


def desk(tickets: int, folder: Path = RESULTS / "desks", events: bool = False) -> Path:
    """The database folder of a desk with so many tickets; built again only when the code that builds it changed.

    With `events` it has a history too: about three and a half events a ticket.
    """
    name = f"{tickets}{'-events' if events else ''}"
    made = folder / f"{name}-{_code()}"
    if current_snapshot(made) is None:
        for older in folder.glob(f"{name}-????????"):
            shutil.rmtree(older)
        build_desk(made, tickets, events)
    return made


def build_desk(folder: Path, tickets: int, events: bool = False) -> None:
    """Make the tickets, their events if wanted, and the snapshot."""
    with importing(folder):
        building = new_snapshot(folder)
        work = building.with_suffix(".work.building")
        work.mkdir()
        with duckdb.connect(work / "work.duckdb") as connection:
            connection.execute("SET memory_limit = '2GB'")
            connection.execute("SET enable_progress_bar = false")
            fill_collection(connection, None)
            connection.execute(f"INSERT INTO tickets BY NAME {tickets_sql(tickets)}")
            if events:
                connection.execute(f"INSERT INTO ticket_events BY NAME {EVENTS_SQL}")
            build_snapshot(connection, building, "UTC")
        shutil.rmtree(work)
        publish(folder, building)


def tickets_sql(tickets: int) -> str:
    """A SELECT of source columns, one row a ticket, in order of opening."""
    return f"""
WITH lives AS ({_lives(tickets)}), ends AS (
  SELECT *, opened_at + duration AS finished_at, finished_at <= {LAST_MOMENT} AS finished,
    CASE WHEN finished AND NOT cancelled AND NOT forgotten THEN finished_at END AS resolved_at,
    CASE WHEN finished AND cancelled THEN finished_at END AS dropped_at
  FROM lives
)
SELECT
  {_numbered("INC", "i", 8)} AS ticket_id, 'servicenow' AS source, ticket_type,
  concat(verb, ' ', category, ' ', place, ' ', i % 997) AS title,
  CASE WHEN dropped_at IS NOT NULL THEN 'cancelled'
    WHEN resolved_at + INTERVAL 3 DAY <= {LAST_MOMENT} THEN 'closed'
    WHEN resolved_at IS NOT NULL THEN 'resolved'
    WHEN i % 4 = 0 THEN 'pending' ELSE 'in_progress' END AS status,
  status AS source_status, priority, CAST(priority AS VARCHAR) AS source_priority,
  category, concat(category, ' / ', i % 5) AS subcategory, concat('Service ', i % 90) AS service,
  assignment_group, concat('Agent ', i % 400) AS assignee, concat('User ', i % 20011) AS requester,
  ['Phone', 'E-mail', 'Portal', 'Chat'][1 + i % 4] AS channel, place AS site,
  concat('Department ', i % 25) AS department, opened_at,
  least({LAST_MOMENT}, opened_at + least(duration, {_seconds(f"60 + 7200 * {_chance(9)}")})) AS first_response_at,
  resolved_at, CASE WHEN status = 'closed' THEN resolved_at + INTERVAL 3 DAY ELSE dropped_at END AS closed_at,
  COALESCE(closed_at, resolved_at, least(opened_at + INTERVAL 1 HOUR, {LAST_MOMENT})) AS updated_at,
  CASE WHEN i % 10 <> 3 THEN opened_at + to_hours([4, 8, 40, 120, 240][priority]) END AS due_at,
  CASE WHEN {_chance(10)} < 0.06 THEN 1 ELSE 0 END AS reopen_count,
  {_integer(f"3 * pow({_chance(11)}, 2)")} AS reassignment_count
FROM ends ORDER BY opened_at"""


def _lives(tickets: int) -> str:
    """When each ticket opened, how long it takes and what it is about."""
    bell = f"sqrt(-2 * ln(1e-12 + {_chance(1)})) * cos(2 * pi() * {_chance(2)})"
    pace = f"0.9 + 0.45 * priority + 0.01 * (hash(assignment_group) % 40) + 1.1 * {bell}"
    age = _seconds(f"{DAYS * 86400 - 60} * pow({_chance(0)}, 0.9)")
    return f"""
  SELECT i, {LAST_MOMENT} - to_days({DAYS}) + {age} AS opened_at,
    CAST(1 + floor(5 * pow({_chance(3)}, 0.45)) AS TINYINT) AS priority,
    {_numbered("Group ", f"1 + floor(40 * pow({_chance(4)}, 1.6))", 2)} AS assignment_group,
    {_numbered("Category ", f"1 + floor(60 * pow({_chance(5)}, 1.8))", 2)} AS category,
    {_seconds(f"3600 * exp({pace})")} AS duration,
    CASE WHEN {_chance(6)} < 0.65 THEN 'incident' WHEN i % 12 = 0 THEN 'change'
      WHEN i % 13 = 0 THEN 'problem' ELSE 'request' END AS ticket_type,
    {_chance(7)} < 0.03 AS cancelled, {_chance(8)} < 0.004 AS forgotten,
    ['Cannot open', 'Request for', 'Slow response of', 'Error in', 'Question about'][1 + i % 5] AS verb,
    ['Rome', 'Turin', 'Milan', 'Bari', 'Naples', 'Palermo', 'Genoa'][1 + i % 7] AS place
  FROM (SELECT range AS i FROM range({tickets}))"""


def _chance(purpose: int) -> str:
    """A number from 0 to 1, its own for each ticket and purpose."""
    return f"(hash(i * 16 + {purpose}) / 18446744073709551616.0)"


def _integer(number: str) -> str:
    return f"CAST(floor({number}) AS INTEGER)"


def _seconds(number: str) -> str:
    return f"to_seconds(CAST({number} AS BIGINT))"


def _numbered(prefix: str, number: str, digits: int) -> str:
    return f"'{prefix}' || lpad(CAST(CAST({number} AS INTEGER) AS VARCHAR), {digits}, '0')"


def _code() -> str:
    """A word that changes with the code that builds a desk."""
    files = [ROOT / "analytics" / "warehouse" / f"{name}.py" for name in BUILT_BY]
    return hashlib.sha256(b"".join(path.read_bytes() for path in (*files, Path(__file__)))).hexdigest()[:8]
