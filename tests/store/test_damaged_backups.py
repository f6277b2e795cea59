"""A damaged, foreign, newer or hostile file: refused in one sentence, and nothing was changed."""

import json
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.store import Store, open_store
from analytics.store.backup_file import CONTENTS
from tests.store.entered import rows_of

Rewrite = Callable[[dict[str, bytes]], None]


def _rewritten(file: Path, change: Rewrite) -> Path:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    changed = file.with_name("changed.zip")
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return changed


def _with_table(table: str, text: bytes) -> Rewrite:
    """Another text for a table, with a right checksum."""

    def change(members: dict[str, bytes]) -> None:
        document = json.loads(members[CONTENTS])
        members[f"tables/{table}.jsonl"] = text
        document["tables"][table] |= {"rows": text.count(b"\n"), "sha256": sha256(text).hexdigest()}
        members[CONTENTS] = json.dumps(document).encode()

    return change


def _with_contents(**changes: object) -> Rewrite:
    def change(members: dict[str, bytes]) -> None:
        members[CONTENTS] = json.dumps(json.loads(members[CONTENTS]) | changes).encode()

    return change


def _setting(value: object) -> bytes:
    row = {"name": "a", "value": value, "changed_at": "2026-05-04T00:00:00+00:00"}
    return json.dumps(row).encode() + b"\n"


COMMENT = b'{"id": 1, "action_id": 77, "text": "x", "written_at": "2026-05-04T00:00:00+00:00"}\n'
DAMAGED: dict[str, Rewrite] = {
    "a table changed": lambda m: m.update({"tables/settings.jsonl": _setting("x") * 2}),
    "a table missing": lambda m: m.pop("tables/settings.jsonl") and None,
    "a file too many": lambda m: m.update({"../../evil.txt": b"x"}),
    "a table too many": lambda m: _with_contents(tables={"../x": {"rows": 0, "sha256": "", "highest": 0}})(m),
    "contents that are no JSON": lambda m: m.update({CONTENTS: b"{"}),
    "contents nested without end": lambda m: m.update({CONTENTS: b"[" * 100_000}),
    "contents too long": lambda m: m.update({CONTENTS: b" " * 2_000_000}),
    "a revision that never was": _with_contents(revision="0000"),
    "no revision": _with_contents(revision=None),
    "a moment that is none": _with_contents(made_at="yesterday"),
    "a row twice": _with_table("settings", _setting("x") * 2),
    "a comment on nothing": _with_table("action_comments", COMMENT),
    "a text that is a number": _with_table("settings", _setting(1)),
    "a NUL character": _with_table("settings", _setting("a\0b")),
    "half a pair": _with_table("settings", _setting("\ud800")),
    "a missing text": _with_table("settings", _setting(None)),
    "a row without its columns": _with_table("settings", b'{"name": "a"}\n'),
    "a row that is a list": _with_table("settings", b"[]\n"),
    "a row that is not text": _with_table("settings", b"\xff\xfe\n"),
    "a row nested without end": _with_table("settings", b"[" * 200_000 + b"\n"),
    "a number of 10,000 digits": _with_table("settings", b"9" * 10_000 + b"\n"),
    "a name too long": _with_table("settings", _setting("x").replace(b'"a"', b'"' + b"a" * 61 + b'"')),
    "a last line cut off": _with_table("settings", _setting("x") + b'{"name"'),
}


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_or_hostile_file_changes_nothing(
    store: Store, backed_up: tuple[Path, Store], tmp_path: Path, what: str
) -> None:
    store.set_setting("kept", "yes")
    there = {path.name for path in tmp_path.rglob("*")}
    changed = _rewritten(backed_up[0], DAMAGED[what])
    with pytest.raises(BacklightError, match=r"changed\.zip is damaged \(.*\): .* Nothing was changed\.$"):
        store.restore(changed, tmp_path)
    assert store.setting("kept", "no") == "yes"
    assert {path.name for path in tmp_path.rglob("*")} - there <= {"changed.zip"}


@pytest.mark.parametrize("changes", [{"revision": "9999"}, {"format": 2}])
def test_a_newer_backup_is_refused_and_said_so(
    store: Store, backed_up: tuple[Path, Store], tmp_path: Path, changes: dict[str, object]
) -> None:
    changed = _rewritten(backed_up[0], _with_contents(**changes))
    with pytest.raises(BacklightError, match="was made by a newer Backlight: update this one"):
        store.restore(changed, tmp_path)


def test_other_files_are_no_backups(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "other.zip"
    with pytest.raises(BacklightError, match="there is no such file"):
        store.restore(file, tmp_path)
    with pytest.raises(BacklightError, match="there is no such file"):
        store.restore(tmp_path, tmp_path)
    file.write_text("not a zip")
    with pytest.raises(BacklightError, match="another kind of file, or was cut off"):
        store.restore(file, tmp_path)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("report.xml", "x")
    with pytest.raises(BacklightError, match=r"\(it is another kind of file\)"):
        store.restore(file, tmp_path)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_with_a_changed_or_missing_byte_is_refused_or_restored_as_it_was(
    backed_up: tuple[Path, Store], tmp_path: Path, data: st.DataObject
) -> None:
    file, source = backed_up
    whole = file.read_bytes()
    place = data.draw(st.integers(0, len(whole) - 1))
    spoilt = tmp_path / "spoilt.zip"
    if data.draw(st.booleans(), label="cut off"):
        spoilt.write_bytes(whole[:place])
    else:
        other = data.draw(st.integers(0, 255).filter(lambda byte: byte != whole[place]))
        spoilt.write_bytes(whole[:place] + bytes([other]) + whole[place + 1 :])
    target = open_store(tmp_path / "target")
    try:
        target.restore(spoilt, tmp_path)
    except BacklightError as error:
        assert str(error).endswith("Nothing was changed.")  # noqa: PT017 - either outcome is right
    else:
        assert rows_of(target.database) == rows_of(source.database)
    finally:
        target.close()
