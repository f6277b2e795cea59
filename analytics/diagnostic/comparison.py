"""Comparison: what a team answered beside what its tickets say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.perception import Group, Tally
from analytics.diagnostic.questionnaire import Band, Questionnaire, Statement

Answer = Literal["yes", "no", "dont_know"]
ANSWERS: dict[Answer, str] = {"yes": "Yes", "no": "No", "dont_know": "Don't know"}
_DATA = {AGREES: "Yes", DISAGREES: "No", PARTIAL: "In part", CANNOT_TELL: "Cannot tell"}


@dataclass(frozen=True)
class Compared:
    """One statement: the answer (None: not answered), the finding (None: perception only), and how they compare.

    Of a group, `tally` is what its members answered, and `answer` what more of them did; None where they are divided.
    """

    statement: Statement
    answer: Answer | None
    finding: Finding | None
    verdict: Verdict
    sentence: str
    tally: Tally | None = None

    @property
    def said(self) -> str:
        """What was answered, in a word or two: `Yes`, or of a group `4 of 6 yes`."""
        if self.tally:
            return f"{self.tally.yes} of {self.tally.answered} yes" if self.tally.answered else "Not answered"
        return ANSWERS[self.answer] if self.answer else "Not answered"

    @property
    def data_says(self) -> str:
        """What the tickets say of the statement, in a word or two."""
        return _DATA[self.finding.verdict] if self.finding else "Perception only"


@dataclass(frozen=True)
class Comparison:
    """All statements of one questionnaire: how many are `ticked`, `supported` by the tickets, and can be `told`.

    Of a group of so many `people`, a statement is ticked if more of them said yes than no.
    """

    questionnaire: Questionnaire
    rows: tuple[Compared, ...]
    ticked: int
    supported: int
    told: int
    people: int | None = None

    @property
    def band(self) -> Band | None:
        """The band of what was ticked."""
        return self.questionnaire.band(self.ticked)

    @property
    def band_found(self) -> Band | None:
        """The band of what the tickets support; None unless they can tell of every statement."""
        return self.questionnaire.band(self.supported) if self.told == len(self.rows) else None

    @property
    def sentence(self) -> str:
        """Both in words, as in `You ticked 2 of 7; the tickets support 5, and cannot tell of 1`."""
        total = len(self.rows)
        untold = total - self.told
        rest = f", and cannot tell of {untold}" if untold else ""
        said = f"You ticked {self.ticked} of {total}"
        if self.people is not None:
            said = f"Of {self.people} people more said yes than no to {self.ticked} of {total}"
        return f"{said}; the tickets support {self.supported}{rest}."


def compare(
    questionnaire: Questionnaire, answers: Mapping[str, Answer | None], findings: Sequence[Finding]
) -> Comparison:
    """The answers of one person or team beside the findings; what is supported in part does not count as supported."""
    found = {finding.id: finding for finding in findings}
    return _counted(
        questionnaire,
        tuple(
            compared(statement, answers.get(statement.id), found.get(statement.evidence))
            for statement in questionnaire.statements
        ),
    )


def compare_group(questionnaire: Questionnaire, group: Group, findings: Sequence[Finding]) -> Comparison:
    """What most of a group answered beside the findings."""
    found = {finding.id: finding for finding in findings}
    return _counted(
        questionnaire,
        tuple(
            compared_tally(statement, group.tally(statement.id), found.get(statement.evidence))
            for statement in questionnaire.statements
        ),
        group.people,
    )


def _counted(questionnaire: Questionnaire, rows: tuple[Compared, ...], people: int | None = None) -> Comparison:
    verdicts = [row.finding.verdict if row.finding else CANNOT_TELL for row in rows]
    ticked = sum(row.answer == "yes" for row in rows)
    told = sum(verdict != CANNOT_TELL for verdict in verdicts)
    return Comparison(questionnaire, rows, ticked, verdicts.count(AGREES), told, people)


def compared(statement: Statement, answer: Answer | None, finding: Finding | None) -> Compared:
    """One statement's answer beside its finding."""
    if finding is None:
        return Compared(statement, answer, None, CANNOT_TELL, "No ticket can tell: this one is perception only.")
    if finding.verdict == CANNOT_TELL:
        return Compared(statement, answer, finding, CANNOT_TELL, f"The tickets cannot tell. {finding.reason}")
    if answer is None or answer == "dont_know":
        word = "You did not know" if answer else "Not answered"
        return Compared(statement, answer, finding, CANNOT_TELL, f"{word}. {_heard(finding.verdict)}")
    if finding.verdict == PARTIAL:
        return Compared(statement, answer, finding, PARTIAL, f"You said {answer}. {_heard(PARTIAL)}")
    same = (answer == "yes") == (finding.verdict == AGREES)
    verdict = AGREES if same else DISAGREES
    return Compared(statement, answer, finding, verdict, f"You said {answer}. {_heard(finding.verdict)}")


def compared_tally(statement: Statement, tally: Tally, finding: Finding | None) -> Compared:
    """One statement's answers by a group beside its finding: agreed or not with what more of them said."""
    if finding is None or finding.verdict == CANNOT_TELL:
        return replace(compared(statement, _majority(tally), finding), tally=tally)
    said, heard = f"{tally.yes} of {tally.answered} said yes, {tally.no} no.", _heard(finding.verdict)
    answer = _majority(tally)
    if tally.yes + tally.no == 0:
        return Compared(statement, None, finding, CANNOT_TELL, f"Nobody said yes or no. {heard}", tally)
    if answer is None or finding.verdict == PARTIAL:
        return Compared(statement, answer, finding, PARTIAL, f"{said} {heard}", tally)
    same = (answer == "yes") == (finding.verdict == AGREES)
    return Compared(statement, answer, finding, AGREES if same else DISAGREES, f"{said} {heard}", tally)


def _majority(tally: Tally) -> Answer | None:
    if tally.yes == tally.no:
        return None
    return "yes" if tally.yes > tally.no else "no"


def _heard(verdict: Verdict) -> str:
    return {
        AGREES: "The tickets say that it is so.",
        DISAGREES: "The tickets speak against it.",
        PARTIAL: "The tickets support it in part.",
    }[verdict]
