"""A comparison: one measurement of Backlight and of a rival, and the ratio that is to be reached."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """`ours` and `theirs` in `unit`; `target` is the highest ratio that is good enough, None where there is none."""

    what: str
    tickets: int
    ours: float
    rival: str
    theirs: float
    unit: str
    target: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over theirs: lower is better."""
        return self.ours / self.theirs if self.theirs else float("nan")

    @property
    def verdict(self) -> str:
        """Whether the target is reached."""
        if self.target is None:
            return ""
        return "met" if self.ratio <= self.target else "**missed**"


def markdown(comparisons: Iterable[Comparison]) -> str:
    """A table for the documentation."""
    lines = ["| what | tickets | Backlight | compared with | | ratio | target | |", "|---|--:|--:|---|--:|--:|--:|---|"]
    for c in comparisons:
        target = "" if c.target is None else f"{c.target:g}"
        cells = (
            c.what,
            f"{c.tickets:,}",
            _amount(c.ours, c.unit),
            c.rival,
            _amount(c.theirs, c.unit),
            f"{c.ratio:.2f}",
            target,
            c.verdict,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _amount(value: float, unit: str) -> str:
    if unit == "s" and value < 1:
        return f"{value * 1000:,.0f} ms"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}"
