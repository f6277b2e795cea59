"""The business calendar: kept with the data, changed like an import, read back as it was written."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from analytics.business_hours import calendar_in_force, changed_calendar, closed_days
from analytics.errors import BacklightError
from analytics.warehouse.business_calendar import BusinessCalendar, read_days, read_hours, shipped_calendar
from analytics.warehouse.engine import open_engine
from analytics.warehouse.importer import (
    change_business_calendar,
    change_reporting_time_zone,
    import_exports,
    rebuild,
)
from analytics.warehouse.public_holidays import countries, subdivisions
from analytics.warehouse.snapshots import undo

HEADER = "number,state,priority,opened_at,resolved_at,sys_updated_on"
FIRST = "INC0000001,Resolved,2 - High,2026-03-06 17:00:00,2026-03-09 09:00:00,2026-03-09 09:00:00"
SECOND = "INC0000002,Resolved,2 - High,2026-03-09 08:00:00,2026-03-09 10:00:00,2026-03-09 10:00:00"
SATURDAYS = changed_calendar(shipped_calendar(), days="mon-sat")


def _import(folder: Path, name: str, rows: str) -> Path:
    file = folder / name
    file.write_text(f"{HEADER}\n{rows}\n", encoding="utf-8")
    import_exports(folder / "db", [file])
    return folder / "db"


def _hours(database: Path) -> list[float]:
    engine = open_engine(database)
    found = engine.query("SELECT business_resolution_hours AS hours FROM tickets ORDER BY ticket_id")["hours"].tolist()
    engine.close()
    return found


def _in_force(database: Path) -> BusinessCalendar:
    engine = open_engine(database)
    found = calendar_in_force(engine)
    engine.close()
    return found


def test_a_new_database_starts_with_the_shipped_calendar(tmp_path: Path) -> None:
    database = _import(tmp_path, "first.csv", FIRST)
    assert _in_force(database) == shipped_calendar() == BusinessCalendar((0, 1, 2, 3, 4), 8 * 60, 18 * 60)
    assert _hours(database) == [1 + 1]


def test_another_calendar_counts_anew_and_undo_goes_back(tmp_path: Path) -> None:
    database = _import(tmp_path, "first.csv", FIRST)
    change_business_calendar(database, SATURDAYS)
    assert _hours(database) == [1 + 10 + 1]
    assert _in_force(database) == SATURDAYS
    undo(database)
    assert _hours(database) == [1 + 1]
    assert _in_force(database) == shipped_calendar()


def test_the_calendar_stays_over_imports_time_zones_and_rebuilds(tmp_path: Path) -> None:
    database = _import(tmp_path, "first.csv", FIRST)
    calendar = changed_calendar(SATURDAYS, country="GB", closed=[date(2026, 3, 7)])
    change_business_calendar(database, calendar)
    _import(tmp_path, "second.csv", SECOND)
    assert (_in_force(database), _hours(database)) == (calendar, [1 + 1, 2])
    change_reporting_time_zone(database, "Asia/Kathmandu")  # 5:45 h ahead: 22:45 Friday to 14:45 Monday; 13:45 to 15:45
    assert (_in_force(database), _hours(database)) == (calendar, [0 + 6.75, 2])
    rebuild(database)
    assert _in_force(database) == calendar


def test_closed_days_stand_in_the_calendar_by_name(tmp_path: Path) -> None:
    database = _import(tmp_path, "first.csv", FIRST)
    change_business_calendar(database, changed_calendar(SATURDAYS, country="IE", closed=[date(2026, 3, 7)]))
    engine = open_engine(database)
    frame = engine.query("SELECT * FROM calendar ORDER BY calendar_on")
    engine.close()
    assert frame["is_business_day"].tolist() == [True, False, False, True]
    assert frame["holiday"].fillna("").tolist() == ["", "Closed day", "", ""]
    assert frame["business_minutes_before"].tolist() == [0, 600, 600, 600]


def test_the_closed_days_of_a_year_are_named() -> None:
    calendar = changed_calendar(shipped_calendar(), country="united kingdom", subdivision="England", closed=[
        date(2026, 12, 24), date(2026, 12, 25), date(2027, 12, 24),
    ])  # fmt: skip
    found = closed_days(calendar, 2026).set_index("closed_on")
    assert found.loc[date(2026, 12, 25), "name"] == "Christmas Day"
    assert found.loc[date(2026, 12, 24), ["weekday", "name"]].tolist() == ["Thursday", "Closed day"]
    assert found.index.is_monotonic_increasing
    assert all(day.year == 2026 for day in found.index)
    assert closed_days(shipped_calendar(), 2026).empty


def test_another_country_drops_the_subdivision_and_none_takes_both_away() -> None:
    england = changed_calendar(shipped_calendar(), country="GB", subdivision="ENG")
    assert (england.country, england.subdivision) == ("GB", "ENG")
    assert changed_calendar(england, hours="09:00-17:00").subdivision == "ENG"
    italy = changed_calendar(england, country="ITA")
    assert (italy.country, italy.subdivision) == ("IT", None)
    assert changed_calendar(england, subdivision="none").subdivision is None
    assert changed_calendar(england, country="none") == shipped_calendar()


def test_every_country_and_a_calendar_of_it_can_be_kept() -> None:
    assert len(countries()) > 200
    assert subdivisions("GB") == ("ENG", "NIR", "SCT", "WLS")
    calendar = changed_calendar(SATURDAYS, country="DE", subdivision="BY", closed=[date(2026, 1, 2)])
    assert BusinessCalendar.kept(calendar.fact) == calendar
    assert BusinessCalendar.kept(None) == shipped_calendar()


@pytest.mark.parametrize(
    ("text", "days", "written"),
    [
        ("mon-fri", (0, 1, 2, 3, 4), "mon-fri"),
        ("sun-thu", (0, 1, 2, 3, 6), "sun-thu"),
        ("Monday, WED", (0, 2), "mon,wed"),
        ("mon-fri,sun", (0, 1, 2, 3, 4, 6), "sun-fri"),
        ("mon-sun", (0, 1, 2, 3, 4, 5, 6), "mon-sun"),
        ("sat", (5,), "sat"),
    ],
)
def test_weekdays_are_read_and_written_again(text: str, days: tuple[int, ...], written: str) -> None:
    assert read_days(text) == days
    calendar = changed_calendar(shipped_calendar(), days=text)
    assert calendar.days_text == written
    assert read_days(written) == days


@pytest.mark.parametrize(
    ("days", "hours", "country", "subdivision", "says"),
    [
        ("mon-fri", "18:00-08:00", None, None, "Business hours 18:00-08:00 end before they start"),
        ("mon-fri", "08:00-08:00", None, None, "end before they start"),
        ("mon-fri", "8-18", None, None, "'8-18' are no business hours"),
        ("mon-fri", "08:60-18:00", None, None, "are no business hours"),
        ("mon-fri", "08:00-24:01", None, None, "are no business hours"),
        ("mon-fir", "08:00-18:00", None, None, "There is no weekday 'fir'. Did you mean 'fri'?"),
        ("", "08:00-18:00", None, None, "at least one weekday"),
        ("mon-fri", "08:00-18:00", "Frence", None, "There is no country 'Frence'. Did you mean 'france'?"),
        ("mon-fri", "08:00-18:00", "GB", "Walse", "of United Kingdom 'Walse'. Did you mean 'wales'?"),
        ("mon-fri", "08:00-18:00", None, "ENG", "'ENG' is a subdivision of no country"),
        ("mon-fri", "08:00-18:00", "Monaco", "XX", "Monaco has no subdivisions"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_sentence(
    days: str, hours: str, country: str | None, subdivision: str | None, says: str
) -> None:
    with pytest.raises(BacklightError, match=re.escape(says)):
        BusinessCalendar.of(days, hours, country, subdivision)


def test_around_the_clock_is_a_day_of_24_hours() -> None:
    assert read_hours("00:00-24:00") == (0, 24 * 60)


@pytest.mark.parametrize(
    ("calendar", "sentence"),
    [
        (shipped_calendar(), "Monday to Friday, 08:00 to 18:00, no public holidays"),
        (
            changed_calendar(shipped_calendar(), days="mon,wed", country="GB", subdivision="ENG"),
            "Monday, Wednesday, 08:00 to 18:00, closed on the public holidays of United Kingdom (ENG)",
        ),
        (
            changed_calendar(SATURDAYS, closed=[date(2026, 1, 2)]),
            "Monday to Saturday, 08:00 to 18:00, closed on 1 further day",
        ),
        (
            changed_calendar(SATURDAYS, country="IE", closed=[date(2026, 1, 1) + timedelta(days=n) for n in (1, 2)]),
            "Monday to Saturday, 08:00 to 18:00, closed on the public holidays of Ireland and on 2 further days",
        ),
    ],
)
def test_the_calendar_in_words(calendar: BusinessCalendar, sentence: str) -> None:
    assert calendar.sentence == sentence
