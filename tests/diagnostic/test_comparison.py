"""An answer beside the evidence: every pair has one verdict, and "cannot tell" is never a silent no."""

import pytest

from analytics.diagnostic.comparison import Answer, compare, compared
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.flow.basis import Basis

DIAGNOSTIC = find_questionnaire("diagnostic")
FIRST = DIAGNOSTIC.statements[0]


def finding(verdict: Verdict, name: str = FIRST.evidence) -> Finding:
    basis = Basis("", "", {}, None, 0)
    return Finding(name, verdict, None, None, "", "found", "rule", None, None, basis, reason="no history.")


@pytest.mark.parametrize(
    ("answer", "says", "verdict"),
    [
        ("yes", AGREES, AGREES),
        ("yes", DISAGREES, DISAGREES),
        ("yes", PARTIAL, PARTIAL),
        ("yes", CANNOT_TELL, CANNOT_TELL),
        ("no", AGREES, DISAGREES),
        ("no", DISAGREES, AGREES),
        ("no", PARTIAL, PARTIAL),
        ("no", CANNOT_TELL, CANNOT_TELL),
        ("dont_know", AGREES, CANNOT_TELL),
        ("dont_know", DISAGREES, CANNOT_TELL),
        (None, AGREES, CANNOT_TELL),
        (None, CANNOT_TELL, CANNOT_TELL),
    ],
)
def test_the_verdict_of_an_answer(answer: Answer | None, says: Verdict, verdict: Verdict) -> None:
    assert compared(FIRST, answer, finding(says)).verdict == verdict


def test_a_statement_without_a_rule_is_perception_only() -> None:
    row = compared(FIRST, "yes", None)
    assert (row.verdict, row.data_says) == (CANNOT_TELL, "Perception only")


def test_what_cannot_be_told_says_why_and_is_no_no() -> None:
    row = compared(FIRST, "no", finding(CANNOT_TELL))
    assert row.sentence == "The tickets cannot tell. No history."
    assert row.data_says == "Cannot tell"


def test_ticked_and_supported_are_counted_apart() -> None:
    says = [AGREES, AGREES, DISAGREES, PARTIAL, CANNOT_TELL, AGREES, AGREES]
    found = [finding(verdict, one.evidence) for verdict, one in zip(says, DIAGNOSTIC.statements, strict=True)]
    answers: dict[str, Answer | None] = {DIAGNOSTIC.statements[0].id: "yes", DIAGNOSTIC.statements[2].id: "yes"}
    shown = compare(DIAGNOSTIC, answers, found)
    assert (shown.ticked, shown.supported, shown.told) == (2, 4, 7 - 1)
    assert shown.sentence == "You ticked 2 of 7; the tickets support 4, and cannot tell of 1."
    assert shown.band is not None
    assert shown.band.name == "Specific gaps"
    assert [row.verdict for row in shown.rows][:3] == [AGREES, CANNOT_TELL, DISAGREES]
