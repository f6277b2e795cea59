"""The page to compare with: plain Streamlit and Plotly Express, as a good developer writes it in an afternoon.

The same five cards with sparklines and the same five charts as the Overview, on a plain table with plain SQL, results
in `st.cache_data`. Run by `python -m tests.bench`; the file is named by BENCH_PLAIN_TABLE.
"""

import os
from datetime import date, timedelta

import duckdb
import pandas as pd
import plotly.express as px
import streamlit as st

TODAY = date(2026, 6, 30)
DAYS = 90
TREND_FROM = TODAY - timedelta(days=730)

HOURS = "date_diff('second', opened_at, resolved_at) / 3600.0"
ENDED = "COALESCE(resolved_at, closed_at)"
FIRST_CONTACT = "CASE WHEN status <> 'cancelled' THEN reassignment_count = 0 AND reopen_count = 0 END"
IN_TIME = "CASE WHEN due_at IS NOT NULL AND status <> 'cancelled' THEN resolved_at <= due_at END"


@st.cache_resource
def connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["BENCH_PLAIN_TABLE"], read_only=True)


@st.cache_data(show_spinner=False)
def load(sql: str, values: tuple[object, ...] = ()) -> pd.DataFrame:
    return connect().cursor().execute(sql, list(values)).df()


def where(groups: list[str], priorities: list[int]) -> tuple[str, tuple[object, ...]]:
    conditions, values = ["TRUE"], []
    for column, chosen in (("assignment_group", groups), ("priority", priorities)):
        if chosen:
            conditions.append(f"{column} IN ({', '.join('?' for _ in chosen)})")
            values.extend(chosen)
    return " AND ".join(conditions), tuple(values)


def headline(column: str, measure: str, first: date, last: date, chosen: str, values: tuple[object, ...]) -> float:
    sql = f"SELECT {measure} AS value FROM tickets WHERE {column} >= ? AND {column} < ? AND {chosen}"
    return float(load(sql, (first, last, *values))["value"].iloc[0])


def weekly(column: str, measures: str, chosen: str, values: tuple[object, ...]) -> pd.DataFrame:
    sql = f"SELECT date_trunc('week', {column}) AS week, {measures} FROM tickets WHERE {column} >= ? AND {column} < ? AND {chosen} GROUP BY 1 ORDER BY 1"
    return load(sql, (TREND_FROM, TODAY, *values))


def backlog(chosen: str, values: tuple[object, ...]) -> pd.DataFrame:
    sql = f"""
        WITH moves AS (
          SELECT CAST(opened_at AS DATE) AS day_on, 1 AS step FROM tickets WHERE {chosen}
          UNION ALL
          SELECT CAST({ENDED} AS DATE), -1 FROM tickets WHERE {ENDED} IS NOT NULL AND {chosen}
        )
        SELECT day_on, sum(sum(step)) OVER (ORDER BY day_on) AS open FROM moves GROUP BY 1 ORDER BY 1"""
    return load(sql, values * 2)


st.set_page_config(page_title="Service desk", layout="wide")
st.title("Service desk")

left, right = st.columns(2)
groups = left.multiselect(
    "Assignment group", load("SELECT DISTINCT assignment_group AS name FROM tickets ORDER BY 1")["name"].tolist()
)
priorities = right.multiselect("Priority", [1, 2, 3, 4, 5])
chosen, values = where(groups, priorities)

mttr = weekly(
    "resolved_at",
    f"avg({HOURS}) AS mean, median({HOURS}) AS median, quantile_cont({HOURS}, 0.9) AS p90",
    f"status <> 'cancelled' AND {chosen}",
    values,
)
fcr = weekly(ENDED, f"avg(CAST({FIRST_CONTACT} AS INTEGER)) AS share", chosen, values)
sla = weekly(ENDED, f"avg(CAST({IN_TIME} AS INTEGER)) AS share", chosen, values)
volume = weekly("opened_at", "count(*) AS tickets", chosen, values)
open_tickets = backlog(chosen, values)
categories = load(
    f"SELECT category, count(*) AS tickets FROM tickets WHERE opened_at >= ? AND opened_at < ? AND {chosen} GROUP BY 1 ORDER BY 2 DESC LIMIT 10",
    (TODAY - timedelta(days=DAYS), TODAY, *values),
)

cards = [
    ("Mean time to resolve", "resolved_at", f"avg({HOURS})", "{:.1f} h", mttr["mean"]),
    ("First contact resolution", ENDED, f"avg(CAST({FIRST_CONTACT} AS INTEGER))", "{:.1%}", fcr["share"]),
    ("SLA adherence", ENDED, f"avg(CAST({IN_TIME} AS INTEGER))", "{:.1%}", sla["share"]),
    ("Ticket volume", "opened_at", "count(*)", "{:,.0f}", volume["tickets"]),
]
columns = st.columns(5)
period, before = TODAY - timedelta(days=DAYS), TODAY - timedelta(days=2 * DAYS)
for place, (title, column, measure, pattern, line) in zip(columns, cards, strict=False):
    now, then = (
        headline(column, measure, first, last, chosen, values) for first, last in ((period, TODAY), (before, period))
    )
    change = f"{(now - then) / then:+.1%}"
    place.metric(title, pattern.format(now), change, border=True, chart_data=line.tail(26), chart_type="line")
level, old = open_tickets["open"].iloc[-1], open_tickets["open"].iloc[-DAYS]
columns[4].metric(
    "Backlog", f"{level:,.0f}", f"{(level - old) / old:+.1%}", border=True, chart_data=open_tickets["open"].tail(180), chart_type="line"
)

left, right = st.columns(2)
left.plotly_chart(px.line(mttr, x="week", y=["mean", "median", "p90"], title="Time to resolve, hours"))
right.plotly_chart(px.line(open_tickets, x="day_on", y="open", title="Backlog"))
left.plotly_chart(px.line(fcr, x="week", y="share", title="First contact resolution"))
right.plotly_chart(px.line(sla, x="week", y="share", title="SLA adherence"))
left.plotly_chart(px.bar(categories, x="tickets", y="category", orientation="h", title="Volume by category"))
