"""SQL that sets requests for new joiners against the start of business on the day when they are needed."""

from datetime import datetime, time

from analytics.diagnostic.onboarding.onboarding_words import onboarding_words, starters_condition
from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.warehouse.business_calendar import BusinessCalendar
from analytics.warehouse.engine import Engine


def parameters(engine: Engine, window: Filters, calendar: BusinessCalendar) -> dict[str, object]:
    """All bound parameters; `now` is the end of the window or the as-of time, whichever is earlier, in local time."""
    end = end_of(engine, window)
    ends = datetime.combine(end, time()) if end else None
    now = min((moment for moment in (ends, engine.as_of) if moment), default=None)
    return {
        **window.parameters(), **onboarding_words().parameters, "zone": engine.reporting_time_zone, "now": now,
        "opens": calendar.opens, "length": calendar.closes - calendar.opens,
    }  # fmt: skip


def starters_sql(engine: Engine, window: Filters) -> str:
    """A row a starter whose first morning lay in the window.

    Columns: ticket_key, site, department, morning_on, is_open, is_late, asked_late (the request came after the
    morning) and hours_late, in business hours, negative when early.
    """
    return f"{_tables(engine, window)}\nSELECT * FROM starters"


def late_condition(engine: Engine, window: Filters) -> str:
    """SQL over `tickets` that finds the late ones."""
    return f"ticket_key IN (\n{_tables(engine, window)}\nSELECT ticket_key FROM starters WHERE is_late)"


def requests_sql(window: Filters) -> str:
    """Counts of requests for starters opened in the window: `requests`, `undated` and `cancelled` of them."""
    conditions = [starters_condition(), *window.period_conditions("opened_on"), *window.value_conditions()]
    return (
        "SELECT count(*) AS requests, count(*) FILTER (WHERE needed_by IS NULL) AS undated,\n"
        "  count(*) FILTER (WHERE status = 'cancelled' AND needed_by IS NOT NULL) AS cancelled\n"
        f"FROM tickets WHERE {' AND '.join(conditions)}"
    )


def _tables(engine: Engine, window: Filters) -> str:
    needed, done, raised = (_local(engine, name) for name in ("needed_by", "ended_at", "opened_at"))
    chosen = [
        "needed_by IS NOT NULL", "(status IS NULL OR status <> 'cancelled')", starters_condition(),
        *window.value_conditions(),
    ]  # fmt: skip
    mornings = (
        "SELECT calendar_on, business_minutes_before, is_business_day,\n    min(CASE WHEN is_business_day THEN "
        "calendar_on END) OVER (ORDER BY calendar_on ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS morning_on\n"
        "  FROM calendar"
    )
    booked = (
        f"SELECT ticket_key, site, department, CAST({needed} AS DATE) AS needed_on,\n"
        f"    CASE WHEN {done} <= :now THEN {done} END AS done, {raised} AS raised\n"
        f"  FROM tickets WHERE {' AND '.join(chosen)}"
    )
    morning = "CAST(needed.morning_on AS TIMESTAMP) + :opens * INTERVAL 1 MINUTE"
    due = [f"{morning} <= :now", *window.period_conditions("needed.morning_on")]
    judged = (
        f"SELECT booked.*, needed.morning_on, {morning} AS morning, COALESCE(booked.done, :now) AS until\n"
        f"  FROM booked JOIN mornings AS needed ON needed.calendar_on = booked.needed_on\n"
        f"  WHERE {' AND '.join(due)}"
    )
    minute = "extract(hour FROM until) * 60 + extract(minute FROM until)"
    today = f"CASE WHEN ended.is_business_day THEN greatest(0, least(:length, {minute} - :opens)) ELSE 0 END"
    starters = (
        "SELECT ticket_key, site, department, judged.morning_on, done IS NULL AS is_open, raised > morning AS "
        "asked_late,\n    done IS NULL OR done > morning AS is_late,\n"
        f"    (ended.business_minutes_before + {today} - began.business_minutes_before) / 60.0 AS hours_late\n"
        "  FROM judged JOIN calendar AS began ON began.calendar_on = judged.morning_on\n"
        "  JOIN calendar AS ended ON ended.calendar_on = CAST(until AS DATE)"
    )
    return (
        f"WITH mornings AS (\n  {mornings}\n), booked AS (\n  {booked}\n), judged AS (\n  {judged}\n), "
        f"starters AS (\n  {starters}\n)"
    )


def _local(engine: Engine, moment: str) -> str:
    return moment if engine.reporting_time_zone == "UTC" else f"timezone(:zone, timezone('UTC', {moment}))"
