"""Problem records in the store: opened, changed with open eyes, dismissed and brought back."""

from datetime import date

import pytest

from analytics.errors import BacklightError
from analytics.store import Store
from analytics.store.errors import EditedMeanwhile, NoSuchRecord
from analytics.store.problem_records import ProblemRecord, ProblemRecords

RECORD = ProblemRecord("k1", "Queue stuck", "Ada", date(2026, 6, 29), date(2026, 7, 6), '{"kind": "item"}')


@pytest.fixture
def problems(store: Store) -> ProblemRecords:
    return store.problems


def test_a_record_is_kept_as_it_was_entered(problems: ProblemRecords) -> None:
    number = problems.add(RECORD)
    kept = problems.one(number)
    assert (kept.entered, kept.version) == (RECORD, 1)
    assert problems.all() == (kept,)


def test_the_second_of_two_changes_is_not_written_over_the_first(problems: ProblemRecords) -> None:
    number = problems.add(RECORD)
    assert problems.change(number, 1, root_cause="The cable", status="cause known") == 2
    with pytest.raises(EditedMeanwhile):
        problems.change(number, 1, root_cause="The driver")
    assert problems.one(number).entered.root_cause == "The cable"
    assert problems.change(number, 2, fixed_on=date(2026, 7, 9), status="fixed") == 3
    last = problems.changes(number)[-1]
    assert (last.version, {name: (before, after) for name, before, after in last.fields}) == (
        3, {"fixed_on": (None, "2026-07-09"), "status": ("cause known", "fixed")},
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{"owner": ""}, {"title": " "}, {"status": "closed"}, {"root_cause": "x" * 5_000}])
def test_what_cannot_be_kept_is_refused_and_nothing_changes(problems: ProblemRecords, fields: dict[str, str]) -> None:
    number = problems.add(RECORD)
    with pytest.raises(BacklightError):
        problems.change(number, 1, **fields)
    assert problems.one(number).entered == RECORD


def test_a_number_that_nobody_has_is_told(problems: ProblemRecords) -> None:
    with pytest.raises(NoSuchRecord):
        problems.one(7)


def test_a_group_is_put_aside_once_and_brought_back(problems: ProblemRecords) -> None:
    problems.dismiss("k1", "Being replaced", date(2026, 6, 1))
    problems.dismiss("k1", "Replaced", date(2026, 6, 2))
    problems.dismiss("k2", "A test", date(2026, 6, 1))
    assert {(one.group_key, one.reason) for one in problems.dismissed()} == {("k1", "Replaced"), ("k2", "A test")}
    problems.bring_back("k1")
    problems.bring_back("never there")
    assert [one.group_key for one in problems.dismissed()] == ["k2"]
