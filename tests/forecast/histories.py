"""Histories made of a handful of lives, without a database; places are periods, None is still open."""

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import strategies as st

from analytics.flow.basis import Basis
from analytics.forecast.calendar import calendar_of
from analytics.forecast.history import LENGTH, MOST_AHEAD, History
from analytics.forecast.lives import Lives, lives_of
from analytics.period import Grain

BASIS = Basis("", "", {}, None, 0)
MONDAY = np.datetime64("2022-01-03")
NEVER = 10**6

# opened, ended, tickets
Life = tuple[int, int | None, int]


def lives(rows: Iterable[Life], periods: int, grain: Grain = Grain.WEEK) -> Lives:
    """The lives of rows of tickets."""
    listed = list(rows)
    opened, tickets = (np.array([row[place] for row in listed], dtype=int) for place in (0, 2))
    ended = np.array([NEVER if row[1] is None else row[1] for row in listed], dtype=int)
    return lives_of(opened, ended, tickets.astype(float), periods, grain)


def history_of(
    rows: Iterable[Life],
    periods: int,
    grain: Grain = Grain.WEEK,
    clean_ups: Iterable[int] = (),
    holidays: Sequence[str] = (),
    first: np.datetime64 = MONDAY,
) -> History:
    """The history of rows of tickets over so many periods."""
    lived = lives(rows, periods, grain)
    inflow, outflow = (
        np.bincount(
            at[(at >= 0) & (at < periods)], weights=lived.tickets[(at >= 0) & (at < periods)], minlength=periods
        )
        for at in (lived.opened, lived.ended_at)
    )
    calendar = first + np.arange(periods + MOST_AHEAD[grain]) * LENGTH[grain]
    return History(
        grain, calendar[:periods], inflow, outflow,
        lived.tickets[lived.opened < 0].sum() + (inflow - outflow).cumsum(), lived,
        calendar_of(grain, calendar, np.array(holidays, dtype="datetime64[D]")),
        (calendar[periods - 1] + LENGTH[grain]).astype(object), (), np.isin(np.arange(periods), list(clean_ups)),
    )  # fmt: skip


def simulated(
    seed: int, periods: int, mean: float = 20.0, hazard: float = 0.3, grain: Grain = Grain.WEEK, warm: int = 40
) -> History:
    """A desk of Poisson arrivals, each ticket ending in a period with the same probability."""
    random = np.random.default_rng(seed)
    counts = random.poisson(mean, periods + warm)
    opened = np.repeat(np.arange(-warm, periods), counts)
    ended = opened + random.geometric(hazard, len(opened)) - 1
    return history_of(grouped(opened, ended, periods), periods, grain)


def grouped(opened: np.ndarray, ended: np.ndarray, periods: int) -> list[Life]:
    """One row for all tickets with the same life; what ends later is still open."""
    open_till = np.where(ended < periods, ended, NEVER)
    pairs, tickets = np.unique(np.column_stack([opened, open_till]), axis=0, return_counts=True)
    return [(int(o), int(e) if e < NEVER else None, int(n)) for (o, e), n in zip(pairs, tickets, strict=True)]


def until(history: History, known: int) -> History:
    """The history rebuilt from the tickets that had been opened, and the ends that had been seen, by then."""
    lived = history.lives
    rows = [
        (int(o), int(e) if e < known else None, int(n))
        for o, e, n in zip(lived.opened, lived.ended_at, lived.tickets, strict=True)
        if o < known
    ]
    return history_of(rows, known, history.grain, np.flatnonzero(history.clean_ups[:known]).tolist())


@st.composite
def rows_of_lives(draw: st.DrawFn, periods: int = 12) -> list[Life]:
    """Rows of a few tickets each, some opened before the first period, some never ended."""
    made = st.tuples(st.integers(-150, periods), st.one_of(st.none(), st.integers(-1, 130)), st.integers(1, 4))
    return [
        (opened, None if lasted is None else opened + lasted, n)
        for opened, lasted, n in draw(st.lists(made, max_size=25))
    ]


@st.composite
def histories(draw: st.DrawFn, fewest: int = 20, most: int = 70) -> History:
    """Random desks of a length between: busy or quiet, quick or slow, with silent stretches and bursts."""
    random = np.random.default_rng(draw(st.integers(0, 2**31)))
    periods = draw(st.integers(fewest, most))
    means = np.full(periods + 30, draw(st.sampled_from([0.3, 2.0, 25.0])))
    if draw(st.booleans()):
        means[draw(st.integers(0, periods)) :][:8] = 0
    if draw(st.booleans()):
        means[30 + draw(st.integers(0, periods - 1))] *= 60
    counts = random.poisson(means)
    opened = np.repeat(np.arange(-30, periods), counts)
    ended = opened + random.geometric(draw(st.sampled_from([0.02, 0.2, 0.7, 1.0])), len(opened)) - 1
    return history_of(grouped(opened, ended, periods), periods)
