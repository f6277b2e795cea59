"""A forecast that is kept: read again it is the same, and held against later data it is scored by what came."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.forecast.fan import BANDS
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.kept import filters_of, filters_text, keep, keep_of_week, kept_of, unkept
from analytics.forecast.track import track
from analytics.store import Store, open_store
from tests.conftest import MakeDesk
from tests.forecast.odd_desks import MONDAY, stream
from tests.warehouse_of import Desk, desk_of, window

CUT = MONDAY.date() + timedelta(weeks=60)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path)


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    tickets = [*stream(70, 30, category="Mail"), *stream(70, 20, seed=2, category="SAP")]
    return desk_of(tickets, tmp_path_factory.mktemp("steady"))


def _at_cut(desk: Desk) -> Forecast:
    return forecast(desk.engine, Filters(end=CUT))


def test_read_again_it_is_the_same(steady: Desk, store: Store) -> None:
    made = _at_cut(steady)
    assert made.fans
    keep(store, steady.engine, Filters(end=CUT), made, "Plan")
    (record,) = store.kept_forecasts()
    read = kept_of(record)
    assert (record.name, record.forecast.origin, record.forecast.known_until) == ("Plan", CUT, CUT - timedelta(days=1))
    assert record.forecast.snapshot == steady.engine.snapshot
    assert set(read.fans) == set(made.fans)
    for series, fan in made.fans.items():
        assert read.fans[series].mean == pytest.approx(fan.mean, abs=0.001)
        for name in BANDS:
            assert read.fans[series].bound(name) == pytest.approx(fan.bound(name), abs=0.001)
    assert made.history is not None
    assert read.past["backlog"].tolist() == made.history.backlog[-13:].tolist()
    assert read.periods.tolist() == made.periods.tolist()


def test_what_came_is_what_the_records_say(steady: Desk, store: Store) -> None:
    keep(store, steady.engine, Filters(end=CUT), _at_cut(steady), "Plan")
    found = track(steady.engine, store.kept_forecasts()[0])
    assert found.come == 70 - 60
    assert found.changed == ""
    counted = steady.engine.query(
        "SELECT CAST(date_trunc('week', opened_on) AS DATE) AS week, count(*) AS tickets FROM tickets "
        "WHERE opened_on >= :cut GROUP BY 1 ORDER BY 1", {"cut": CUT},
    )  # fmt: skip
    assert found.of("inflow")["actual"].dropna().tolist() == counted["tickets"].tolist()
    assert found.net == counted["tickets"].sum() - _ended(steady)


def _ended(desk: Desk) -> int:
    sql = "SELECT count(*) AS tickets FROM tickets WHERE ended_on >= :cut"
    return int(desk.engine.query(sql, {"cut": CUT})["tickets"].iloc[0])


def test_seen_from_the_day_it_was_kept_nothing_has_come(steady: Desk, store: Store) -> None:
    keep(store, steady.engine, Filters(end=CUT), _at_cut(steady), "Plan")
    assert track(steady.engine, store.kept_forecasts()[0], CUT).come == 0
    assert track(steady.engine, store.kept_forecasts()[0], CUT + timedelta(weeks=3)).come == 3


def test_a_refused_forecast_is_not_kept(desk: MakeDesk, store: Store) -> None:
    one = desk(stream(6))
    refused = forecast(one.engine, Filters())
    assert refused.refused
    with pytest.raises(BacklightError, match="There is no forecast to keep"):
        unkept(one.engine, Filters(), refused)
    assert not keep_of_week(store, one.engine, refused)
    assert store.kept_forecasts() == ()


def test_the_week_s_own_is_kept_once(steady: Desk, store: Store) -> None:
    made = forecast(steady.engine, Filters())
    assert keep_of_week(store, steady.engine, made)
    assert not keep_of_week(store, steady.engine, made)
    (record,) = store.kept_forecasts()
    assert record.by_itself
    store.remove_forecast(record.id)
    assert not keep_of_week(store, steady.engine, made)


def test_one_made_from_newer_data_says_so(steady: Desk, store: Store) -> None:
    keep(store, steady.engine, Filters(end=CUT), _at_cut(steady), "Plan")
    (record,) = store.kept_forecasts()
    assert track(steady.engine, record).notes == ()
    later = record.forecast.__class__(**{**vars(record.forecast), "known_until": date(2030, 1, 1)})
    store.keep_forecast("Later", later)
    newer = next(kept for kept in store.kept_forecasts() if kept.name == "Later")
    assert "made from newer data than is loaded now" in track(steady.engine, newer).notes[0]


def test_the_same_tickets_have_the_same_text_however_they_were_chosen() -> None:
    one = window("2026-01-01", category=["b", None, "a"], priority=[2, 1])
    other = window(None, "2026-05-01", priority=[1, 2], category=["a", "b", None])
    assert filters_text(one) == filters_text(other) == '{"category":["a","b",null],"priority":[1,2]}'
    assert filters_of(filters_text(one)) == window(category=["a", "b", None], priority=[1, 2])
    assert filters_text(Filters()) == "{}"
    assert filters_text(window(category='"x"; DROP')) != filters_text(window(category="x"))


def test_other_tickets_are_scored_by_their_own(steady: Desk, store: Store) -> None:
    mail = window(None, CUT.isoformat(), category="Mail")
    keep(store, steady.engine, mail, forecast(steady.engine, mail), "Mail")
    found = track(steady.engine, store.kept_forecasts()[0])
    sql = "SELECT count(*) AS tickets FROM tickets WHERE opened_on >= :cut AND category = 'Mail'"
    opened = int(steady.engine.query(sql, {"cut": CUT})["tickets"].iloc[0])
    came = found.of("inflow")["actual"]
    assert np.nansum(came) == opened
