"""Change incidents: incidents linked to a change, and possibly caused by one, in each of the last four quarters."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.diagnostic.changes.change_records import ChangeRecords, change_records
from analytics.diagnostic.changes.change_suspects import Suspects, change_suspects
from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

QUARTER_DAYS = 91
_QUARTERS = 4
_LINKED = "caused_by_change_id IS NOT NULL AND opened_on IS NOT NULL AND COALESCE(ticket_type, '') <> 'change'"
_DEFINITION = (
    "Incidents linked: tickets that name the change that caused them, by their day of opening. Possible: incidents on "
    "a changed item in the days after the change, where there are at least five, at least twice as many as expected, "
    "and more than chance and the item's own rate in the 90 days before explain. A quarter is 91 days, counted back "
    "from the end."
)
_CAVEATS = (
    "A link says that somebody thought so. Where nobody fills it in there are more.",
    "Possible means close in time and place, no more: something else may have broken the item.",
    "Changes of all groups count, whatever the filters; the incidents are those of the filters.",
)
_SOURCE = (
    "ITIL: change success. Exact conditional test of two Poisson rates, Przyborowski and Wilenski 1940; Bonferroni."
)


@dataclass(frozen=True)
class ChangeIncidents:
    """`quarters` has `period` (first day), `linked`, `possible`, the oldest first; empty without a whole quarter.

    `linked_ever` counts all links up to the end; `worst` has the changes that caused incidents, the most first:
    `change`, `tier`, `outcome`, `item`, `ended_at` (UTC; unknown where the change is not loaded), `linked`,
    `on_item_after` and `expected` (incidents on its item in the days after, and by its own rate; NaN for no suspect).
    """

    window: Filters
    quarters: pd.DataFrame
    linked_ever: int
    records: ChangeRecords
    suspects: Suspects
    worst: pd.DataFrame
    basis: Basis

    @property
    def linked(self) -> int:
        """Incidents linked in the quarters."""
        return int(self.quarters["linked"].sum())

    @property
    def possible(self) -> int:
        """Incidents possibly caused and not linked, in the quarters."""
        return int(self.quarters["possible"].sum())

    @property
    def linked_selection(self) -> Selection:
        """The incidents linked in the quarters."""
        conditions = [_LINKED, *self.window.period_conditions("opened_on"), *self.window.value_conditions()]
        return Selection("incidents linked to a change", "\n  AND ".join(conditions), self.window.parameters())

    @property
    def possible_selection(self) -> Selection | None:
        """The incidents possibly caused; None without any."""
        if not self.suspects.condition:
            return None
        period = self.window.period_conditions("opened_on")
        parameters = {**self.window.parameters(), **self.suspects.parameters}
        condition = "\n  AND ".join([self.suspects.condition, *period])
        return Selection("incidents possibly caused by a change", condition, parameters)


def change_incidents(engine: Engine, filters: Filters, days_after: float) -> ChangeIncidents:
    """The incidents of the filters up to their end, linked to changes or possibly caused by them."""
    window = _window(engine, filters)
    records = change_records(engine, window)
    until = _moment(engine, window)
    suspects = change_suspects(engine, records, window, days_after, until)
    links_sql = _links_sql(window)
    links = engine.query(links_sql, window.parameters())
    recent = links[links["opened_on"] >= pd.Timestamp(window.start)] if window.start else links.head(0)
    quarters = _quarters(engine, window, recent, suspects)
    basis = Basis(
        _DEFINITION, f"{links_sql};\n\n{records.sql}", {**window.parameters(), **records.parameters}, engine.as_of,
        int(quarters["linked"].sum() + quarters["possible"].sum()), (), _CAVEATS, _SOURCE, window.sentence("opened"),
    )  # fmt: skip
    worst = _worst(records, suspects, recent)
    return ChangeIncidents(window, quarters, int(links["linked"].sum()), records, suspects, worst, basis)


def _links_sql(window: Filters) -> str:
    """Links by day and change up to the end of the window, however long ago."""
    until = window.between(None, window.end)
    conditions = "\n  AND ".join([_LINKED, *until.period_conditions("opened_on"), *until.value_conditions()])
    columns = "opened_on, caused_by_change_id AS change, count(*) AS linked"
    return f"SELECT {columns}\nFROM tickets\nWHERE {conditions}\nGROUP BY 1, 2\nORDER BY 1, 2"


def _window(engine: Engine, filters: Filters) -> Filters:
    """The last whole quarters, at most four, since changes or links to them are recorded; without a start if none."""
    end = end_of(engine, filters)
    sql = "SELECT min(opened_on) AS first FROM tickets WHERE ticket_type = 'change' OR caused_by_change_id IS NOT NULL"
    first = engine.query(sql)["first"].iloc[0]
    if end is None or pd.isna(first):
        return filters.between(None, end)
    quarters = min(_QUARTERS, (end - pd.Timestamp(first).date()).days // QUARTER_DAYS)
    return filters.between(end - timedelta(days=max(0, quarters) * QUARTER_DAYS), end)


def _moment(engine: Engine, window: Filters) -> datetime:
    """The end of the window or the as-of time, whichever is earlier, in UTC."""
    zone = ZoneInfo(engine.reporting_time_zone)
    as_of = (engine.as_of or datetime(1970, 1, 1)).replace(tzinfo=zone)  # noqa: DTZ001 - local, like the as-of time
    end = datetime.combine(window.end, datetime.min.time(), zone) if window.end else as_of
    return min(as_of, end).astimezone(UTC).replace(tzinfo=None)


def _quarters(engine: Engine, window: Filters, links: pd.DataFrame, suspects: Suspects) -> pd.DataFrame:
    starts = _starts(window)
    possible = pd.DataFrame({"opened_on": pd.Series(dtype="datetime64[us]"), "possible": pd.Series(dtype=int)})
    if suspects.condition and starts:
        chosen = "\n  AND ".join([suspects.condition, *window.period_conditions("opened_on")])
        sql = f"SELECT opened_on, count(*) AS possible FROM tickets\nWHERE {chosen}\nGROUP BY 1"
        possible = engine.query(sql, {**window.parameters(), **suspects.parameters})
    return pd.DataFrame(
        {
            "period": pd.Series(starts, dtype=object),
            "linked": [_between(links, "linked", start) for start in starts],
            "possible": [_between(possible, "possible", start) for start in starts],
        }
    )


def _starts(window: Filters) -> list[date]:
    if window.start is None or window.end is None:
        return []
    quarters = (window.end - window.start).days // QUARTER_DAYS
    return [window.end - timedelta(days=QUARTER_DAYS * place) for place in range(quarters, 0, -1)]


def _between(frame: pd.DataFrame, column: str, start: date) -> int:
    end = start + timedelta(days=QUARTER_DAYS)
    inside = (frame["opened_on"] >= pd.Timestamp(start)) & (frame["opened_on"] < pd.Timestamp(end))
    return int(frame.loc[inside, column].sum())


def _worst(records: ChangeRecords, suspects: Suspects, links: pd.DataFrame) -> pd.DataFrame:
    """Changes with incidents linked or possible; one that is linked but not loaded has no more than its number."""
    linked = links.assign(change=links["change"].astype(object)).groupby("change", as_index=False)["linked"].sum()
    known = records.frame.drop_duplicates("change").drop(columns="failed")
    suspected = suspects.frame[["change", "after", "expected"]].drop_duplicates("change")
    every = pd.DataFrame({"change": pd.unique(pd.concat([linked["change"], suspected["change"]], ignore_index=True))})
    frame = every.merge(known, on="change", how="left").merge(linked, on="change", how="left")
    frame = frame.merge(suspected, on="change", how="left").rename(columns={"after": "on_item_after"})
    frame["linked"] = frame["linked"].fillna(0).astype(int)
    frame["on_item_after"] = frame["on_item_after"].astype(float)
    order = frame.sort_values(["linked", "on_item_after", "change"], ascending=[False, False, True], kind="stable")
    return order.reset_index(drop=True)
