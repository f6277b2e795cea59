"""What a judgement takes from the state store."""

from datetime import date
from pathlib import Path

from analytics.diagnostic.gathered import known
from analytics.store import open_store
from analytics.store.problem_records import ProblemRecord, ProblemStatus

FIXED = date(2026, 5, 4)


def record(key: str, status: ProblemStatus, fixed_on: date | None = None) -> ProblemRecord:
    return ProblemRecord(
        key, "Queue", "Ann Lee", date(2026, 5, 1), date(2026, 5, 8), status=status, fixed_on=fixed_on
    )  # fmt: skip


def test_dropped_records_own_nothing_and_fixed_ones_say_since_when(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.problems.add(record("one", "open"))
    store.problems.add(record("two", "fixed", FIXED))
    store.problems.add(record("three", "dropped"))
    store.problems.dismiss("four", "known", FIXED)
    found = known(store)
    assert found.owned == {"one", "two"}
    assert found.fixed == (("two", FIXED),)
    assert found.dismissed == {"four"}
