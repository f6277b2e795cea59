"""Working time: a clock that runs only while a group is staffed."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from analytics.demo.settings import DAY, Settings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

# Tickets opened at the end need a clock that runs on: their resolution lies beyond the horizon.
_BEYOND_DAYS = 900


@dataclass(frozen=True)
class WorkingClock:
    """Converts minutes since the start of the simulation to staffed minutes and back."""

    edges: Floats
    worked: Floats

    def at(self, minutes: Floats | Ints) -> Floats:
        """Staffed minutes gone by at `minutes` since the start."""
        return np.asarray(np.interp(np.asarray(minutes, dtype=np.float64), self.edges, self.worked))

    def back(self, worked: Floats) -> Floats:
        """The moment (minutes since the start) by which `worked` staffed minutes have gone by and work goes on."""
        place = np.clip(np.searchsorted(self.worked, worked, side="right") - 1, 0, len(self.edges) - 1)
        return np.asarray(self.edges[place] + (worked - self.worked[place]))

    def after(self, minutes: Floats, staffed: Floats | float) -> Floats:
        """The moment `staffed` working minutes after `minutes`."""
        return np.maximum(self.back(self.at(minutes) + staffed), minutes)


def _working(day: date, settings: Settings) -> bool:
    return day.weekday() < 5 and day not in settings.holidays


def working_clock(settings: Settings, opens: float, closes: float) -> WorkingClock:
    """A clock that runs from hour `opens` to `closes` (UTC) on weekdays that are not holidays."""
    days = range(settings.days + _BEYOND_DAYS)
    open_days = np.array([day for day in days if _working(settings.start + timedelta(days=day), settings)], dtype=float)
    edges = np.stack([open_days * DAY + opens * 60, open_days * DAY + closes * 60], axis=1).ravel()
    spans = np.tile([(closes - opens) * 60, 0.0], len(open_days))
    return WorkingClock(edges, np.concatenate([[0.0], np.cumsum(spans)[:-1]]))
