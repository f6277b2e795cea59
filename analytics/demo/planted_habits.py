"""Planted in how the desk works: ownership, speed, priorities, a clean-up and a queue that grows."""

import numpy as np

from analytics.demo.as_of import is_kind
from analytics.demo.clock import Bools
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk
from analytics.demo.facts import of_kind
from analytics.demo.settings import DAY
from analytics.demo.truth import Scene, Truth, ids, share, truth
from analytics.demo.words import group_names


def tickets_without_owner(scene: Scene) -> Truth:
    """Tickets that nobody holds."""
    desk, shown = scene.desk, scene.shown
    group = _biggest_habit(desk, "unowned")
    old = shown.is_open & (desk.settings.horizon - desk.course.opened > 14 * DAY) & (desk.course.group == group)
    loose = old & (shown.agent < 0)
    return truth(
        "tickets_without_owner",
        "In one group, tickets wait for weeks without anybody's name on them.",
        {"group": group_names(desk)[group], "older_than_days": 14},
        {"open": int(old.sum()), "without_owner": int(loose.sum()), "share": share(shown.agent[old] < 0)},
        ids(desk, loose & (of_kind(desk.settings, "source", desk.kind) == "incidents")),
    )


def bulk_clean_up(scene: Scene) -> Truth:
    """The mass closure."""
    desk = scene.desk
    mine, table = desk.course.cleared, desk.settings.clean_up
    age = (desk.course.resolved - desk.course.opened)[mine] / DAY
    names = {name: int((mine & (desk.course.group == place)).sum()) for place, name in enumerate(group_names(desk))}
    jira = mine & (of_kind(desk.settings, "source", desk.kind) == "applications")
    return truth(
        "bulk_clean_up",
        "In less than an hour old tickets were closed unsolved; the backlog fell and grew on.",
        {"at": str(table["at"]), "minutes": table["minutes"], "older_than_days": table["older_than_days"]},
        {
            "tickets": int(mine.sum()),
            "median_age_days": round(float(np.median(age)) if len(age) else 0.0, 1),
            "tickets_by_group": {name: count for name, count in names.items() if count},
        },
        ids(desk, jira),
    )


def growing_category(scene: Scene) -> Truth:
    """The category behind most of the growing backlog."""
    desk, shown = scene.desk, scene.shown
    work = next(work for work in desk.settings.work if work.plant == "growing_category")
    mine = is_kind(desk, work.key)
    return truth(
        "growing_category",
        "Demand for one category climbs through the second year and its team does not grow: most of the new backlog.",
        {"category": work.category, "group": work.group, "since": str(work.growth_from)},
        {
            "backlog_after_year_1": _backlog(desk, mine, 365 * DAY),
            "backlog_at_end": int((shown.is_open & mine).sum()),
            "all_backlog_after_year_1": _backlog(desk, np.ones(len(mine), dtype=bool), 365 * DAY),
            "all_backlog_at_end": int(shown.is_open.sum()),
        },
        ids(desk, shown.is_open & mine),
    )


def slow_group(scene: Scene) -> Truth:
    """The group that takes longest."""
    desk, shown = scene.desk, scene.shown
    group, solved = _biggest_habit(desk, "pace"), (shown.resolved < NEVER) & ~desk.course.cleared
    solved &= of_kind(desk.settings, "plant", desk.kind) == ""
    hours = (shown.resolved - desk.course.opened) / 60
    medians = {
        name: round(float(np.median(hours[solved & (desk.course.group == place)])), 1)
        for place, name in enumerate(group_names(desk))
        if (solved & (desk.course.group == place)).any()
    }
    return truth(
        "slow_group",
        "One second-line group takes about twice as long as the others for tickets like theirs.",
        {"group": group_names(desk)[group]},
        {"median_hours_by_group": medians, "backlog_at_end": int((shown.is_open & (desk.course.group == group)).sum())},
        [],
    )


def reprioritisation_habit(scene: Scene) -> Truth:
    """The group that keeps changing priorities."""
    desk, shown = scene.desk, scene.shown
    group, ended = _biggest_habit(desk, "reprioritises"), np.minimum(shown.resolved, desk.settings.horizon)
    incident = of_kind(desk.settings, "source", desk.kind) == "incidents"
    changed = incident & (desk.reprioritised.first_at < np.minimum(ended, desk.course.cancelled))
    mine = incident & (desk.course.group == group)
    return truth(
        "reprioritisation_habit",
        "One group changes the priority of tickets while they wait, some of them twice. Only the event log shows it.",
        {"group": group_names(desk)[group]},
        {
            "share_in_group": share(changed[mine]),
            "share_in_other_second_line": share(changed[incident & (desk.course.moves > 0) & ~mine]),
            "tickets": int((changed & mine).sum()),
        },
        ids(desk, changed & mine),
    )


def _biggest_habit(desk: Desk, name: str) -> int:
    return int(np.argmax([getattr(group, name) for group in desk.settings.groups]))


def _backlog(desk: Desk, which: Bools, minute: int) -> int:
    ended = np.minimum(desk.course.resolved, desk.course.cancelled)
    return int((which & (desk.course.opened < minute) & (ended >= minute)).sum())
