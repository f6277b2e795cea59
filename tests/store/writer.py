"""One process that saves settings as fast as it can and prints each one once it is acknowledged.

`python -m tests.store.writer FOLDER WRITER COUNT`
"""

import sys
from pathlib import Path

from analytics.store import open_store


def main(folder: str, writer: str, count: str) -> None:
    """Write `count` settings of this writer's own, and one that all writers share."""
    store = open_store(Path(folder))
    for number in range(int(count)):
        store.set_setting(f"{writer}-{number}", str(number))
        store.set_setting("shared", writer)
        print(number, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
