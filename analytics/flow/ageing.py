"""Ageing: open tickets by age band and against the desk's own lines, and the oldest of them."""

from dataclasses import dataclass

import pandas as pd

from analytics.filters import Filters, Value, check_dimension
from analytics.flow.age_bands import check_bands
from analytics.flow.age_lines import AgeLines, age_lines
from analytics.flow.basis import Basis
from analytics.flow.open_tickets import OpenTickets, open_tickets, selected, share_text, without_opening
from analytics.formatting import age_text, count_text
from analytics.measure import FEWEST_TICKETS
from analytics.selection import Selection
from analytics.tickets import shown_column
from analytics.warehouse.engine import Engine

OLDEST = 50
_OLDEST_COLUMNS = (
    "ticket_id", "source", "ticket_type", "title", "status", "priority", "category", "service", "assignment_group",
    "opened_at", "updated_at",
)  # fmt: skip
_DEFINITION = (
    "Open tickets by the days since they were opened, taken at the end of the window, and how many of them are older "
    "than 50, 85 and 95 % of the tickets that ended in the 12 months before."
)
_SOURCE = (
    "Bands: HDI (under 10, 10 to 30, over 30 days). Lines: Vacanti, Actionable Agile Metrics (age of work in progress "
    "against the percentiles of one's own cycle times)."
)
_CAVEATS = (
    "A ticket of exactly the limit's age is in the older band. The bands add up to the KPI Backlog.",
    "The lines are ages at ending in calendar days, of the same selection, cancelled tickets included.",
    "A clean-up of old tickets raises the lines for a year; records that begin later than that make them too low.",
    "A reopened ticket is as old as its first opening.",
)
_PAST_CAVEAT = "The window ends before the data does: open is as of then, the split by present values."


@dataclass(frozen=True)
class Band:
    """Open tickets at least `from_days` old and younger than `to_days` (None: no upper limit).

    `share` is of all open tickets, None where these are fewer than `FEWEST_TICKETS`.
    """

    from_days: int
    to_days: int | None
    tickets: int
    share: float | None

    @property
    def words(self) -> str:
        """`under 10 days`, `10 to 30 days`, `30 days and over`."""
        if self.from_days == 0:
            return f"under {self.to_days} days"
        return f"{self.from_days} days and over" if self.to_days is None else f"{self.from_days} to {self.to_days} days"


@dataclass(frozen=True)
class Ageing:
    """`tickets` open, by `bands`; `past` says how many are older than each of the `lines` that can be told.

    `groups` has a row for each value of the dimension `by`, the most tickets first, priorities in order: `value` (None:
    not recorded), `tickets`, `band_0` ... one for each band, and `past_p50` ... one for each line that can be told; it
    is empty without `by`. `oldest` has the columns of up to `OLDEST` tickets, oldest first, with `age_days`.
    """

    open: OpenTickets
    bands: tuple[Band, ...]
    tickets: int
    lines: AgeLines
    past: dict[str, int]
    by: str | None
    groups: pd.DataFrame
    oldest: pd.DataFrame
    basis: Basis

    @property
    def sentence(self) -> str:
        """The answer in one sentence; it quotes no export."""
        return _sentence(self)

    def everything(self) -> Selection:
        """All open tickets, oldest first."""
        return selected(self.open, "")

    def in_band(self, number: int) -> Selection:
        """The tickets of one band, oldest first."""
        return in_band(self.open, self.bands[number])

    def past_line(self, line: str) -> Selection:
        """The tickets older than `p50`, `p85` or `p95`, oldest first."""
        days = self.lines.known[line]
        words = f", older than {age_text(days)}"
        return selected(self.open, words, "opened_at < :older_than", {"older_than": self.open.days_before(days)})

    def oldest_list(self) -> Selection:
        """The `OLDEST` tickets, oldest first."""
        first = f"SELECT ticket_key FROM tickets WHERE {self.open.condition} ORDER BY ticket_key LIMIT {OLDEST}"
        return Selection(f"oldest {self.open.words}", f"ticket_key IN ({first})", self.open.parameters, "ticket_key")


def ageing(engine: Engine, filters: Filters, bands: tuple[int, ...], by: str | None = None) -> Ageing:
    """The ages of the tickets open at the end of the window, in bands between the limits in days.

    `by` splits by a dimension. Raises `BadBands`, and `UnknownName` or `PersonDimension` for `by`.
    """
    edges = check_bands(bands)
    dimension = check_dimension(by) if by else None
    shown, lines = open_tickets(engine, filters), age_lines(engine, filters)
    sql, parameters = _counts(shown, edges, lines, dimension)
    found = engine.query(sql, parameters)
    counts = {str(name): int(found[name].sum()) for name in found.columns if name != dimension}
    basis = Basis(
        _DEFINITION, f"{sql};\n\n{lines.sql}", parameters | _line_parameters(lines), engine.as_of, counts["tickets"],
        without_opening(engine, shown), _CAVEATS if shown.is_present else (*_CAVEATS, _PAST_CAVEAT), _SOURCE,
        shown.words,
    )  # fmt: skip
    return Ageing(
        shown, _bands(edges, counts), counts["tickets"], lines, {name: counts[f"past_{name}"] for name in lines.known},
        dimension, _groups(found, dimension), _oldest(engine, shown), basis,
    )  # fmt: skip


def in_band(shown: OpenTickets, band: Band) -> Selection:
    """The open tickets of a band, oldest first."""
    limits = {"not_before": band.to_days, "at_the_latest": band.from_days or None}
    parameters = {name: shown.days_before(days) for name, days in limits.items() if days is not None}
    comparisons = {"not_before": "opened_at > :not_before", "at_the_latest": "opened_at <= :at_the_latest"}
    condition = " AND ".join(comparisons[name] for name in parameters)
    return selected(shown, f", {band.words} old", condition, parameters)


def of_value(engine: Engine, filters: Filters, dimension: str, value: Value) -> OpenTickets:
    """The open tickets of one value of a split."""
    return open_tickets(engine, filters.only(dimension, value))


def _counts(
    shown: OpenTickets, limits: tuple[int, ...], lines: AgeLines, by: str | None
) -> tuple[str, dict[str, object]]:
    """One pass: moments are compared, so no age is worked out for a ticket that is only counted."""
    places = range(len(limits) + 1)
    conditions = {
        f"band_{i}": " AND ".join(
            ([f"opened_at <= :limit_{i}"] if i else []) + ([f"opened_at > :limit_{i + 1}"] if i < len(limits) else [])
        )
        for i in places
    } | {f"past_{name}": f"opened_at < :line_{name}" for name in lines.known}
    counted = [f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in conditions.items()]
    columns = ",\n  ".join([*([by] if by else []), "count(*) AS tickets", *counted])
    order = "1" if by == "priority" else "2 DESC, 1"
    grouped = f"\nGROUP BY 1\nORDER BY {order}" if by else ""
    moments = {f"limit_{i}": shown.days_before(limit) for i, limit in enumerate(limits, 1)}
    moments |= {f"line_{name}": shown.days_before(days) for name, days in lines.known.items()}
    return f"SELECT\n  {columns}\nFROM tickets\nWHERE {shown.condition}{grouped}", shown.parameters | moments


def _line_parameters(lines: AgeLines) -> dict[str, object]:
    return {"from_date": lines.start, "to_date": lines.end} if lines.sql else {}


def _bands(limits: tuple[int, ...], counts: dict[str, int]) -> tuple[Band, ...]:
    total = counts["tickets"]
    edges = zip((0, *limits), (*limits, None), strict=True)
    return tuple(
        Band(low, high, counts[f"band_{i}"], counts[f"band_{i}"] / total if total >= FEWEST_TICKETS else None)
        for i, (low, high) in enumerate(edges)
    )


def _groups(found: pd.DataFrame, by: str | None) -> pd.DataFrame:
    if by is None:
        return pd.DataFrame(columns=["value", "tickets"])
    values = [None if pd.isna(value) else value for value in found[by].astype(object)]
    return found.assign(**{by: pd.Series(values, dtype=object)}).rename(columns={by: "value"})


def _oldest(engine: Engine, shown: OpenTickets) -> pd.DataFrame:
    columns = ", ".join(shown_column(name, engine.reporting_time_zone) for name in _OLDEST_COLUMNS)
    sql = f"SELECT {columns}, opened_at AS opened_utc FROM tickets WHERE {shown.condition} ORDER BY ticket_key"
    zone = {"zone": engine.reporting_time_zone}
    found = engine.query(f"{sql} LIMIT {OLDEST}", shown.parameters | zone)
    return found.assign(age_days=shown.age_days(found["opened_utc"])).drop(columns="opened_utc")


def _sentence(shown: Ageing) -> str:
    when = shown.open.when
    if not shown.tickets:
        return f"No tickets are {when}."
    total = "1 ticket is" if shown.tickets == 1 else f"{count_text(shown.tickets)} tickets are"
    if shown.lines.p95 is None:
        oldest = age_text(float(shown.oldest["age_days"].iloc[0]))
        return f"{total} {when}; the oldest is {oldest} old. How old is unusual cannot be told: {shown.lines.reason}."
    past, ended = shown.past["p95"], "this selection" if shown.open.filters.value_conditions() else "the desk"
    number = f"{count_text(past)} of {count_text(shown.tickets)} tickets {when}{share_text(past, shown.tickets)}"
    if not past:
        number = f"None of {count_text(shown.tickets)} tickets {when}"
    verb, months = "is" if past <= 1 else "are", "last 12 months" if shown.open.is_present else "12 months before"
    return (
        f"{number} {verb} older than {age_text(shown.lines.p95)}, {'and so' if past else 'that is,'} older than 95 % "
        f"of what {ended} closed in the {months}."
    )
