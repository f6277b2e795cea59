"""Signs: healthy or broken, one a statement, from what the tickets say of it and how that has moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from analytics.diagnostic.course import Course, course
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.diagnostic.questionnaire import Statement

State = Literal["healthy", "in between", "broken", "cannot tell"]
STATES: dict[Verdict, State] = {
    AGREES: "broken",
    PARTIAL: "in between",
    DISAGREES: "healthy",
    CANNOT_TELL: "cannot tell",
}
_TOLD: tuple[State, ...] = ("broken", "in between", "healthy")
# Rules whose number is of what should be there; of all others it is of what should not.
LOWER_IS_WORSE = frozenset({"reporting_is_manual", "no_strategic_work"})


@dataclass(frozen=True)
class Sign:
    """One statement turned into a sign; `finding` is None where no ticket can tell."""

    statement: Statement
    finding: Finding | None
    state: State
    course: Course

    @property
    def words(self) -> str:
        """What the state is called in the sign's own words."""
        if self.state == "healthy":
            return self.statement.healthy
        if self.state == "broken":
            return self.statement.broken
        if self.state == "in between":
            return f"In part: {self.statement.broken[0].lower()}{self.statement.broken[1:]}"
        return "The tickets cannot tell"

    @property
    def is_gap(self) -> bool:
        """Whether there is something to mend, in part or whole."""
        return self.state in ("broken", "in between")


def sign_of(statement: Statement, finding: Finding | None) -> Sign:
    """The sign of a statement and its finding."""
    if finding is None:
        return Sign(statement, None, "cannot tell", course(()))
    values = [] if finding.trend.empty else [float(value) for value in finding.trend["value"].astype(float)]
    lower = statement.evidence in LOWER_IS_WORSE
    return Sign(statement, finding, STATES[finding.verdict], course(values, lower))


def states_sentence(signs: Sequence[Sign]) -> str:
    """`Of 7 signs 3 are broken, 1 is in between, 2 are healthy, and 1 cannot be told.`."""
    counts = {state: sum(sign.state == state for sign in signs) for state in STATES.values()}
    parts = [f"{counts[state]} {'is' if counts[state] == 1 else 'are'} {state}" for state in _TOLD if counts[state]]
    if counts["cannot tell"]:
        parts.append(f"{counts['cannot tell']} cannot be told")
    if not parts:
        return "There is no sign to look at."
    joined = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"
    return f"Of {len(signs)} signs {joined}."
