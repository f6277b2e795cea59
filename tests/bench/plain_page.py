"""The page to compare with: plain Streamlit and Plotly Express, as a good developer writes it in an afternoon.

The Overview's five cards with sparklines and its six charts, over the same days with the same points, each chart its
own `st.plotly_chart`; a plain table, plain SQL, results in `st.cache_data`. Run by `python -m tests.bench`, which
names the file in BENCH_PLAIN_TABLE.
"""

import os
from datetime import date, timedelta

import duckdb
import pandas as pd
import plotly.express as px
import streamlit as st

END = date(2026, 7, 1)
HOURS = "date_diff('second', opened_at, resolved_at) / 3600.0"
ENDED = "COALESCE(resolved_at, closed_at)"
FIRST_CONTACT = (
    "avg(CAST(CASE WHEN status <> 'cancelled' THEN reassignment_count = 0 AND reopen_count = 0 END AS INTEGER))"
)
IN_TIME = "avg(CAST(CASE WHEN due_at IS NOT NULL AND status <> 'cancelled' THEN resolved_at <= due_at END AS INTEGER))"
DIMENSIONS = {
    "ticket_type": "Ticket type",
    "assignment_group": "Assignment group",
    "priority": "Priority",
    "category": "Category",
}

Values = tuple[object, ...]


@st.cache_resource
def connect() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["BENCH_PLAIN_TABLE"], read_only=True)


@st.cache_data(show_spinner=False)
def load(sql: str, values: Values = ()) -> pd.DataFrame:
    return connect().cursor().execute(sql, list(values)).df()


def options(column: str) -> list[object]:
    return load(f"SELECT DISTINCT {column} AS name FROM tickets ORDER BY 1")["name"].tolist()


def where(picked: dict[str, list[object]]) -> tuple[str, Values]:
    used = {column: values for column, values in picked.items() if values}
    conditions = [f"{column} IN ({', '.join('?' for _ in values)})" for column, values in used.items()]
    return " AND ".join(["TRUE", *conditions]), tuple(value for values in used.values() for value in values)


def headline(column: str, measure: str, first: date, last: date, chosen: str, values: Values) -> float:
    sql = f"SELECT {measure} AS value FROM tickets WHERE {column} >= ? AND {column} < ? AND {chosen}"
    return float(load(sql, (first, last, *values))["value"].iloc[0])


def weekly(column: str, measures: str, first: date, chosen: str, values: Values) -> pd.DataFrame:
    sql = f"""
        SELECT date_trunc('week', {column}) AS week, {measures} FROM tickets
        WHERE {column} >= ? AND {column} < ? AND {chosen} GROUP BY 1 ORDER BY 1"""
    return load(sql, (first - timedelta(days=first.weekday()), END, *values))


def backlog(first: date, chosen: str, values: Values) -> pd.DataFrame:
    sql = f"""
        WITH moves AS (
          SELECT date_trunc('week', opened_at) AS week, 1 AS step FROM tickets WHERE {chosen}
          UNION ALL
          SELECT date_trunc('week', {ENDED}), -1 FROM tickets WHERE {ENDED} IS NOT NULL AND {chosen}
        ), levels AS (SELECT week, sum(sum(step)) OVER (ORDER BY week) AS open FROM moves GROUP BY 1)
        SELECT * FROM levels WHERE week >= ? ORDER BY 1"""
    return load(sql, (*values, *values, first - timedelta(days=first.weekday())))


def flow(first: date, chosen: str, values: Values) -> pd.DataFrame:
    inflow = weekly("opened_at", "count(*) AS inflow", first, chosen, values)
    return inflow.merge(weekly(ENDED, "count(*) AS outflow", first, chosen, values), on="week", how="outer").fillna(0)


st.set_page_config(page_title="Service desk", layout="wide")
st.subheader("Service desk overview")

places = st.columns(5)
days = places[0].selectbox("Days", [30, 90, 364], index=1)
picked = {
    name: place.multiselect(title, options(name))
    for place, (name, title) in zip(places[1:], DIMENSIONS.items(), strict=True)
}
chosen, values = where(picked)
start, before = END - timedelta(days=days), END - timedelta(days=2 * days)

times = weekly(
    "resolved_at",
    f"avg({HOURS}) AS mean, median({HOURS}) AS median, quantile_cont({HOURS}, 0.9) AS p90",
    start,
    f"status <> 'cancelled' AND {chosen}",
    values,
)
fcr = weekly(ENDED, f"{FIRST_CONTACT} AS share", start, chosen, values)
sla = weekly(ENDED, f"{IN_TIME} AS share", start, chosen, values)
flows = flow(start, chosen, values)
levels = backlog(start, chosen, values)
categories = load(
    "SELECT category, count(*) AS tickets FROM tickets "
    f"WHERE opened_at >= ? AND opened_at < ? AND {chosen} GROUP BY 1 ORDER BY 2 DESC LIMIT 9",
    (start, END, *values),
)

cards = [
    ("Mean time to resolve", "resolved_at", f"avg({HOURS})", "{:.1f} h", times["mean"]),
    ("First contact resolution", ENDED, FIRST_CONTACT, "{:.1%}", fcr["share"]),
    ("SLA adherence", ENDED, IN_TIME, "{:.1%}", sla["share"]),
    ("Ticket volume", "opened_at", "count(*)", "{:,.0f}", flows["inflow"]),
]
columns = st.columns(5)
for place, (title, column, measure, pattern, line) in zip(columns, cards, strict=False):
    now = headline(column, measure, start, END, chosen, values)
    then = headline(column, measure, before, start, chosen, values)
    place.metric(title, pattern.format(now), f"{(now - then) / then:+.1%}", border=True, chart_data=line)
level, old = levels["open"].iloc[-1], levels["open"].iloc[0]
columns[4].metric("Backlog", f"{level:,.0f}", f"{(level - old) / old:+.1%}", border=True, chart_data=levels["open"])

columns = st.columns(3)
columns[0].plotly_chart(
    px.line(times, x="week", y=["mean", "median", "p90"], title="Time to resolve, hours", height=250)
)
columns[1].plotly_chart(px.line(fcr, x="week", y="share", title="First contact resolution", height=250))
columns[2].plotly_chart(px.line(sla, x="week", y="share", title="SLA adherence", height=250))
columns[0].plotly_chart(
    px.bar(categories, x="tickets", y="category", orientation="h", title="Volume by category", height=250)
)
columns[1].plotly_chart(px.line(levels, x="week", y="open", title="Backlog", height=250))
columns[2].plotly_chart(
    px.bar(flows, x="week", y=["inflow", "outflow"], barmode="group", title="Inflow and outflow", height=250)
)
