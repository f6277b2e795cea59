"""History: what each whole period of a desk brought, ended and left open, with the ages behind it and its edges."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.business_hours import calendar_in_force
from analytics.filters import Filters, Value, check_dimension, plain_value
from analytics.flow.ages import Ages, ages
from analytics.flow.basis import Basis
from analytics.flow.daily import DailyFlow, daily_flow
from analytics.flow.edges import PARTIAL, Edges, Mark, edges_by, edges_of
from analytics.flow.mass_closures import marked_days
from analytics.forecast.calendar import Calendar, calendar_of
from analytics.forecast.lives import Lives, lives_of
from analytics.kpis.backlog import BACKLOG
from analytics.measure import account
from analytics.period import Grain
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
# How far a forecast may reach, and the longest past that is looked at: five years to learn from and some to replay.
MOST_AHEAD = {Grain.WEEK: 52, Grain.DAY: 182}
_LONGEST = {Grain.WEEK: 338, Grain.DAY: 1092}
LENGTH = {Grain.WEEK: np.timedelta64(7, "D"), Grain.DAY: np.timedelta64(1, "D")}
_NEVER = 10**6


@dataclass(frozen=True)
class History:
    """`inflow`, `outflow` and `backlog` (open at the end) of consecutive whole `periods`, given as first days.

    `calendar` reaches `MOST_AHEAD` periods further. `marks` are the edges of the records: the history begins after
    the first of them and may end before `records_until`, the day after the last whole period of all. `clean_ups` says
    which periods hold a mass closure: no pace is learned from them. `value` is that of the dimension split by, if any.
    """

    grain: Grain
    periods: Array
    inflow: Array
    outflow: Array
    backlog: Array
    lives: Lives
    calendar: Calendar
    records_until: date
    marks: tuple[Mark, ...]
    clean_ups: Array
    value: Value = None

    @property
    def known(self) -> int:
        """How many periods there are."""
        return len(self.periods)

    @property
    def ends(self) -> date:
        """The day after the last period: the forecast begins with it."""
        after: date = (self.periods[-1] + LENGTH[self.grain]).astype(date)
        return after

    @property
    def last_day(self) -> date:
        """The last day known."""
        return self.ends - timedelta(days=1)

    def ahead(self, horizon: int) -> Array:
        """The first days of the next `horizon` periods."""
        return self.calendar.periods[self.known : self.known + horizon]

    def until(self, known: int) -> "History":
        """The history as it was when `known` periods were known."""
        return replace(
            self, periods=self.periods[:known], inflow=self.inflow[:known], outflow=self.outflow[:known],
            backlog=self.backlog[:known], lives=self.lives.until(known), clean_ups=self.clean_ups[:known],
        )  # fmt: skip


def history(engine: Engine, filters: Filters, grain: Grain = Grain.WEEK) -> History | None:
    """The history of the filters' values up to the end of their period; None without a whole sound period.

    The start of the period plays no part: what came before it is learned from all the same.
    """
    whole = filters.between(None, None)
    daily, aged = daily_flow(engine, whole), ages(engine, whole)
    found = edges_of(daily, aged) if len(daily.frame) else Edges()
    return _history(filters, grain, _moves(engine, filters, grain, None), found, _known(engine, whole, daily, aged))


def histories(
    engine: Engine, filters: Filters, dimension: str, most: int, grain: Grain = Grain.WEEK
) -> Mapping[Value, History | None]:
    """The history of each of the `most` values of a dimension with the most tickets, largest first."""
    moves, whole = _moves(engine, filters, grain, check_dimension(dimension)), filters.between(None, None)
    known = _known(engine, whole, daily_flow(engine, whole), ages(engine, whole))
    tickets = moves.groupby("value", dropna=False, observed=True)["tickets"].sum().sort_values(ascending=False)
    largest = list(tickets.index)[:most]
    edged = edges_by(engine, _only(whole, dimension, tuple(map(plain_value, largest))), dimension)
    found: dict[Value, History | None] = {}
    for raw in largest:
        own = moves[moves["value"].isna() if pd.isna(raw) else moves["value"] == raw]
        value = plain_value(raw)
        one = _history(filters, grain, own, edged[value], known)
        found[value] = replace(one, value=value) if one else None
    return found


def _only(filters: Filters, dimension: str, values: tuple[Value, ...]) -> Filters:
    chosen = Filters.of(where={**dict(filters.where), dimension: values})
    return replace(filters.between(None, None), where=chosen.where)


def basis_of(engine: Engine, filters: Filters, grain: Grain) -> Basis:
    """What stands behind a history: the statement, the tickets used and those left out."""
    until = filters.between(None, filters.end)
    behind = account(engine, BACKLOG, until)
    return Basis(
        definition=f"Per {grain.value}: tickets opened, tickets that left the backlog, and tickets open at its end; "
        "all of the records before the end of the period is learned from, whatever its start.",
        sql=_sql(filters, grain, None),
        parameters=until.parameters(),
        as_of=engine.as_of,
        used=behind.used,
        excluded=behind.excluded,
        caveats=("A reopened ticket counts as open from its opening to its last resolution.",),
        filters=until.sentence(BACKLOG.verb),
    )


def _sql(filters: Filters, grain: Grain, dimension: str | None) -> str:
    conditions = ["opened_on IS NOT NULL", *filters.between(None, filters.end).period_conditions("opened_on")]
    places = "1, 2" if dimension is None else "1, 2, 3"
    value = "" if dimension is None else f"{dimension} AS value, "
    return (
        f"SELECT {value}{grain.sql('opened_on')} AS opened, {grain.sql('ended_on')} AS ended_at, count(*) AS tickets\n"
        f"FROM tickets\nWHERE {' AND '.join([*conditions, *filters.value_conditions()])}\nGROUP BY {places}"
    )


def _moves(engine: Engine, filters: Filters, grain: Grain, dimension: str | None) -> pd.DataFrame:
    return engine.query(_sql(filters, grain, dimension), filters.between(None, filters.end).parameters())


@dataclass(frozen=True)
class _Known:
    """What all histories of some filters share: the last day of the records, and days that are not like others.

    These are `holidays`, and `clean_ups`, on which old tickets were closed in bulk.
    """

    last_day: date | None
    holidays: Array
    clean_ups: Array


def _known(engine: Engine, whole: Filters, daily: DailyFlow, aged: Ages) -> _Known:
    this_year = engine.as_of.year if engine.as_of else 1970
    first_year = max(daily.first_day.year if daily.first_day else this_year, this_year - 15)
    closed = calendar_in_force(engine).closed_days(range(first_year, this_year + 3))
    marked = marked_days(engine, whole, daily, aged)["day"] if len(daily.frame) else []
    holidays, clean_ups = (np.array(days, dtype="datetime64[D]") for days in (sorted(closed), marked))
    return _Known(daily.last_day, holidays, clean_ups)


def _history(filters: Filters, grain: Grain, moves: pd.DataFrame, found: Edges, known: _Known) -> History | None:
    reach = _reach(known.last_day, found, filters.end, grain) if len(moves) else None
    if reach is None:
        return None
    length = LENGTH[grain].astype(int)
    sound_from, sound_until, whole_until = (np.datetime64(day) for day in reach)
    opened, ended = (moves[name].to_numpy().astype("datetime64[D]") for name in ("opened", "ended_at"))
    last = sound_until - LENGTH[grain]
    first = max(sound_from, last - (_LONGEST[grain] - 1) * LENGTH[grain])
    periods = np.arange(first, last + 1, length)
    ends = np.where(np.isnat(ended), _NEVER, (ended - first).astype(int) // length)
    tickets = moves["tickets"].to_numpy().astype(float)
    lives = lives_of((opened - first).astype(int) // length, ends, tickets, len(periods), grain)
    inflow, outflow = (_counted(at, lives.tickets, len(periods)) for at in (lives.opened, lives.ended_at))
    before = float(lives.tickets[lives.opened < 0].sum())
    calendar = calendar_of(grain, np.arange(first, last + (MOST_AHEAD[grain] + 1) * length + 1, length), known.holidays)
    return History(
        grain, periods, inflow, outflow, before + (inflow - outflow).cumsum(), lives, calendar,
        whole_until.astype(date), found.marks,
        np.isin(np.arange(len(periods)), (known.clean_ups - first).astype(int) // length),
    )  # fmt: skip


def _reach(last_day: date | None, found: Edges, end: date | None, grain: Grain) -> tuple[date, date, date] | None:
    """The first sound day, the day after the last sound whole period, and the day after the last whole one of all."""
    if last_day is None or found.first_week is None or found.last_week is None:
        return None
    newest = Grain.WEEK.start(last_day)
    partial = any(mark.kind == PARTIAL and mark.start == newest for mark in found.marks)
    whole_weeks = newest if partial else newest + timedelta(weeks=1)
    # The last day may have been cut short by the export; its week was not where that is whole.
    whole_days = max(whole_weeks, last_day)
    whole = whole_weeks if grain is Grain.WEEK else whole_days
    sound = found.last_week + timedelta(weeks=1)
    sound = whole if sound == whole_weeks else sound
    if end is not None:
        whole, sound = (min(day, grain.start(end)) for day in (whole, sound))
    return (found.first_week, sound, whole) if found.first_week < sound else None


def _counted(places: Array, tickets: Array, periods: int) -> Array:
    within = (places >= 0) & (places < periods)
    return np.bincount(places[within], weights=tickets[within], minlength=periods)
