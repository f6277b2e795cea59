"""Staffing: what each hour of a usual week brings against what leaves in it, and where more comes than leaves."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics.business_hours import calendar_in_force
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.mass_closures import mass_closures
from analytics.forecast.forecast import Forecast
from analytics.forecast.person_hours import NOBODY_RECORDED, PersonHours, person_hours
from analytics.forecast.week_gaps import Gap, amount_text, gaps_of, is_open
from analytics.forecast.week_pattern import WeekPattern, pattern_sql, week_pattern
from analytics.formatting import count_text, day_text
from analytics.kpis.backlog import BACKLOG
from analytics.measure import FEWEST_TICKETS, account
from analytics.warehouse.business_calendar import BusinessCalendar
from analytics.warehouse.engine import Engine

WEEKS, _FEWEST_WEEKS = 13, 4
_AHEAD = 4
# Fewer cannot fill the 168 hours of a week, or its seven days.
_FEWEST_BY_HOUR, _FEWEST_BY_WEEKDAY = 200, 35
TIMELESS_ENDS = "the export does not say at what time of day tickets end"
DAYS_ONLY = "cannot tell the hour: the export has days only"


@dataclass(frozen=True)
class Demand:
    """The sound weeks that a pattern is read from, `start` to before `until`, and the tickets a week to be expected.

    `weekly` is None where no forecast is shown: then the recent mean is expected. `start` is None without sound weeks.
    """

    start: date | None
    until: date | None
    weekly: float | None
    reason: str = ""


@dataclass(frozen=True)
class Staffing:
    """`frame`: a row a `weekday` (0 is Monday) and `hour` with `arrivals` expected, `departures` and `gap` a week.

    `opened` and `ended` are the tickets that the two rest on, `too_few` where both together are too few to act on, and
    `person_hours` those that the arrivals call for at the desk's own `rate` (NaN unless known). It is empty
    where `by_hour` says why no hour can be told. `by_weekday` has the same by `weekday` alone, empty where `reason`
    says why nothing can be told. `gaps` are runs of hours (or weekdays) that bring more than leaves, largest first.
    """

    demand: Demand
    frame: pd.DataFrame
    by_weekday: pd.DataFrame
    gaps: tuple[Gap, ...]
    rate: PersonHours
    calendar: BusinessCalendar
    notes: tuple[str, ...]
    by_hour: str
    reason: str
    basis: Basis

    @property
    def sentence(self) -> str:
        """The answer."""
        if self.reason:
            return self.reason
        return " ".join(filter(None, (self._week, self._gaps, self._outside)))

    @property
    def rate_words(self) -> str:
        """What a person-hour does and how many the expected week calls for, or why that is not told."""
        if self.rate.rate is None:
            return f"No rate a person-hour is shown: {self.rate.reason}."
        hours = self.by_weekday["arrivals"].sum() / self.rate.rate
        return (
            f"The desk ends {self.rate.rate:,.2f} tickets in a person-hour of work, so the expected week calls for "
            f"{hours:,.0f} person-hours."
        )

    @property
    def _week(self) -> str:
        """What comes and leaves in all."""
        total = self.by_weekday[["arrivals", "departures"]].sum()
        brings, leave = amount_text(total["arrivals"]), amount_text(total["departures"])
        by_hour = f"{self.by_hour[0].upper()}{self.by_hour[1:]}. " if self.by_hour else ""
        if self.demand.weekly is None:
            return f"{by_hour}A usual week brings {brings} tickets, and {leave} leave."
        return f"{by_hour}A week is expected to bring {brings} tickets, and {leave} leave in a usual one."

    @property
    def _gaps(self) -> str:
        part = "business day" if self.by_hour else "run of business hours"
        said = "; ".join(gap.words for gap in self.gaps[:3])
        largest = "The largest gap" if len(self.gaps) == 1 else "The largest gaps"
        return f"{largest}: {said}." if said else f"No {part} brings clearly more than leaves in it."

    @property
    def _outside(self) -> str:
        """What the hours, or days, outside the business calendar add."""
        rows = self.by_weekday if self.by_hour else self.frame
        outside = rows[~is_open(rows, self.calendar)]
        if outside.empty or not outside["arrivals"].sum() > 0:
            return ""
        brings, leave = (amount_text(outside[name].sum()) for name in ("arrivals", "departures"))
        return f"Outside business {'days' if self.by_hour else 'hours'} {brings} come and {leave} leave."


def demand_of(found: Forecast) -> Demand:
    """What a weekly forecast says of the weeks to read and the tickets to expect: the mean of its first four weeks."""
    past = found.history
    if past is None or past.known < _FEWEST_WEEKS:
        weeks = past.known if past else 0
        return Demand(None, None, None, found.refused or f"Cannot tell: there are {weeks} whole sound weeks.")
    start = past.ends - timedelta(weeks=min(WEEKS, past.known))
    fan = found.fans.get("inflow")
    return Demand(start, past.ends, float(fan.mean[:_AHEAD].mean()) if fan else None)


def staffing(engine: Engine, filters: Filters, demand: Demand) -> Staffing:
    """Arrivals and departures by weekday and hour of the demand's weeks, holidays and clean-ups left out.

    Arrivals are scaled so that the week's total is what the forecast expects.
    """
    calendar, basis = calendar_in_force(engine), _basis(engine, filters, demand)
    if demand.start is None or demand.until is None:
        reason = f"Cannot tell who is needed when. {demand.reason}".strip()
        return _empty(demand, calendar, reason, basis)
    start, until = demand.start, demand.until
    holidays = {day for day in calendar.closed_days(range(start.year, until.year + 1)) if start <= day < until}
    bulk = {day.date() for day in mass_closures(engine, filters.between(None, None)).within(start, until)["day"]}
    came = week_pattern(engine, filters, "opened", start, until, holidays)
    left = week_pattern(engine, filters, "ended", start, until, holidays | bulk)
    if came.tickets < _FEWEST_BY_WEEKDAY:
        said = f"Too few tickets to tell who is needed when: {count_text(came.tickets)} in {_weeks_words(demand)}."
        return _empty(demand, calendar, said, basis)
    rate = person_hours(engine, filters, start, until) if left.hours_known else PersonHours(None, 0.0, TIMELESS_ENDS)
    return staffing_of(came, left, demand, rate, calendar, tuple(_notes(demand, holidays, bulk, came, left)), basis)


def staffing_of(
    came: WeekPattern, left: WeekPattern, demand: Demand, rate: PersonHours, calendar: BusinessCalendar,
    notes: tuple[str, ...], basis: Basis,
) -> Staffing:  # fmt: skip
    """The staffing that two patterns make."""
    expected = came.weekly.sum() if demand.weekly is None else demand.weekly
    factor = expected / came.weekly.sum()
    by_weekday = pd.DataFrame(
        {"weekday": range(7), "arrivals": came.weekly * factor, "departures": left.weekly,
         "opened": came.by_weekday, "ended": left.by_weekday}
    )  # fmt: skip
    by_weekday["gap"] = by_weekday["arrivals"] - by_weekday["departures"]
    by_hour = _by_hour(came, left)
    frame = _hours(came, left, factor, rate) if not by_hour else pd.DataFrame()
    gaps = gaps_of(by_weekday if by_hour else frame, int(min(came.days.max(), left.days.max())), calendar)
    return Staffing(demand, frame, by_weekday, gaps, rate, calendar, notes, by_hour, "", basis)


def _hours(came: WeekPattern, left: WeekPattern, factor: float, rate: PersonHours) -> pd.DataFrame:
    arrivals, departures = (pattern.hourly.reshape(-1) for pattern in (came, left))
    arrivals = arrivals * factor
    opened, ended = came.counts.reshape(-1), left.counts.reshape(-1)
    return pd.DataFrame(
        {"weekday": np.repeat(range(7), 24), "hour": np.tile(range(24), 7), "arrivals": arrivals,
         "departures": departures, "gap": arrivals - departures, "opened": opened, "ended": ended,
         "too_few": opened + ended < FEWEST_TICKETS, "person_hours": arrivals / rate.rate if rate.rate else np.nan}
    )  # fmt: skip


def _by_hour(came: WeekPattern, left: WeekPattern) -> str:
    """Why hours cannot be told, if they cannot."""
    if not came.hours_known and not left.hours_known:
        return DAYS_ONLY
    if not came.hours_known or not left.hours_known:
        side = "opening" if not came.hours_known else "ending"
        return f"cannot tell the hour: the export has days only for the {side} of tickets"
    if came.tickets < _FEWEST_BY_HOUR:
        return f"too few tickets to tell the hour ({count_text(came.tickets)} opened, it takes {_FEWEST_BY_HOUR})"
    return ""


def _notes(
    demand: Demand, holidays: set[date], bulk: set[date], came: WeekPattern, left: WeekPattern
) -> tuple[str, ...]:
    read = f"Read from {_weeks_words(demand)}"
    apart = [f"{len(days)} {name}{'s' if len(days) > 1 else ''}" for days, name in
             ((holidays, "closed day"), (bulk, "clean-up day")) if days]  # fmt: skip
    read += f", {' and '.join(apart)} left out." if apart else "."
    scaled = (
        "Arrivals are scaled to the recent mean, because no forecast of inflow is shown."
        if demand.weekly is None
        else f"Arrivals are scaled to {amount_text(demand.weekly)} a week, the forecast of the next {_AHEAD} weeks "
        f"({amount_text(came.weekly.sum())} of late)."
    )
    timeless = [
        f"{count_text(pattern.timeless)} tickets {verb} at midnight to the second: their hour is not known, so they "
        "are spread like the others."
        for pattern, verb in ((came, "opened"), (left, "ended"))
        if pattern.timeless and pattern.hours_known
    ]
    return (read, scaled, *timeless)


def _weeks_words(demand: Demand) -> str:
    if demand.start is None or demand.until is None:
        return "no weeks"
    weeks = (demand.until - demand.start).days // 7
    return f"the {weeks} weeks up to {day_text(demand.until - timedelta(days=1))}"


def _empty(demand: Demand, calendar: BusinessCalendar, reason: str, basis: Basis) -> Staffing:
    nobody = PersonHours(None, 0.0, NOBODY_RECORDED)
    return Staffing(demand, pd.DataFrame(), pd.DataFrame(), (), nobody, calendar, (), "", reason, basis)


def _basis(engine: Engine, filters: Filters, demand: Demand) -> Basis:
    shown = filters.between(demand.start, demand.until)
    behind = account(engine, BACKLOG, filters.between(None, demand.until))
    moments = {"first_day": demand.start, "until_day": demand.until}
    return Basis(
        "Tickets opened and tickets that left the backlog by weekday and hour (reporting time zone), a usual week: the "
        "mean over the days that are no holidays. Arrivals are scaled to the week that the forecast expects.",
        f"{pattern_sql(filters, 'opened')};\n{pattern_sql(filters, 'ended')}",
        filters.between(None, None).parameters() | {name: day for name, day in moments.items() if day},
        engine.as_of, behind.used, behind.excluded,
        ("A ticket leaves when it ends; work on it may have been done at other hours.",
         "The rate a person-hour is of the whole desk, by the assignee a ticket has now. No person is shown."),
        filters=shown.sentence(BACKLOG.verb),
    )  # fmt: skip
