"""Did it work: changes planted in weekly series are told, no change is not, and what is too short says so."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.kpis import find_kpi
from analytics.limits import Array
from analytics.plan.effect import Effect, effect, effect_of
from analytics.plan.interrupted_series import interruption
from analytics.plan.kpi_periods import KpiPeriods
from tests.conftest import MakeDesk

BASIS = Basis("", "", {}, None, 0)
START = date(2026, 4, 6)  # a Monday


def series(before: int, after: int, rho: float, seed: int, step: float = 0.0) -> Array:
    """An AR(1) series of standard deviation 1 about 50; from the start on `step` higher."""
    generator = np.random.default_rng(seed)
    noise = generator.normal(size=before + after) * np.sqrt(1 - rho**2)
    values = np.zeros(before + after)
    values[0] = generator.normal()
    for place in range(1, len(values)):
        values[place] = rho * values[place - 1] + noise[place]
    return 50 + values + step * (np.arange(before + after) >= before)


def told(values: list[float] | Array, before: int, kpi: str = "mttr", wished: int = -1) -> Effect:
    """The effect of weekly values, of which so many lie before the start."""
    begins = np.datetime64(START) + 7 * np.arange(-before, len(values) - before)
    periods = KpiPeriods(begins.astype("datetime64[D]"), np.asarray(values, dtype=float), before, 1, BASIS)
    return effect_of(find_kpi(kpi), periods, START, BASIS, wished)


@pytest.mark.parametrize(("before", "after", "rho"), [(26, 6, 0.0), (40, 8, 0.5)])
def test_no_change_is_seldom_claimed_and_a_planted_one_lies_within_its_interval(
    before: int, after: int, rho: float
) -> None:
    runs, planted = 50, -4.0
    claimed = held = found = 0
    for seed in range(runs):
        none = interruption(series(before, after, rho, seed), before)
        claimed += none.low > 0 or none.high < 0
        some = interruption(series(before, after, rho, 1000 + seed, planted), before)
        held += some.low <= planted <= some.high
        found += some.high < 0
    # Of 50 runs at a rate of 5 % more than 7 are claimed in about one of a hundred tests; the seeds are fixed.
    assert claimed <= 7
    assert held >= runs - 7
    assert found >= runs / 2


def test_a_trend_that_goes_on_is_no_effect_and_one_that_stops_is() -> None:
    rising = 20 + np.arange(48) + 0.5 * np.resize([1, -1, 0.5, -0.5, 0], 48)
    on = interruption(rising, 40)
    assert on.low <= 0 <= on.high
    stopped = np.where(np.arange(48) < 40, rising, rising[39])
    # It should have risen by 1 to 8 more than the last: 4.5 on average.
    off = interruption(stopped, 40)
    assert off.low <= -4.5 <= off.high
    assert off.high < 0


def test_gaps_change_nothing_about_where_weeks_lie() -> None:
    values = series(40, 8, 0.0, 7, -6.0)
    gappy = values.copy()
    gappy[[3, 11, 12, 30, 43]] = np.nan
    assert interruption(gappy, 40).effect == pytest.approx(interruption(values, 40).effect, abs=1.0)


def test_the_effect_does_not_depend_on_the_unit() -> None:
    values = series(30, 8, 0.3, 3, 2.0)
    hours, minutes = interruption(values, 30), interruption(values * 60, 30)
    assert minutes.effect == pytest.approx(60 * hours.effect)
    assert minutes.high == pytest.approx(60 * hours.high)


def test_which_way_is_better_comes_from_the_kpi() -> None:
    fallen = series(40, 10, 0.0, 1, -10.0)
    assert told(fallen, 40).verdict == "better"
    assert told(fallen, 40, wished=1).verdict == "worse"
    assert told(fallen, 40, "volume", 0).verdict == "changed"
    assert told(fallen, 40).sentence.startswith("Better: Mean time to resolve was ")


def test_it_is_too_early_with_few_weeks_or_a_wide_interval() -> None:
    few = told(series(40, 3, 0.0, 1), 40)
    assert (few.verdict, few.estimate) == ("too early to tell", None)
    assert few.sentence == "Too early to tell: 3 whole weeks with enough tickets since 6 Apr 2026, 4 needed."
    assert "7 whole weeks with enough tickets before" in told(series(7, 9, 0.0, 1), 7).sentence
    wide = told(50 + 8 * (series(12, 4, 0.0, 2) - 50), 12)
    assert wide.verdict == "too early to tell"
    assert wide.estimate is not None
    assert wide.estimate.low < -0.1 * wide.estimate.expected < 0 < wide.estimate.high


def test_a_narrow_interval_about_none_is_no_change() -> None:
    flat = told(series(60, 12, 0.0, 5), 60)
    assert flat.verdict == "no change that can be told"
    assert flat.limits_sentence.startswith("0 of 12 weeks since then lie outside what was normal before: ")


def test_the_limits_are_those_of_before_the_start() -> None:
    risen = told(series(40, 8, 0.0, 4, 30.0), 40)
    assert risen.outside == 8
    assert risen.centre == pytest.approx(50, abs=1)


def test_one_wild_week_does_not_hide_what_came_after() -> None:
    values = series(60, 10, 0.0, 6, -5.0)
    values[50] = 5_000
    assert told(values, 60).verdict == "better"


def test_from_tickets_the_backlog_falls_when_fewer_come_in(desk: MakeDesk) -> None:
    first = datetime.fromisoformat("2025-06-02 09:00")
    tickets = []
    for day in range(7 * 60):
        # Ten a day, each a day long; from the start, 44 weeks on, four days' work becomes two hours'.
        hours = (90 if day % 2 else 102) if day < 7 * 44 else 2
        for number in range(3):
            opened = first + timedelta(days=day, minutes=number)
            tickets.append({"opened_at": opened, "resolved_at": opened + timedelta(hours=hours), "status": "resolved"})
    made = desk(tickets)
    started = first.date() + timedelta(weeks=44)
    found = effect(made.engine, "mttr", Filters(), started)
    assert found.verdict == "better"
    assert found.periods.begins[found.periods.before] == np.datetime64(started)
    # Of the first weeks after the start some tickets are still the slow ones.
    assert found.estimate is not None
    assert found.estimate.effect == pytest.approx(2 - 96, abs=12)
    level = effect(made.engine, "backlog", Filters(), started)
    assert level.verdict == "better"
    # Three a day for about four days, then none at the end of a day.
    assert level.estimate is not None
    assert level.estimate.expected == pytest.approx(3 * 4, abs=2)
    early = effect(made.engine, "mttr", Filters(end=started + timedelta(weeks=2)), started)
    assert early.verdict == "too early to tell"


def test_the_week_of_a_start_within_it_counts_on_neither_side(desk: MakeDesk) -> None:
    first = datetime.fromisoformat("2025-06-02 09:00")
    tickets = [
        {"opened_at": first + timedelta(days=day, hours=hour), "status": "resolved",
         "resolved_at": first + timedelta(days=day, hours=hour + 1)}
        for day in range(7 * 20) for hour in range(2)
    ]  # fmt: skip
    started = first.date() + timedelta(weeks=12, days=2)
    found = effect(desk(tickets).engine, "mttr", Filters(), started)
    assert found.periods.before == 12
    assert np.isnan(found.periods.values[12])
    assert (found.known_before, found.known_after) == (12, 20 - 12 - 2)


def test_where_weeks_have_too_few_tickets_four_weeks_are_taken_together(desk: MakeDesk) -> None:
    first = datetime.fromisoformat("2024-06-03 09:00")
    tickets = [
        {"opened_at": first + timedelta(weeks=week, days=number), "status": "resolved",
         "resolved_at": first + timedelta(weeks=week, days=number, hours=10 if week < 40 else 2)}
        for week in range(61) for number in range(2)
    ]  # fmt: skip
    found = effect(desk(tickets).engine, "mttr", Filters(), first.date() + timedelta(weeks=40))
    assert found.periods.length_weeks == 4
    assert found.periods.values.tolist() == [10.0] * 10 + [2.0] * 5
    assert found.verdict == "better"


@pytest.mark.parametrize(("rho", "gap"), [(0.0, None), (0.9, None), (0.9, 43)])
def test_the_series_less_its_counterfactual_is_the_effect_on_average(rho: float, gap: int | None) -> None:
    values = series(40, 10, rho, 3, 4.0)
    if gap is not None:
        values[gap] = np.nan
    found = interruption(values, 40)
    after = np.isfinite(values) & (np.arange(50) >= 40)
    assert (values - found.counterfactual)[after].mean() == pytest.approx(found.effect)
    assert (found.lower[40:] <= found.counterfactual[40:]).all()
    assert (found.counterfactual[40:] <= found.upper[40:]).all()
    assert np.isnan(found.lower[:40]).all()


def test_limits_that_the_weeks_before_the_start_lay_beyond_already_are_not_called_normal() -> None:
    noise = np.resize([1.0, -1.0, 0.5, -0.5], 48)
    values = 50 + noise + np.where(np.arange(48) >= 30, 40, 0)
    found = told(values, 38)
    assert found.unsettled == 8
    assert np.isnan(found.upper)
    assert found.limits_sentence == (
        "There was no normal course before: 8 of the last 8 weeks before the start were signals already."
    )
