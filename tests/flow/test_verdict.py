"""The verdict: by example, and its rates of false and true alarms on simulated net flows with fixed seeds."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.flow.verdict import FEWEST_WEEKS, drift, is_flat, judged, verdict, without_clean_ups
from tests.conftest import MakeDesk
from tests.flow.streams import MONDAY, tickets_of
from tests.warehouse_of import window


def _weeks(net: Sequence[float] | np.ndarray, start: float = 1_000) -> pd.DataFrame:
    mondays = pd.to_datetime([MONDAY + timedelta(weeks=place) for place in range(len(net))])
    flows = np.asarray(net, dtype=float)
    return pd.DataFrame(
        {"week": mondays, "opened": 100 + flows, "ended": 100.0, "net": flows, "open": start + flows.cumsum()}
    )


def test_of_independent_weeks_the_interval_is_about_students() -> None:
    net = np.random.default_rng(1).normal(3, 5, 400)
    found = drift(net)
    plain = stats.t.ppf(0.975, 399) * net.std(ddof=1) / np.sqrt(400)
    assert found.mean == pytest.approx(net.mean())
    assert (found.hi - found.lo) / 2 == pytest.approx(plain, rel=0.25)


def test_runs_of_weeks_widen_the_interval() -> None:
    rng = np.random.default_rng(2)
    runs = np.repeat(rng.normal(0, 5, 13), 4)
    mixed = rng.permutation(runs)
    assert drift(runs).standard_error > 1.5 * drift(mixed).standard_error
    assert drift(runs).degrees < drift(mixed).degrees


@pytest.mark.parametrize(
    ("net", "word"),
    [
        ([8, 9, 7, 8, 10, 6, 8, 9, 7, 8, 9, 8], "growing"),
        ([-8, -9, -7, -8, -10, -6, -8, -9, -7, -8, -9, -8], "shrinking"),
        ([1, -1, 2, -2, 1, -1, 0, 0, 1, -1, 2, -2], "flat"),
        ([0] * 12, "flat"),
        ([200, -250, 300, -260, 100, -90, 220, -240, 180, -150, 90, -100], "cannot tell"),
        ([8, 9, 7, 8, 10, 6, 8], "cannot tell"),
    ],
)
def test_the_word(net: list[float], word: str) -> None:
    found = judged(_weeks(net))
    assert (found.verdict, found.weeks) == (word, len(net))
    assert found.sentence.lower().startswith(word)
    assert (found.drift_per_week is None) == (len(net) < FEWEST_WEEKS)


def test_the_sentence_of_growth() -> None:
    net = [8, 9, 7, 8, 10, 6, 8, 9, 7, 8, 9, 8]
    found = judged(_weeks(net), MONDAY + timedelta(weeks=12))
    assert found.drift_per_week == pytest.approx(sum(net) / 12)  # 8.1
    assert found.lo is not None
    assert found.hi is not None
    assert found.lo < sum(net) / 12 < found.hi
    between = f"(between {found.lo:.1f} and {found.hi:.1f})"
    assert found.sentence == f"Growing by 8.1 tickets a week {between} over the last 12 weeks."
    assert "over the 12 weeks from 1 Jan 2024 to 24 Mar 2024" in judged(_weeks(net)).sentence


def test_the_sentence_of_a_swing() -> None:
    found = judged(_weeks([200, -250, 300, -260, 100, -90, 220, -240, 180, -150, 90, -100], 1_000))
    levels = (1_000 + np.cumsum([200, -250, 300, -260, 100, -90, 220, -240, 180, -150, 90, -100])).tolist()
    assert f"between {min(levels):,.0f} and {max(levels):,.0f} open." in found.sentence.replace("  ", " ")


def test_a_level_that_ends_elsewhere_is_not_flat() -> None:
    steady = np.full(13, 100.0)
    assert is_flat(steady)
    assert not is_flat(np.linspace(93, 106, 13))  # all within 10 % of 100, but 94 at first and 105 at last: + 12 %
    assert is_flat(np.where(np.arange(13) == 6, 150.0, steady))  # 12 of 13 weeks are 92 %
    assert not is_flat(np.where(np.isin(np.arange(13), [5, 7]), 150.0, steady))  # 11 of 13 are 85 %


def test_a_clean_up_is_taken_out_for_comparison() -> None:
    net = [8.0, 9, 7, 8, 10, 6, 8, 9, 7, 8, 9, 8]
    with_it = [*net[:8], net[8] - 150, *net[9:]]
    found = judged(_weeks(with_it))
    assert found.verdict != "growing"
    day = pd.to_datetime([MONDAY + timedelta(weeks=8, days=3)])
    said = without_clean_ups(found, pd.DataFrame({"day": day, "excess": [150.0]}))
    assert said.startswith("Without the clean-ups in this window it would be growing by 8.1 tickets a week (between ")
    assert without_clean_ups(judged(_weeks(net)), pd.DataFrame({"day": day[:0], "excess": []})) == ""


GROWING = tickets_of([(10, 10)] * 20 + [(9 + place % 3, 5 + place % 2) for place in range(16)])


def test_the_window_has_whole_weeks_only(desk: MakeDesk) -> None:
    found = verdict(desk(GROWING).engine, window("2024-05-22", "2024-09-04"))  # Wednesday to Tuesday
    assert found.frame["week"].min() == pd.Timestamp("2024-05-27")
    assert found.frame["week"].max() == pd.Timestamp("2024-08-26")
    assert found.weeks == 14
    assert found.verdict == "growing"
    # 9, 10, 11 opened in turn, and 5, 6 ended
    assert found.drift_per_week == pytest.approx(10 - 5.5, abs=0.15)
    assert "over the last 14 weeks" not in found.sentence  # the records go on to 8 September


def test_without_a_window_all_weeks_between_the_edges_count(desk: MakeDesk) -> None:
    found = verdict(desk(GROWING).engine, window())
    ramp = [mark for mark in found.marks if mark.kind == "ramp-up"]
    assert ramp
    assert found.frame["week"].min() >= pd.Timestamp(ramp[0].end)
    assert "Left out: ramp-up" in found.reason
    assert found.basis.used == len(GROWING)
    assert found.basis.filters == "tickets opened or ended at any time"


def test_nothing_loaded_cannot_be_told(desk: MakeDesk) -> None:
    found = verdict(desk([]).engine, window())
    assert (found.verdict, found.weeks, found.drift_per_week) == ("cannot tell", 0, None)
    assert found.sentence == "Cannot tell: the window has no whole week with sound records, and it takes 8."


def _simulated(rng: np.random.Generator, weeks: int, rho: float, season: float, mean: float) -> np.ndarray:
    """A year's season and first-order autocorrelation in units of the weekly standard deviation, in tickets."""
    noise = rng.normal(size=weeks + 50)
    for place in range(1, len(noise)):
        noise[place] = rho * noise[place - 1] + np.sqrt(1 - rho**2) * noise[place]
    swing = season * np.sin(2 * np.pi * (np.arange(weeks) / 52 + rng.uniform()))
    return np.asarray(20 * (noise[50:] + swing + mean))


def _rates(mean: float, season: float = 0.0, lengths: tuple[int, ...] = (12, 13, 26, 52)) -> tuple[float, float]:
    """Shares of windows called growing and shrinking, pooled over lengths and autocorrelations."""
    rng = np.random.default_rng(20260630)
    calls = [
        judged(_weeks(_simulated(rng, weeks, rho, season, mean), 2_000)).verdict
        for weeks in lengths
        for rho in (-0.3, 0.0, 0.3, 0.5)
        for _ in range(50)
    ]
    return calls.count("growing") / len(calls), calls.count("shrinking") / len(calls)


def test_false_alarms_are_at_most_one_in_ten() -> None:
    growing, shrinking = _rates(0.0)
    # A season is a true drift of a short window, but not of a whole year.
    seasonal = _rates(0.0, season=0.5, lengths=(52, 104))
    print(f"\nno drift: growing {growing:.1%}, shrinking {shrinking:.1%}; with a season: {sum(seasonal):.1%}")
    assert growing + shrinking <= 0.10
    assert sum(seasonal) <= 0.10


@pytest.mark.parametrize(("mean", "found"), [(0.5, 0.40), (1.0, 0.75), (2.0, 0.90)])
def test_a_drift_is_found_and_never_with_the_wrong_sign(mean: float, found: float) -> None:
    growing, shrinking = _rates(mean)
    print(f"\ndrift of {mean} standard deviations: growing {growing:.1%}, shrinking {shrinking:.1%}")
    assert growing >= found
    assert shrinking <= 0.02
    assert _rates(-mean)[0] <= 0.02
