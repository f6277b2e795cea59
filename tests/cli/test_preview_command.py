"""preview FILE...: the same understanding as an import, and nothing imported."""

import json
from pathlib import Path
from typing import Any

import pytest

from analytics.__main__ import main
from analytics.command_run import CommandRun
from analytics.errors import BacklightError
from analytics.provenance import earlier_imports, imports, rejected_rows, step_back
from analytics.warehouse.engine import open_engine
from analytics.warehouse.formats import format_to_toml
from analytics.warehouse.preview import Preview
from analytics.warehouse.snapshots import current_snapshot

EXPORT = """Case ref,Logged on,Status,Assigned to
T-1,2025-01-02 08:00,Open,Anna
T-2,2025-01-03 08:00,Closed,Bert
T-3,2025-01-04 08:00,On the moon,Anna
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A small export in a layout of its own."""
    file = tmp_path / "desk.csv"
    file.write_text(EXPORT)
    return file


def _previews(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert main(["preview", "--json", *arguments]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["files"]
    return found


def test_it_shows_mapping_words_and_rows_and_conceals_people(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (document,) = _previews(capsys, str(export))
    table = Preview.read(document["tables"][0])
    assert table.headers["ticket_id"] == ["Case ref"]
    assert ["On the moon", 1, None] in [list(word) for word in table.statuses]
    assert table.unknown_words == 1
    assert "Anna" not in json.dumps(document)
    assert current_snapshot(tmp_path) is None


def test_files_that_cannot_be_read_are_told_beside_the_others(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"%PDF-1.4")
    first, second = _previews(capsys, str(broken), str(export))
    assert "is a PDF" in first["error"]
    assert second["tables"]


def test_an_unknown_layout_has_a_problem_and_an_empty_mapping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "shapes.csv"
    file.write_text("colour,shape\nred,round\n")
    (document,) = _previews(capsys, str(file))
    table = Preview.read(document["tables"][0])
    assert "ticket number" in table.problem
    assert table.format.columns == {}


def test_a_mapping_can_be_named_for_one_file(export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (document,) = _previews(capsys, str(export))
    format = Preview.read(document["tables"][0]).format
    mapping = tmp_path / "mine.toml"
    mapping.write_text(format_to_toml(format).replace(format.name, "mine"))
    database = tmp_path / "database"
    assert main(["--database", str(database), "import", f"--as=desk.csv={mapping}", str(export)]) == 0
    assert imports(open_engine(database))["format"].tolist() == ["mine"]


def test_a_run_imports_in_a_process_of_its_own(tmp_path: Path) -> None:
    more = "".join(f"T-{n},2025-01-{n} 08:00,Open,Cleo\n" for n in range(10, 20))
    content = (EXPORT + more + "T-4,never,Open,Cleo\n").encode()
    run = CommandRun(tmp_path, "import", ["--time-zone", "UTC"], {"desk.csv": content})
    report = run.result()["files"][0]
    assert (report["rows_read"], report["tickets"], report["rejected"]) == (14, 13, 1)
    assert run.done
    assert any("desk.csv" in message for message in run.messages)
    engine = open_engine(tmp_path)
    assert rejected_rows(engine, 1)["line"].tolist() == [15]
    assert len(earlier_imports(engine, content)) == 1
    step = step_back(tmp_path)
    assert step is not None
    assert (step.files, step.tickets) == (("desk.csv",), 0)


def test_a_run_that_fails_says_the_sentence_of_the_command(tmp_path: Path) -> None:
    run = CommandRun(tmp_path, "import", [], {"report.csv": b"%PDF-1.4"})
    with pytest.raises(BacklightError, match="is a PDF"):
        run.result()
    assert step_back(tmp_path) is None
