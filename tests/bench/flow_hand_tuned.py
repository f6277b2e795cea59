"""The same views from statements written by hand for one question each, on the snapshot's own tables.

The snapshot is the hand-tuned layout already (row-level values, ENUMs, stays); these statements read it as sparingly as
they can, and nothing is worked out that the compared numbers do not need.
"""

from collections.abc import Callable
from pathlib import Path

import duckdb

from analytics.warehouse.snapshots import current_snapshot
from tests.bench.flow_answers import (
    Frames,
    age_rows,
    bridge_rows,
    classes,
    first_row,
    first_row_means,
    handoff_rows,
    little_rows,
    price_rows,
    step_rows,
    survival_rows,
    verdict_rows,
)
from tests.bench.questions import CHOSEN, Question, Rows

FROM, TO, BEFORE = "DATE '2025-07-01'", "DATE '2026-07-01'", "DATE '2024-07-01'"
NOW = "TIMESTAMP '2026-06-30 18:00:00'"
FINAL = "('resolved', 'closed', 'cancelled')"
_IN = f"BETWEEN {FROM} AND {TO} - 1"


class FlowHandTuned:
    """DuckDB on the desk in `folder`, without Backlight."""

    name = "hand-tuned SQL"

    def __init__(self, folder: Path) -> None:
        path = current_snapshot(folder)
        assert path is not None
        self.connection = duckdb.connect(path, read_only=True)

    def questions(self, filtered: bool) -> dict[str, Question]:
        """Each view by its name."""
        chosen = " AND ".join(f"{name} = '{value}'" for name, value in CHOSEN.items()) if filtered else "TRUE"
        keys = f"ticket_key IN (SELECT ticket_key FROM tickets WHERE {chosen})" if filtered else "TRUE"
        asked: dict[str, tuple[list[str], Callable[[Frames], Rows]]] = {
            "bridge": (_bridge(chosen, keys), bridge_rows),
            "verdict": (_verdict(chosen), verdict_rows),
            "map": (_map(chosen), first_row),
            "age": (_age(chosen), age_rows),
            "ownership": (_ownership(chosen), classes),
            "hand-offs": (_handoffs(chosen, keys), handoff_rows),
            "price of a hand-off": (_price(chosen), price_rows),
            "steps": (_steps(keys), step_rows),
            "cycle times": (_cycle_times(chosen), lambda frames: [("tickets", int(frames[0]["tickets"].iloc[0]))]),
            "changes of priority": (_priorities(chosen), first_row),
            "Little's law": (_little(chosen), little_rows),
            "survival": (_survival(chosen), survival_rows),
            "what moved MTTR": (_moved(chosen), first_row_means),
        }
        return {name: Question(self._asker(statements), rows) for name, (statements, rows) in asked.items()}

    def _asker(self, statements: list[str]) -> Callable[[], Frames]:
        return lambda: [self.connection.execute(statement).df() for statement in statements]


def _bridge(chosen: str, keys: str) -> list[str]:
    counts = {
        "opened": f"opened_on {_IN}",
        "ended": f"ended_on {_IN}",
        "cancelled": f"ended_on {_IN} AND status = 'cancelled'",
        "start_open": f"opened_on < {FROM} AND (ended_on IS NULL OR ended_on >= {FROM})",
        "end_open": f"opened_on < {TO} AND (ended_on IS NULL OR ended_on >= {TO})",
        "opened_before": f"opened_on >= {BEFORE} AND opened_on < {FROM}",
        "ended_before": f"ended_on >= {BEFORE} AND ended_on < {FROM}",
    }
    columns = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in counts.items())
    return [
        (
            f"SELECT category, {columns} FROM tickets WHERE opened_on < {TO} "
            f"AND (ended_on IS NULL OR ended_on >= {BEFORE}) "
            f"AND {chosen} GROUP BY 1"
        ),
        (
            "SELECT count(*) AS reopened FROM stays WHERE field = 'status' AND previous_value IN "
            f"{FINAL} AND value NOT IN {FINAL} AND entered_on {_IN} AND {keys}"
        ),
    ]


def _verdict(chosen: str) -> list[str]:
    by_day = "SELECT {0} AS moved_on, count(*) AS tickets FROM tickets WHERE {0} IS NOT NULL AND {1} GROUP BY 1"
    ages = (
        f"SELECT COALESCE(ended_on, DATE '2026-06-30') - opened_on AS age, "
        "count(ended_on) AS ended, count(*) AS tickets "
        f"FROM tickets WHERE {chosen} GROUP BY 1"
    )
    return [by_day.format("opened_on", chosen), by_day.format("ended_on", chosen), ages]


def _map(chosen: str) -> list[str]:
    return [
        (
            "SELECT sum(open) AS open, sum(open - start) AS change FROM (SELECT category, ticket_type, "
            f"count(*) FILTER (WHERE ended_on IS NULL OR ended_on >= {TO}) AS open, "
            f"count(*) FILTER (WHERE opened_on < {FROM} AND (ended_on IS NULL OR ended_on >= {FROM})) AS start, "
            f"median(opened_at) FILTER (WHERE ended_on IS NULL OR ended_on >= {TO}) AS middle FROM tickets "
            f"WHERE opened_on < {TO} AND (ended_on IS NULL OR ended_on >= {FROM}) AND {chosen} GROUP BY 1, 2)"
        )
    ]


def _age(chosen: str) -> list[str]:
    lines = (
        f"SELECT quantile_cont(epoch(ended_at - opened_at), [0.5, 0.85, 0.95]) AS lines FROM tickets "
        f"WHERE ended_on {_IN} AND opened_at IS NOT NULL AND {chosen}"
    )
    still = f"SELECT epoch({NOW} - opened_at) / 86400 AS days FROM tickets WHERE ended_at IS NULL AND {chosen}"
    return [lines, still]


def _ownership(chosen: str) -> list[str]:
    active = (
        "SELECT DISTINCT assignee FROM tickets WHERE assignee IS NOT NULL "
        f"AND greatest(updated_at, ended_at) > {NOW} - INTERVAL 30 DAY"
    )
    classes = (
        "CASE WHEN assignee IS NULL AND assignment_group IS NULL THEN 'unassigned' "
        f"WHEN assignee IS NULL THEN 'group_only' WHEN assignee NOT IN ({active}) THEN 'assignee_inactive' "
        f"WHEN greatest(opened_at, updated_at, last_event_at) <= {NOW} - INTERVAL 14 DAY THEN 'silent' ELSE 'owned' END"
    )
    line = "SELECT quantile_cont(epoch(ended_at - opened_at), 0.85) AS line"
    lines = f"{line} FROM tickets WHERE ended_on {_IN} AND {chosen}"
    return [
        (
            f"SELECT {classes} AS class, assignment_group, count(*) AS tickets, "
            "median(opened_at) AS middle FROM tickets "
            f"WHERE ended_at IS NULL AND {chosen} GROUP BY 1, 2"
        ),
        lines,
    ]


def _handoffs(chosen: str, keys: str) -> list[str]:
    group = "field = 'assignment_group'"
    opened = f"ticket_key IN (SELECT ticket_key FROM tickets WHERE opened_on {_IN} AND {chosen})"
    ends = "count(*) AS tickets, count(*) FILTER (WHERE change_number > 0) AS tickets_handed_over"
    return [
        f"SELECT {ends} FROM stays WHERE {group} AND left_at IS NULL AND {opened}",
        (
            f"SELECT previous_value, value, count(*) AS handoffs, count(DISTINCT ticket_key) AS tickets FROM stays "
            f"WHERE {group} AND value <> previous_value AND entered_on {_IN} AND {keys} GROUP BY 1, 2"
        ),
        (
            f"SELECT least(value, previous_value) AS a, greatest(value, previous_value) AS b, count(*) AS returns, "
            f"sum(away_hours) AS hours, count(DISTINCT ticket_key) AS tickets FROM stays "
            f"WHERE {group} AND returned AND entered_on {_IN} AND {keys} GROUP BY 1, 2"
        ),
    ]


def _price(chosen: str) -> list[str]:
    return [
        (
            "SELECT priority, category, ticket_type, change_number AS handoffs, count(*) AS tickets, "
            "quantile_cont(resolution_hours, [0.25, 0.5, 0.75]) AS quartiles, sum(ln(1 + resolution_hours)) AS logs, "
            "sum(ln(1 + resolution_hours) ** 2) AS squares FROM tickets JOIN stays USING (ticket_key) "
            f"WHERE field = 'assignment_group' AND left_at IS NULL AND ended_on {_IN} AND resolution_hours IS NOT NULL "
            f"AND {chosen} GROUP BY 1, 2, 3, 4"
        )
    ]


def _steps(keys: str) -> list[str]:
    columns = (
        "value, sum(stay_hours) AS hours, count(DISTINCT ticket_key) AS tickets, count(*) AS stays, "
        "quantile_cont(stay_hours, [0.5, 0.85]) AS marks"
    )
    return [
        f"SELECT {columns} FROM stays WHERE field = '{field}' AND stay_hours IS NOT NULL AND entered_on {_IN} "
        f"AND {keys} GROUP BY 1"
        for field in ("assignment_group", "status")
    ]


def _cycle_times(chosen: str) -> list[str]:
    ended = f"FROM tickets WHERE ended_on {_IN} AND resolution_hours IS NOT NULL AND {chosen}"
    return [
        f"SELECT count(*) AS tickets, quantile_cont(resolution_hours, [0.5, 0.85, 0.95]) AS lines {ended}",
        f"SELECT ticket_key, ticket_id, ended_on, resolution_hours {ended} ORDER BY resolution_hours DESC LIMIT 200",
        (
            f"SELECT ticket_key, ticket_id, ended_on, resolution_hours {ended} "
            "ORDER BY (ticket_key::BIGINT * 2654435761) % 4294967296 LIMIT 1800"
        ),
    ]


def _priorities(chosen: str) -> list[str]:
    changed = "count(*) FILTER (WHERE {}) AS {}"
    moved = "value IS NOT NULL AND previous_value IS NOT NULL AND value::VARCHAR {} previous_value::VARCHAR"
    return [
        (
            "SELECT count(*) AS tickets, count(*) FILTER (WHERE changes > 0) AS changed, "
            "count(*) FILTER (WHERE raises > 0) AS raised, count(*) FILTER (WHERE drops > 0) AS lowered FROM "
            f"(SELECT ticket_key, {changed.format(moved.format('<>'), 'changes')}, "
            f"{changed.format(moved.format('<'), 'raises')}, {changed.format(moved.format('>'), 'drops')} FROM stays "
            "WHERE field = 'priority' AND ticket_key IN "
            f"(SELECT ticket_key FROM tickets WHERE opened_on {_IN} AND {chosen}) "
            "GROUP BY 1)"
        )
    ]


def _little(chosen: str) -> list[str]:
    by_day = "SELECT {0} AS moved_on, count(*) AS tickets FROM tickets WHERE {0} < {2} AND {1} GROUP BY 1"
    ended = (
        f"SELECT count(*) AS ended, sum(ended_on - opened_on) AS days FROM tickets WHERE ended_on {_IN} AND {chosen}"
    )
    return [by_day.format("opened_on", chosen, TO), by_day.format("ended_on", chosen, TO), ended]


def _survival(chosen: str) -> list[str]:
    return [
        (
            f"WITH lives AS (SELECT epoch(COALESCE(ended_at, {NOW}) - opened_at)::BIGINT AS seconds, ended_at "
            "FROM tickets "
            f"WHERE opened_on {_IN} AND status <> 'cancelled' AND {chosen}) "
            "SELECT CASE WHEN seconds < 28800 THEN ceil(seconds / 60) * 60 WHEN seconds < 345600 THEN "
            "ceil(seconds / 900) * 900 ELSE ceil(seconds / 3600) * 3600 END AS seconds, count(ended_at) AS ended, "
            "count(*) AS gone FROM lives GROUP BY 1 ORDER BY 1"
        )
    ]


def _moved(chosen: str) -> list[str]:
    parts = ", ".join(
        f"count(*) FILTER (WHERE {which}) AS n_{name}, sum(resolution_hours) FILTER (WHERE {which}) AS hours_{name}, "
        f"sum(resolution_hours ** 2) FILTER (WHERE {which}) AS squares_{name}"
        for name, which in (("before", f"resolved_on < {FROM}"), ("after", f"resolved_on >= {FROM}"))
    )
    return [
        (
            f"SELECT category, {parts} FROM tickets WHERE resolved_on >= {BEFORE} AND resolved_on < {TO} "
            f"AND resolution_hours IS NOT NULL AND {chosen} GROUP BY 1"
        )
    ]
