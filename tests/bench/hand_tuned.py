"""The same numbers from a table and statements made by hand for these questions alone: as fast as DuckDB will go.

Everything that a row can know is worked out once: days and weeks as small integers counted from a Monday, durations
in seconds, words as ENUM, rows in order of opening. Several numbers of one grain come from one statement.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

from tests.bench.answers import dated, flow_rows, headline_rows, keyed, weekly_rows
from tests.bench.questions import CHOSEN, FIRST_DAY, MONDAY, PERIOD, TODAY, TOP, TREND_FROM, Question, Rows, day

AS_OF = "TIMESTAMP '2026-06-30 18:00:00'"
WORDS = ("assignment_group", "category", "ticket_type")


def tuned_table(plain: Path) -> Path:
    """The hand-tuned table made from the plain one, in a file beside it."""
    path = plain.with_name("tuned.bench")
    if not path.exists():
        with duckdb.connect(path) as connection:
            connection.execute("SET memory_limit = '3GB'")
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"ATTACH '{plain}' AS plain (READ_ONLY)")
            for word in WORDS:
                connection.execute(
                    f"CREATE TYPE {word}_word AS ENUM (SELECT DISTINCT {word} FROM plain.tickets ORDER BY 1)"
                )
            connection.execute(_table())
    return path


def _table() -> str:
    moments = {"opened": "opened_at", "resolved": "resolved_at", "ended": "ended_at", "judged": "judged_at"}
    days = ", ".join(
        f"CAST(CAST({at} AS DATE) - DATE '{MONDAY}' AS SMALLINT) AS {name}_day, {name}_day // 7 AS {name}_week"
        for name, at in moments.items()
    )
    words = ", ".join(f"CAST({word} AS {word}_word) AS {word}" for word in WORDS)
    return f"""
CREATE TABLE tuned AS WITH ended AS (
  SELECT *, COALESCE(resolved_at, closed_at) AS ended_at, status = 'cancelled' AS dropped FROM plain.tickets
), judged AS (
  SELECT *, CASE WHEN dropped OR due_at IS NULL THEN NULL WHEN ended_at IS NOT NULL THEN ended_at <= due_at
    WHEN due_at < {AS_OF} THEN FALSE END AS in_time,
  CASE WHEN in_time IS NOT NULL THEN COALESCE(ended_at, due_at) END AS judged_at FROM ended
)
SELECT {days}, {words}, priority, in_time,
  CAST(CASE WHEN NOT dropped THEN date_diff('second', opened_at, resolved_at) END AS INTEGER) AS seconds,
  CASE WHEN ended_at IS NOT NULL AND NOT dropped THEN reopen_count = 0 AND reassignment_count = 0 END AS at_once
FROM judged ORDER BY opened_at"""


class HandTuned:
    """The hand-tuned table."""

    name = "hand-tuned SQL"

    def __init__(self, path: Path) -> None:
        self.connection = duckdb.connect(path, read_only=True)

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each question by its name."""
        chosen = " AND ".join(f"{name} = '{value}'" for name, value in CHOSEN.items()) if filtered else "TRUE"
        asked: dict[str, tuple[list[str], Callable[[object], Rows]]] = {
            "headline, two periods": (_headline(chosen), headline_rows),
            "weekly times, FCR and SLA": (_weekly(chosen), weekly_rows),
            "top categories": ([_categories(chosen)], partial(keyed, name="volume", keys=1)),
            "daily backlog": ([_backlog(chosen, "day")], partial(dated, name="backlog", step=1)),
            "weekly backlog": ([_backlog(chosen, "week")], partial(dated, name="backlog", step=7)),
            "daily backlog by group": ([_backlog_by_group(chosen)], partial(dated, name="backlog", step=1)),
            "weekly flow by type": (_flow(chosen), flow_rows),
        }
        return {name: Question(partial(self._run, statements), rows) for name, (statements, rows) in asked.items()}

    def _run(self, statements: list[str]) -> list[pd.DataFrame]:
        return [self.connection.execute(statement).df() for statement in statements]


def _between(column: str, first: date, last: date) -> str:
    return f"{column} >= {day(first)} AND {column} < {day(last)}"


def _headline(chosen: str) -> list[str]:
    """Pruned statements: faster than one pass with FILTER."""
    first, middle = TODAY - 2 * PERIOD, TODAY - PERIOD
    flows = [
        ("resolved", "sum(seconds) / 3600.0 / count(seconds)", "seconds IS NOT NULL"),
        ("ended", "count(*) FILTER (WHERE at_once) / count(at_once)", "at_once IS NOT NULL"),
        ("judged", "count(*) FILTER (WHERE in_time) / count(in_time)", "in_time IS NOT NULL"),
        ("opened", "CAST(count(*) AS DOUBLE)", "TRUE"),
    ]
    statements = [
        f"SELECT CAST({name}_day < {day(middle)} AS INTEGER) AS earlier, {value} AS value FROM tuned "
        f"WHERE {_between(f'{name}_day', first, TODAY)} AND {known} AND {chosen} GROUP BY 1"
        for name, value, known in flows
    ]
    level = [
        f"SELECT {number} AS earlier, CAST((SELECT count(*) FROM tuned WHERE opened_day < {day(end)} AND {chosen}) "
        f"- (SELECT count(*) FROM tuned WHERE ended_day < {day(end)} AND {chosen}) AS DOUBLE) AS value"
        for number, end in enumerate((TODAY, middle))
    ]
    return [*statements, " UNION ALL ".join(level)]


def _weekly(chosen: str) -> list[str]:
    measures = {
        "resolved": (
            "avg(seconds) / 3600.0 AS mean, quantile_cont(seconds, [0.5, 0.9]) AS quantiles",
            "seconds IS NOT NULL",
        ),
        "ended": ("count(*) FILTER (WHERE at_once) / count(at_once) AS share", "at_once IS NOT NULL"),
        "judged": ("count(*) FILTER (WHERE in_time) / count(in_time) AS share", "in_time IS NOT NULL"),
    }
    return [
        f"SELECT {name}_week AS step, {values} FROM tuned "
        f"WHERE {_between(f'{name}_day', TREND_FROM, TODAY)} AND {known} AND {chosen} GROUP BY 1"
        for name, (values, known) in measures.items()
    ]


def _categories(chosen: str) -> str:
    return (
        "SELECT category, CAST(count(*) AS DOUBLE) AS value FROM tuned "
        f"WHERE {_between('opened_day', TREND_FROM, TODAY)} AND {chosen} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {TOP}"
    )


def _moves(chosen: str, step: str, key: str = "") -> str:
    sides = (("opened", "count(*)"), ("ended", "-count(*)"))
    return " UNION ALL ".join(
        f"SELECT {name}_{step} AS step{key}, {sign} AS moved FROM tuned "
        f"WHERE {name}_day < {day(TODAY)} AND {chosen} GROUP BY ALL"
        for name, sign in sides
    )


def _steps(step: str) -> tuple[int, int]:
    length = 7 if step == "week" else 1
    return day(FIRST_DAY) // length, day(TODAY - timedelta(days=1)) // length


def _backlog(chosen: str, step: str) -> str:
    first, last = _steps(step)
    return (
        f"WITH moves AS ({_moves(chosen, step)} UNION ALL SELECT unnest(range({first}, {last + 1})), 0), "
        "levels AS (SELECT step, sum(sum(moved)) OVER (ORDER BY step) AS value FROM moves GROUP BY 1) "
        f"SELECT step, value FROM levels WHERE step >= {first} ORDER BY 1"
    )


def _backlog_by_group(chosen: str) -> str:
    first, last = _steps("day")
    return f"""
WITH moves AS MATERIALIZED ({_moves(chosen, "day", ", assignment_group")}),
blank AS (
  SELECT unnest(range({first}, {last + 1})) AS step, assignment_group, 0 AS moved
  FROM (SELECT DISTINCT assignment_group FROM moves)
),
levels AS (
  SELECT step, assignment_group, sum(sum(moved)) OVER (PARTITION BY assignment_group ORDER BY step) AS value
  FROM (FROM moves UNION ALL FROM blank) GROUP BY 1, 2
)
SELECT step, assignment_group, value FROM levels WHERE step >= {first} ORDER BY 1, 2"""


def _flow(chosen: str) -> list[str]:
    return [
        f"SELECT {name}_week AS step, ticket_type, CAST(count(*) AS DOUBLE) AS value FROM tuned "
        f"WHERE {_between(f'{name}_day', TREND_FROM, TODAY)} AND {chosen} GROUP BY 1, 2"
        for name in ("opened", "ended")
    ]
