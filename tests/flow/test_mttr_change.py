"""What moved MTTR: mix and rate by example, and that the parts are the change on any desk."""

import math
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.mttr_change import FEW, MttrChange, mttr_change
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.properties.desks import FIRST, SPLITS, examples, opened
from tests.warehouse_of import Desk, window

APRIL = window("2026-04-01", "2026-05-01")


def _tickets(day: str, hours: float, count: int, **cells: Any) -> list[dict[str, Any]]:
    end = datetime.fromisoformat(f"{day} 12:00")
    return [
        {"status": "resolved", "opened_at": end - timedelta(hours=hours), "resolved_at": end, **cells}
        for _ in range(count)
    ]


# March: 8 Mail at 10 h, 8 VPN at 30 h. April: 6 Mail at 10 h, 18 VPN at 40 h. The first ticket opens early enough.
MARCH = [*_tickets("2026-03-10", 10, 8, category="Mail"), *_tickets("2026-03-10", 30, 8, category="VPN")]
DESK = [
    *_tickets("2026-01-02", 1, 1, category="Mail"),
    *MARCH,
    *_tickets("2026-04-10", 10, 6, category="Mail"),
    *_tickets("2026-04-10", 40, 18, category="VPN"),
]


def _rows(found: MttrChange) -> dict[str, Any]:
    return found.frame.set_index("label").to_dict("index")


def test_mix_and_rate_by_value_add_up_to_the_change(desk: MakeDesk) -> None:
    found = mttr_change(desk(DESK).engine, APRIL, "category")
    before, after = (8 * 10 + 8 * 30) / 16, (6 * 10 + 18 * 40) / 24
    reference = (before + after) / 2
    rows = _rows(found)
    assert (found.mean_before, found.mean_after, found.change) == (before, after, after - before)
    assert rows["VPN"]["mix"] == pytest.approx((18 / 24 - 8 / 16) * ((40 + 30) / 2 - reference))
    assert rows["VPN"]["rate"] == pytest.approx((40 - 30) * (18 / 24 + 8 / 16) / 2)
    assert rows["Mail"]["mix"] == pytest.approx((6 / 24 - 8 / 16) * ((10 + 10) / 2 - reference))
    assert rows["Mail"]["rate"] == 0
    assert found.mix + found.rate == pytest.approx(after - before)
    assert found.frame["label"].tolist()[0] == "VPN"
    assert found.clear
    assert "rose from 20.0 h to 32.5 h (+12.5 h;" in found.sentence
    assert found.largest.startswith("Largest part: VPN, +8.4 h, mostly rate (8 tickets before, 18 after)")


def test_a_value_seen_in_one_period_only_is_all_mix(desk: MakeDesk) -> None:
    made = desk([*_tickets("2026-01-02", 1, 1), *MARCH, *_tickets("2026-04-10", 10, 6, category="Mail"),
                 *_tickets("2026-04-10", 50, 6, category="Phone")])  # fmt: skip
    found = mttr_change(made.engine, APRIL, "category")
    rows, reference = _rows(found), ((8 * 10 + 8 * 30) / 16 + (6 * 10 + 6 * 50) / 12) / 2
    assert rows["Phone"]["rate"] == rows["VPN"]["rate"] == 0
    assert rows["Phone"]["mix"] == pytest.approx(6 / 12 * (50 - reference))
    assert rows["VPN"]["mix"] == pytest.approx(-8 / 16 * (30 - reference))
    assert math.isnan(rows["Phone"]["hours_before"])
    assert found.frame["part"].sum() == pytest.approx(found.change)


def test_values_with_too_few_tickets_are_taken_together(desk: MakeDesk) -> None:
    few = [*_tickets("2026-03-10", 99, 4, category="Rare"), *_tickets("2026-04-10", 1, 4, category="Odd")]
    found = mttr_change(desk([*DESK, *few]).engine, APRIL, "category")
    rows = _rows(found)
    assert set(rows) == {"Mail", "VPN", FEW}
    assert (rows[FEW]["tickets_before"], rows[FEW]["tickets"], rows[FEW]["hours"]) == (4, 4, 1)
    assert found.frame["part"].sum() == pytest.approx(found.change)
    assert FEW not in found.largest


def test_it_is_refused_when_the_period_before_is_not_in_the_data(desk: MakeDesk) -> None:
    engine = desk(DESK).engine
    uncovered = mttr_change(engine, window("2026-02-15", "2026-05-01"), "category")
    assert uncovered.reason == (
        "the period before would begin on 2 Dec 2025, and the data begins on 2 Jan 2026; "
        "choose a shorter or later period"
    )
    assert uncovered.sentence.startswith("Cannot tell what moved the mean time to resolve: the period before")
    assert uncovered.frame.empty
    assert not uncovered.clear
    assert mttr_change(engine, Filters(), "category").reason == mttr_change(engine, Filters(), "priority").reason
    assert "would begin" in str(mttr_change(engine, Filters(), "category").reason)


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        ("2026-03-01", "2026-03-16", "fewer than 5 tickets were resolved in the period before"),
        ("2026-04-11", "2026-04-20", "fewer than 5 tickets were resolved in the period"),
        ("2027-01-01", "2027-01-08", "no tickets were resolved in the period or the one before"),
    ],
)
def test_it_is_refused_with_too_few_tickets(desk: MakeDesk, start: str, end: str, says: str) -> None:
    assert mttr_change(desk(DESK).engine, window(start, end), "category").reason == says


def test_nothing_loaded_is_refused(desk: MakeDesk) -> None:
    found = mttr_change(desk([]).engine, Filters(), "category")
    assert found.reason == "no tickets were resolved in the period or the one before"
    assert (found.mix, found.rate, found.largest) == (0, 0, "")


def test_a_change_that_chance_could_make_is_called_so(desk: MakeDesk) -> None:
    hours = (1, 5, 20, 90, 3, 40)
    swinging = [
        t for h in hours for day in ("03-10", "04-10") for t in _tickets(f"2026-{day}", h + (day == "04-10"), 1)
    ]
    found = mttr_change(desk([*_tickets("2026-01-02", 1, 1), *swinging]).engine, APRIL, "category")
    assert found.change == pytest.approx(1)
    assert found.lo < 0 < found.hi
    assert "which may be chance" in found.sentence


def test_the_tickets_behind_a_part_are_those_of_its_value_in_the_period(desk: MakeDesk) -> None:
    engine = desk([*DESK, *_tickets("2026-04-10", 7, 5), *_tickets("2026-04-12", 9, 2, category="Odd")]).engine
    found = mttr_change(engine, APRIL, "category")
    for place, row in enumerate(found.frame.to_dict("records")):
        assert select_tickets(engine, found.behind(place)).total == row["tickets"], row["label"]
    assert select_tickets(engine, found.behind()).total == 6 + 18 + 5 + 2
    assert {"not recorded", FEW} <= set(found.frame["label"])


def test_the_basis_counts_the_tickets_of_both_periods(desk: MakeDesk) -> None:
    found = mttr_change(desk(DESK).engine, APRIL, "category")
    assert found.basis.used == 16 + 24
    assert found.basis.filters.endswith("against the 30 days before")


@st.composite
def resolved_tickets(draw: st.DrawFn) -> dict[str, Any]:
    """A ticket resolved within twenty days of the middle; values may be unknown."""
    end = datetime.combine(MIDDLE, datetime.min.time()) + timedelta(minutes=30 * draw(st.integers(-20 * 48, 20 * 48)))
    return {
        "status": draw(st.sampled_from(["resolved", "closed", "cancelled", None])),
        "opened_at": end - timedelta(hours=draw(st.one_of(st.integers(-2, 30), st.floats(0, 2_000)))),
        "resolved_at": end,
        "category": draw(st.sampled_from([None, "Mail", "not recorded", FEW, "it's; DROP TABLE tickets --"])),
        "priority": draw(st.sampled_from([None, 1, 2])),
        "assignment_group": draw(st.sampled_from([None, "one", "two"])),
    }


MIDDLE = FIRST.date()
CHOSEN = st.sampled_from([{}, {"priority": [1, None]}, {"assignment_group": ["one"]}, {"category": ["Mail", None]}])


@examples
@given(st.lists(resolved_tickets(), max_size=80), CHOSEN, st.sampled_from(SPLITS), st.integers(5, 20))
def test_the_parts_are_the_change_and_the_change_is_that_of_the_kpi(
    listed: list[dict[str, Any]], where: dict[str, list[Any]], dimension: str, days: int
) -> None:
    always = _tickets("2023-01-02", 1, 1)  # the data begins early enough
    always += [t for n in (-3, 3) for t in _tickets(f"{MIDDLE + timedelta(days=n)}", 9, 6, priority=1)]
    with opened([*always, *listed]) as made:
        for chosen in (where, {}):
            period = Filters.of(MIDDLE, MIDDLE + timedelta(days=days), chosen)
            _check(made, mttr_change(made.engine, period, dimension))
        whole = mttr_change(made.engine, Filters.of(MIDDLE, MIDDLE + timedelta(days=20)), dimension)
        assert whole.reason is None


def _check(made: Desk, found: MttrChange) -> None:
    before, after = made.result("mttr", filters=found.before), made.result("mttr", filters=found.period)
    assert found.basis.used == before.tickets + after.tickets
    if found.reason:
        assert found.frame.empty
        assert min(before.tickets, after.tickets) < 5
        return
    assert (found.mean_before, found.mean_after) == pytest.approx((before.value, after.value))
    assert found.frame["part"].sum() == pytest.approx(found.change, abs=1e-6)
    assert found.mix + found.rate == pytest.approx(found.change, abs=1e-6)
    assert found.frame["tickets"].sum() == after.tickets
    assert found.lo <= found.change <= found.hi
