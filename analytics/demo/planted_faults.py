"""Planted in what happens: faults, changes, starters and people who chase."""

import numpy as np

from analytics.demo.as_of import is_kind
from analytics.demo.course import NEVER
from analytics.demo.exports.incident_list import record_numbers
from analytics.demo.facts import of_kind
from analytics.demo.settings import DAY
from analytics.demo.truth import Scene, Truth, ids, share, truth


def recurring_fault(scene: Scene) -> Truth:
    """The same fault on one item."""
    desk = scene.desk
    mine = is_kind(desk, "recurring")
    work = next(work for work in desk.settings.work if work.key == "recurring")
    quarter = mine & (desk.course.opened >= desk.settings.horizon - 91 * DAY)
    return truth(
        "recurring_fault",
        "One item breaks in the same way again and again, is fixed each time, and has no problem record.",
        {
            "configuration_item": f"{work.item}-{work.items_from:04}",
            "category": work.category,
            "since": str(work.begins),
        },
        {"tickets": int(mine.sum()), "tickets_in_last_91_days": int(quarter.sum()), "problem_records": 0},
        ids(desk, mine),
    )


def bouncing_pair(scene: Scene) -> Truth:
    """Two groups that send tickets back and forth."""
    desk, shown = scene.desk, scene.shown
    mine = of_kind(desk.settings, "bounces_with", desk.kind) != ""
    work = next(work for work in desk.settings.work if work.bounces_with)
    bounced, others = mine & (shown.moves >= 3), ~mine & (shown.moves >= 1)
    return truth(
        "bouncing_pair",
        "Two groups send tickets of one category back and forth.",
        {"groups": [work.group, work.bounces_with], "category": work.category},
        {
            "tickets_moved_3_times_or_more": int(bounced.sum()),
            "other_tickets_moved_3_times_or_more": int((others & (shown.moves >= 3)).sum()),
            "mean_moves_of_bounced": round(float(shown.moves[bounced].mean()) if bounced.any() else 0.0, 2),
        },
        ids(desk, bounced),
    )


def bad_change(scene: Scene) -> Truth:
    """The emergency change that broke a service."""
    desk = scene.desk
    mine, bad = is_kind(desk, "outage"), desk.settings.bad_change
    number = record_numbers("CHG", np.array([desk.records.changes.planted], dtype=np.int32)).to_pylist()[0]
    return truth(
        "bad_change",
        "An emergency change broke a service; incidents followed within two days, most of them linked to it.",
        {"change": number, "service": bad["service"], "configuration_item": bad["item"], "ended_at": str(bad["ends"])},
        {
            "incidents": int(mine.sum()),
            "linked_incidents": int((desk.records.cause == desk.records.changes.planted).sum()),
        },
        ids(desk, mine),
    )


def late_onboarding(scene: Scene) -> Truth:
    """New joiners who wait."""
    desk, shown = scene.desk, scene.shown
    mine = (desk.needed < NEVER) & (desk.needed < desk.settings.horizon)
    late = mine & (np.minimum(shown.resolved, desk.settings.horizon) > desk.needed)
    site = desk.people.site[desk.facts.requester]
    per_site = {name: share(late[mine & (site == place)]) for place, name in enumerate(desk.people.sites)}
    return truth(
        "late_onboarding",
        "New joiners are not ready by their first morning, at one site far more often than elsewhere.",
        {"category": "Onboarding", "column": "Needed By", "sites": sorted(desk.settings.onboarding["late_at"])},
        {
            "due": int(mine.sum()),
            "late": int(late.sum()),
            "late_share": share(late[mine]),
            "late_share_by_site": per_site,
        },
        ids(desk, late),
    )


def chasers(scene: Scene) -> Truth:
    """People who ask about a ticket they already raised."""
    desk = scene.desk
    mine = desk.parent >= 0
    nudged = desk.nudges > 0
    return truth(
        "chasers",
        "People call about a ticket that they already raised; the title names it. Others ask inside the ticket.",
        {"category": "Enquiry", "title": "names an earlier ticket of the same requester"},
        {
            "calls": int(mine.sum()),
            "tickets_asked_about": len(np.unique(desk.parent[mine])),
            "tickets_with_questions_inside": int(nudged.sum()),
            "share_of_incidents": share(mine[of_kind(desk.settings, "source", desk.kind) == "incidents"]),
        },
        ids(desk, mine),
    )
