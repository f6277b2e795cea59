"""Archives: several members, clutter, passwords and bombs."""

import gzip
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import read_file
from tests.reading.fixtures import Loaded

CSV = "number,title\nINC1,a\n"


def pack(path: Path, members: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_members_are_read_and_clutter_is_not(tmp_path: Path, work_dir: Path, loaded: Loaded) -> None:
    members = {"2024/": "", "2024/a.csv": CSV, "b.json": '[{"n": 1}]', "__MACOSX/._a.csv": "x", "2024/.DS_Store": "x"}
    tables = read_file(pack(tmp_path / "all.zip", members), work_dir)
    assert [rows.name for rows in tables] == ["all.zip/a.csv", "all.zip/b.json"]
    assert loaded(tables[0]) == [("INC1", "a")]
    assert tables[0].lines_of([1]) == {1: (2, "INC1,a")}


def test_two_members_of_one_name(tmp_path: Path, work_dir: Path) -> None:
    tables = read_file(pack(tmp_path / "all.zip", {"1/a.csv": CSV, "2/a.csv": CSV}), work_dir)
    assert [rows.name for rows in tables] == ["all.zip/a.csv", "all.zip/a.csv (2)"]


def test_what_is_left_out_is_said(tmp_path: Path, work_dir: Path) -> None:
    (rows,) = read_file(pack(tmp_path / "all.zip", {"readme.pdf": b"%PDF-1", "a.csv": CSV}), work_dir)
    assert rows.notes == ("Left out: all.zip/readme.pdf is a PDF: export the tickets as CSV, XLSX or JSON.",)


def test_gzip(tmp_path: Path, work_dir: Path, loaded: Loaded) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    (rows,) = read_file(tmp_path / "a.csv.gz", work_dir)
    assert rows.name == "a.csv.gz"
    assert loaded(rows) == [("INC1", "a")]


def test_the_content_decides_and_not_the_extension(tmp_path: Path, work_dir: Path, loaded: Loaded) -> None:
    pack(tmp_path / "export.csv", {"a.csv": CSV})
    (rows,) = read_file(tmp_path / "export.csv", work_dir)
    assert rows.name == "export.csv/a.csv"
    assert loaded(rows) == [("INC1", "a")]


def refusal(path: Path, work_dir: Path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, work_dir)
    return str(caught.value)


def test_bombs(tmp_path: Path, work_dir: Path) -> None:
    zeros = bytes(40 << 20)
    assert "unpacks to far more" in refusal(pack(tmp_path / "bomb.zip", {"a.csv": zeros}), work_dir)
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(zeros))
    assert "unpacks to far more" in refusal(tmp_path / "bomb.gz", work_dir)
    many = {f"{number}.csv": CSV for number in range(501)}
    assert "unpacks to far more" in refusal(pack(tmp_path / "many.zip", many), work_dir)


def test_a_zip_with_a_password(tmp_path: Path, work_dir: Path) -> None:
    path = pack(tmp_path / "secret.zip", {"a.csv": CSV})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "is protected with a password" in refusal(path, work_dir)


def test_damage_inside(tmp_path: Path, work_dir: Path) -> None:
    path = pack(tmp_path / "x.zip", {"a.csv": CSV * 500})
    content = bytearray(path.read_bytes())
    content[45:60] = b"\xff" * 15
    path.write_bytes(content)
    assert "is a damaged archive" in refusal(path, work_dir)


def test_nothing_inside_and_an_archive_inside(tmp_path: Path, work_dir: Path) -> None:
    assert "holds no files" in refusal(pack(tmp_path / "none.zip", {"folder/": ""}), work_dir)
    inner = pack(tmp_path / "inner.zip", {"a.csv": CSV}).read_bytes()
    assert "an archive inside an archive" in refusal(pack(tmp_path / "outer.zip", {"inner.zip": inner}), work_dir)


def test_a_name_that_leads_outside(tmp_path: Path, work_dir: Path) -> None:
    assert "unsafe name" in refusal(pack(tmp_path / "x.zip", {"../../a.csv": CSV}), work_dir)
