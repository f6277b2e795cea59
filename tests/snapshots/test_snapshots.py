"""Publishing, undoing and sweeping: readers keep what they opened, and there is never a half-finished state."""

import fcntl
from pathlib import Path

import pytest

from analytics.errors import BacklightError, NoData
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.snapshots import (
    EMPTY,
    KEPT_STATES,
    current_snapshot,
    history,
    importing,
    new_snapshot,
    publish,
    undo,
)
from tests.warehouse_of import Desk, reopened, snapshot_of

OPENED = "2026-03-02"


def _load(folder: Path, tickets: int) -> Path:
    return snapshot_of([{"opened_at": OPENED, "status": "new"}] * tickets, folder)


def _tickets(folder: Path) -> float | None:
    desk = reopened(folder)
    found = desk.value("volume")
    desk.engine.close()
    return found


def test_before_the_first_import_there_is_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    assert current_snapshot(folder) is None
    assert history(folder) == [EMPTY]
    with pytest.raises(NoData, match="python -m analytics import"):
        open_engine(folder)


def test_an_import_is_current_at_once_and_the_one_before_stays(tmp_path: Path) -> None:
    first, second = _load(tmp_path, 1), _load(tmp_path, 2)
    assert current_snapshot(tmp_path) == second
    assert history(tmp_path) == [EMPTY, first.name, second.name]
    assert first.exists()
    assert _tickets(tmp_path) == 2


def test_a_reader_keeps_the_file_it_opened(tmp_path: Path) -> None:
    _load(tmp_path, 1)
    reader = reopened(tmp_path)
    for tickets in range(2, KEPT_STATES + 4):
        _load(tmp_path, tickets)
    assert not (tmp_path / reader.engine.snapshot).exists(), "swept, and still readable"
    assert reader.value("volume") == 1
    assert _tickets(tmp_path) == KEPT_STATES + 3
    undo(tmp_path)
    assert reader.value("volume") == 1
    reader.engine.close()


def test_an_open_reader_does_not_hold_up_an_import_nor_the_reverse(tmp_path: Path) -> None:
    _load(tmp_path, 1)
    readers = [reopened(tmp_path) for _ in range(3)]
    with importing(tmp_path):
        assert [reader.value("volume") for reader in readers] == [1, 1, 1]
        assert _tickets(tmp_path) == 1
    _load(tmp_path, 2)
    assert [reader.value("volume") for reader in readers] == [1, 1, 1]
    for reader in readers:
        reader.engine.close()


def test_undo_goes_back_one_by_one_to_nothing_and_no_further(tmp_path: Path) -> None:
    first, second = _load(tmp_path, 1), _load(tmp_path, 2)
    assert undo(tmp_path) == second.name
    assert (_tickets(tmp_path), second.exists()) == (1, False)
    assert undo(tmp_path) == first.name
    assert current_snapshot(tmp_path) is None
    with pytest.raises(BacklightError, match="no import to undo"):
        undo(tmp_path)
    third = _load(tmp_path, 3)
    assert history(tmp_path) == [EMPTY, third.name]


def test_of_many_states_the_last_few_can_be_gone_back_to(tmp_path: Path) -> None:
    for tickets in range(1, KEPT_STATES + 3):
        _load(tmp_path, tickets)
    assert len(list(tmp_path.glob("*.duckdb"))) == KEPT_STATES
    for tickets in range(KEPT_STATES + 1, 2, -1):
        undo(tmp_path)
        assert _tickets(tmp_path) == tickets
    with pytest.raises(BacklightError, match=f"last {KEPT_STATES} states"):
        undo(tmp_path)
    assert _tickets(tmp_path) == 3


def test_a_name_is_never_used_twice(tmp_path: Path) -> None:
    names = [_load(tmp_path, 1).name]
    undo(tmp_path)
    names += [_load(tmp_path, 1).name, _load(tmp_path, 1).name]
    assert len(set(names)) == 3


def test_a_second_import_at_the_same_time_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with importing(tmp_path):
        for second in (lambda: _load(tmp_path, 1), lambda: undo(tmp_path)):
            with pytest.raises(BacklightError, match=r"^Another import is running"):
                second()
    assert _load(tmp_path, 1).exists(), "the lock is let go"


def test_a_lock_left_by_a_process_that_is_gone_holds_nobody_up(tmp_path: Path) -> None:
    with (tmp_path / "import.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    assert _load(tmp_path, 1).exists()


def test_what_a_crash_left_is_swept_by_the_next_import(tmp_path: Path) -> None:
    kept = _load(tmp_path, 1)
    left = [
        "20200101-000000-000000-1.duckdb.building",
        "20200101-000000-000000-1.duckdb",
        "x.duckdb.wal",
        "CURRENT.building",
    ]
    for name in left:
        (tmp_path / name).write_text("half")
    work = tmp_path / "20200101-1.duckdb.work.building"
    work.mkdir()
    (work / "work.duckdb").write_text("half")
    assert _tickets(tmp_path) == 1, "leftovers do not disturb readers"
    with importing(tmp_path):
        pass
    assert {path.name for path in tmp_path.iterdir()} == {kept.name, "CURRENT", "import.lock"}


def test_the_sweep_leaves_everything_else_alone(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_text("what people entered")
    (tmp_path / "notes.txt").write_text("mine")
    _load(tmp_path, 1)
    undo(tmp_path)
    assert (tmp_path / "state.sqlite").read_text() == "what people entered"
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("step", ["analytics.warehouse.snapshots.Path.rename", "analytics.warehouse.snapshots._point"])
def test_a_crash_at_the_rename_or_before_the_pointer_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    _load(tmp_path, 1)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(step, crash)
        with pytest.raises(KeyboardInterrupt):
            _load(tmp_path, 2)
    assert _tickets(tmp_path) == 1
    assert _load(tmp_path, 3).exists()
    assert len(list(tmp_path.glob("*.duckdb"))) == 2, "the orphan is gone"


def test_a_published_file_is_complete_without_any_other_file(tmp_path: Path) -> None:
    path = _load(tmp_path / "one", 5)
    elsewhere = tmp_path / "elsewhere.duckdb"
    elsewhere.write_bytes(path.read_bytes())
    desk = Desk(Engine(elsewhere))
    assert desk.value("volume") == 5
    desk.engine.close()


def test_nothing_is_published_in_which_a_ticket_is_doubled(tmp_path: Path) -> None:
    _load(tmp_path, 1)
    twice = [{"ticket_id": "A", "opened_at": OPENED}] * 2
    with pytest.raises(BacklightError, match="nothing was changed"):
        snapshot_of(twice, tmp_path)
    assert _tickets(tmp_path) == 1


def test_publish_makes_current_only_what_it_was_given(tmp_path: Path) -> None:
    _load(tmp_path, 1)
    with importing(tmp_path):
        building = new_snapshot(tmp_path)
        assert not building.exists()
        assert current_snapshot(tmp_path) != building
        building.write_bytes((current_snapshot(tmp_path) or building).read_bytes())
        final = publish(tmp_path, building)
    assert current_snapshot(tmp_path) == final
    assert not building.exists()
