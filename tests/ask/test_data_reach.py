"""Days that the data does not cover are unknown, never nothing."""

import pytest

from analytics.ask.answer import Shape
from analytics.ask.ask_document import answer_document
from tests.ask.asked import TICKETS, ask
from tests.conftest import MakeDesk

# The desk's first ticket is of 6 April 2026, its newest event of 12 June 2026.


@pytest.mark.parametrize("kpi", ["volume", "backlog", "mttr", "fcr"])
def test_days_before_the_data_cannot_be_told(desk: MakeDesk, kpi: str) -> None:
    found = ask(desk(TICKETS), f"kpi={kpi}&from=2025-01-01&to=2026-01-01")
    assert found.sentence == "Cannot tell: the data starts on 6 Apr 2026, and these days are before it."
    assert (found.shape, found.result, len(found.table)) == (Shape.NONE, None, 0)
    (row,) = answer_document(found)["rows"]
    assert row == {"value": None, "numerator": None, "denominator": None, "reason": found.sentence}


def test_days_after_the_data_cannot_be_told_yet(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&from=2026-07-01&to=2026-08-01")
    assert found.sentence == "Cannot tell yet: the data ends on 12 Jun 2026, and these days are after it."


def test_a_comparison_with_days_before_the_data_is_left_out_and_said(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&from=2026-05-01&to=2026-06-01&compare=year before")
    assert found.before is None
    assert "before" not in found.table.columns
    assert "There is nothing to compare with: the data starts on 6 Apr 2026." in found.notes
    assert "more than" not in found.sentence


def test_a_comparison_that_the_data_covers_in_part_says_from_when(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&from=2026-05-01&to=2026-06-01&compare=before")
    assert found.before is not None
    assert "The days compared with are known only from 6 Apr 2026 on, where the data starts." in found.notes


def test_an_order_by_change_without_anything_before_cannot_be_told(desk: MakeDesk) -> None:
    asked = "kpi=volume&by=category&from=2026-05-01&to=2026-06-01&compare=year before&order=change desc"
    found = ask(desk(TICKETS), asked)
    assert found.sentence == "There is nothing to compare with: the data starts on 6 Apr 2026."
    assert found.result is None


def test_days_within_the_data_need_no_word_on_its_reach(desk: MakeDesk) -> None:
    found = ask(desk(TICKETS), "kpi=volume&from=2026-05-01&to=2026-06-01")
    assert not [note for note in found.notes if "the data starts" in note.casefold()]
    assert found.whole is not None
    assert found.whole.value == 14 + 3
