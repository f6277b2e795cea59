"""The same numbers with pandas, on the columns of the hand-tuned table: integers and categories, nothing to parse."""

from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from tests.bench.answers import dated, flow_rows, headline_rows, keyed, weekly_rows
from tests.bench.hand_tuned import WORDS
from tests.bench.questions import CHOSEN, FIRST_DAY, PERIOD, TODAY, TOP, TREND_FROM, Question, day


class Frames:
    """The tickets as one DataFrame."""

    name = "pandas"

    def __init__(self, path: Path) -> None:
        with duckdb.connect(path, read_only=True) as connection:
            self.tickets = connection.execute("FROM tuned").df()
        assert all(isinstance(self.tickets[word].dtype, pd.CategoricalDtype) for word in WORDS)

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each question by its name."""
        return {
            "headline, two periods": Question(partial(self._headline, filtered), headline_rows),
            "weekly times, FCR and SLA": Question(partial(self._weekly, filtered), weekly_rows),
            "top categories": Question(partial(self._categories, filtered), partial(keyed, name="volume", keys=1)),
            "daily backlog": Question(partial(self._backlog, filtered, 1), partial(dated, name="backlog", step=1)),
            "weekly backlog": Question(partial(self._backlog, filtered, 7), partial(dated, name="backlog", step=7)),
            "daily backlog by group": Question(
                partial(self._by_group, filtered), partial(dated, name="backlog", step=1)
            ),
            "weekly flow by type": Question(partial(self._flow, filtered), flow_rows),
        }

    def _chosen(self, filtered: bool) -> pd.DataFrame:
        tickets = self.tickets
        if not filtered:
            return tickets
        wanted = [tickets[name] == value for name, value in CHOSEN.items()]
        return tickets[wanted[0] & wanted[1]]

    def _headline(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, first, middle, last = self._chosen(filtered), day(TODAY - 2 * PERIOD), day(TODAY - PERIOD), day(TODAY)
        flows = []
        for name, column in (("resolved", "seconds"), ("ended", "at_once"), ("judged", "in_time"), ("opened", None)):
            days = tickets[f"{name}_day"]
            window = (days >= first) & (days < last)
            earlier = (days[window] < middle).astype(int).rename("earlier")
            if column is None:
                value = earlier.groupby(earlier).size().astype(float)
            else:
                value = tickets.loc[window, column].astype(float).groupby(earlier).mean()
            flows.append((value / 3600 if column == "seconds" else value).rename("value").reset_index())
        levels = [
            float((tickets["opened_day"] < end).sum() - (tickets["ended_day"] < end).sum()) for end in (last, middle)
        ]
        return [*flows, pd.DataFrame({"earlier": [0, 1], "value": levels})]

    def _weekly(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, frames = self._chosen(filtered), []
        for name, column in (("resolved", "seconds"), ("ended", "at_once"), ("judged", "in_time")):
            days = tickets[f"{name}_day"]
            rows = tickets.loc[(days >= day(TREND_FROM)) & (days < day(TODAY)), [f"{name}_week", column]].dropna()
            frames.append(rows[column].astype(float).groupby(rows[f"{name}_week"].rename("step")))
        times, fcr, sla = frames
        quantiles = times.quantile([0.5, 0.9]).unstack()
        both = pd.Series(list(quantiles.to_numpy()), index=quantiles.index)
        mean = (times.mean() / 3600).rename("mean")
        return [
            pd.concat([mean, both.rename("quantiles")], axis=1).reset_index(),
            fcr.mean().reset_index(),
            sla.mean().reset_index(),
        ]

    def _categories(self, filtered: bool) -> list[pd.DataFrame]:
        tickets = self._chosen(filtered)
        days = tickets["opened_day"]
        counts = tickets.loc[(days >= day(TREND_FROM)) & (days < day(TODAY)), "category"].value_counts()
        return [counts.head(TOP).astype(float).rename("value").reset_index()]

    def _backlog(self, filtered: bool, step: int) -> list[pd.DataFrame]:
        tickets = self._chosen(filtered)
        opened, ended = (
            tickets.loc[tickets[f"{name}_day"] < day(TODAY), f"{name}_day"] // step for name in ("opened", "ended")
        )
        moved = opened.value_counts().sub(ended.value_counts(), fill_value=0)
        steps = range(int(moved.index.min()), (day(TODAY) - 1) // step + 1)
        levels = moved.reindex(steps, fill_value=0).cumsum()
        return [levels[levels.index >= day(FIRST_DAY) // step].rename("value").rename_axis("step").reset_index()]

    def _by_group(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, keys = self._chosen(filtered), []
        for name in ("opened", "ended"):
            rows = tickets[tickets[f"{name}_day"] < day(TODAY)]
            keys.append(rows.groupby([f"{name}_day", "assignment_group"], observed=True).size().unstack(fill_value=0))
        moved = keys[0].sub(keys[1], fill_value=0)
        steps = range(int(moved.index.min()), day(TODAY))
        levels = moved.reindex(steps, fill_value=0).cumsum().loc[day(FIRST_DAY) :]
        return [levels.rename_axis("step").stack().rename("value").reset_index()]

    def _flow(self, filtered: bool) -> list[pd.DataFrame]:
        tickets, frames = self._chosen(filtered), []
        for name in ("opened", "ended"):
            days = tickets[f"{name}_day"]
            rows = tickets[(days >= day(TREND_FROM)) & (days < day(TODAY))]
            keys = [rows[f"{name}_week"].rename("step"), rows["ticket_type"]]
            frames.append(rows.groupby(keys, observed=True).size().astype(float).rename("value").reset_index())
        return frames
