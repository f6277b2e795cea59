"""Resets of baselines: the newest one that was not undone is in force, and none is ever lost."""

from datetime import UTC, date, datetime, timedelta

import pytest

from analytics.errors import BacklightError
from analytics.store import Store, migration
from analytics.store.baselines import in_force
from analytics.store.database import Database
from tests.store.conftest import Open

WEDNESDAY, MONDAY = date(2026, 5, 6), date(2026, 5, 4)


def test_a_reset_is_kept_with_its_note_from_the_monday_of_its_week(store: Store, open_here: Open) -> None:
    before = datetime.now(UTC)
    number = store.reset_baseline("mttr", WEDNESDAY, " A second team began. ")
    (kept,) = open_here().baselines("mttr")
    assert (kept.id, kept.kpi, kept.week, kept.note, kept.undone) == (
        number, "mttr", MONDAY, "A second team began.", False,
    )  # fmt: skip
    assert before <= kept.changed_at <= datetime.now(UTC)
    assert store.baselines("fcr") == ()


def test_an_undone_reset_gives_way_to_the_one_before_and_is_kept(store: Store) -> None:
    first = store.reset_baseline("mttr", MONDAY, "first")
    second = store.reset_baseline("mttr", MONDAY + timedelta(weeks=4), "second")
    other = store.reset_baseline("fcr", MONDAY, "other")
    assert {kpi: reset.id for kpi, reset in in_force(store.baselines()).items()} == {"mttr": second, "fcr": other}
    store.undo_baseline(second)
    assert [(reset.id, reset.undone) for reset in store.baselines("mttr")] == [(first, False), (second, True)]
    assert in_force(store.baselines())["mttr"].id == first
    store.undo_baseline(first)
    store.undo_baseline(first)
    store.undo_baseline(99)
    assert set(in_force(store.baselines())) == {"fcr"}


@pytest.mark.parametrize(
    ("kpi", "note", "said"),
    [
        ("mttr", " ", "The note is empty: write 1 to 200 characters of plain text."),
        ("mttr", "x" * 201, "The note has 201 characters: write 1 to 200 characters of plain text."),
        ("m ttr", "x", "'m ttr' cannot name a KPI: use 1 to 60 letters (a to z), digits, '-' and '_'."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_one_sentence(store: Store, kpi: str, note: str, said: str) -> None:
    with pytest.raises(BacklightError) as refused:
        store.reset_baseline(kpi, MONDAY, note)
    assert str(refused.value) == said
    assert store.baselines() == ()


def test_what_was_entered_before_there_were_baselines_stays(unmade: Database, open_here: Open) -> None:
    migration.migrate(unmade, "0001")
    with unmade.writing() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('kept', 'yes', '2026-05-04 00:00:00')")
    store = open_here()
    assert store.setting("kept", "no") == "yes"
    store.reset_baseline("mttr", MONDAY, "new")
    assert len(store.baselines()) == 1
