"""SlaViews, by example and against the KPIs. The as-of time is the newest event of the desk."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import PersonDimension
from analytics.filters import Filters
from analytics.flow.sla_views import sla_views
from tests.conftest import MakeDesk
from tests.properties.desks import SPLITS, ZONES, desks, examples, filters, opened
from tests.warehouse_of import known, window

# Six of network ended, 5 in time; 2 more are open past their due time. Two of desk: too few to show.
DESK = """
ticket | status   | group   | opened           | resolved         | due              | response_breached | updated
A      | resolved | network | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-02 12:00 | no                |
B      | resolved | network | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-02 12:00 | no                |
C      | resolved | network | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-02 12:00 | no                |
D      | resolved | network | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-02 12:00 | no                |
E      | resolved | network | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-02 12:00 | yes               |
F      | resolved | network | 2026-03-02 08:00 | 2026-03-02 13:00 | 2026-03-02 12:00 |                   |
G      | new      | network | 2026-03-02 08:00 |                  | 2026-03-02 12:00 |                   |
H      | new      | network | 2026-03-02 08:00 |                  | 2026-03-02 12:00 |                   | 2026-03-10
I      | resolved | desk    | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-02 12:00 |                   |
J      | new      | desk    | 2026-03-02 08:00 |                  | 2026-03-20 12:00 |                   |
"""


def test_ours_counts_the_breached_that_are_still_open(desk: MakeDesk) -> None:
    views = sla_views(desk(DESK).engine, window(assignment_group="network"))
    row = views.resolution.iloc[0]
    assert (row["tickets"], row["met"], row["breached_and_open"]) == (8, 5, 2)
    assert (row["ours"], row["conventional"]) == (5 / 8, 5 / 6)
    assert row["points"] == pytest.approx(100 * (5 / 6 - 5 / 8))
    assert "counting 2 breached and still open" in views.sentence
    assert "20.8 points better" in views.sentence


def test_response_stands_apart(desk: MakeDesk) -> None:
    views = sla_views(desk(DESK).engine, Filters())
    assert (views.response, views.response_tickets) == (4 / 5, 5)
    assert views.response_basis.excluded
    assert "80.0 % of 5 tickets" in views.response_sentence


def test_small_groups_show_no_figure(desk: MakeDesk) -> None:
    by_group = sla_views(desk(DESK).engine, Filters()).by["assignment_group"].set_index("assignment_group")
    assert by_group.index.tolist() == ["network", "desk"]
    assert by_group.loc["desk", "too_few"]
    assert by_group.loc["desk", ["ours", "conventional", "points", "met", "breached_and_open"]].isna().all()
    assert by_group.loc["network", "ours"] == 5 / 8


def test_without_targets_it_says_what_is_missing(desk: MakeDesk) -> None:
    views = sla_views(desk("ticket | status | opened\nA | new | 2026-03-02").engine, Filters())
    assert "takes due times" in views.sentence
    assert "takes the tool's own flag" in views.response_sentence
    assert views.response is None
    assert views.by["priority"].empty


def test_people_are_never_compared(desk: MakeDesk) -> None:
    with pytest.raises(PersonDimension):
        sla_views(desk(DESK).engine, Filters(), ["assignee"])


@examples
@given(desks, st.sampled_from(ZONES), filters(), st.sampled_from(SPLITS))
def test_both_figures_are_the_kpis(listed: list[dict[str, Any]], zone: str, chosen: Filters, dimension: str) -> None:
    with opened(listed, zone) as made:
        views = sla_views(made.engine, chosen, [dimension])
        rows = [
            (None, views.resolution.iloc[0]),
            *((known(r[dimension]), r) for _, r in views.by[dimension].iterrows()),
        ]
        for value, row in rows:
            narrowed = chosen if row.name == 0 and value is None and dimension not in row.index else None
            narrowed = narrowed or Filters.of(chosen.start, chosen.end, {**dict(chosen.where), dimension: [value]})
            _same(made, row, narrowed)
        assert sum(row["tickets"] for _, row in rows[1:]) == views.resolution["tickets"].iloc[0]


def _same(made: Any, row: Any, chosen: Filters) -> None:
    ours, conventional = (made.result(name, filters=chosen) for name in ("sla_adherence", "sla_adherence_conventional"))
    assert row["tickets"] == ours.tickets
    assert known(row["ours"]) == (None if ours.too_few else ours.value)
    assert known(row["conventional"]) == (None if conventional.too_few else conventional.value)
