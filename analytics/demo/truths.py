"""What was planted, for the tests of the detectors: written down as the exports show it, beside them."""

from typing import Any

from analytics.demo import planted_faults, planted_habits
from analytics.demo.as_of import Shown
from analytics.demo.desk import Desk
from analytics.demo.truth import Scene, Truth, moment

PLANTED = (
    planted_faults.recurring_fault,
    planted_faults.bouncing_pair,
    planted_faults.bad_change,
    planted_faults.late_onboarding,
    planted_faults.chasers,
    planted_habits.tickets_without_owner,
    planted_habits.bulk_clean_up,
    planted_habits.growing_category,
    planted_habits.slow_group,
    planted_habits.reprioritisation_habit,
)


def truths(desk: Desk, shown: Shown) -> list[Truth]:
    """Everything planted, with the magnitudes that the exports show."""
    scene = Scene(desk, shown)
    return [plant(scene) for plant in PLANTED if plant.__name__ not in desk.settings.without]


def header(desk: Desk) -> dict[str, Any]:
    """What the exports have in common: the period, the seed and the sizes."""
    return {
        "seed": desk.seed,
        "starts": str(desk.settings.start),
        "as_of": moment(desk.settings, desk.settings.horizon - 1),
        "time_zone": "UTC",
        "tickets": len(desk.kind) + len(desk.records.changes.opened) + len(desk.records.problems.opened),
    }
