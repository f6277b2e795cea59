"""Imports one export again and again, a new ticket each time, until killed: `python importing.py FOLDER EXPORTS`."""

import sys
from pathlib import Path

from analytics.warehouse.importer import import_exports

HEADER = "number,state,priority,opened_at,resolved_at,closed_at,sys_updated_on,assignment_group\n"
ROW = "INC{:07},Resolved,3 - Moderate,2026-03-02 08:00:00,2026-03-02 10:00:00,,2026-03-02 10:00:00,Desk\n"


def write_export(file: Path, tickets: int) -> Path:
    """An export of that many tickets."""
    file.write_text(HEADER + "".join(ROW.format(number) for number in range(1, tickets + 1)), encoding="utf-8")
    return file


def main(folder: Path, exports: Path) -> None:
    """Import one ticket more each time; say when a state is published."""
    number = int((exports / "next").read_text())
    while True:
        import_exports(folder, [write_export(exports / f"{number}.csv", number)])
        print(number, flush=True)
        number += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
