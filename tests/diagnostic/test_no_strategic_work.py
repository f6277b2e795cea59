"""No strategic work: shares of a time log against 70 / 20 / 10, and what too short a log says."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from analytics.diagnostic.evidence.no_strategic_work import NAME, log_sentence, no_strategic_work
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known, LoggedTime
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.time_shares import CLASSES, aims_of, time_shares
from analytics.filters import Filters
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, window

MONDAY = date(2026, 10, 26)
ONE = "opened | status\n2026-06-01 | new"


def _log(*weeks: tuple[float, float, float]) -> tuple[LoggedTime, ...]:
    """Weeks in a row, each as hours of the three classes."""
    return tuple(
        LoggedTime(MONDAY + timedelta(weeks=place), work, hours)
        for place, week in enumerate(weeks)
        for work, hours in zip(CLASSES, week, strict=True)
    )


def _found(desk: Desk, *weeks: tuple[float, float, float], numbers: Numbers | None = None) -> Finding:
    return no_strategic_work(desk.engine, Filters(), numbers or Numbers(), Known(_log(*weeks)))


@pytest.mark.parametrize(
    ("week", "verdict"),
    [
        ((40, 0, 0), "agrees"), ((34, 4, 2), "agrees"), ((28, 8.1, 3.9), "agrees"), ((28, 8, 4), "disagrees"),
        ((30, 6, 4), "partial"), ((20, 5, 15), "disagrees"), ((0, 0, 40), "disagrees"),
    ],
)  # fmt: skip
def test_the_verdict(desk: MakeDesk, week: tuple[float, float, float], verdict: str) -> None:
    found = _found(desk(ONE), *[week] * 4)
    assert found.verdict == verdict
    assert found.value == pytest.approx(week[2] / sum(week))
    assert (found.threshold, found.unit) == (0.10, "ratio")
    assert (found.first, found.last) == (MONDAY, MONDAY + timedelta(days=27))


def test_the_sentence_and_the_missing_hours(desk: MakeDesk) -> None:
    found = _found(desk(ONE), (36, 4, 0), (34, 4, 2), (36, 2, 2), (30, 10, 0))
    # 136, 20 and 4 of 160 hours
    assert found.sentence == (
        "85 % operational, 12 % tactical and 2 % strategic, of 160 hours in 4 logged weeks (26 Oct 2026 to 22 Nov "
        "2026); wanted are at most 70 % operational and at least 10 % strategic."
    )
    assert found.cost is not None
    # 4 hours a week are wanted; 4, 2, 2 and 4 are missing
    assert (found.cost.low, found.cost.hours, found.cost.high) == pytest.approx(
        (2 * 52 / 12, (4 + 2 + 2 + 4) / 4 * 52 / 12, 4 * 52 / 12)
    )
    assert found.details["Strategic hours"].tolist() == [0, 2, 2, 0]
    assert found.basis.used == 0


def test_a_short_log_is_perception_only(desk: MakeDesk) -> None:
    found = _found(desk(ONE), (40, 0, 0), (40, 0, 0))
    assert (found.verdict, found.value, found.sentence) == ("cannot tell", None, "")
    assert found.reason == "Perception only, as 2 weeks are logged: log 4 weeks under 'Where does time go?'."
    assert "as no weeks are logged" in _found(desk(ONE)).reason
    two = Numbers().with_threshold(NAME, "weeks_logged", 2)
    assert _found(desk(ONE), (40, 0, 0), (40, 0, 0), numbers=two).verdict == "agrees"


def test_the_latest_weeks_count_whatever_the_filters(desk: MakeDesk) -> None:
    log = _log((40, 0, 0), (40, 0, 0), *[(20, 10, 10)] * 4)
    for filters in (Filters(), window("2025-01-01", "2025-02-01")):
        found = no_strategic_work(desk(ONE).engine, filters, Numbers(), Known(log))
        assert (found.verdict, found.first) == ("disagrees", MONDAY + timedelta(weeks=2))


def test_a_week_without_an_hour_is_none(desk: MakeDesk) -> None:
    assert _found(desk(ONE), (40, 0, 0), (0, 0, 0), (40, 0, 0), (40, 0, 0)).verdict == "cannot tell"


def test_the_sections_sentence_says_what_is_lacking() -> None:
    none, one = time_shares(()), time_shares(_log((30, 5, 5)))
    assert log_sentence(none, Numbers()).startswith("No week is logged yet: log 4,")
    assert log_sentence(one, Numbers()).endswith("It takes 4 weeks to tell: log 3 more.")


@given(some.lists(some.tuples(*[some.floats(0, 60, allow_subnormal=False)] * 3), min_size=1, max_size=12))
def test_shares_add_up_to_one(weeks: list[tuple[float, float, float]]) -> None:
    found = time_shares(_log(*weeks))
    assert found.weeks == sum(sum(week) > 0 for week in weeks)
    if found.weeks:
        assert sum(found.share(work) for work in CLASSES) == pytest.approx(1)
        assert found.by_week[list(CLASSES)].sum(axis=1).tolist() == pytest.approx([1] * found.weeks)
        assert found.hours == pytest.approx(sum(map(sum, weeks)))


def test_what_is_wanted_adds_up_to_one() -> None:
    assert aims_of(0.7, 0.1) == pytest.approx({"operational": 0.7, "tactical": 0.2, "strategic": 0.1})
    assert aims_of(0.9, 0.3)["tactical"] == 0
