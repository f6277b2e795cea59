"""ask: a question in words at the command line, as text and as JSON; a refusal is an answer and exits with 0."""

from pathlib import Path

import pytest

from tests.ask.asked import TICKETS
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("asked")
    snapshot_of(tickets_in(TICKETS), folder)
    return CommandLine(folder)


def test_the_answer_has_the_sentence_the_rows_and_what_stands_behind(cli: CommandLine) -> None:
    found = cli("ask", "mttr by assignment group last month")
    assert (found.code, found.err) == (0, "")
    lines = found.out.splitlines()
    assert " ".join(lines[:2]).startswith("'Network' had the highest mean time to resolve last month (1 to 31 May 2026")
    assert "  assignment group    value  tickets" in lines
    assert "  Network            16.0 h        6" in lines
    assert "  Remote            too few        2" in lines
    assert "understood: Mean time to resolve by assignment group, last month (1 to 31 May 2026)" in lines
    assert "Mean time to resolve: Mean calendar hours from opened to resolved, of the tickets resolved in the" in lines
    assert "used 14 tickets, excluded 3 (3 still open)" in lines
    assert lines[-1] == "as of 12 Jun 2026, 12:00"


def test_words_may_stand_without_quotation_marks(cli: CommandLine) -> None:
    quoted, loose = cli("ask", "backlog by category", "--json"), cli("ask", "backlog", "by", "category", "--json")
    assert quoted.document == loose.document


def test_the_number_is_that_of_the_kpi(cli: CommandLine) -> None:
    document = cli("ask", "how many tickets were opened in may 2026", "--json").document
    (row,) = document["answer"]["rows"]
    assert row["value"] == cli.kpi("volume", "--from", "2026-05-01", "--to", "2026-06-01").value == 17
    assert (document["understood"]["from"], document["understood"]["to"]) == ("2026-05-01", "2026-06-01")


def test_a_long_table_is_cut_and_says_so(cli: CommandLine) -> None:
    lines = cli("ask", "ticket volume by day").out.splitlines()
    assert [line for line in lines if line.startswith("  and ") and line.endswith(" earlier rows")]
    assert sum(line.startswith("  ") and "2026" in line for line in lines) == 20


def test_a_refusal_says_why_and_what_can_be_asked_and_exits_with_0(cli: CommandLine) -> None:
    found = cli("ask", "what will the weather be in Leeds", "--json")
    assert found.code == 0
    assert found.document["refused"]["reason"]
    said = cli("ask", "what will the weather be in Leeds")
    assert said.code == 0
    assert said.out.startswith(found.document["refused"]["reason"])


def test_a_split_by_a_person_is_refused(cli: CommandLine) -> None:
    assert "refused" in cli("ask", "mttr by assignee", "--json").document


def test_without_data_it_says_what_to_do(tmp_path: Path) -> None:
    assert CommandLine(tmp_path / "nothing")("ask", "mttr").sentence


def test_without_a_question_it_says_so(cli: CommandLine) -> None:
    assert "required: QUESTION" in cli("ask").sentence
