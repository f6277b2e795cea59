"""One planted truth, as it stands in truths.json."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

import numpy as np

from analytics.demo.as_of import Shown
from analytics.demo.clock import Bools
from analytics.demo.desk import Desk
from analytics.demo.exports.freshservice import FIRST_ID
from analytics.demo.exports.jira import issue_keys
from analytics.demo.facts import of_kind
from analytics.demo.settings import Settings
from analytics.demo.words import incident_numbers

Truth = dict[str, Any]
_MOST_IDS = 500


@dataclass(frozen=True)
class Scene:
    """The desk, and what its exports show of it."""

    desk: Desk
    shown: Shown


def truth(
    kind: str, description: str, where: Mapping[str, Any], magnitude: Mapping[str, Any], tickets: list[str]
) -> Truth:
    """A truth: what it is, where to look, how strong it is in the exports, and its tickets (at most 500)."""
    return {
        "kind": kind,
        "description": description,
        "where": dict(where),
        "magnitude": dict(magnitude),
        "tickets": tickets,
    }


def share(which: Bools) -> float | None:
    """The share of true values to three places; None of nothing."""
    return round(float(which.mean()), 3) if len(which) else None


def moment(settings: Settings, minute: int) -> str:
    """A minute since the start as an ISO date and time (UTC)."""
    return (datetime.combine(settings.start, time()) + timedelta(minutes=minute)).isoformat()


def ids(desk: Desk, which: Bools) -> list[str]:
    """The numbers, as exported, of these tickets, all of one source; the first 500."""
    rows = np.flatnonzero(which).astype(np.int32)
    rows = rows[np.argsort(desk.number[rows], kind="stable")][:_MOST_IDS]
    source = of_kind(desk.settings, "source", desk.kind[rows[:1]])
    if len(rows) and source[0] == "requests":
        return [str(FIRST_ID + number) for number in desk.number[rows]]
    numbers = issue_keys if len(rows) and source[0] == "applications" else incident_numbers
    return list(numbers(desk, rows).to_pylist())
