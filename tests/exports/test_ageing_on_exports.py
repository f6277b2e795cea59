"""Age and ownership on public exports of real desks, through the command line."""

from collections.abc import Callable

import pytest

from tests.cli.command_line import CommandLine
from tests.exports.test_real_exports import EXPORTS, FILES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], CommandLine]
WINDOWS = {
    "uci": "2016-05-01",
    "volvo": "2012-05-01",
    "apache": "2019-01-12",
    "italian": "2013-01-01",
    "chicago": "2014-07-01",
}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    done: dict[str, CommandLine] = {}

    def load(name: str) -> CommandLine:
        if name not in done:
            done[name] = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert done[name]("import", str(EXPORTS / FILES[name])).code == 0
        return done[name]

    return load


@pytest.mark.parametrize("name", WINDOWS)
def test_bands_and_classes_add_up_to_the_backlog(loaded: Loaded, name: str) -> None:
    cli = loaded(name)
    for window in ([], ["--to", WINDOWS[name]]):
        backlog = cli.kpi("backlog", *window).value
        ages, owners = (cli(command, *window, "--json").document for command in ("ageing", "ownership"))
        assert sum(band["tickets"] for band in ages["bands"]) == ages["tickets"] == backlog
        assert sum(held["tickets"] for held in owners["classes"]) == owners["tickets"] == backlog


def test_apaches_backlog_is_old_and_mostly_without_an_owner(loaded: Loaded) -> None:
    cli = loaded("apache")
    ages, owners = cli("ageing", "--json").document, cli("ownership", "--json").document
    assert [band["tickets"] for band in ages["bands"]] == [23, 28, 8_469 - 23 - 28]
    assert (ages["past"]["p95"], round(ages["lines"]["p95"], 1), ages["lines"]["n"]) == (5_282, 883.9, 2_275)
    counts = {held["name"]: held["tickets"] for held in owners["classes"]}
    assert (counts["group_only"], counts["owned"]) == (8_469 - 3_089, 24)


def test_the_servicenow_log_at_the_end_of_april(loaded: Loaded) -> None:
    ages = loaded("uci")("ageing", "--to", "2016-05-01", "--json").document
    assert [band["tickets"] for band in ages["bands"]] == [561, 442, 1_340 - 561 - 442]
    assert ages["lines"]["n"] == 15_796


def test_chicago_names_no_assignee_and_says_so(loaded: Loaded) -> None:
    document = loaded("chicago")("ownership", "--json").document
    assert document["sentence"] == "Who holds the 325 tickets open now cannot be told: the export has no assignees."
