"""The command clear on real exports: those that cannot be forecast are refused with their reason, others answered.

The files are not part of the project: they lie in `shared/exports` beside the checkout, or these tests are skipped.
"""

from pathlib import Path

import pytest

from tests.cli.command_line import ROOT, CommandLine

EXPORTS = ROOT.parent / "shared" / "exports"
real = pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)")
pytestmark = [pytest.mark.slow, real]


@pytest.mark.parametrize(
    ("file", "reason"),
    [("servicenow-event-log/incident_event_log.zip", "the sound records end on 29 May 2016"),
     ("volvo-it/incidents.csv", "no whole week whose records are sound")],
)  # fmt: skip
def test_a_log_that_stopped_is_refused(tmp_path: Path, file: str, reason: str) -> None:
    cli = CommandLine(tmp_path)
    assert cli("import", str(EXPORTS / file), "--json").code == 0
    document = cli("clear", "--target", "100", "--json").document
    assert reason in document["refused"]
    assert (document["probability"], document["levers"]) == (None, [])


def test_the_italian_helpdesk_is_answered(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path)
    assert cli("import", str(EXPORTS / "italian-helpdesk/finale.csv"), "--json").code == 0
    low, high = (cli("clear", "--target", target, "--json").document for target in ("30", "120"))
    assert low["probability"] < high["probability"]
    # Fewer than five people end its tickets in a usual week: their rate is not told.
    assert all(lever["people"] is None for lever in low["levers"])
    assert "cannot be told" in " ".join(lever["sentence"] for lever in low["levers"])
