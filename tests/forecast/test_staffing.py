"""Staffing: what comes and leaves by weekday and hour, by example, against pandas, and where it cannot be told."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.filters import Filters
from analytics.forecast.forecast import forecast
from analytics.forecast.person_hours import person_hours
from analytics.forecast.staffing import Demand, Staffing, demand_of, staffing
from analytics.forecast.week_gaps import Gap, gaps_of
from analytics.forecast.week_pattern import pattern_of, week_pattern
from analytics.warehouse.business_calendar import BusinessCalendar
from tests.conftest import MakeDesk
from tests.forecast.odd_desks import stream
from tests.warehouse_of import Desk, desk_of, window

MONDAY = date(2026, 1, 5)
OFFICE = BusinessCalendar.of("mon-fri", "08:00-18:00")


def _at(week: int, day: int, hour: float, **more: Any) -> dict[str, Any]:
    """A ticket that is opened then and ended four hours later."""
    opened = datetime.combine(MONDAY, datetime.min.time()) + timedelta(weeks=week, days=day, hours=hour)
    return {"opened_at": opened, "resolved_at": opened + timedelta(hours=4), "status": "resolved", **more}


def _desk(desk: MakeDesk, each: dict[tuple[int, float], int], weeks: int = 4, zone: str = "UTC", **more: Any) -> Desk:
    """So many tickets by weekday and hour, the same each week."""
    tickets = [
        _at(week, day, hour + place / 97 / 60, **more)
        for week in range(weeks) for (day, hour), count in each.items() for place in range(count)
    ]  # fmt: skip
    return desk(tickets, zone)


def _staffed(made: Desk, weeks: int = 4, weekly: float | None = None, filters: Filters | None = None) -> Staffing:
    demand = Demand(MONDAY, MONDAY + timedelta(weeks=weeks), weekly)
    return staffing(made.engine, filters or Filters(), demand)


def _cell(found: Staffing, weekday: int, hour: int, name: str = "arrivals") -> float:
    rows = found.frame
    return float(rows[(rows["weekday"] == weekday) & (rows["hour"] == hour)][name].iloc[0])


BUSY = {(0, 8): 30, (0, 9): 20, (2, 10): 10}


def test_a_usual_week_is_the_mean_of_the_weeks(desk: MakeDesk) -> None:
    found = _staffed(_desk(desk, BUSY))
    assert _cell(found, 0, 8) == pytest.approx(30 * 4 / 4)
    assert _cell(found, 2, 10) == pytest.approx(10)
    assert _cell(found, 0, 12, "departures") == pytest.approx(30)  # opened at 8, ended four hours later
    assert found.frame["arrivals"].sum() == pytest.approx(60)
    assert found.frame["departures"].sum() == pytest.approx(60)
    assert len(found.frame) == 7 * 24
    assert found.by_weekday["arrivals"].tolist() == pytest.approx([50, 0, 10, 0, 0, 0, 0])


def test_the_week_is_scaled_to_what_is_expected(desk: MakeDesk) -> None:
    found = _staffed(_desk(desk, BUSY), weekly=90)
    assert _cell(found, 0, 8) == pytest.approx(30 * 90 / 60)
    assert found.by_weekday["arrivals"].sum() == pytest.approx(90)
    assert found.frame["departures"].sum() == pytest.approx(60)
    assert found.sentence.startswith("A week is expected to bring 90 tickets, and 60 leave in a usual one.")
    assert "Arrivals are scaled to 90 a week, the forecast of the next 4 weeks (60 of late)." in found.notes


def test_the_gaps_are_told_in_words(desk: MakeDesk) -> None:
    found = _staffed(_desk(desk, BUSY))
    # Monday 8 to 10 brings 30 + 20; the tickets leave from 12 on. Wednesday 10 brings 10.
    assert [gap.words for gap in found.gaps] == [
        "Monday 8 to 10 brings 50 tickets, 0 leave", "Wednesday 10 to 11 brings 10 tickets, 0 leave",
    ]  # fmt: skip
    assert "The largest gaps: Monday 8 to 10 brings 50 tickets, 0 leave; Wednesday" in found.sentence


def test_hours_are_those_of_the_reporting_time_zone(desk: MakeDesk) -> None:
    # India's clocks are five and a half hours ahead of UTC: 8:00 UTC is 13:30, 8:31 is 14:01.
    found = _staffed(_desk(desk, {(0, 8): 30, (0, 8.55): 30}, zone="Asia/Kolkata"))
    assert (_cell(found, 0, 13), _cell(found, 0, 14)) == (pytest.approx(30), pytest.approx(30))


def test_closed_days_are_no_part_of_the_pattern() -> None:
    hours = pd.DataFrame(
        {"hour": [pd.Timestamp(MONDAY) + pd.Timedelta(weeks=week, hours=8) for week in range(4)], "quarter": 2,
         "tickets": [8, 8, 1, 8], "sharp": 0}
    )  # fmt: skip
    holiday = MONDAY + timedelta(weeks=2)
    found = pattern_of(hours, "UTC", MONDAY, MONDAY + timedelta(weeks=4), {holiday})
    assert found.days.tolist() == [3, 4, 4, 4, 4, 4, 4]
    assert found.hourly[0, 8] == pytest.approx((8 + 8 + 8) / 3)
    every = pattern_of(hours, "UTC", MONDAY, MONDAY + timedelta(weeks=4), set())
    assert every.hourly[0, 8] == pytest.approx((8 + 8 + 1 + 8) / 4)


def test_days_without_a_time_are_told_and_counted_by_weekday(desk: MakeDesk) -> None:
    midnight = [
        {"opened_at": at, "resolved_at": at + timedelta(days=1), "status": "resolved"}
        for at in (datetime.combine(MONDAY, datetime.min.time()) + timedelta(days=day) for day in range(28))
        for _ in range(10)
    ]
    found = _staffed(desk(midnight))
    assert found.sentence.startswith("Cannot tell the hour: the export has days only. A usual week brings 70 tickets")
    assert found.frame.empty
    assert found.by_weekday["arrivals"].tolist() == pytest.approx([10] * 7)
    assert found.rate.reason == "the export does not say at what time of day tickets end"


def test_midnights_among_times_are_spread_as_the_others_are(desk: MakeDesk) -> None:
    timed = [_at(week, 1, 9 + place / 60) for week in range(4) for place in range(50)]
    untimed = [_at(week, 1, 0) for week in range(4) for _ in range(50)]
    found = _staffed(desk([*timed, *untimed]))
    assert _cell(found, 1, 0) == 0
    assert _cell(found, 1, 9) == pytest.approx(100)
    assert any(note.startswith("200 tickets opened at midnight to the second") for note in found.notes)


def test_too_few_tickets_say_nothing_of_hours_and_then_of_days(desk: MakeDesk) -> None:
    some, few = _staffed(_desk(desk, {(0, 8): 10})), _staffed(_desk(desk, {(0, 8): 5}))
    assert some.sentence.startswith(
        "Too few tickets to tell the hour (40 opened, it takes 200). A usual week brings 10"
    )
    assert [gap.words for gap in some.gaps] == []  # as many leave on the same day
    assert few.reason == "Too few tickets to tell who is needed when: 20 in the 4 weeks up to 1 Feb 2026."
    assert few.sentence == few.reason
    assert few.by_weekday.empty


def test_a_cell_of_too_few_tickets_is_marked(desk: MakeDesk) -> None:
    found = _staffed(_desk(desk, BUSY | {(4, 15): 1}))
    assert _cell(found, 4, 15, "too_few")  # four tickets in four weeks
    assert not _cell(found, 0, 8, "too_few")


def test_a_gap_that_may_be_chance_is_not_told() -> None:
    hours = pd.DataFrame({"weekday": 0, "hour": range(24), "arrivals": 0.0, "departures": 0.0})
    hours.loc[9, ["arrivals", "departures"]] = [12.0, 8.0]
    hours["gap"] = hours["arrivals"] - hours["departures"]
    # 4 of (12 + 8) a week: its standard error is sqrt(20 / weeks), 1.24 over 13 weeks and 2.24 over 4.
    assert gaps_of(hours, 13, OFFICE) == (Gap(0, 9, 10, 12.0, 8.0),)
    assert gaps_of(hours, 4, OFFICE) == ()
    assert gaps_of(hours, 13, BusinessCalendar.of("mon-fri", "10:00-18:00")) == ()


def _worked(people: int, days: int, hours: int) -> list[dict[str, Any]]:
    """One ticket an hour for each person."""
    return [
        _at(0, day, 8 + hour, assignee=f"P{person}")
        for person in range(people) for day in range(days) for hour in range(hours)
    ]  # fmt: skip


def test_the_rate_is_of_all_together_between_the_first_and_last_of_a_day(desk: MakeDesk) -> None:
    # Each of 6 people ends 5 tickets a day, 4 hours from the first to the last: 4 after the first in 4 hours.
    worked = [
        _at(0, day, 8 + hour, assignee=f"P{person}") for person in range(6) for day in range(3) for hour in range(5)
    ]
    found = person_hours(desk(worked).engine, Filters(), MONDAY, MONDAY + timedelta(weeks=1))
    assert found.hours == pytest.approx(6 * 3 * 4)
    assert found.rate == pytest.approx(4 / 4)


def test_of_few_people_or_nobody_no_rate_is_told(desk: MakeDesk) -> None:
    four = [
        _at(0, day, 8 + hour, assignee=f"P{person}") for person in range(4) for day in range(5) for hour in range(9)
    ]
    week = MONDAY + timedelta(weeks=1)
    assert person_hours(desk(four).engine, Filters(), MONDAY, week).rate is None
    nobody = person_hours(_desk(desk, BUSY).engine, Filters(), MONDAY, week)
    assert (nobody.rate, nobody.reason) == (None, "assignees are not recorded, so no rate a person can be told")


@pytest.fixture(scope="module")
def streamed(tmp_path_factory: pytest.TempPathFactory) -> Any:
    listed = [*stream(60, 40, category="Mail"), *stream(60, 25, seed=3, category="SAP")]
    made = desk_of(listed, tmp_path_factory.mktemp("streamed"), "Europe/Rome")
    yield made
    made.engine.close()


@pytest.mark.parametrize("category", [None, "Mail"])
@pytest.mark.parametrize("anchor", ["opened", "ended"])
def test_the_pattern_is_what_pandas_counts(streamed: Desk, anchor: str, category: str | None) -> None:
    filters = window(category=category) if category else Filters()
    demand = demand_of(forecast(streamed.engine, filters))
    assert demand.start is not None
    assert demand.until is not None
    found = week_pattern(streamed.engine, filters, anchor, demand.start, demand.until, set())
    rows = streamed.engine.query(f"SELECT {anchor}_at AS at, category FROM tickets WHERE {anchor}_at IS NOT NULL")
    local = rows[rows["category"] == category]["at"] if category else rows["at"]
    local = local.dt.tz_localize("UTC").dt.tz_convert("Europe/Rome").dt.tz_localize(None)
    local = local[(local >= pd.Timestamp(demand.start)) & (local < pd.Timestamp(demand.until))]
    expected = np.zeros((7, 24))
    np.add.at(expected, (local.dt.day_of_week, local.dt.hour), 1)
    assert found.tickets == len(local) > 100
    assert found.counts.tolist() == expected.tolist()
    assert found.by_weekday.tolist() == expected.sum(axis=1).tolist()


def test_demand_is_the_forecast_of_four_weeks(streamed: Desk) -> None:
    made = forecast(streamed.engine, Filters())
    assert "inflow" in made.fans
    demand = demand_of(made)
    assert demand.weekly == pytest.approx(sum(made.fans["inflow"].mean[:4]) / 4)
    assert made.history is not None
    assert (demand.until, demand.start) == (made.history.ends, made.history.ends - timedelta(weeks=13))
    found = staffing(streamed.engine, Filters(), demand)
    assert found.frame["arrivals"].sum() == pytest.approx(demand.weekly)
    assert found.frame["gap"].tolist() == pytest.approx((found.frame["arrivals"] - found.frame["departures"]).tolist())


def test_without_sound_weeks_it_says_so(desk: MakeDesk) -> None:
    one = desk([_at(0, 0, 9), _at(0, 1, 9)])
    found = staffing(one.engine, Filters(), demand_of(forecast(one.engine, Filters())))
    assert found.sentence.startswith("Cannot tell who is needed when. ")
    assert found.frame.empty
