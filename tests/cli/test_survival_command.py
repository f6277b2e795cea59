"""`survival`: the contract of the command line, on a small desk."""

import json
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

# Followed to 2026-03-20 08:00. Network: 1, 2, 3, 4, 5 h. Desk: 10 h and four open for 240 h or longer.
DESK = """
ticket | status    | group   | priority | opened           | resolved         | updated
A      | resolved  | network | 1        | 2026-02-10 08:00 | 2026-02-10 09:00 |
B      | resolved  | network | 1        | 2026-02-10 08:00 | 2026-02-10 10:00 |
C      | resolved  | network | 1        | 2026-02-10 08:00 | 2026-02-10 11:00 |
D      | resolved  | network | 1        | 2026-02-10 08:00 | 2026-02-10 12:00 |
E      | resolved  | network | 1        | 2026-02-10 08:00 | 2026-02-10 13:00 |
F      | resolved  | desk    |          | 2026-03-10 08:00 | 2026-03-10 18:00 |
G      | new       | desk    |          | 2026-03-10 08:00 |                  |
H      | new       | desk    |          | 2026-03-10 08:00 |                  |
I      | new       | desk    |          | 2026-03-10 08:00 |                  |
J      | new       | desk    |          | 2026-03-10 08:00 |                  | 2026-03-20 08:00
K      | cancelled | desk    | 2        | 2026-03-10 08:00 | 2026-03-10 18:00 |
L      | resolved  | other   | 2        | 2026-03-10 08:00 | 2026-03-10 18:00 |
"""


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("warehouse")
    snapshot_of(tickets_in(DESK), folder)
    return CommandLine(folder)


def test_the_document_holds_what_the_contract_names(cli: CommandLine) -> None:
    document = cli("survival", "--json").document
    assert {
        "sentence", "tickets", "censored", "median_hours", "median_more_than_hours", "quantiles",
        "restricted_mean_hours", "horizon_hours", "within", "curve", "by_month", "definition", "as_of", "filters",
        "tickets_used", "tickets_excluded", "excluded", "caveats", "sql", "parameters",
    } <= set(document)  # fmt: skip
    assert (document["tickets"], document["censored"]) == (11, 4)
    assert document["median_hours"] == 10
    assert document["excluded"] == [{"reason": "cancelled, merged or spam", "tickets": 1}]
    within = document["within"]
    assert (within["hours"], within["share"]) == (24, pytest.approx(7 / 11))
    assert 0 < within["lo"] < within["share"] < within["hi"] < 1
    assert document["curve"][0] == {"hours": 0, "survival": 1, "lo": 1, "hi": 1, "at_risk": 11}
    assert document["curve"][-1]["survival"] == pytest.approx(4 / 11)
    assert "groups" not in document


def test_an_undefined_median_is_null_with_what_it_exceeds_and_why(cli: CommandLine) -> None:
    document = cli("survival", "--where", "assignment_group=desk", "--json").document
    assert document["median_hours"] is None
    assert document["median_more_than_hours"] == 240
    assert "fewer than half have ended" in document["reason"]
    assert document["quantiles"]["0.5"] is None


def test_groups_come_with_their_figures_and_small_ones_without(cli: CommandLine) -> None:
    document = cli("survival", "--by", "assignment_group", "--within", "3", "--json").document
    groups = {group["assignment_group"]: group for group in document["groups"]}
    assert (groups["network"]["median_hours"], groups["network"]["within"]["share"]) == (3, pytest.approx(3 / 5))
    assert groups["network"]["restricted_mean_hours"] == pytest.approx(3)
    assert groups["desk"]["median_more_than_hours"] == 240
    assert groups["desk"]["within"]["share"] == 0
    small = groups["other"]
    assert (small["tickets"], small["median_hours"], small["curve"]) == (1, None, [])
    assert small["reason"] == "fewer than 5 tickets"
    assert small["within"]["share"] is None
    priorities = cli("survival", "--by", "priority", "--json").document["groups"]
    assert {group["priority"] for group in priorities} == {1, 2, None}


def test_by_month_the_conventional_figure_stands_beside_the_honest_one(cli: CommandLine) -> None:
    february, march = cli("survival", "--json").document["by_month"]
    assert february["month"] == "2026-02-01"
    assert (february["conventional_mean_hours"], february["conventional_median_hours"]) == (3, 3)
    assert (february["median_hours"], february["still_open_share"], february["tickets"]) == (3, 0, 5)
    assert (march["median_hours"], march["median_more_than_hours"]) == (None, 240)
    assert march["still_open_share"] == pytest.approx(4 / 6)
    assert march["conventional_median_hours"] is None  # of two tickets
    assert march["reason"] == "fewer than half have ended"


def test_the_period_is_that_of_opening(cli: CommandLine) -> None:
    document = cli("survival", "--from", "2026-03-01", "--to", "2026-04-01", "--json").document
    assert document["tickets"] == 6
    assert document["filters"] == "tickets opened from 2026-03-01 to 2026-03-31"
    assert document["parameters"]["from_date"] == "2026-03-01"


def test_for_a_person_it_is_text(cli: CommandLine) -> None:
    answer = cli("survival", "--by", "assignment_group")
    assert (answer.code, answer.err) == (0, "")
    for words in (
        "Half of the tickets end within 10.0 h",
        "network  3.0 h  n=5, 0 open",
        "more than 10.0 days",
        "too few",
    ):
        assert words in answer.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.out)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--by", "prioritty"], "Did you mean 'priority'?"),
        (["--by", "assignee"], "people"),
        (["--within", "0"], "above 0"),
        (["--within", "nan"], "above 0"),
        (["--within", "soon"], "within"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(cli: CommandLine, arguments: list[str], words: str) -> None:
    answer = cli("survival", *arguments)
    assert answer.code == 2
    assert words in answer.err
    assert "Traceback" not in answer.err


def test_an_empty_selection_is_no_failure(cli: CommandLine) -> None:
    document = cli("survival", "--from", "2030-01-01", "--json").document
    assert document["tickets"] == 0
    assert document["median_hours"] is None
    assert document["by_month"] == []
    assert "No tickets" in document["sentence"]


def test_without_data_it_says_so(tmp_path: Path) -> None:
    assert CommandLine(tmp_path)("survival").code == 2
