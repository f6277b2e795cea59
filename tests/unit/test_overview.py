"""The overview measures in few statements what each KPI by itself would say."""

from datetime import date, datetime, timedelta

import pytest

from analytics.overview import CORE, overview
from analytics.period import Grain
from analytics.signals import signals
from tests.conftest import MakeDesk
from tests.warehouse_of import Ticket, window

NOW = datetime.fromisoformat("2026-05-31 12:00")
MAY = window("2026-05-01", "2026-06-01")


def _desk() -> list[Ticket]:
    """A ticket a day for 65 days, resolved in 10 hours, every third one assigned anew; three more are still open."""
    daily: list[Ticket] = [
        {"opened_at": NOW - timedelta(days=day), "resolved_at": NOW - timedelta(days=day, hours=-10),
         "status": "resolved", "reassignment_count": int(day % 3 == 0), "category": ("Email", "Printer")[day % 2]}
        for day in range(1, 66)
    ]  # fmt: skip
    return [*daily, *({"opened_at": NOW, "status": "new", "category": "Email"} for _ in range(3))]


def test_the_five_cards_say_what_each_kpi_says_alone(desk: MakeDesk) -> None:
    lines = overview(desk(_desk()).engine, MAY, Grain.WEEK, {"mttr": 24.0}).headlines
    assert [line.kpi for line in lines] == list(CORE)
    # May has 31 days: the 30 days before the last one, and the three of that one.
    assert [line.value for line in lines] == [f"{10.0:.1f} h", f"{20 / 30:.1%}".replace("%", " %"), "cannot tell",
                                              str(30 + 3), str(3)]  # fmt: skip
    assert lines[0].target == "Target: at most 24 h, met"
    assert lines[0].change == "unchanged"


def test_what_cannot_be_told_says_why_and_of_how_many(desk: MakeDesk) -> None:
    line = overview(desk(_desk()).engine, MAY, Grain.WEEK, {}).headlines[2]
    assert line.basis == f"no target known ({30} tickets)"


def test_the_courses_are_those_of_whole_periods(desk: MakeDesk) -> None:
    made = desk(_desk())
    shown = overview(made.engine, MAY, Grain.WEEK, {})
    # 1 May is a Friday: its week begins on 27 April.
    inflow = shown.trends["inflow"].frame
    assert inflow["label"][0] == "week of 2026-04-27"
    assert inflow["value"].tolist() == [7, 7, 7, 7, 6 + 3]
    assert inflow["unfinished"].tolist() == [False] * 4 + [True]
    for name, course in shown.trends.items():
        alone = made.by_period(name, Grain.WEEK, window("2026-04-27", "2026-06-01"))
        assert course.result.frame["value"].dropna().tolist() == [v for v in alone.values() if v is not None], name


def test_the_categories_add_up_to_the_volume(desk: MakeDesk) -> None:
    ranked = overview(desk(_desk()).engine, MAY, Grain.WEEK, {}).categories
    assert dict(zip(ranked["label"], ranked["value"], strict=True)) == {"Email": 15 + 3, "Printer": 15}


def test_without_bounds_nothing_is_compared(desk: MakeDesk) -> None:
    lines = overview(desk(_desk()).engine, window(), Grain.MONTH, {}).headlines
    assert {line.change for line in lines} == {None}
    assert lines[3].value == str(65 + 3)


@pytest.mark.parametrize("grain", [Grain.DAY, Grain.WEEK, Grain.MONTH])
def test_the_signals_are_those_of_the_weeks_whatever_is_shown(desk: MakeDesk, grain: Grain) -> None:
    engine = desk(_desk()).engine
    alone = signals(engine, MAY, (("fcr", date(2026, 5, 4)),))
    shown = overview(engine, MAY, grain, {}, (("fcr", date(2026, 5, 4)),)).signals
    assert {name: each.sentence for name, each in shown.items()} == {
        name: each.sentence for name, each in alone.items()
    }
    for name, each in shown.items():
        assert each.limits.values.tolist() == pytest.approx(alone[name].limits.values.tolist(), nan_ok=True)


@pytest.mark.parametrize(("category", "matching"), [("Email", True), ("Nonsense", False)])
def test_filters_that_leave_nothing_are_told_from_those_that_leave_little(
    desk: MakeDesk, category: str, matching: bool
) -> None:
    found = overview(desk(_desk()).engine, window("2026-05-31", "2026-06-01", category=category), Grain.DAY, {})
    assert found.matching is matching
