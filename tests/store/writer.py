"""One process that works on a store as fast as it can and prints what it did, each time once it is acknowledged.

`python -m tests.store.writer URL WRITER COUNT [FILE...]`. A WRITER named `restorer` restores the FILEs in turn; one
named `person...` answers a questionnaire and edits the plan; any other one saves settings of its own and one that all
writers share.
"""

import sys
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from analytics.store import Store, open_store
from analytics.store.actions import Action
from analytics.store.errors import EditedMeanwhile

STATEMENTS = tuple(f"s{number}" for number in range(1, 8))


def main(url: str, writer: str, count: str, *files: str) -> None:
    """Work COUNT times."""
    store = open_store(Path(), url)
    if writer == "restorer":
        for file in islice(cycle(files), int(count)):
            store.restore(Path(file), Path(file).parent)
            print(Path(file).name, flush=True)
    elif writer.startswith("person"):
        _answer_and_edit(store, writer, int(count))
    else:
        for number in range(int(count)):
            store.set_setting(f"{writer}-{number}", str(number))
            store.set_setting("shared", writer)
            print(number, flush=True)


def _answer_and_edit(store: Store, writer: str, count: int) -> None:
    for number in range(count):
        key = store.responses.begin("diagnostic", writer, "practitioner")
        for statement in STATEMENTS:
            store.responses.answer(key, statement, "yes")
            store.responses.comment(key, statement, f"{writer} {statement}")
        store.responses.submit(key, date(2026, 6, 30))
        store.actions.add(Action(f"{writer}-{number}"))
        store.actions.comment(1, f"{writer}-{number}")
        _add_to_shared(store, f"{writer}-{number}")
        print(number, flush=True)


def _add_to_shared(store: Store, word: str) -> None:
    """Append a word to what all edit, however often somebody else comes first."""
    while True:
        seen = store.actions.one(1)
        try:
            store.actions.change(1, seen.version, how=f"{seen.entered.how} {word}".strip())
        except EditedMeanwhile:
            continue
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
