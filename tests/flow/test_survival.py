"""Survival, by example and against statsmodels. The as-of time is the newest event of the desk."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.filters import Filters
from analytics.flow import survival as module
from analytics.flow.survival import Survival, survival
from analytics.flow.survival_curve import SurvivalCurve, curve_of_counts, fitting_horizon
from analytics.period import Grain
from analytics.warehouse.schema import SOURCE_COLUMNS, names
from tests.conftest import MakeDesk
from tests.properties.desks import ZONES, desks, examples, filters, opened
from tests.reference.kpis import Cells, desk_frame, selected
from tests.warehouse_of import window

COLUMNS = names(SOURCE_COLUMNS)
# Followed to 2026-03-11 08:00: A 2 h, B 4 h, C open since 6 h, D 8 h, E closed after 12 h, F open since 24 h.
DESK = """
ticket | status    | group   | opened           | resolved         | closed           | updated
A      | resolved  | network | 2026-03-10 08:00 | 2026-03-10 10:00 |                  |
B      | resolved  | network | 2026-03-10 08:00 | 2026-03-10 12:00 |                  |
C      | new       | network | 2026-03-11 02:00 |                  |                  |
D      | resolved  | desk    | 2026-03-10 08:00 | 2026-03-10 16:00 |                  |
E      | closed    | desk    | 2026-03-10 08:00 |                  | 2026-03-10 20:00 |
F      | pending   | desk    | 2026-03-10 08:00 |                  |                  | 2026-03-11 08:00
G      | cancelled | desk    | 2026-03-10 08:00 | 2026-03-10 08:30 |                  |
H      | resolved  | desk    | 2026-03-10 08:00 | 2026-03-10 07:00 |                  |
I      | resolved  | desk    |                  | 2026-03-10 09:00 |                  |
"""


def test_as_it_stood_earlier_what_ended_since_counts_as_open(desk: MakeDesk) -> None:
    """At 13:00 of the first day A and B have ended, and D, E and F are open for five hours; C is not there yet."""
    window = Filters(end=date(2026, 3, 11))
    curve = survival(desk(DESK).engine, window, until=datetime.fromisoformat("2026-03-10 13:00")).whole
    assert (curve.tickets, curve.censored) == (5, 3)
    assert curve.within(4).share == pytest.approx(2 / 5)


def test_open_tickets_count_as_not_ended_for_as_long_as_they_are_open(desk: MakeDesk) -> None:
    curve = survival(desk(DESK).engine, Filters()).whole
    assert (curve.tickets, curve.censored) == (6, 2)
    points = curve.points()
    assert points["hours"].tolist() == [0, 2, 4, 8, 12]
    assert points["at_risk"].tolist() == [6, 6, 5, 3, 2]  # C leaves after 6 h without having ended
    expected = [1, 5 / 6, 5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3, 5 / 6 * 4 / 5 * 2 / 3 * 1 / 2]
    assert points["survival"].tolist() == pytest.approx(expected)


def test_the_median_is_when_half_have_ended_and_the_share_within_is_one_less_the_curve(desk: MakeDesk) -> None:
    curve = survival(desk(DESK).engine, Filters()).whole
    assert curve.median == 8  # 4/9 are left, 2/3 just before
    assert curve.quantile(0.25) == 4
    assert curve.quantile(0.9) is None
    within = curve.within(10)
    assert within.share is not None
    assert within.share == pytest.approx(1 - 4 / 9)
    assert within.lo is not None
    assert within.hi is not None
    assert 0 < within.lo < within.share < within.hi < 1
    assert curve.within(1).share == 0


def test_the_restricted_mean_is_the_area_under_the_curve(desk: MakeDesk) -> None:
    curve = survival(desk(DESK).engine, Filters()).whole
    assert curve.restricted_mean(10) == pytest.approx(2 * 1 + 2 * 5 / 6 + 4 * 2 / 3 + 2 * 4 / 9)
    assert curve.restricted_mean(30) is None  # nobody was followed for 30 hours


def test_what_is_left_out_is_said_and_everything_is_accounted_for(desk: MakeDesk) -> None:
    basis = survival(desk(DESK).engine, Filters()).basis
    assert basis.used == 6
    assert dict(basis.excluded) == {
        "no opening time": 1,  # I
        "cancelled, merged or spam": 1,  # G
        "ended before it was opened": 1,  # H
    }


def test_a_median_that_is_not_reached_is_more_than_the_longest_life(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | resolved         | updated
        A      | resolved | 2026-03-10 08:00 | 2026-03-10 10:00 |
        B      | resolved | 2026-03-10 08:00 | 2026-03-10 12:00 |
        C      | new      | 2026-03-10 08:00 |                  |
        D      | new      | 2026-03-10 08:00 |                  | 2026-03-16 08:00
        E      | new      | 2026-03-15 08:00 |                  |
    """)
    found = survival(made.engine, Filters())
    assert found.whole.median is None
    assert found.whole.followed_hours == 6 * 24
    assert found.whole.median_text() == "more than 6.0 days"
    assert "Fewer than half" in found.sentence
    assert found.whole.within(200).share is None
    assert found.whole.within(200).reason == "no ticket has been followed for 8.3 days yet"


@pytest.mark.parametrize(("listed", "words"), [("", "No tickets"), ("\nA | new | 2026-03-10", "Only 1")])
def test_nothing_and_next_to_nothing_are_said(desk: MakeDesk, listed: str, words: str) -> None:
    found = survival(desk(f"ticket | status | opened{listed}").engine, Filters())
    assert words in found.sentence
    assert found.whole.within(24).share is None


def test_split_by_a_dimension_or_by_month_opened(desk: MakeDesk) -> None:
    by_group = survival(desk(DESK).engine, Filters(), "assignment_group").curves
    assert {name: (curve.tickets, curve.median) for name, curve in by_group.items()} == {
        "network": (3, 4),
        "desk": (3, 12),
    }
    by_month = survival(desk(DESK).engine, Filters(), Grain.MONTH).curves
    assert {f"{month:%Y-%m-%d}": curve.tickets for month, curve in by_month.items()} == {"2026-03-01": 6}


def test_the_period_is_that_of_opening(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert survival(made.engine, window("2026-03-11")).whole.tickets == 1
    assert survival(made.engine, window(assignment_group="desk")).whole.tickets == 3


def _lives(listed: list[dict[str, Any]], zone: str, chosen: Filters) -> list[tuple[float, bool]]:
    """Hours and whether ended, ticket by ticket."""
    slow = desk_frame(listed, COLUMNS, zone)
    happened = [t[name] for t in slow for name in ("opened_at", "first_response_at", "resolved_at", "closed_at")]
    happened += [t["updated_at"] for t in slow]
    as_of = max((moment for moment in happened if moment), default=None)
    used = [t for t in selected(slow, dict(chosen.where)) if _usable(t) and _inside(t, chosen)]
    ends = [(t["opened_at"], t["ended_at"] or as_of, t["ended_at"] is not None) for t in used]
    return [((end - start).total_seconds() / 3600, ended) for start, end, ended in ends]


def _usable(ticket: Cells) -> bool:
    if ticket["opened_at"] is None or ticket["status"] == "cancelled":
        return False
    told = ticket["resolved_at"] or ticket["closed_at"] or ticket["ended_at"]
    return ticket["ended_at"] is None or bool(told >= ticket["opened_at"])


def _inside(ticket: Cells, chosen: Filters) -> bool:
    return bool((chosen.start or date.min) <= ticket["opened_on"] < (chosen.end or date.max))


@examples
@given(desks, st.sampled_from(ZONES), filters())
def test_it_is_statsmodels(listed: list[dict[str, Any]], zone: str, chosen: Filters) -> None:
    lives = _lives(listed, zone, chosen)
    with opened(listed, zone) as made:
        found = survival(made.engine, chosen)
        assert found.basis.used == len(lives) == found.whole.tickets
        if not any(ended for _, ended in lives):
            assert found.whole.median is None
            return
        _same(found.whole, *zip(*lives, strict=True))


def _same(curve: SurvivalCurve, hours: tuple[float, ...], ended: tuple[bool, ...]) -> None:
    theirs = SurvfuncRight(np.round(hours, 6), np.array(ended, dtype=int))
    falls = curve.ended > 0
    assert curve.hours[falls] == pytest.approx(theirs.surv_times, abs=1e-5)
    assert curve.survival[falls] == pytest.approx(theirs.surv_prob, abs=1e-9)
    assert curve.at_risk[falls].tolist() == theirs.n_risk.tolist()
    error = curve.survival[falls] * np.sqrt(curve.greenwood[falls])
    assert error == pytest.approx(np.nan_to_num(theirs.surv_prob_se), abs=1e-9)
    below = np.flatnonzero(theirs.surv_prob <= 0.5 + 1e-9)
    assert curve.median == (pytest.approx(theirs.surv_times[below[0]], abs=1e-5) if len(below) else None)


@examples
@given(desks, st.sampled_from(ZONES))
def test_counted_by_minutes_and_hours_it_is_the_same_but_for_rounding_up(
    listed: list[dict[str, Any]], zone: str
) -> None:
    with opened(listed, zone) as made, pytest.MonkeyPatch.context() as patched:
        exact = survival(made.engine, Filters())
        patched.setattr(module, "EXACT_UP_TO", -1)
        binned = survival(made.engine, Filters())
    assert binned.whole.tickets == exact.whole.tickets
    for share in (0.25, 0.5, 0.75):
        ours, theirs = binned.whole.quantile(share), exact.whole.quantile(share)
        assert (ours is None) == (theirs is None)
        assert ours is None or theirs is None or 0 <= ours - theirs <= _bin(theirs) + 1e-6


def _bin(hours: float) -> float:
    return 1 / 60 if hours < 8 else 1 / 4 if hours < 96 else 1


@examples
@given(desks, st.sampled_from(ZONES), st.sampled_from(["priority", "category", "assignment_group", Grain.MONTH]))
def test_the_groups_add_up(listed: list[dict[str, Any]], zone: str, by: str | Grain) -> None:
    with opened(listed, zone) as made:
        whole, parts = survival(made.engine, Filters()), survival(made.engine, Filters(), by)
    assert sum(curve.tickets for curve in parts.curves.values()) == whole.whole.tickets
    assert sum(curve.censored for curve in parts.curves.values()) == whole.whole.censored
    for curve in parts.curves.values():
        _sound(curve)


def _sound(curve: SurvivalCurve) -> None:
    assert (np.diff(curve.survival) <= 1e-12).all()
    lo, hi = curve.band()
    assert ((lo >= 0) & (lo <= curve.survival + 1e-9) & (curve.survival <= hi + 1e-9) & (hi <= 1)).all()
    again = curve_of_counts(curve.hours, curve.ended, curve.gone)  # the same curve, by numpy
    assert again.survival == pytest.approx(curve.survival, abs=1e-9)
    assert again.greenwood == pytest.approx(curve.greenwood, abs=1e-9)


def test_the_band_is_that_of_the_textbook() -> None:
    """Klein and Moeschberger, table 4.1: 21 leukaemia patients on 6-MP."""
    weeks = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
    relapsed = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    curve = curve_of_counts(np.array(weeks, float), np.array(relapsed), np.ones(21))
    assert curve.after(10) == pytest.approx(0.753, abs=5e-4)
    assert curve.median == 23
    theirs = SurvfuncRight(weeks, relapsed).quantile_ci(0.5, method="cloglog")
    assert curve.median_interval() == (theirs[0], None)
    assert np.isnan(theirs[1]) or theirs[1] > 35


def test_points_are_few_and_keep_the_ends() -> None:
    curve = curve_of_counts(np.arange(1, 5001.0), np.ones(5000), np.ones(5000))
    points = curve.points()
    assert len(points) == 200
    assert points["hours"].tolist()[:2] == [0, 1]
    assert (points["hours"].iloc[-1], points["survival"].iloc[-1]) == (5000, 0)


@pytest.mark.parametrize(("longest", "days"), [(100, 7), (600, 30), (5000, 365), (50_000, 365)])
def test_the_horizon_is_where_most_have_ended(longest: int, days: int) -> None:
    hours = np.linspace(1, longest, 500)
    assert fitting_horizon(curve_of_counts(hours, np.ones(500), np.ones(500))) == days * 24


def test_the_statement_holds_no_value(desk: MakeDesk) -> None:
    found: Survival = survival(desk(DESK).engine, window("2026-03-10", assignment_group="desk"))
    assert "2026" not in found.basis.sql
    assert "'desk'" not in found.basis.sql
    assert {"from_date", "assignment_group_0", "as_of", "fine", "middle", "coarse"} == set(found.basis.parameters)
