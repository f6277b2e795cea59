"""Problem records counted apart from incidents: those kept here, and those that the export holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analytics.diagnostic.recurrence.recurring_span import FAULTS
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import count_text
from analytics.selection import Selection
from analytics.store.problem_records import KeptProblem
from analytics.warehouse.engine import Engine

_PROBLEM = "ticket_type = 'problem'"
_OPEN = "ended_at IS NULL"
_DEFINITION = (
    "Problem records kept here, and those of the export, counted apart from the incidents that they are about. A fault "
    "stayed gone if so few tickets came after its fix as the rate before makes improbable (under 5 %)."
)
_OVERDUE = (
    "Overdue: still open after the day on which the root cause should be known, five business days by the calendar "
    "unless another day was set."
)
_CAVEATS = (
    _OVERDUE,
    "The rate before rests on few tickets and is itself uncertain: the interval allows for it.",
)


@dataclass(frozen=True)
class ProblemCounts:
    """Kept here: `open` without what was fixed or dropped, `overdue` of them without a cause in time, `fixed`.

    In the export: `exported` problem records, `exported_open` of them, and `linked` incidents that name one.
    """

    open: int
    overdue: int
    fixed: int
    exported: int
    exported_open: int
    linked: int
    incidents: int
    basis: Basis

    @property
    def sentence(self) -> str:
        """The answer in one or two sentences."""
        noun = "problem record is" if self.open == 1 else "problem records are"
        late = "none of them overdue" if not self.overdue else f"{count_text(self.overdue)} with the root cause overdue"
        here = f"{count_text(self.open)} {noun} open here, {late}"
        if not self.open:
            here = "No problem record is open here"
        fixed = f"; {count_text(self.fixed)} fixed" if self.fixed else ""
        if not self.exported and not self.linked:
            return f"{here}{fixed}. The export holds none, apart from {count_text(self.incidents)} incidents."
        return (
            f"{here}{fixed}. The export holds {count_text(self.exported)}, {count_text(self.exported_open)} of them "
            f"open, and {count_text(self.linked)} of {count_text(self.incidents)} incidents are linked to one."
        )


def is_overdue(kept: KeptProblem, today: date) -> bool:
    """Whether the root cause should be known by now and is not."""
    return kept.entered.status == "open" and kept.entered.root_cause_due_on < today


def problem_counts(engine: Engine, filters: Filters, kept: Sequence[KeptProblem], today: date) -> ProblemCounts:
    """The counts; those of the export are of the filters' values and up to their end."""
    still = [one for one in kept if one.entered.status in ("open", "cause known")]
    until = filters.between(None, filters.end)
    conditions = ["opened_on IS NOT NULL", *until.period_conditions("opened_on"), *until.value_conditions()]
    sql = (
        f"SELECT count(*) FILTER (WHERE {_PROBLEM}) AS exported,\n"
        f"  count(*) FILTER (WHERE {_PROBLEM} AND {_OPEN}) AS exported_open,\n"
        f"  count(*) FILTER (WHERE {FAULTS} AND problem_id IS NOT NULL) AS linked,\n"
        f"  count(*) FILTER (WHERE {FAULTS}) AS incidents\nFROM tickets\nWHERE {' AND '.join(conditions)}"
    )
    counted = engine.query(sql, until.parameters()).iloc[0]
    fixed = sum(one.entered.status == "fixed" for one in kept)
    overdue = sum(is_overdue(one, today) for one in still)
    names = ("exported", "exported_open", "linked", "incidents")
    numbers = [int(counted[name]) for name in names]
    used = numbers[0] + numbers[-1]
    words = until.sentence("opened")
    basis = Basis(_DEFINITION, sql, until.parameters(), engine.as_of, used, caveats=_CAVEATS, filters=words)
    return ProblemCounts(len(still), overdue, fixed, numbers[0], numbers[1], numbers[2], numbers[3], basis)


def exported_problems(filters: Filters) -> Selection:
    """The problem records of the export."""
    until = filters.between(None, filters.end)
    conditions = [_PROBLEM, *until.period_conditions("opened_on"), *until.value_conditions()]
    return Selection("problem records in the export", " AND ".join(conditions), until.parameters())
