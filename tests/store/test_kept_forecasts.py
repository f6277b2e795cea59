"""Kept forecasts: none is lost or changed, one of a week is kept once however many try, and removing can be undone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from analytics.errors import BacklightError
from analytics.store import Store, migration
from analytics.store.database import Database
from analytics.store.kept_forecasts import BY_ITSELF, Unkept, keep_forecast_once
from tests.store.conftest import Open

FORECAST = Unkept("{}", "week", date(2026, 6, 29), date(2026, 6, 30), 13, "a model", "a.duckdb", '{"fans":{}}')
EARLIER = replace(FORECAST, origin=date(2026, 6, 22))


def test_it_comes_back_as_it_was_the_newest_origin_first(store: Store, open_here: Open) -> None:
    before = datetime.now(UTC)
    later, earlier = store.keep_forecast(" Plan ", FORECAST), store.keep_forecast("Plan", EARLIER)
    found = open_here().kept_forecasts()
    assert [(kept.id, kept.name, kept.forecast) for kept in found] == [
        (later, "Plan", FORECAST), (earlier, "Plan", EARLIER),
    ]  # fmt: skip
    assert all(before <= kept.kept_at <= datetime.now(UTC) for kept in found)
    assert not any(kept.by_itself or kept.removed for kept in found)


def test_once_for_the_same_tickets_grain_and_origin(store: Store) -> None:
    assert store.keep_forecast_once(FORECAST)
    assert not store.keep_forecast_once(replace(FORECAST, numbers="{}", snapshot="b.duckdb"))
    others = (EARLIER, replace(FORECAST, grain="day"), replace(FORECAST, filters='{"priority":[1]}'))
    assert all(store.keep_forecast_once(other) for other in others)
    store.keep_forecast("mine", FORECAST)
    store.keep_forecast("mine too", FORECAST)
    assert sum(kept.by_itself for kept in store.kept_forecasts()) == 1 + 3
    assert {kept.name for kept in store.kept_forecasts() if kept.by_itself} == {BY_ITSELF}


def test_many_sessions_at_once_keep_one(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda _: store.keep_forecast_once(FORECAST), range(24)))
    assert sum(kept) == 1
    assert len(store.kept_forecasts()) == 1


def test_whoever_comes_second_is_told_so(store: Store) -> None:
    # Past the look that comes first: as when two ask in the same moment.
    with store.database.writing() as connection:
        assert keep_forecast_once(connection, FORECAST)
        assert not keep_forecast_once(connection, FORECAST)


def test_a_removed_one_can_be_put_back_and_is_not_kept_again_by_itself(store: Store) -> None:
    store.keep_forecast_once(FORECAST)
    number = store.kept_forecasts()[0].id
    store.remove_forecast(number)
    store.remove_forecast(99)
    assert [kept.removed for kept in store.kept_forecasts()] == [True]
    assert not store.keep_forecast_once(FORECAST)
    store.restore_forecast(number)
    assert [(kept.id, kept.removed) for kept in store.kept_forecasts()] == [(number, False)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (" ", "The name is empty: write 1 to 200 characters of plain text."),
        ("x" * 201, "The name has 201 characters: write 1 to 200 characters of plain text."),
        ("a\0b", "The name holds a character that is not text: write 1 to 200 characters of plain text."),
    ],
)
def test_other_names_are_refused_in_one_sentence(store: Store, name: str, said: str) -> None:
    with pytest.raises(BacklightError) as refused:
        store.keep_forecast(name, FORECAST)
    assert str(refused.value) == said
    assert store.kept_forecasts() == ()


@pytest.mark.parametrize("name", ["'; DROP TABLE kept_forecasts; --", "<b>x</b> ![a](//b)", "=1+1", "%s :name ?"])
def test_hostile_names_come_back_as_they_were(store: Store, name: str) -> None:
    store.keep_forecast(name, FORECAST)
    assert [kept.name for kept in store.kept_forecasts()] == [name]


def test_what_was_entered_before_there_were_kept_forecasts_stays(unmade: Database, open_here: Open) -> None:
    migration.migrate(unmade, "0003")
    with unmade.writing() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('kept', 'yes', '2026-05-04 00:00:00')")
    store = open_here()
    assert store.setting("kept", "no") == "yes"
    assert store.keep_forecast("Plan", FORECAST) == 1
