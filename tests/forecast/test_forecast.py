"""The forecast: its frame, its bands, its periods, its refusals, and the same number by two routes."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.forecast.expectation import SERIES
from analytics.forecast.fan import BANDS
from analytics.forecast.forecast import HORIZON, Forecast, forecast, forecast_of, forecasts
from analytics.forecast.history import MOST_AHEAD, History
from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.forecast.histories import BASIS, histories, history_of, simulated
from tests.forecast.odd_desks import stream
from tests.properties.desks import examples
from tests.warehouse_of import Desk, window

STEADY = simulated(seed=3, periods=150, mean=40, hazard=0.25)


def _well_formed(found: Forecast) -> None:
    frame, shown = found.frame, set(found.fans)
    assert set(frame["series"]) == shown
    assert shown | set(found.withheld) in (set(SERIES), set())
    assert not shown & set(found.withheld)
    assert bool(found.refused) is not bool(shown)
    assert found.sentence
    assert (found.paths is not None) is ("backlog" in shown)
    for fan in found.fans.values():
        assert len(fan.mean) == found.horizon
        assert np.isfinite(fan.mean).all()
        assert fan.mean.min() >= 0
        if np.isnan(fan.bands).any():
            assert np.isnan(fan.bands).all()
            continue
        bounds = np.stack([fan.bound(name) for name in ("lo95", "lo80", "lo50", "hi50", "hi80", "hi95")])
        assert (np.diff(bounds, axis=0) >= 0).all()
        assert bounds.min() >= 0
    if shown:
        assert found.history is not None
        expected = np.datetime64(found.history.ends) + np.arange(found.horizon) * np.diff(found.history.periods)[0]
        np.testing.assert_array_equal(found.periods, expected)


@examples
@given(histories(fewest=13, most=80), st.sampled_from([1, 4, 13, 52]))
def test_any_history_has_a_forecast_or_a_reason(history: History, horizon: int) -> None:
    _well_formed(forecast_of(history, horizon, BASIS))


@examples
@given(st.integers(0, 2**20), st.sampled_from([91, 150, 300]), st.sampled_from([0.4, 6.0]))
def test_any_history_of_days_has_too(seed: int, days: int, mean: float) -> None:
    _well_formed(forecast_of(simulated(seed, days, mean, 0.1, Grain.DAY), 28, BASIS))


def test_inflow_less_outflow_is_the_change_of_the_backlog() -> None:
    found = forecast_of(STEADY, 13, BASIS)
    inflow, outflow, backlog = (found.fans[series].mean for series in SERIES)
    np.testing.assert_allclose(np.diff(backlog, prepend=STEADY.backlog[-1]), inflow - outflow, atol=1e-9)


def test_a_steady_desk_goes_on_as_it_is() -> None:
    found = forecast_of(STEADY, 13, BASIS)
    # 40 a week come and go; a share of 0.25 a week ends: 40 / 0.25 at hand, 40 of them go, 120 stay.
    # Chance has made two Christmases look busy: over a quarter that is little.
    assert found.fans["inflow"].mean.mean() == pytest.approx(40, rel=0.1)
    assert found.fans["outflow"].mean.mean() == pytest.approx(40, rel=0.1)
    np.testing.assert_allclose(found.fans["backlog"].mean, 40 / 0.25 - 40, rtol=0.25)


def test_the_frame_has_a_row_a_series_and_period() -> None:
    found = forecast_of(STEADY, 4, BASIS)
    frame = found.frame
    assert frame.columns.tolist() == ["period", "series", "mean", *BANDS]
    assert len(frame) == 4 * len(found.fans)
    assert frame[frame["series"] == "inflow"]["period"].dt.date.tolist() == [
        STEADY.ends + timedelta(weeks=step) for step in range(4)
    ]
    assert found.last_day == STEADY.ends + timedelta(weeks=4) - timedelta(days=1)


def test_the_sentence_says_what_the_last_step_of_the_backlog_is() -> None:
    found = forecast_of(STEADY, 13, BASIS)
    fan = found.fans["backlog"]
    assert f"from {round(STEADY.backlog[-1])} to about {fan.mean[-1]:,.0f}" in found.sentence
    assert f"80 % between {fan.bound('lo80')[-1]:,.0f} and {fan.bound('hi80')[-1]:,.0f}." in found.sentence


@pytest.mark.parametrize("horizon", [0, -3])
def test_a_horizon_of_no_step_is_an_error_in_words(horizon: int) -> None:
    with pytest.raises(BacklightError, match="choose a horizon of 1 or more"):
        forecast_of(STEADY, horizon, BASIS)


def test_the_horizon_ends_after_a_year_and_what_was_not_tested_is_said() -> None:
    found = forecast_of(STEADY, 500, BASIS)
    assert found.horizon == MOST_AHEAD[Grain.WEEK] == 52
    assert "Tested up to 13 weeks ahead; what lies beyond is not." in found.notes
    assert forecast_of(STEADY, 13, BASIS).notes == ()


def test_a_longer_horizon_begins_with_the_same_means() -> None:
    short, long = forecast_of(STEADY, 4, BASIS), forecast_of(STEADY, 13, BASIS)
    for series in SERIES:
        np.testing.assert_allclose(short.fans[series].mean, long.fans[series].mean[:4], rtol=1e-9)


def test_under_42_weeks_no_band_is_shown_and_it_is_said() -> None:
    few, enough = (forecast_of(simulated(seed=8, periods=weeks), 4, BASIS) for weeks in (41, 42))
    assert all(np.isnan(fan.bands).all() for fan in few.fans.values())
    assert few.fans
    assert "No interval is shown: it takes 42 whole weeks, and there are 41." in few.notes
    assert not any(np.isnan(fan.bands).any() for fan in enough.fans.values())


def test_a_past_too_short_to_test_says_so() -> None:
    found = forecast_of(simulated(seed=8, periods=14), 4, BASIS)
    assert found.tested is None
    assert "The past is too short to test the model on it." in found.notes
    assert set(found.fans) == set(SERIES)


def test_a_refused_forecast_is_well_formed() -> None:
    found = forecast_of(history_of([], 60), 13, BASIS)
    _well_formed(found)
    assert found.frame.empty
    assert found.frame.columns.tolist() == ["period", "series", "mean", *BANDS]
    assert found.sentence == found.refused
    assert (found.tested, found.paths, dict(found.withheld)) == (None, None, {})


def test_a_burst_of_tickets_is_not_made_the_rule() -> None:
    usual = [(week, week + age, 10) for week in range(120) for age in (0, 1)]
    imported = [(100, 100 + age, 3000) for age in range(1, 4)]
    found = forecast_of(history_of([*usual, *imported], 120), 13, BASIS)
    for series in set(found.fans) - {"backlog"}:
        assert found.fans[series].mean.max() < 2 * 20
    _well_formed(found)


def test_an_import_long_gone_is_no_trend() -> None:
    lived = STEADY.lives
    rows = [
        (int(o), int(e) if e < 150 else None, int(n))
        for o, e, n in zip(lived.opened, lived.ended_at, lived.tickets, strict=True)
    ]
    imported = [(100, 100 + age, round(3000 * 0.25 * 0.75**age)) for age in range(30)]
    usual, after = (forecast_of(history_of(listed, 150), 13, BASIS) for listed in (rows, [*rows, *imported]))
    mean = after.paths.expectation.means["backlog"] if after.paths else np.zeros(13)
    np.testing.assert_allclose(mean, usual.fans["backlog"].mean, rtol=0.2)


def test_the_same_history_says_the_same() -> None:
    first, second = (forecast_of(STEADY, 13, BASIS) for _ in range(2))
    assert first.frame.equals(second.frame)


@pytest.fixture(scope="module")
def two(desk: MakeDesk) -> Desk:
    """Two categories of ninety weeks."""
    return desk([*stream(90, 20, seed=4, category="network"), *stream(90, 9, seed=5, category="mail")])


@pytest.mark.parametrize("grain", [Grain.WEEK, Grain.DAY])
def test_a_value_of_a_split_has_the_forecast_of_its_filter(two: Desk, grain: Grain) -> None:
    split = forecasts(two.engine, window(), "category", 2, 4, grain)
    assert list(split) == ["network", "mail"]
    for value, found in split.items():
        alone = forecast(two.engine, window(category=value), 4, grain)
        _well_formed(found)
        # Which weeks held a clean-up is asked of the whole desk in a split; here there is none.
        assert found.frame.equals(alone.frame)
        assert (found.notes, found.refused, dict(found.withheld)) == (alone.notes, alone.refused, dict(alone.withheld))


def test_from_the_middle_it_begins_after_the_last_whole_week(two: Desk) -> None:
    found = forecast(two.engine, window(None, "2023-05-17"))  # a Wednesday
    assert found.horizon == HORIZON[Grain.WEEK]
    assert found.periods[0] == np.datetime64("2023-05-15")
    _well_formed(found)


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("2010-01-01", "No forecast: no tickets match the filters before the end of the period."),
        ("2022-01-05", "No forecast: there is no whole week whose records are sound."),
    ],
)
def test_before_the_records_it_is_refused(two: Desk, end: str, why: str) -> None:
    found = forecast(two.engine, window(None, end))
    _well_formed(found)
    assert found.refused.startswith(why)
    assert (found.history, len(found.periods), found.last_day) == (None, 0, date.min)


def test_a_desk_without_tickets_is_refused(desk: MakeDesk) -> None:
    _well_formed(forecast(desk([]).engine, window()))
    assert forecasts(desk([]).engine, window(), "category", 5) == {}
