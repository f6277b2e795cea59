"""The benchmark's competitors give the same numbers. No test asserts a time."""

import sys
from pathlib import Path

import pytest

from tests.bench.asking import QUESTIONS, compare_asking
from tests.bench.comparison import Comparison, markdown
from tests.bench.export import write_export
from tests.bench.flow_queries import compare_flow
from tests.bench.queries import compare_queries
from tests.bench.questions import same
from tests.bench.rounds import alternate
from tests.bench.sql_beside import compare_beside

TICKETS = 20_000


def test_backlight_hand_tuned_sql_and_pandas_give_the_same_numbers(tmp_path: Path) -> None:
    comparisons = compare_queries(TICKETS, 1, tmp_path)
    assert {one.rival for one in comparisons} == {"hand-tuned SQL", "pandas"}
    assert all(one.ours > 0 and one.theirs > 0 for one in comparisons)


def test_the_views_of_the_backlog_give_the_same_numbers_as_hand_tuned_sql(tmp_path: Path) -> None:
    comparisons = compare_flow(TICKETS, 1, tmp_path)
    assert len([one for one in comparisons if one.target]) == 2 + 2 * 13
    assert all(one.ours > 0 and one.theirs > 0 for one in comparisons)


def test_every_question_is_read_and_answered(tmp_path: Path) -> None:
    comparisons = compare_asking(TICKETS, 1, tmp_path)
    assert [one.what for one in comparisons[3:]] == list(QUESTIONS)
    assert all(one.ours > 0 and one.theirs > 0 for one in comparisons)


@pytest.mark.skipif(sys.platform != "linux", reason="SQL runs on Linux only")
def test_own_queries_are_measured_alone_and_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.bench.sql_beside.QUERIES", 5)
    comparisons = compare_beside(TICKETS, 1, tmp_path)
    assert [one.rival for one in comparisons] == ["50 ms", "alone"] * 2
    assert all(one.ours > 0 and one.theirs > 0 for one in comparisons)


def test_answers_that_differ_are_told_apart() -> None:
    rows = [("mttr", "2026-06-01", 20.0)]
    assert same(rows, [("mttr", "2026-06-01", 20.0 + 1e-12)])
    assert not same(rows, [("mttr", "2026-06-01", 20.001)])
    assert not same(rows, [("mttr", "2026-06-08", 20.0)])
    assert not same(rows, [])


def test_competitors_take_turns() -> None:
    turns: list[str] = []

    def competitor(name: str) -> dict[str, float]:
        turns.append(name)
        return {"seconds": float(len(turns))}

    found = alternate({name: lambda name=name: competitor(name) for name in "ab"}, 3)
    assert "".join(turns) == "abbaab"
    assert found == {"a": {"seconds": 4.0}, "b": {"seconds": 3.0}}


def test_the_export_has_a_row_for_each_ticket(tmp_path: Path) -> None:
    lines = write_export(tmp_path / "small.csv", 100).read_text().splitlines()
    assert lines[1].startswith('"INC')
    assert "short_description" in lines[0]
    assert len(lines) == 101


@pytest.mark.parametrize(("ours", "verdict"), [(1.4, "met"), (1.6, "**missed**")])
def test_a_target_is_met_or_missed(ours: float, verdict: str) -> None:
    one = Comparison("all queries", 1_000_000, ours, "hand-tuned SQL", 1.0, "s", 1.5)
    assert one.verdict == verdict
    assert (
        markdown([one]).splitlines()[-1]
        == f"| all queries | 1,000,000 | {ours} s | hand-tuned SQL | 1.0 s | {ours:.2f} | 1.5 | {verdict} |"
    )
