"""Each planted truth is in the exported files: computed here from the files alone, then set against truths.json."""

from itertools import pairwise

import pandas as pd
import pytest

from .conftest import AS_OF, Exports

SECOND_LINE = ("Workplace Services", "Network", "Infrastructure")


def test_ten_truths_are_written_down(exports: Exports) -> None:
    assert len(exports.truths) == 10


def test_recurring_fault_on_one_item_without_a_problem_record(exports: Exports) -> None:
    truth = exports.truths["recurring_fault"]
    mine = exports.incidents[exports.incidents["short_description"].str.contains("rint queue stuck|Queue on .* stuck")]
    assert set(mine["cmdb_ci"]) == {truth["where"]["configuration_item"]}
    assert len(mine) == truth["magnitude"]["tickets"]
    last_quarter = mine[mine["opened_at"] >= AS_OF - pd.Timedelta(days=91)]
    assert len(last_quarter) == truth["magnitude"]["tickets_in_last_91_days"] > 6
    assert mine["problem_id"].isna().all()
    assert list(mine["number"]) == truth["tickets"]


def test_two_groups_bounce_tickets(exports: Exports) -> None:
    truth = exports.truths["bouncing_pair"]
    moved = exports.log.groupby("number")["assignment_group"].agg(list)
    hops = moved.map(lambda groups: sum(before != after for before, after in pairwise(groups)))
    bounced = set(hops[hops >= 3].index)
    assert bounced == set(truth["tickets"])
    assert len(bounced) == truth["magnitude"]["tickets_moved_3_times_or_more"] > 200
    visited = {group for number in bounced for group in moved[number]}
    assert visited == {"Service Desk", *truth["where"]["groups"]}
    counts = exports.incidents.set_index("number")["reassignment_count"].astype(int)
    assert (counts == hops).all()


def test_an_emergency_change_broke_a_service(exports: Exports) -> None:
    truth = exports.truths["bad_change"]
    change = exports.changes.set_index("number").loc[truth["where"]["change"]]
    assert (change["type"], change["close_code"]) == ("Emergency", "Unsuccessful")
    assert change["end_date"] == pd.Timestamp(truth["where"]["ended_at"])
    after = exports.incidents["opened_at"].between(change["end_date"], change["end_date"] + pd.Timedelta(days=2))
    same = after & (exports.incidents["cmdb_ci"] == change["cmdb_ci"])
    assert same.sum() >= truth["magnitude"]["incidents"]
    linked = exports.incidents["caused_by"] == truth["where"]["change"]
    assert linked.sum() == truth["magnitude"]["linked_incidents"] > 15
    before = (exports.incidents["cmdb_ci"] == change["cmdb_ci"]) & (exports.incidents["opened_at"] < change["end_date"])
    assert before.sum() < 10


def test_joiners_wait_at_one_site(exports: Exports) -> None:
    truth = exports.truths["late_onboarding"]
    due = exports.requests[exports.requests["Needed By"].notna() & (exports.requests["Needed By"] < AS_OF)]
    assert set(due["Category"]) == {"Onboarding"}
    late = due["Resolved Time"].fillna(AS_OF) > due["Needed By"]
    assert late.mean() == pytest.approx(truth["magnitude"]["late_share"], abs=0.001)
    by_site = late.groupby(due["Requester Location"]).mean()
    assert by_site.idxmax() == truth["where"]["sites"][0] == "Leeds"
    assert by_site["Leeds"] > 0.55
    assert by_site.drop("Leeds").max() < 0.4


def test_chasers_name_a_ticket_of_their_own_that_still_waited(exports: Exports) -> None:
    truth = exports.truths["chasers"]
    incidents = exports.incidents.set_index("number")
    calls = incidents[incidents["category"] == "Enquiry"].copy()
    assert list(calls.index)[:500] == truth["tickets"]
    assert len(calls) == truth["magnitude"]["calls"]
    earlier = incidents.loc[calls["short_description"].str.extract(r"(INC\d+)")[0]]
    assert (earlier["caller_id"].to_numpy() == calls["caller_id"].to_numpy()).all()
    assert (earlier["opened_at"].to_numpy() <= calls["opened_at"].to_numpy()).all()
    ended = earlier["resolved_at"].fillna(earlier["closed_at"]).fillna(AS_OF)
    assert (ended.to_numpy() >= calls["opened_at"].to_numpy()).all()
    assert exports.log["comments"].str.contains("update", na=False).sum() > 100


def test_one_group_leaves_tickets_without_an_owner(exports: Exports) -> None:
    truth = exports.truths["tickets_without_owner"]
    open_incidents = exports.incidents[
        exports.incidents["incident_state"].isin(["New", "Active", "Awaiting User Info"])
    ]
    incidents = open_incidents[["assignment_group", "assigned_to", "opened_at"]]
    open_requests = exports.requests[exports.requests["Resolved Time"].isna()]
    requests = open_requests[["Group", "Agent", "Created Time"]].set_axis(incidents.columns, axis=1)
    waiting = pd.concat([incidents, requests])
    old = waiting[waiting["opened_at"] < AS_OF - pd.Timedelta(days=14)]
    mine = old[old["assignment_group"] == truth["where"]["group"]]
    assert len(mine) == truth["magnitude"]["open"]
    assert mine["assigned_to"].isna().sum() == truth["magnitude"]["without_owner"] > 15
    others = old[old["assignment_group"] != truth["where"]["group"]]
    assert mine["assigned_to"].isna().mean() > 0.25 > 0.2 > others["assigned_to"].isna().mean()


def resolved(exports: Exports) -> pd.DataFrame:
    """Opened and resolved of all three tools' tickets, with group and category."""
    frames = []
    for frame, columns in (
        (exports.incidents, ("opened_at", "resolved_at", "assignment_group", "category")),
        (exports.issues, ("Created", "Resolved", "Custom field (Team)", "Custom field (Category)")),
        (exports.requests, ("Created Time", "Resolved Time", "Group", "Category")),
    ):
        frames.append(frame[list(columns)].set_axis(["opened", "resolved", "group", "category"], axis=1))
    return pd.concat(frames, ignore_index=True)


def test_a_clean_up_closed_old_tickets_within_an_hour(exports: Exports) -> None:
    truth = exports.truths["bulk_clean_up"]
    tickets = resolved(exports)
    begins = pd.Timestamp(truth["where"]["at"])
    in_the_hour = tickets["resolved"].between(begins, begins + pd.Timedelta(minutes=truth["where"]["minutes"]))
    old = tickets[in_the_hour & (tickets["opened"] < begins - pd.Timedelta(days=truth["where"]["older_than_days"]))]
    assert len(old) >= truth["magnitude"]["tickets"] > 80
    usual = tickets.loc[~in_the_hour, "resolved"].dt.floor("h").value_counts()
    assert len(old) > 4 * usual.max()


def backlog(tickets: pd.DataFrame, moment: pd.Timestamp) -> int:
    return int(((tickets["opened"] < moment) & ~(tickets["resolved"] < moment)).sum())


def test_one_category_makes_the_backlog_grow(exports: Exports) -> None:
    truth = exports.truths["growing_category"]
    issues = exports.issues
    mine = issues[issues["Custom field (Category)"] == truth["where"]["category"]]
    mine = mine[["Created", "Resolved"]].set_axis(["opened", "resolved"], axis=1)
    year_one, end = backlog(mine, pd.Timestamp("2025-07-01")), backlog(mine, AS_OF)
    assert year_one == truth["magnitude"]["backlog_after_year_1"]
    assert end == truth["magnitude"]["backlog_at_end"]
    assert end > 5 * max(year_one, 20)
    growth = truth["magnitude"]["all_backlog_at_end"] - truth["magnitude"]["all_backlog_after_year_1"]
    assert (end - year_one) / growth > 0.5


def test_one_group_is_slow(exports: Exports) -> None:
    tickets = resolved(exports)
    hours = (tickets["resolved"] - tickets["opened"]).dt.total_seconds() / 3600
    median = hours.groupby(tickets["group"]).median()
    slow = exports.truths["slow_group"]["where"]["group"]
    assert median.idxmax() == slow
    assert median[slow] > 1.3 * median.drop(slow).max()


def test_one_group_changes_priorities(exports: Exports) -> None:
    truth = exports.truths["reprioritisation_habit"]
    changed = exports.log.groupby("number")["priority"].nunique() > 1
    last = exports.incidents.set_index("number")
    share = changed.groupby(last["assignment_group"]).mean()
    group = truth["where"]["group"]
    assert share.idxmax() == group
    assert share[group] == pytest.approx(truth["magnitude"]["share_in_group"], abs=0.02)
    assert share[group] > 4 * share[[name for name in SECOND_LINE if name != group]].max()
