"""One simulated desk, written once and read back with pandas: the tests look at the files, not at the simulator."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.demo import write_exports

AS_OF = pd.Timestamp("2026-07-01")
JIRA_TIME = "%d/%b/%y %I:%M %p"
LOG_TIME = "%d/%m/%Y %H:%M"


@dataclass(frozen=True)
class Exports:
    files: list[Path]
    truths: dict[str, dict[str, Any]]
    document: dict[str, Any]
    log: pd.DataFrame
    incidents: pd.DataFrame
    issues: pd.DataFrame
    requests: pd.DataFrame
    changes: pd.DataFrame
    problems: pd.DataFrame


def read(path: Path, times: tuple[str, ...], style: str | None) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, na_values=["?"], keep_default_na=True)
    for name in times:
        frame[name] = pd.to_datetime(frame[name], format=style)
    return frame


def load(folder: Path, files: list[Path]) -> Exports:
    document = json.loads((folder / "truths.json").read_text(encoding="utf-8"))
    log_times = ("opened_at", "sys_updated_at", "resolved_at", "closed_at", "due_date")
    log = read(folder / "servicenow_incident_log.csv", log_times, LOG_TIME)
    jira_times = ("Created", "Updated", "Resolved", "Due date", "Custom field ([CHART] Date of First Response)")
    request_times = (
        "Created Time",
        "Due by Time",
        "Initial Response Time",
        "Resolved Time",
        "Closed Time",
        "Needed By",
    )
    change_times = ("opened_at", "start_date", "end_date", "closed_at")
    return Exports(
        files=files,
        truths={truth["kind"]: truth for truth in document["truths"]},
        document=document,
        log=log,
        incidents=log.drop_duplicates("number", keep="last").reset_index(drop=True),
        issues=read(folder / "jira_service_management.csv", jira_times, JIRA_TIME),
        requests=read(folder / "freshservice_requests.csv", (*request_times, "Last Updated Time"), None),
        changes=read(folder / "servicenow_changes.csv", change_times, None),
        problems=read(folder / "servicenow_problems.csv", ("opened_at", "resolved_at", "closed_at"), None),
    )


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    folder = tmp_path_factory.mktemp("demo")
    return load(folder, write_exports(folder))
