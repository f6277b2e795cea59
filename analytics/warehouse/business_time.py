"""Business time: the calendar table, with the business minutes before each day, and business hours looked up in it.

Hours between two moments are the difference of what lies before each: a lookup per moment, never a loop over days.
"""

from datetime import date

import duckdb

from analytics.warehouse.business_calendar import BusinessCalendar
from analytics.warehouse.schema import CALENDAR, names

_MINUTE = 60_000


def create_calendar(
    connection: duckdb.DuckDBPyConnection,
    target: str,
    time_zone: str,
    as_of: str | None,
    business: BusinessCalendar,
) -> None:
    """Create `<target>.calendar` from `tickets`: every day from the first opening to the as-of day.

    Days are those of the reporting `time_zone`, business days those of `business`; `as_of` is UTC.
    """
    first, last = _bounds(connection, time_zone, as_of)
    _list_closed_days(connection, business, range(first.year, last.year + 1) if first and last else range(0))
    columns = ", ".join(names(CALENDAR))
    connection.execute(
        f"""
        CREATE TABLE {target}.calendar AS
        WITH days AS (
            SELECT CAST(unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS DATE) AS calendar_on
            FROM (SELECT CAST($first AS DATE) AS first_day, CAST($last AS DATE) AS last_day)
            WHERE first_day IS NOT NULL
        ),
        named AS (
            SELECT calendar_on, holiday, holiday IS NULL AND list_contains($days, isodow(calendar_on) - 1)
                AS is_business_day
            FROM days LEFT JOIN closed_days ON closed_on = calendar_on
        ),
        counted AS (
            SELECT *, CAST($minutes * COALESCE(count(*) FILTER (WHERE is_business_day) OVER (
                ORDER BY calendar_on ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS BIGINT)
                AS business_minutes_before
            FROM named
        )
        SELECT {columns} FROM counted ORDER BY calendar_on""",
        {"first": first, "last": last, "days": list(business.days), "minutes": business.closes - business.opens},
    )
    connection.execute("DROP TABLE closed_days")


def local_time(moment: str) -> str:
    """A UTC time on the clocks of the reporting time zone, bound as `$zone`."""
    return f"CASE WHEN $zone = 'UTC' THEN {moment} ELSE timezone($zone, timezone('UTC', {moment})) END"


def day_of(moment: str) -> str:
    """The day of a UTC time in the reporting time zone."""
    return f"CAST({local_time(moment)} AS DATE)"


def business_time(local: str, day: str, business: BusinessCalendar) -> str:
    """Business milliseconds from the calendar's first day to a local time; `day` is the calendar's row for its date.

    Before opening counts as the day's opening, after closing as its closing.
    """
    opens, length = business.opens * _MINUTE, (business.closes - business.opens) * _MINUTE
    since_opening = f"epoch_ms({local}) - epoch_ms(CAST(CAST({local} AS DATE) AS TIMESTAMP)) - {opens}"
    today = f"CASE WHEN {day}.is_business_day THEN greatest(0, least({length}, {since_opening})) ELSE 0 END"
    return f"({day}.business_minutes_before * {_MINUTE} + {today})"


def _bounds(
    connection: duckdb.DuckDBPyConnection, time_zone: str, as_of: str | None
) -> tuple[date | None, date | None]:
    """The first and last day of the calendar; None without an opening."""
    # Where clocks go back over midnight, the first ticket may be opened on a later date than the second.
    earliest = "SELECT min(opened_at) + INTERVAL 1 DAY FROM tickets"
    row = connection.execute(
        f"""
        SELECT min({day_of("opened_at")}), {day_of("CAST($as_of AS TIMESTAMP)")}
        FROM tickets WHERE opened_at <= ({earliest})""",
        {"as_of": as_of, "zone": time_zone},
    ).fetchone()
    return row if row and row[0] else (None, None)


def _list_closed_days(connection: duckdb.DuckDBPyConnection, business: BusinessCalendar, years: range) -> None:
    connection.execute("CREATE TEMP TABLE closed_days (closed_on DATE PRIMARY KEY, holiday VARCHAR)")
    closed = business.closed_days(years)
    if closed:
        connection.execute(
            "INSERT INTO closed_days SELECT unnest($days), unnest($names)",
            {"days": list(closed), "names": list(closed.values())},
        )
