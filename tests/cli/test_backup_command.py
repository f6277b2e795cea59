"""`backup` and `restore`: one command each, and one sentence when it cannot be done."""

from pathlib import Path

import pytest

from analytics.store import Store, open_store
from analytics.store.actions import Action
from tests.cli.command_line import CommandLine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Store:
    store = open_store(folder)
    store.actions.add(Action("Buy a printer"))
    return store


@pytest.fixture
def cli(folder: Path) -> CommandLine:
    return CommandLine(folder)


def test_there_and_back_while_the_store_is_open(cli: CommandLine, store: Store, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    document = cli("backup", str(file), "--json").document
    assert set(document) == {"file", "place", "made_at", "revision", "rows"}
    # An action, and the change that it was made by.
    assert (document["rows"]["actions"], sum(document["rows"].values())) == (1, 2)
    store.actions.add(Action("later"))
    restored = cli("restore", str(file), "--json").document
    assert set(restored) == {*document, "before"}
    assert {**document, "before": restored["before"]} == restored
    assert [kept.entered.what for kept in store.actions.all()] == ["Buy a printer"]
    assert Path(restored["before"]).parent == folder
    out = cli("restore", restored["before"]).out
    assert "What was there before is kept in" in out
    assert [kept.entered.what for kept in store.actions.all()] == ["Buy a printer", "later"]


def test_it_is_how_to_move_to_another_place(
    cli: CommandLine, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, moved = tmp_path / "b.zip", tmp_path / "moved.sqlite"
    assert cli("backup", str(file)).out.startswith(f"{file} holds everything that people entered in ")
    monkeypatch.setenv("BACKLIGHT_STATE_URL", f"sqlite:///{moved}")
    out = cli("restore", str(file)).out
    assert out.startswith(f"{moved} now holds what {file} holds: 2 rows as of ")
    assert out.rstrip().endswith("Nothing had been entered there before.")
    assert open_store(tmp_path).actions.all() == store.actions.all()


def test_what_cannot_be_done_is_one_sentence_and_makes_nothing(cli: CommandLine, folder: Path, tmp_path: Path) -> None:
    assert "There is nothing to back up" in cli("backup", str(tmp_path / "b.zip")).sentence
    assert "there is no such file" in cli("restore", str(tmp_path / "b.zip")).sentence
    assert not folder.exists()
    assert not (tmp_path / "b.zip").exists()


def test_a_backup_never_overwrites_what_is_no_backup(cli: CommandLine, store: Store, folder: Path) -> None:
    for arguments in ((), ("--replace",)):
        said = cli("backup", str(folder / "state.sqlite"), *arguments).sentence
        assert said.endswith("is there already: it is no backup, so name another file.")
    assert len(store.actions.all()) == 1


def test_in_a_folder_that_is_missing_it_says_so(cli: CommandLine, store: Store, tmp_path: Path) -> None:
    said = cli("backup", str(tmp_path / "none" / "b.zip")).sentence
    assert "cannot be written (No such file or directory)" in said
    assert len(store.actions.all()) == 1
