"""A finding in words: its verdict, its number against the threshold, its days and its cost; the same everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Finding, Verdict
from analytics.formatting import day_text

VERDICT_WORDS: dict[Verdict, str] = {
    AGREES: "the tickets agree",
    PARTIAL: "the tickets agree in part",
    DISAGREES: "the tickets speak against it",
    CANNOT_TELL: "cannot tell",
}
_COUNTED: dict[Verdict, str] = {
    AGREES: "agree with",
    PARTIAL: "agree in part with",
    DISAGREES: "speak against",
    CANNOT_TELL: "cannot tell of",
}
_ROUND_FROM = 100
_TENS = 10


@dataclass(frozen=True)
class Interval:
    """A number with its ends, as in `120 (60 to 240)`."""

    low: float
    value: float
    high: float

    @property
    def text(self) -> str:
        """Whole numbers from 10 on, else one decimal; without the ends where they round to the number itself."""
        ends, most = (self.low, self.value, self.high), max(abs(self.low), abs(self.value), abs(self.high))
        low, value, high = (f"{end:,.0f}" if most >= _TENS else f"{end:,.1f}" for end in ends)
        return value if low == value == high else f"{value} ({low} to {high})"


def number_text(value: float | None, unit: str) -> str:
    """`12 %`, `3 incidents`, `0.5 hours`; `not known` for None."""
    if value is None:
        return "not known"
    if unit == "ratio":
        percent = f"{value * 100:.1f}".removesuffix(".0")
        return f"{percent} %"
    number = f"{value:,.0f}" if abs(value) >= _ROUND_FROM or value == round(value) else f"{value:,.1f}"
    return f"{number} {_singular(unit) if number == '1' else unit}".strip()


def _singular(unit: str) -> str:
    """`incident a quarter` of `incidents a quarter`."""
    noun, space, rest = unit.partition(" ")
    return f"{noun.removesuffix('s')}{space}{rest}"


def against_text(finding: Finding) -> str:
    """`12 % (threshold 2 %)`; empty where there is no number."""
    if finding.value is None:
        return ""
    if finding.threshold is None:
        return number_text(finding.value, finding.unit)
    threshold = number_text(finding.threshold, "ratio" if finding.unit == "ratio" else "")
    return f"{number_text(finding.value, finding.unit)} (threshold {threshold})"


def days_text(finding: Finding) -> str:
    """`1 Apr 2026 to 30 Jun 2026`; empty where no days were looked at."""
    if finding.first is None or finding.last is None:
        return ""
    if finding.first == finding.last:
        return day_text(finding.first)
    return f"{day_text(finding.first)} to {day_text(finding.last)}"


def cost_text(cost: Cost | None) -> str:
    """`about 120 hours a month (60 to 240) of the desk's time`; why not, where it cannot be told."""
    if cost is None:
        return "What it costs is not estimated."
    hours = interval_of(cost)
    if hours is None:
        return f"What it costs cannot be told: {cost.reason or 'no number is known.'}"
    whose = "the desk's" if cost.whose == "the desk" else f"{cost.whose}'"
    return f"It takes about {hours.text} hours a month of {whose} time."


def interval_of(cost: Cost | None) -> Interval | None:
    """The hours a month with their ends; None where they cannot be told."""
    if cost is None or cost.hours is None or cost.low is None or cost.high is None:
        return None
    return Interval(cost.low, cost.hours, cost.high)


def counted_sentence(findings: Sequence[Finding | None]) -> str:
    """`Of 7 statements the tickets agree with 3, speak against 2, and cannot tell of 2.`; None is perception only."""
    verdicts = [finding.verdict if finding else CANNOT_TELL for finding in findings]
    said = [f"{words} {verdicts.count(verdict)}" for verdict, words in _COUNTED.items() if verdict in verdicts]
    if not said:
        return "There is no statement here."
    joined = said[0] if len(said) == 1 else f"{', '.join(said[:-1])}, and {said[-1]}"
    noun = "statement" if len(verdicts) == 1 else "statements"
    return f"Of {len(verdicts)} {noun} the tickets {joined}."
