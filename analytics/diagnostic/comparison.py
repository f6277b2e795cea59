"""Comparison: what a team answered beside what its tickets say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.questionnaire import Band, Questionnaire, Statement

Answer = Literal["yes", "no", "dont_know"]
ANSWERS: dict[Answer, str] = {"yes": "Yes", "no": "No", "dont_know": "Don't know"}
_DATA = {AGREES: "Yes", DISAGREES: "No", PARTIAL: "In part", CANNOT_TELL: "Cannot tell"}


@dataclass(frozen=True)
class Compared:
    """One statement: the answer (None: not answered), the finding (None: perception only), and how they compare."""

    statement: Statement
    answer: Answer | None
    finding: Finding | None
    verdict: Verdict
    sentence: str

    @property
    def data_says(self) -> str:
        """What the tickets say of the statement, in a word or two."""
        return _DATA[self.finding.verdict] if self.finding else "Perception only"


@dataclass(frozen=True)
class Comparison:
    """All statements of one questionnaire: how many are `ticked`, `supported` by the tickets, and can be `told`."""

    questionnaire: Questionnaire
    rows: tuple[Compared, ...]
    ticked: int
    supported: int
    told: int

    @property
    def band(self) -> Band | None:
        """The band of what was ticked."""
        return self.questionnaire.band(self.ticked)

    @property
    def sentence(self) -> str:
        """Both in words, as in `You ticked 2 of 7; the tickets support 5, and cannot tell of 1`."""
        total = len(self.rows)
        untold = total - self.told
        rest = f", and cannot tell of {untold}" if untold else ""
        return f"You ticked {self.ticked} of {total}; the tickets support {self.supported}{rest}."


def compare(
    questionnaire: Questionnaire, answers: Mapping[str, Answer | None], findings: Sequence[Finding]
) -> Comparison:
    """The answers of one person or team beside the findings; what is supported in part does not count as supported."""
    found = {finding.id: finding for finding in findings}
    rows = tuple(
        compared(statement, answers.get(statement.id), found.get(statement.evidence))
        for statement in questionnaire.statements
    )
    verdicts = [row.finding.verdict if row.finding else CANNOT_TELL for row in rows]
    ticked = sum(row.answer == "yes" for row in rows)
    told = sum(verdict != CANNOT_TELL for verdict in verdicts)
    return Comparison(questionnaire, rows, ticked, verdicts.count(AGREES), told)


def compared(statement: Statement, answer: Answer | None, finding: Finding | None) -> Compared:
    """One statement's answer beside its finding."""
    if finding is None:
        return Compared(statement, answer, None, CANNOT_TELL, "No ticket can tell: this one is perception only.")
    if finding.verdict == CANNOT_TELL:
        return Compared(statement, answer, finding, CANNOT_TELL, f"The tickets cannot tell: {finding.reason}")
    if answer is None or answer == "dont_know":
        word = "You did not know" if answer else "Not answered"
        return Compared(statement, answer, finding, CANNOT_TELL, f"{word}. {_heard(finding.verdict)}")
    if finding.verdict == PARTIAL:
        return Compared(statement, answer, finding, PARTIAL, f"You said {answer}. {_heard(PARTIAL)}")
    same = (answer == "yes") == (finding.verdict == AGREES)
    verdict = AGREES if same else DISAGREES
    return Compared(statement, answer, finding, verdict, f"You said {answer}. {_heard(finding.verdict)}")


def _heard(verdict: Verdict) -> str:
    return {
        AGREES: "The tickets say that it is so.",
        DISAGREES: "The tickets speak against it.",
        PARTIAL: "The tickets support it in part.",
    }[verdict]
