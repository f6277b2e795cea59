"""Too little room: one sentence, and the data as it was."""

from pathlib import Path

import pytest

from analytics.errors import NoRoom
from analytics.warehouse import importer
from analytics.warehouse.snapshots import history


def test_too_little_memory_is_said_and_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "wide.csv"
    rows = (f"INC{n:07},2026-03-02 08:00:00,New,{str(n) * 40}\n" for n in range(60_000))
    file.write_text("number,opened_at,state,short_description\n" + "".join(rows), encoding="utf-8")
    monkeypatch.setattr(importer, "_LEAST_MEGABYTES", 1)
    monkeypatch.setattr(importer, "_MOST_MEGABYTES", 1)
    with pytest.raises(NoRoom, match="not enough memory or disk space"):
        importer.import_exports(tmp_path / "db", [file])
    assert history(tmp_path / "db") == ["empty"]
    assert not list((tmp_path / "db").glob("*.building"))
