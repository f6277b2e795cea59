"""A share with its interval, and the verdict on whether it is above a threshold beyond chance."""

from dataclasses import dataclass
from math import sqrt

from analytics.diagnostic.finding import AGREES, DISAGREES, PARTIAL, Verdict
from analytics.formatting import percent_text

_Z = 1.959963984540054  # the normal quantile of 97.5 %


@dataclass(frozen=True)
class Share:
    """`part` of `whole`, which is above 0; `low` and `high` are Wilson's 95 % interval (Wilson 1927)."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share itself."""
        return self.part / self.whole

    @property
    def low(self) -> float:
        """The lower end of the interval."""
        return max(0.0, self._middle - self._half)

    @property
    def high(self) -> float:
        """The upper end of the interval."""
        return min(1.0, self._middle + self._half)

    @property
    def words(self) -> str:
        """As in `12 % (between 9 % and 16 %)`; without the ends where they round to the share itself."""
        value, low, high = (percent_text(share) for share in (self.value, self.low, self.high))
        return value if low == value == high else f"{value} (between {low} and {high})"

    def above(self, threshold: float) -> Verdict:
        """Agrees: above it beyond chance; partial: above it, yet chance could do it; disagrees: not above."""
        if self.low > threshold:
            return AGREES
        return PARTIAL if self.value > threshold else DISAGREES

    @property
    def _middle(self) -> float:
        return (self.value + _Z**2 / (2 * self.whole)) / (1 + _Z**2 / self.whole)

    @property
    def _half(self) -> float:
        spread = self.value * (1 - self.value) / self.whole + _Z**2 / (4 * self.whole**2)
        return _Z * sqrt(spread) / (1 + _Z**2 / self.whole)
