"""Clearing course: the backlog as it was and as it may go on, with the chance of being at or under a target by week."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analytics.forecast.clearing import Clearing
from analytics.forecast.expectation import BACKLOG
from analytics.forecast.fan import BANDS
from analytics.forecast.forecast import Forecast
from analytics.forecast.paths import Paths
from analytics.forecast.shortened import shortened

_WEEKS_BACK = 26
_FEWEST_AHEAD, _BEYOND = 13, 3


@dataclass(frozen=True)
class ClearingCourse:
    """Rows by `at`, the last day of a week: `known` (`open`) and `ahead` (`mean` and `BANDS`, from the last known on).

    `chances` has `probability` and `reached` (0 to 1) at the end of each week ahead.
    """

    known: pd.DataFrame
    ahead: pd.DataFrame
    chances: pd.DataFrame
    target: int
    by: date

    @property
    def from_nought(self) -> bool:
        """Whether a picture of it should begin at nought: not where all of it lies far above."""
        lowest, highest = self._extent
        return min(lowest, self.target) < max(highest, self.target) / 2

    @property
    def target_in_sight(self) -> bool:
        """Whether the target is not so far above all else that with it nothing else could be seen."""
        return self.target <= 2 * self._extent[1]

    @property
    def _extent(self) -> tuple[float, float]:
        lowest = min(self.known["open"].min(), self.ahead["lo95"].min())
        return float(lowest), float(max(self.known["open"].max(), self.ahead["hi95"].max()))


def weeks_shown(found: Forecast, answer: Clearing) -> int:
    """As many weeks ahead as hold the day asked for and the dates told, with a little room; at least 13."""
    asked = [answer.by, *answer.dates.values()]
    last = max((day for day in asked if day), default=None)
    if last is None or found.history is None:
        return min(_FEWEST_AHEAD, found.horizon)
    ahead = -(-(last - found.history.last_day).days // 7) + _BEYOND
    return min(max(_FEWEST_AHEAD, ahead), found.horizon)


def clearing_course(found: Forecast, answer: Clearing, paths: Paths, weeks: int) -> ClearingCourse | None:
    """The course behind an answer over the next `weeks`; None where nothing is shown."""
    past = found.history
    if past is None or answer.by is None or answer.refused:
        return None
    back = slice(-_WEEKS_BACK, None)
    ends = past.periods[back] + np.timedelta64(6, "D")
    known = pd.DataFrame({"at": ends.astype("datetime64[us]"), "open": past.backlog[back]})
    fan = shortened(paths, weeks).fan(BACKLOG)
    ahead = fan.frame(answer.weeks[:weeks]).rename(columns={"period": "at"})
    now = pd.DataFrame([{"at": known["at"].iloc[-1], **dict.fromkeys(("mean", *BANDS), float(past.backlog[-1]))}])
    chances = pd.DataFrame(
        {
            "at": answer.weeks[:weeks].astype("datetime64[us]"),
            "probability": answer.at[:weeks],
            "reached": answer.reached[:weeks],
        }
    )
    return ClearingCourse(known, pd.concat([now, ahead], ignore_index=True), chances, answer.target, answer.by)
