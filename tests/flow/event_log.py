"""A desk with a history: a small ServiceNow event log, written as a text table and imported as a file."""

import csv
from pathlib import Path

from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.warehouse_of import Desk, reopened

_HEADERS = {"ticket": "number", "state": "incident_state", "group": "assignment_group", "moves": "reassignment_count"}


def desk_of_log(table: str, folder: Path) -> Desk:
    """The desk of a table with a header and a line an update: ticket, updated, state and any further columns.

    A ticket is opened at its first update, and resolved at its last one that is `Resolved`, if no later one is open.
    Times are UTC.
    """
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    rows = [dict(zip(header, line, strict=True)) for line in lines]
    path = folder / "log.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        further = [name for name in header if name not in ("ticket", "state", "updated")]
        writer = csv.writer(file)
        times = ["sys_mod_count", "sys_updated_at", "opened_at", "resolved_at"]
        writer.writerow(["number", "incident_state", *(_HEADERS.get(name, name) for name in further), *times])
        for place, row in enumerate(rows):
            own = [other for other in rows if other["ticket"] == row["ticket"]]
            written = [f"INC{int(row['ticket']):07d}", row["state"], *(row[name] for name in further), place]
            writer.writerow([*written, row["updated"], own[0]["updated"], _resolved(own)])
    import_exports(folder / "db", [path], ImportOptions(time_zone="UTC", reporting_time_zone="UTC"))
    return reopened(folder / "db")


def _resolved(rows: list[dict[str, str]]) -> str:
    """The last resolution, empty where the ticket was opened again after it."""
    finished = [row["state"] in ("Resolved", "Closed") for row in rows]
    resolved = [row["updated"] for row in rows if row["state"] == "Resolved"]
    return resolved[-1] if finished[-1] and resolved else ""
