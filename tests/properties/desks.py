"""Random desks: unknown cells, ties, odd words, several sources, finished tickets without an end, ends too early."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.period import Grain
from analytics.warehouse.schema import DIMENSIONS, STATUSES
from tests.warehouse_of import Desk, desk_of

# Each example builds a real snapshot, hence few, always the same, and no shrinking, which takes minutes.
# BACKLIGHT_EXAMPLES=300 for a night: many, others each time, shrunk.
NIGHTLY = "BACKLIGHT_EXAMPLES" in os.environ
examples = settings(
    max_examples=int(os.environ.get("BACKLIGHT_EXAMPLES", "10")),
    deadline=None,
    derandomize=not NIGHTLY,
    phases=tuple(Phase) if NIGHTLY else (Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

FIRST = datetime.fromisoformat("2024-02-26")  # a Monday; the first week holds a leap day
ODD_WORDS = (
    "network",
    "Réseau 日本",
    "it's; DROP TABLE tickets --",
    "<img src=x>",
    "=1+1",
    "not recorded",
    ":from_date",
)
ZONES = ("UTC", "Europe/Rome", "America/New_York")
GRAINS = tuple(Grain)

# Half-hours over five weeks, few enough for ties; and some far away: new year, and a year before.
moments = st.one_of(
    st.integers(0, 5 * 7 * 48).map(lambda n: FIRST + timedelta(minutes=30 * n)),
    st.sampled_from(
        [datetime.fromisoformat(text) for text in ("2023-12-31 23:30", "2024-01-01", "2024-03-03 23:59:59")]
    ),
)


def _maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), values)


_later = st.one_of(st.none(), st.integers(-2, 20 * 48).map(lambda n: timedelta(minutes=30 * n)))
_word = _maybe(st.sampled_from(ODD_WORDS[:4]))


@st.composite
def tickets(draw: st.DrawFn) -> dict[str, Any]:
    """One ticket; every cell but the source may be unknown."""
    opened = draw(st.one_of(moments, moments, moments, st.none()))
    start = opened or draw(moments)
    times = {
        name: None if (gap := draw(_later)) is None else start + gap
        for name in ("first_response_at", "resolved_at", "closed_at", "due_at", "updated_at")
    }
    return {
        "opened_at": opened,
        **times,
        "source": draw(st.sampled_from(["one", "two"])),
        "status": draw(_maybe(st.sampled_from(STATUSES))),
        "priority": draw(_maybe(st.integers(1, 5))),
        "category": draw(_maybe(st.sampled_from(ODD_WORDS))),
        "assignment_group": draw(_word),
        "ticket_type": draw(_maybe(st.sampled_from(["incident", "request"]))),
        "resolution_breached": draw(_maybe(st.booleans())),
        "response_breached": draw(_maybe(st.booleans())),
        "first_contact_resolved": draw(_maybe(st.booleans())),
        "reply_count": draw(_maybe(st.integers(0, 3))),
        "reopen_count": draw(_maybe(st.integers(0, 2))),
        "reassignment_count": draw(_maybe(st.integers(0, 2))),
    }


desks = st.lists(tickets(), max_size=30)
SPLITS = ("source", "status", "priority", "category", "assignment_group", "ticket_type", "site")
_VALUES: dict[str, Sequence[Any]] = {
    "source": ("one", "two", "three"),
    "priority": (None, 1, 2, 3),
    "category": (None, *ODD_WORDS),
    "assignment_group": (None, *ODD_WORDS[:4]),
}
days = st.integers(-70, 60).map(lambda n: FIRST.date() + timedelta(days=n))


@st.composite
def value_filters(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Dimension -> wanted values, which may be none, unknown ones included."""
    chosen = draw(st.lists(st.sampled_from(sorted(_VALUES)), unique=True, max_size=2))
    return {
        name: draw(st.lists(st.sampled_from(_VALUES[name]), min_size=1, max_size=3, unique=True)) for name in chosen
    }


@st.composite
def filters(draw: st.DrawFn) -> Filters:
    """A window, half a window or none, and values."""
    start: date | None = draw(_maybe(days))
    end: date | None = draw(_maybe(days))
    if start and end and start >= end:
        start, end = end, start + timedelta(days=1)
    return Filters.of(start, end, draw(value_filters()))


@contextmanager
def opened(listed: list[dict[str, Any]], zone: str = "UTC") -> Iterator[Desk]:
    """The desk of these tickets, for as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_of(listed, Path(folder), zone)
        yield desk
        desk.engine.close()


assert set(SPLITS) <= set(DIMENSIONS)
