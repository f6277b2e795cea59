"""When tickets arrive: a Poisson process whose rate follows the hour, weekday, season, holidays and growth."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from analytics.demo.clock import Floats, Ints
from analytics.demo.settings import Settings, Work


@dataclass(frozen=True)
class Demand:
    """The tickets to come: minute of opening, position of their kind in `settings.work`; and the number of records."""

    opened: Floats
    kind: Ints
    changes: int
    problems: int


def hourly_rate(settings: Settings) -> Floats:
    """The relative rate of arrivals in each hour of the simulated period."""
    rhythm = settings.rhythm
    days = [settings.start + timedelta(days=day) for day in range(settings.days)]
    of_day = np.array(
        [
            rhythm["month"][day.month - 1]
            * (rhythm["holiday"] if day in settings.holidays else rhythm["weekday"][day.weekday()])
            * rhythm["yearly_growth"] ** ((day - settings.start).days / 365)
            for day in days
        ]
    )
    return np.asarray(np.outer(of_day, rhythm["hour"]).ravel())


def _shape(work: Work, settings: Settings, rate: Floats) -> Floats:
    """The rate of one kind: only inside its window, and climbing where its demand grows."""
    minute = np.arange(len(rate)) * 60
    begins = settings.minute(work.begins) if work.begins else 0
    ends = settings.minute(work.ends) if work.ends else settings.horizon
    rate = np.where((minute >= begins) & (minute < ends), rate, 0.0)
    if work.growth_from is None:
        return rate
    grows = settings.minute(work.growth_from)
    return np.asarray(rate * np.interp(minute, [grows, settings.horizon], [1.0, work.growth]))


def _planted(work: Work, tickets: int) -> int:
    return min(max(round(work.share * tickets), work.at_least), work.at_most or tickets)


def _shares(weights: Floats, total: int) -> Ints:
    """`total` split by `weights` in whole numbers that add up exactly (largest remainder)."""
    exact = weights / weights.sum() * total
    whole = np.floor(exact)
    whole[np.argsort(whole - exact, kind="stable")[: int(total - whole.sum())]] += 1
    return np.asarray(whole, dtype=np.int32)


def sizes(settings: Settings, tickets: int) -> tuple[Ints, int, int]:
    """How many tickets of each kind, how many changes and how many problems; together exactly `tickets`."""
    changes = max(8, round(settings.records["changes"] * tickets))
    problems = max(4, round(settings.records["problems"] * tickets))
    counts = np.array([_planted(work, tickets) if work.plant else 0 for work in settings.work], dtype=np.int32)
    ordinary = np.array([0.0 if work.plant else work.share for work in settings.work])
    counts += _shares(ordinary, tickets - int(counts.sum()) - changes - problems)
    return counts, changes, problems


def arrivals(settings: Settings, tickets: int, rng: np.random.Generator) -> Demand:
    """All tickets in order of opening. Given their number, arrivals of a Poisson process are independent draws."""
    counts, changes, problems = sizes(settings, tickets)
    rate = hourly_rate(settings)
    hours = np.arange(len(rate) + 1) * 60.0
    opened = []
    for work, count in zip(settings.work, counts, strict=True):
        total = np.concatenate([[0.0], np.cumsum(_shape(work, settings, rate))])
        opened.append(np.interp(rng.random(count) * total[-1], total, hours))
    minutes = np.concatenate(opened)
    kind = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    order = np.argsort(minutes, kind="stable")
    return Demand(minutes[order], kind[order], changes, problems)
