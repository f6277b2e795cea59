"""How dates are read: decided once per file, from all values."""

from collections.abc import Callable

import duckdb
import pytest

from analytics.warehouse.formats import ColumnRule, DateRule, ExportFormat, decide_dates
from tests.formats.raw_table import Table

PLAIN = ExportFormat(name="x", title="X")
Decide = Callable[..., tuple[dict[str, DateRule], dict[str, list[str | None]]]]


@pytest.fixture
def decide(connection: duckdb.DuckDBPyConnection, table: Table) -> Decide:
    """The rules for the columns given by keyword, and what they read, as ISO text in UTC."""

    def deciding(
        zone: str = "UTC", **columns: list[str | None]
    ) -> tuple[dict[str, DateRule], dict[str, list[str | None]]]:
        longest = max(map(len, columns.values()))
        filled = [values + [None] * (longest - len(values)) for values in columns.values()]
        table(",".join(columns), *zip(*filled, strict=True))
        rules = decide_dates(connection, "raw", {name: (place,) for place, name in enumerate(columns)}, PLAIN)
        read: dict[str, list[str | None]] = {}
        for place, name in enumerate(columns):
            rows = connection.execute(
                f"SELECT {rules[name].sql(f'c{place}', zone)} FROM raw ORDER BY record"
            ).fetchall()
            read[name] = [moment.isoformat() if moment else None for (moment,) in rows]
        return rules, read

    return deciding


@pytest.mark.parametrize(
    ("text", "zone", "read"),
    [
        ("29/2/2016 01:16", "UTC", "2016-02-29T01:16:00"),
        ("2016-08-10 09:37:45", "UTC", "2016-08-10T09:37:45"),
        ("2016-08-10 09:37:45", "America/New_York", "2016-08-10T13:37:45"),
        ("2026-01-15 12:00:00", "Europe/Berlin", "2026-01-15T11:00:00"),
        ("2026-07-15 12:00:00", "Europe/Berlin", "2026-07-15T10:00:00"),
        ("25/Feb/26 10:17 PM", "UTC", "2026-02-25T22:17:00"),
        ("30/Sep/21 17:20", "UTC", "2021-09-30T17:20:00"),
        ("23.10.2024 11:02", "UTC", "2024-10-23T11:02:00"),
        ("2026-06-30T12:00:00.000-0300", "Europe/Berlin", "2026-06-30T15:00:00"),
        ("2010-03-31T15:59:42+01:00", "Europe/Berlin", "2010-03-31T14:59:42"),
        ("2009-07-20T22:55:29Z", "Europe/Berlin", "2009-07-20T22:55:29"),
        ("2020-01-02T03:04:05.1234567Z", "UTC", "2020-01-02T03:04:05.123457"),
        ("2024-05-12 09:53:00 UTC", "Europe/Berlin", "2024-05-12T09:53:00"),
        ("1593000300533", "Europe/Berlin", "2020-06-24T12:05:00.533000"),
        ("1593000300", "Europe/Berlin", "2020-06-24T12:05:00"),
        ("42310.5", "UTC", "2015-11-02T12:00:00"),
        ("42310", "Europe/Berlin", "2015-11-01T23:00:00"),
        ("2012/10/09 14:50:17.000", "UTC", "2012-10-09T14:50:17"),
        ("2012-10-09", "UTC", "2012-10-09T00:00:00"),
        ("2/18/2016  6:33:00 PM", "UTC", "2016-02-18T18:33:00"),
        ("Aug 9, 2022 06:06 AM", "UTC", "2022-08-09T06:06:00"),
        ("9 August 2022", "UTC", "2022-08-09T00:00:00"),
        ("Tue, 09 Aug 2022 01:02:03 +0200", "UTC", "2022-08-08T23:02:03"),
        ("3. März 2026 10:00", "UTC", "2026-03-03T10:00:00"),
        ("20250317", "UTC", "2025-03-17T00:00:00"),
        ("3/17/25 6:04", "UTC", "2025-03-17T06:04:00"),
        ("3/17/2025 6:04", "UTC", "2025-03-17T06:04:00"),
        ("  2016-08-10 09:37:45 ", "UTC", "2016-08-10T09:37:45"),
        ("1970-01-01 00:00:00", "UTC", None),
        ("3 weeks ago", "UTC", None),
        ("Not Assigned", "UTC", None),
        ("31/02/2016", "UTC", None),
    ],
)
def test_one_value(text: str, zone: str, read: str | None, decide: Decide) -> None:
    assert decide(zone, opened_at=[text])[1]["opened_at"] == [read]


def test_one_value_that_can_only_be_month_first_decides_for_all(decide: Decide) -> None:
    rules, read = decide(opened_at=["03-12-2025 15:21:08"], closed_at=["02-28-2025 01:01:01"])
    assert read["opened_at"] == ["2025-03-12T15:21:08"]
    assert "month first" in rules["opened_at"].note
    assert not rules["opened_at"].ambiguous


def test_a_date_only_column_follows_the_one_with_a_time(decide: Decide) -> None:
    _, read = decide(opened_at=["03/12/2025"], closed_at=["03/28/2025 10:00"])
    assert read["opened_at"] == ["2025-03-12T00:00:00"]


def test_the_reading_that_leaves_fewer_values_unread_wins(decide: Decide) -> None:
    rules, read = decide(opened_at=["13/01/2025", "14/01/2025", "15/01/2025", "01/16/2025"])
    assert read["opened_at"][:3] == ["2025-01-13T00:00:00", "2025-01-14T00:00:00", "2025-01-15T00:00:00"]
    assert read["opened_at"][3] is None
    assert (rules["opened_at"].readable, rules["opened_at"].unreadable) == (3, 1)


@pytest.mark.parametrize(
    ("opened", "resolved", "read"),
    [("03/04/2025", "02/05/2025", "2025-04-03T00:00:00"), ("04/03/2025", "05/02/2025", "2025-04-03T00:00:00")],
)
def test_a_tie_is_broken_by_the_order_of_a_tickets_life(opened: str, resolved: str, read: str, decide: Decide) -> None:
    rules, found = decide(opened_at=[opened], resolved_at=[resolved])
    assert found["opened_at"] == [read]
    assert not rules["opened_at"].ambiguous


def test_a_tie_that_remains_is_day_first_and_said_to_be_unsure(decide: Decide) -> None:
    rules, read = decide(opened_at=["03/04/2025", "05/06/2025"])
    assert read["opened_at"] == ["2025-04-03T00:00:00", "2025-06-05T00:00:00"]
    assert rules["opened_at"].ambiguous
    assert "check" in rules["opened_at"].note


def test_two_formats_in_one_column(decide: Decide) -> None:
    rules, read = decide(opened_at=["25/Feb/26 10:17 PM", "2026-02-25 16:38:58.679", "2026-02-25T16:38:58+0100"])
    assert read["opened_at"] == ["2026-02-25T22:17:00", "2026-02-25T16:38:58.679000", "2026-02-25T15:38:58"]
    assert rules["opened_at"].unreadable == 0


def test_words_for_unknown_are_not_unreadable(decide: Decide) -> None:
    rules, read = decide(resolved_at=["2026-01-05 10:00", "?", "Not Assigned", "", None, "soon"])
    assert read["resolved_at"] == ["2026-01-05T10:00:00", None, None, None, None, None]
    assert (rules["resolved_at"].readable, rules["resolved_at"].unreadable) == (1, 1)


def test_a_shape_that_the_sample_missed_is_found(connection: duckdb.DuckDBPyConnection) -> None:
    rows = "SELECT i AS record, CASE WHEN i = 33333 THEN '25/Feb/26 10:17 PM' ELSE '2026-01-05 10:00' END AS c0"
    connection.execute(f"CREATE TABLE raw AS {rows} FROM range(1, 50001) AS r(i)").fetchall()
    rule = decide_dates(connection, "raw", {"opened_at": (0,)}, PLAIN)["opened_at"]
    assert (rule.readable, rule.unreadable) == (50_000, 0)


def test_the_hour_that_summer_time_repeats_or_skips_is_still_a_time(decide: Decide) -> None:
    _, read = decide("Europe/Berlin", opened_at=["2026-03-29 02:30:00", "2026-10-25 02:30:00"])
    assert None not in read["opened_at"]


def test_minutes_after_the_opening_are_no_dates(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    table("Created at,First reply", ["2026-01-05 10:00", "17"])
    spans = {"first_response_at": ColumnRule(("First reply",), after_opened="minutes")}
    columns = {"opened_at": (0,), "first_response_at": (1,)}
    assert set(decide_dates(connection, "raw", columns, ExportFormat("x", "X", columns=spans))) == {"opened_at"}


def test_an_empty_table_has_rules_too(decide: Decide) -> None:
    rules, read = decide(opened_at=[None])
    assert read["opened_at"] == [None]
    assert rules["opened_at"].note == ""
