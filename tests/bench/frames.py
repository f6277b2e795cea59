"""The same numbers with pandas, as one loads an export for analysis: times as datetime64, words as categories.

Durations and flags are worked out once, at loading, as everywhere here; days and weeks when they are asked for.
"""

from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from tests.bench.answers import dated, flow_rows, headline_rows, keyed, weekly_rows
from tests.bench.questions import CHOSEN, FIRST_DAY, MONDAY, PERIOD, TODAY, TOP, TREND_FROM, Question, day

WORDS = ("assignment_group", "category", "ticket_type")
AS_OF = pd.Timestamp("2026-06-30 18:00:00")
KNOWN = {"resolved": "hours", "ended": "at_once", "judged": "in_time"}


class Frames:
    """The tickets of a plain table as one DataFrame."""

    name = "pandas"

    def __init__(self, path: Path) -> None:
        columns = "opened_at, resolved_at, closed_at, due_at, status, priority, reopen_count, reassignment_count"
        with duckdb.connect(path, read_only=True) as connection:
            frame = connection.execute(f"SELECT {columns}, {', '.join(WORDS)} FROM tickets").df()
        self.tickets = _derived(frame.astype(dict.fromkeys((*WORDS, "status"), "category")))

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each question by its name."""
        backlog = partial(dated, name="backlog", step=1)
        return {
            "headline, two periods": Question(partial(self._headline, filtered), headline_rows),
            "weekly times, FCR and SLA": Question(partial(self._weekly, filtered), weekly_rows),
            "top categories": Question(partial(self._categories, filtered), partial(keyed, name="volume", keys=1)),
            "daily backlog": Question(partial(self._backlog, filtered, 1), backlog),
            "weekly backlog": Question(partial(self._backlog, filtered, 7), partial(dated, name="backlog", step=7)),
            "daily backlog by group": Question(partial(self._by_group, filtered), backlog),
            "weekly flow by type": Question(partial(self._flow, filtered), flow_rows),
        }

    def _chosen(self, filtered: bool) -> pd.DataFrame:
        wanted = [f"{name} == {value!r}" for name, value in CHOSEN.items()]
        return self.tickets.query(" and ".join(wanted)) if filtered else self.tickets

    def _headline(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, flows = self._chosen(filtered), []
        middle = pd.Timestamp(TODAY - PERIOD)
        for name in ("resolved", "ended", "judged", "opened"):
            rows = _window(tickets, name, TODAY - 2 * PERIOD)
            periods = (rows[f"{name}_at"] < middle).astype(int).rename("earlier")
            value = rows.groupby(periods)[KNOWN[name]].mean() if name in KNOWN else rows.groupby(periods).size()
            flows.append(value.astype(float).rename("value").reset_index())
        levels = [
            _before(tickets, "opened", end) - _before(tickets, "ended", end) for end in (pd.Timestamp(TODAY), middle)
        ]
        return [*flows, pd.DataFrame({"earlier": [0, 1], "value": levels})]

    def _weekly(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, grouped = self._chosen(filtered), {}
        for name, column in KNOWN.items():
            rows = _window(tickets, name, TREND_FROM).dropna(subset=column)
            grouped[name] = rows[column].astype(float).groupby(_steps(rows[f"{name}_at"], 7))
        times = grouped["resolved"]
        quantiles = times.quantile([0.5, 0.9]).unstack() * 3600
        both = pd.Series(list(quantiles.to_numpy()), index=quantiles.index, name="quantiles")
        shares = [grouped[name].mean().rename("share").reset_index() for name in ("ended", "judged")]
        return [pd.concat([times.mean().rename("mean"), both], axis=1).reset_index(), *shares]

    def _categories(self, filtered: bool) -> list[pd.DataFrame]:
        counts = _window(self._chosen(filtered), "opened", TREND_FROM)["category"].value_counts()
        return [counts.head(TOP).astype(float).rename("value").reset_index()]

    def _backlog(self, filtered: bool, length: int) -> list[pd.DataFrame]:
        tickets = self._chosen(filtered)
        opened, ended = (_steps(tickets[f"{name}_at"].dropna(), length).value_counts() for name in ("opened", "ended"))
        moved = opened.sub(ended, fill_value=0)
        steps = range(int(moved.index.min()), (day(TODAY) - 1) // length + 1)
        levels = moved.reindex(steps, fill_value=0).cumsum().loc[day(FIRST_DAY) // length :]
        return [levels.rename("value").rename_axis("step").reset_index()]

    def _by_group(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, counts = self._chosen(filtered), []
        for name in ("opened", "ended"):
            rows = tickets.dropna(subset=f"{name}_at")
            keys = [_steps(rows[f"{name}_at"], 1), rows["assignment_group"]]
            counts.append(rows.groupby(keys, observed=True).size().unstack(fill_value=0))
        moved = counts[0].sub(counts[1], fill_value=0)
        steps = range(int(moved.index.min()), day(TODAY))
        levels = moved.reindex(steps, fill_value=0).cumsum().loc[day(FIRST_DAY) :]
        return [levels.rename_axis("step").stack().rename("value").reset_index()]

    def _flow(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, frames = self._chosen(filtered), []
        for name in ("opened", "ended"):
            rows = _window(tickets, name, TREND_FROM)
            counts = rows.groupby([_steps(rows[f"{name}_at"], 7), "ticket_type"], observed=True).size()
            frames.append(counts.astype(float).rename("value").reset_index())
        return frames


def _derived(frame: pd.DataFrame) -> pd.DataFrame:
    dropped = frame["status"] == "cancelled"
    ended = frame["resolved_at"].fillna(frame["closed_at"])
    in_time = (ended <= frame["due_at"]).astype("boolean")
    undecided = dropped | frame["due_at"].isna() | (ended.isna() & (frame["due_at"] >= AS_OF))
    at_once = ((frame["reopen_count"] == 0) & (frame["reassignment_count"] == 0)).astype("boolean")
    return frame.assign(
        ended_at=ended,
        judged_at=ended.fillna(frame["due_at"]).mask(undecided),
        hours=((frame["resolved_at"] - frame["opened_at"]).dt.total_seconds() / 3600).mask(dropped),
        in_time=in_time.mask(undecided).astype(float),
        at_once=at_once.mask(dropped | ended.isna()).astype(float),
    )


def _window(tickets: pd.DataFrame, name: str, first: object) -> pd.DataFrame:
    return tickets[(tickets[f"{name}_at"] >= pd.Timestamp(first)) & (tickets[f"{name}_at"] < pd.Timestamp(TODAY))]


def _before(tickets: pd.DataFrame, name: str, end: pd.Timestamp) -> float:
    return float((tickets[f"{name}_at"] < end).sum())


def _steps(moments: pd.Series, length: int) -> pd.Series:
    """Days or weeks since the first Monday."""
    return ((moments.dt.normalize() - pd.Timestamp(MONDAY)).dt.days // length).rename("step")
