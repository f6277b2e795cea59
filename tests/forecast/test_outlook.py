"""The outlook: what is shown of the past, where a picture has each value, what is said, and what would have been."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from analytics.flow.edges import COLLAPSE, PARTIAL, Mark
from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW, SERIES, Method
from analytics.forecast.fan import BANDS
from analytics.forecast.forecast import Forecast, forecast_of
from analytics.forecast.outlook import Outlook, numbers, outlook, replayed
from analytics.period import Grain
from tests.forecast.histories import BASIS, MONDAY, simulated, until

WEEKS = 120


@pytest.fixture(scope="module")
def found() -> Forecast:
    """13 weeks ahead of a desk of 120."""
    return forecast_of(simulated(1, WEEKS), 13, BASIS)


def _day(week: int) -> date:
    day: date = (MONDAY + np.timedelta64(7 * week, "D")).astype(date)
    return day


def _at(shown: Outlook, place: int) -> datetime:
    moment: Any = shown.known["at"].iloc[place]
    return datetime.fromisoformat(str(moment))


@pytest.mark.parametrize(("start", "shown"), [(_day(100), 52), (_day(68), 52), (_day(40), 80), (None, WEEKS)])
def test_a_year_of_the_past_is_shown_or_the_period_if_it_is_longer(
    found: Forecast, start: date | None, shown: int
) -> None:
    assert len(outlook(found, BACKLOG, start, None).known) == shown


def test_a_level_stands_at_the_end_of_its_week_and_a_flow_in_the_middle(found: Forecast) -> None:
    midnight = datetime.min.time()
    level, flow = outlook(found, BACKLOG, None, None), outlook(found, INFLOW, None, None)
    assert _at(level, 0) == datetime.combine(_day(1), midnight)
    assert _at(flow, 0) == datetime.combine(_day(0), midnight) + timedelta(days=3.5)
    assert level.known["words"].iloc[0] == "at the end of 9 Jan 2022"
    assert flow.known["words"].iloc[0] == "in the week of 3 Jan 2022"
    assert level.begins == _day(WEEKS)


def test_days_stand_at_their_noon_and_their_end() -> None:
    found = forecast_of(simulated(1, 400, grain=Grain.DAY), 14, BASIS)
    flow, level = outlook(found, INFLOW, None, None), outlook(found, BACKLOG, None, None)
    assert _at(flow, 0).hour == 12
    assert _at(level, 0).date() == _day(0) + timedelta(days=1)
    assert flow.known["words"].iloc[0] == "on 3 Jan 2022"
    assert len(outlook(found, INFLOW, date(2099, 1, 1), None).known) == 91


def test_the_fan_of_the_backlog_opens_at_the_last_known_level(found: Forecast) -> None:
    shown = outlook(found, BACKLOG, None, None)
    assert found.history is not None
    last = found.history.backlog[-1]
    assert list(shown.fan.iloc[0][["mean", *BANDS]]) == [last] * 7
    assert len(shown.fan) == 13 + 1
    assert len(outlook(found, INFLOW, None, None).fan) == 13


def test_the_sentence_of_a_flow_is_its_sum_ahead_and_its_sum_before(found: Forecast) -> None:
    assert found.history is not None
    ahead, before = found.fans[INFLOW].mean.sum(), found.history.inflow[-13:].sum()
    said = outlook(found, INFLOW, None, None).sentence
    assert said == (
        f"About {ahead:,.0f} in the next 13 weeks, {ahead / 13:.0f} a week; "
        f"{before:,.0f} in the last 13, {before / 13:.0f} a week."
    )


def test_a_series_held_back_has_its_reason_and_no_fan(found: Forecast) -> None:
    held = replace(found, fans={INFLOW: found.fans[INFLOW]}, withheld={OUTFLOW: "Because.", BACKLOG: "It loses."})
    for series, reason in held.withheld.items():
        shown = outlook(held, series, None, None)
        assert (len(shown.ahead), len(shown.fan), shown.sentence) == (0, 0, reason)
        assert len(shown.known) == WEEKS


def test_what_is_not_tested_begins_after_the_last_step_tested() -> None:
    found = forecast_of(simulated(1, WEEKS), 26, BASIS)
    assert outlook(found, BACKLOG, None, None).tested_until == _day(WEEKS + 13)
    assert outlook(forecast_of(simulated(1, WEEKS), 13, BASIS), BACKLOG, None, None).tested_until is None


@pytest.mark.parametrize(("days", "words"), [(2, "today (known to 21 Apr 2024)"), (60, "known to 21 Apr 2024")])
def test_today_is_said_where_the_records_reach_it(found: Forecast, days: int, words: str) -> None:
    as_of = datetime.combine(_day(WEEKS), datetime.min.time()) + timedelta(days=days)
    assert outlook(found, BACKLOG, None, as_of).begins_words == words


def test_stretches_that_are_left_out_are_shaded_but_not_the_week_that_runs(found: Forecast) -> None:
    assert found.history is not None
    marks = (
        Mark(COLLAPSE, _day(100), _day(110), "."),
        Mark(PARTIAL, _day(WEEKS), _day(WEEKS + 1), "."),
        Mark("opened since", _day(0), _day(30), ".", left_out=False),
    )
    marked = replace(found, history=replace(found.history, marks=marks))
    (shade,) = outlook(marked, BACKLOG, None, None).shades
    assert (shade.kind, shade.start, shade.end) == (COLLAPSE, _day(100), _day(110))


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("origin", [0, 11, 23])
def test_a_replay_says_what_the_records_of_then_would_have_said(found: Forecast, series: str, origin: int) -> None:
    assert found.tested is not None
    assert found.history is not None
    known = int(found.tested.backtests[series].known[origin])
    shown = replayed(found, series, origin)
    alone = Method(until(found.history, known)).at(known, 13, 10)
    assert shown.ahead["mean"].to_numpy() == pytest.approx(alone.means[series])
    assert list(shown.came["value"]) == list(getattr(found.history, series)[known : known + 13])
    assert list(shown.known["value"]) == list(getattr(found.history, series)[max(0, known - 52) : known])
    within = ((shown.came["value"] >= shown.ahead["lo80"]) & (shown.came["value"] <= shown.ahead["hi80"])).sum()
    assert f"{within} of 13 weeks lay within the 80 % interval." in shown.sentence
    assert shown.sentence.startswith(f"On {_day(known):%-d %b %Y} we would have said: ")


def test_the_download_holds_every_number_and_the_three_series_agree(found: Forecast) -> None:
    frame = numbers(found)
    assert len(frame) == 3 * (WEEKS + 13)
    ahead = frame[frame["mean"].notna()].pivot(index="period", columns="series", values="mean")
    known = frame[frame["known"].notna()].pivot(index="period", columns="series", values="known")
    assert len(ahead) == 13
    start = known[BACKLOG].iloc[-1]
    assert (start + (ahead[INFLOW] - ahead[OUTFLOW]).cumsum()).to_numpy() == pytest.approx(ahead[BACKLOG].to_numpy())
    steps = known[BACKLOG].diff().iloc[1:]
    assert steps.to_numpy() == pytest.approx((known[INFLOW] - known[OUTFLOW]).iloc[1:].to_numpy())


def test_an_interval_that_would_fill_the_picture_runs_out_of_it(found: Forecast) -> None:
    shown = outlook(found, INFLOW, None, None)
    assert shown.ceiling is None
    highest = max(shown.known["value"].max(), shown.ahead["hi80"].max())
    wide = replace(shown, ahead=shown.ahead.assign(hi95=highest * 2 + 1))
    assert wide.ceiling == pytest.approx(highest * 1.15)


@pytest.mark.parametrize(("lowest", "is_high"), [(751.0, True), (749.0, False)])
def test_a_level_far_above_nought_is_seen_from_its_foot(found: Forecast, lowest: float, is_high: bool) -> None:
    shown = outlook(found, BACKLOG, None, None)
    bands = dict.fromkeys(BANDS, 800.0)
    ahead = shown.ahead.assign(mean=800.0, **bands | {"lo95": lowest, "hi95": 1000.0})
    high = replace(shown, known=shown.known.assign(value=800.0), ahead=ahead)
    assert high.is_high is is_high
    assert not replace(high, series=INFLOW).is_high


def test_without_a_history_there_is_nothing_to_look_at(found: Forecast) -> None:
    with pytest.raises(ValueError, match="no history"):
        outlook(replace(found, history=None), BACKLOG, None, None)
    with pytest.raises(ValueError, match="no back-test"):
        replayed(replace(found, tested=None), BACKLOG, 0)
