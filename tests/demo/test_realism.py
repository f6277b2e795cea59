"""The desk looks like a real one of its size."""

import pandas as pd

from .conftest import AS_OF, Exports
from .test_truths import backlog, resolved


def test_incidents_take_tens_of_hours_on_average_and_most_are_quick(exports: Exports) -> None:
    incidents = exports.incidents.dropna(subset="resolved_at")
    hours = (incidents["resolved_at"] - incidents["opened_at"]).dt.total_seconds() / 3600
    assert 15 < hours.mean() < 80
    assert hours.median() < 8


def test_most_incidents_are_solved_at_first_contact(exports: Exports) -> None:
    done = exports.incidents.dropna(subset="resolved_at")
    first = (done["reassignment_count"] == "0") & (done["reopen_count"] == "0")
    assert 0.55 < first.mean() < 0.75


def test_targets_are_met_as_often_as_elsewhere(exports: Exports) -> None:
    incidents, requests = exports.incidents.dropna(subset="resolved_at"), exports.requests
    met = (incidents["resolved_at"] <= incidents["due_date"]).mean()
    assert 0.75 < met < 0.92
    assert 0.75 < (requests["Resolution Status"].dropna() == "Within SLA").mean() < 0.95
    remaining = exports.issues["Custom field (Time to resolution)"].dropna()
    assert 0.5 < (~remaining.str.startswith("-")).mean() < 0.92


def test_the_backlog_is_level_in_the_first_year_and_grows_in_the_second(exports: Exports) -> None:
    tickets = resolved(exports)
    weeks = pd.date_range("2024-10-01", AS_OF, freq="7D")
    level = pd.Series([backlog(tickets, week) for week in weeks], index=weeks)
    first, last = level[:"2025-06-30"], level["2026-05-01":]
    assert first.max() < 3 * first.min() + 50
    assert last.min() > 2 * first.median()
    around = level["2026-02-17":"2026-02-28"]
    assert around.iloc[-1] < 0.9 * around.iloc[0]


def test_work_arrives_in_office_hours_and_mostly_on_mondays(exports: Exports) -> None:
    opened = resolved(exports)["opened"]
    by_weekday = opened.dt.day_of_week.value_counts(normalize=True)
    assert by_weekday.idxmax() == 0
    assert by_weekday[[5, 6]].sum() < 0.05
    assert opened.dt.hour.between(7, 18).mean() > 0.9
    holiday = (opened.dt.strftime("%m-%d") == "12-25").sum() / 2
    assert holiday < 0.3 * len(opened) / 730


def test_some_tickets_are_reopened_held_or_withdrawn(exports: Exports) -> None:
    reopened = (exports.incidents["reopen_count"] != "0").mean()
    withdrawn = (exports.incidents["incident_state"] == "Canceled").mean()
    held = exports.log[exports.log["incident_state"] == "Awaiting User Info"]["number"].nunique()
    assert 0.01 < reopened < 0.08
    assert 0.005 < withdrawn < 0.05
    assert held / len(exports.incidents) > 0.03
