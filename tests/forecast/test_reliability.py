"""The chances that are stated come true as often as they say, on simulated desks whose truth is known.

Each desk lives 143 weeks, of which 130 are known; it closes in proportion to what is there by known hazards, or a
fixed number a week; arrivals are Poisson or mildly overdispersed, with or without a season. What is shown is judged,
that is what the gate lets through. `pytest -s` prints the table.
"""

import numpy as np
import pandas as pd
import pytest

from analytics.forecast.clearing import clearing
from analytics.forecast.forecast import Forecast, forecast_of
from tests.forecast.simulated_desk import BASIS, Lived, arrivals, fixed, proportional

KNOWN, AHEAD = 130, 13
RUNS = 200
STEPS = (4, 8, 13)
HAZARDS = np.array([0.3, 0.2, 0.13, 0.1, 0.08, 0.06, 0.05])
pytestmark = pytest.mark.slow


def _lived(random: np.random.Generator, in_proportion: bool) -> Lived:
    weeks = np.arange(KNOWN + AHEAD)
    mean, swing = random.uniform(40, 150), random.choice([0, 0.15, 0.3])
    season = 1 + swing * np.sin(2 * np.pi * weeks / 52.18 + random.uniform(0, 2 * np.pi))
    came = arrivals(random, len(weeks), mean * season, random.choice([0.0, 1.0, 3.0]))
    if in_proportion:
        return proportional(random, came, HAZARDS * random.uniform(0.7, 1.3))
    gap = random.uniform(-0.08, 0.08)
    came[0] += int((4 + len(weeks) * max(gap, 0)) * mean)  # so that the work does not run out
    return fixed(random, came, np.full(len(weeks), round(mean * (1 + gap))))


def _stated(random: np.random.Generator, found: Forecast, lived: Lived) -> list[tuple[float, bool]]:
    """For targets around what is open now: the chance stated, and whether the backlog was at or under it."""
    past = found.history
    assert past is not None
    usual_step = max(5.0, float(np.abs(np.diff(past.backlog[-52:])).mean()))
    rows = []
    for step in STEPS:
        day = past.ahead(step)[-1] + 6
        for away in random.normal(size=3):
            target = max(0, round(past.backlog[-1] + 1.5 * away * usual_step * np.sqrt(step)))
            chance = clearing(found, target, day.astype(object)).probability
            assert chance is not None
            rows.append((chance, bool(lived.backlog[KNOWN + step - 1] <= target)))
    return rows


def test_a_stated_chance_of_clearing_comes_true_as_often_as_it_says() -> None:
    rows, seed, shown = [], 0, 0
    while shown < RUNS:
        random, seed = np.random.default_rng(seed), seed + 1
        lived = _lived(random, in_proportion=seed % 2 == 0)
        found = forecast_of(lived.history(KNOWN), AHEAD, BASIS)
        if found.paths is not None:
            shown, rows = shown + 1, rows + _stated(random, found, lived)
    table = pd.DataFrame(rows, columns=["stated", "came"])
    bins = table.groupby(pd.cut(table["stated"], [-0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0]), observed=True)
    summary = bins.agg(number=("came", "size"), stated=("stated", "mean"), came=("came", "mean"))
    print(f"\n{shown} desks shown of {seed}\n{summary.round(3)}")
    off = (summary["stated"] - summary["came"]).abs()
    assert abs(table["stated"].mean() - table["came"].mean()) <= 0.05
    assert float(np.average(off, weights=summary["number"])) <= 0.05
    assert len(summary) == 6
    # A bin holds a sixth of 200 desks: its frequency is known to some 10 points only.
    assert off.max() <= 0.10
