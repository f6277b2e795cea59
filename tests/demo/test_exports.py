"""The files: complete, repeatable, in order of time, and as large as asked for."""

import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from analytics.demo import DEFAULT_TICKETS, TooFewTickets, write_exports

from .conftest import AS_OF, Exports


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_gives_others(tmp_path: Path) -> None:
    for name, seed in (("first", 3), ("second", 3), ("other", 4)):
        write_exports(tmp_path / name, 3_000, seed)
    assert digests(tmp_path / "first") == digests(tmp_path / "second")
    other = digests(tmp_path / "other")
    assert all(other[name] != digest for name, digest in digests(tmp_path / "first").items())


@pytest.mark.parametrize("tickets", [500, 2_017, 12_345])
def test_the_files_hold_exactly_as_many_tickets_as_asked_for(tmp_path: Path, tickets: int) -> None:
    files = write_exports(tmp_path, tickets, 5)
    ids = ("number", "number", "number", "Issue key", "Ticket Id")
    found = [
        pd.read_csv(file, usecols=[name], dtype=str)[name].nunique() for file, name in zip(files, ids, strict=True)
    ]
    document = json.loads((tmp_path / "truths.json").read_text(encoding="utf-8"))
    assert sum(found) == tickets
    assert [file["tickets"] for file in document["files"]] == found


def test_too_few_tickets_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(TooFewTickets, match="at least 500 tickets, not 10"):
        write_exports(tmp_path, 10)


def test_a_large_desk_has_no_history_and_says_so(tmp_path: Path) -> None:
    """Also the smoke test for size: set-wise, this takes a second or two."""
    files = write_exports(tmp_path, 300_000, 7)
    names = [file.name for file in files]
    assert "servicenow_incidents.csv" in names
    assert "servicenow_incident_log.csv" not in names
    incidents = pd.read_csv(
        tmp_path / "servicenow_incidents.csv", dtype=str, parse_dates=["opened_at", "resolved_at", "closed_at"]
    )
    assert incidents["number"].is_unique
    assert (incidents["opened_at"] <= incidents["resolved_at"])[incidents["resolved_at"].notna()].all()
    document = json.loads((tmp_path / "truths.json").read_text(encoding="utf-8"))
    assert [file["layout"] for file in document["files"] if "incidents" in file["file"]] == ["ServiceNow list"]
    assert document["tickets"] == 300_000


def test_progress_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    write_exports(tmp_path, 600, 1, said.append)
    assert said[0] == "Simulating 600 tickets"
    assert said[-1] == "Writing freshservice_requests.csv"


def in_order(*steps: pd.Series) -> bool:
    """Each step known is no earlier than any known before it, and no later than the export."""
    latest = steps[0]
    good = bool(latest.notna().all())
    for step in steps[1:]:
        good &= bool(((step >= latest) | step.isna()).all())
        latest = step.fillna(latest)
    return good and bool((latest < AS_OF).all())


def test_time_runs_forward_in_every_file(exports: Exports) -> None:
    log, issues, requests = exports.log, exports.issues, exports.requests
    assert in_order(log["opened_at"], log["sys_updated_at"])
    assert in_order(exports.incidents["opened_at"], exports.incidents["resolved_at"], exports.incidents["closed_at"])
    first_response = issues["Custom field ([CHART] Date of First Response)"]
    assert in_order(issues["Created"], first_response, issues["Resolved"], issues["Updated"])
    steps = ("Created Time", "Initial Response Time", "Resolved Time", "Closed Time", "Last Updated Time")
    assert in_order(*(requests[step] for step in steps))
    done = exports.changes[exports.changes["state"] == "Closed"]
    assert in_order(*(done[step] for step in ("opened_at", "start_date", "end_date", "closed_at")))
    assert in_order(*(exports.problems[step] for step in ("opened_at", "resolved_at", "closed_at")))


def test_every_ticket_in_the_log_begins_new_and_counts_its_updates(exports: Exports) -> None:
    log = exports.log
    first = log.drop_duplicates("number", keep="first")
    assert (first["incident_state"] == "New").all()
    assert (first["sys_updated_at"] == first["opened_at"]).all()
    assert (log["sys_mod_count"].astype(int) == log.groupby("number").cumcount()).all()
    assert (log.groupby("number")["sys_updated_at"].diff().dropna() >= pd.Timedelta(0)).all()


def test_the_last_state_in_the_log_agrees_with_the_times(exports: Exports) -> None:
    last = exports.incidents
    assert (last["resolved_at"].notna() == last["incident_state"].isin(["Resolved", "Closed"])).all()
    assert (last["closed_at"].notna() == last["incident_state"].isin(["Closed", "Canceled"])).all()
    assert ((last["active"] == "false") == last["incident_state"].isin(["Closed", "Canceled"])).all()


def test_open_tickets_have_no_end_and_old_ones_are_closed(exports: Exports) -> None:
    requests = exports.requests
    assert (requests["Resolved Time"].isna() == requests["Status"].isin(["Open", "Pending"])).all()
    stale = requests["Resolved Time"] < AS_OF - pd.Timedelta(days=6)
    assert (requests.loc[stale, "Status"] == "Closed").all()
    issues = exports.issues
    assert (issues["Resolved"].isna() == (issues["Status Category"] != "Done")).all()


def test_causes_and_problems_exist(exports: Exports) -> None:
    assert set(exports.incidents["caused_by"].dropna()) <= set(exports.changes["number"])
    assert set(exports.incidents["problem_id"].dropna()) <= set(exports.problems["number"])


def test_the_default_is_the_documented_size(exports: Exports) -> None:
    assert exports.document["tickets"] == DEFAULT_TICKETS
    assert exports.document["as_of"] == "2026-06-30T23:59:00"
