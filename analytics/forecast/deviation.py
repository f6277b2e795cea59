"""Deviation: how far the backlog is from where it was expected, and which flow took it there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW, SERIES
from analytics.forecast.kept import Kept
from analytics.formatting import signed_text

Array = np.ndarray[Any, np.dtype[Any]]
# A part that pushes this much of the deviation is a cause; one that is smaller, either way, is as expected.
_CAUSE = 0.25


@dataclass(frozen=True)
class Deviation:
    """`tickets` by which the backlog is above what was expected: `start` + `inflow` - `outflow`, exactly.

    `start` is what the records of the past were changed by since, `inflow` and `outflow` are what came and what ended
    beyond `expected_inflow` and `expected_outflow`, all so far.
    """

    tickets: float
    start: float
    inflow: float
    outflow: float
    expected_inflow: float
    expected_outflow: float

    @property
    def cause(self) -> str:
        """`inflow was 14 % above what was expected (outflow as expected)`; empty where nothing stands out."""
        pushes = {INFLOW: self.inflow, OUTFLOW: -self.outflow}
        causes = [series for series, push in pushes.items() if self._share(push) >= _CAUSE]
        said = [self._words(series) for series in causes]
        if self._share(self.start) >= _CAUSE:
            said.append(f"the records of the start were changed by {signed_text(self.start)} since")
        if not said:
            return ""
        aside = [self._aside(series, pushes[series]) for series in pushes if series not in causes]
        return " and ".join(said) + (f" ({', '.join(aside)})" if aside else "")

    def _share(self, push: float) -> float:
        """The part of the deviation that a push explains; below nought where it goes the other way."""
        return push / self.tickets if self.tickets else 0.0

    def _aside(self, series: str, push: float) -> str:
        if abs(self._share(push)) < _CAUSE:
            return f"{series} as expected"
        return f"{self._amount(series)}, which eased it"

    def _words(self, series: str) -> str:
        return f"{self._amount(series)} what was expected"

    def _amount(self, series: str) -> str:
        more, expected = getattr(self, series), getattr(self, f"expected_{series}")
        side = "above" if more > 0 else "below"
        share = abs(more) / expected * 100 if expected > 0 else 0.0
        return f"{series} was {f'{share:,.0f} %' if share >= 1 else f'{abs(more):,.0f}'} {side}"


def deviation_of(kept: Kept, actual: Mapping[str, Array], come: int) -> Deviation | None:
    """The deviation after the `come` steps that have; None where not all three series were expected, or before any."""
    if not come or any(series not in kept.means for series in SERIES):
        return None
    known = {series: actual[series][:come] for series in SERIES}
    means = {series: kept.means[series][:come] for series in SERIES}
    now = known[BACKLOG][-1] - known[INFLOW].sum() + known[OUTFLOW].sum()
    # Where the expected backlog began; what was put away is rounded.
    then = means[BACKLOG][-1] - means[INFLOW].sum() + means[OUTFLOW].sum()
    return Deviation(
        float(known[BACKLOG][-1] - means[BACKLOG][-1]), float(now - then),
        float((known[INFLOW] - means[INFLOW]).sum()), float((known[OUTFLOW] - means[OUTFLOW]).sum()),
        float(means[INFLOW].sum()), float(means[OUTFLOW].sum()),
    )  # fmt: skip
