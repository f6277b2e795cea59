"""How the tests come by a PostgreSQL: found, chosen, or plainly said to be missing."""

import os
from pathlib import Path

import pytest

from tests import postgresql
from tests.postgresql import HOW, NONE, CannotStart, find, main, running


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "PLACES", ())
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.delenv("BACKLIGHT_POSTGRESQL", raising=False)


def _programs(folder: Path, script: str) -> Path:
    folder.mkdir()
    for name in postgresql.NEEDED:
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.usefixtures("nothing_installed")
def test_a_machine_without_one_goes_on_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert find() is None
    assert main() == 0
    assert capsys.readouterr() == ("\n", f"{HOW}\n")


@pytest.mark.usefixtures("nothing_installed")
def test_a_person_may_name_one_or_go_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = _programs(tmp_path / "bin", "exit 0")
    for chosen, expected in ((str(programs), str(programs)), (NONE, NONE), (str(tmp_path), None), ("", None)):
        monkeypatch.setenv("BACKLIGHT_POSTGRESQL", chosen)
        assert find() == expected
        assert main() == (2 if chosen == str(tmp_path) else 0)


@pytest.mark.usefixtures("nothing_installed")
def test_of_several_the_newest_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("9", "15", "16"):
        (tmp_path / version).mkdir()
        _programs(tmp_path / version / "bin", "exit 0")
    (tmp_path / "17" / "bin").mkdir(parents=True)
    monkeypatch.setattr(postgresql, "PLACES", (f"{tmp_path}/*/bin",))
    assert find() == str(tmp_path / "16" / "bin")


def test_one_that_cannot_start_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    programs = _programs(tmp_path / "bin", "echo no room left; exit 1")
    before = set(Path("/tmp").glob("backlight-pg-*"))  # noqa: S108
    with pytest.raises(CannotStart, match=r"^initdb: "), running(programs):
        pytest.fail("it started")
    assert set(Path("/tmp").glob("backlight-pg-*")) <= before  # noqa: S108


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may choose whom a process runs as")
def test_as_root_without_another_user_it_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "OTHER_USERS", ())
    with pytest.raises(CannotStart, match="refuses to run as root"), running(Path("bin")):
        pytest.fail("it started")
