"""Gaps: the signs that are broken, in order of what they cost; those without a known cost stand apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding_words import interval_of
from analytics.diagnostic.signs import Sign


@dataclass(frozen=True)
class Gap:
    """A broken sign with what it costs, in hours a month from `low` to `high`."""

    sign: Sign
    cost: Cost
    low: float
    hours: float
    high: float

    @property
    def hours_text(self) -> str:
        """`120 (60 to 240)`."""
        found = interval_of(self.cost)
        return found.text if found else ""

    def may_cost_as_much_as(self, other: "Gap") -> bool:
        """Whether the interval reaches what the other one most likely costs."""
        return self.high >= other.hours


@dataclass(frozen=True)
class Gaps:
    """`costed` has the dearest first; `uncosted` are gaps of unknown cost; `untold` signs of unknown state."""

    costed: tuple[Gap, ...]
    uncosted: tuple[Sign, ...]
    untold: tuple[Sign, ...]

    @property
    def sentence(self) -> str:
        """Which gap first, and why; quotes no export."""
        if not self.costed and not self.uncosted:
            rest = f" {_times(len(self.untold), 'sign')} cannot be told." if self.untold else ""
            return f"The tickets show no gap.{rest}"
        if not self.costed:
            return (
                f"Which gap first cannot be told by cost: {_times(len(self.uncosted), 'gap')} found, and what "
                f"{'it costs' if len(self.uncosted) == 1 else 'they cost'} is not known."
            )
        return f"{self._first}{self._apart}{self._unseen}"

    @property
    def _first(self) -> str:
        first, rest = self.costed[0], self.costed[1:]
        lead = f"First: {first.sign.statement.sign}. It takes about {first.hours_text} hours a month of "
        lead += f"{first.cost.whose}{_possessive(first.cost.whose)} time"
        if not rest:
            return f"{lead}, and is the only gap that can be costed."
        as_much = [gap.sign.statement.sign for gap in rest if gap.may_cost_as_much_as(first)]
        if as_much:
            return f"{lead}, most of all that can be costed; but {_listed(as_much)} may take as much."
        return f"{lead}, more than any other gap that can be costed."

    @property
    def _apart(self) -> str:
        if not self.uncosted:
            return ""
        verb = "stands" if len(self.uncosted) == 1 else "stand"
        return f" {_times(len(self.uncosted), 'gap')} of unknown cost {verb} apart: unknown is not nought."

    @property
    def _unseen(self) -> str:
        """That signs of unknown state may be dearer gaps."""
        if not self.untold:
            return ""
        verb = "is not told and" if len(self.untold) == 1 else "are not told and"
        return f" {_times(len(self.untold), 'further sign')} {verb} may cost more."


def gaps(signs: Sequence[Sign]) -> Gaps:
    """The gaps among these signs."""
    broken = [sign for sign in signs if sign.is_gap]
    costed = [gap for gap in map(_gap, broken) if gap]
    known = {id(gap.sign) for gap in costed}
    return Gaps(
        tuple(sorted(costed, key=lambda gap: (-gap.hours, gap.sign.statement.id))),
        tuple(sign for sign in broken if id(sign) not in known),
        tuple(sign for sign in signs if sign.state == "cannot tell"),
    )


def _gap(sign: Sign) -> Gap | None:
    cost = sign.finding.cost if sign.finding else None
    found = interval_of(cost)
    return Gap(sign, cost, found.low, found.value, found.high) if cost and found else None


def _possessive(whose: str) -> str:
    return "'" if whose.endswith("s") else "'s"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _times(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
