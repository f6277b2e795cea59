"""A kept forecast held against what came: the verdict, the exact split of the deviation, and what cannot be told."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.forecast.deviation import Deviation
from analytics.forecast.fan import BANDS, Fan
from analytics.forecast.history import History
from analytics.forecast.kept import Kept
from analytics.forecast.track import Track, scored
from analytics.forecast.track_outlook import track_outlook
from analytics.forecast.track_verdict import CANNOT_TELL, EDGE, NOT_YET, OFF, ON
from analytics.period import Grain
from tests.forecast.histories import BASIS

ORIGIN, WEEK = date(2026, 5, 4), np.timedelta64(7, "D")
PAST = {"inflow": [10, 10], "outflow": [10, 10], "backlog": [100, 100]}


def _fan(mean: list[float], reach: tuple[float, float, float] | None = (5, 10, 20)) -> Fan:
    """So far either way for 50, 80 and 95 %; no intervals without."""
    middle = np.array(mean, dtype=float)
    sides = [np.full(len(mean), np.nan)] * 6
    if reach is not None:
        sides = [middle + side * each for each in reach for side in (-1, 1)]
    assert len(sides) == len(BANDS)
    return Fan(middle, np.array(sides))


def _kept(means: dict[str, list[float]], shown: tuple[str, ...] = ("inflow", "outflow", "backlog"),
          reach: tuple[float, float, float] | None = (5, 10, 20)) -> Kept:  # fmt: skip
    fans = {series: _fan(means[series], reach) for series in shown}
    past = {series: np.array(values, dtype=float) for series, values in PAST.items()}
    return Kept(Grain.WEEK, ORIGIN, fans, {series: np.array(mean) for series, mean in means.items()}, past)


def _past(inflow: list[float], outflow: list[float], level: float = 80, until: date | None = None) -> History:
    """Two weeks before the origin and those after, from a level before all."""
    periods = np.datetime64(ORIGIN) + WEEK * np.arange(-2, len(inflow) - 2)
    came, left = np.array(inflow, dtype=float), np.array(outflow, dtype=float)
    ends = (periods[-1] + WEEK).astype(date)
    nothing: Any = None
    return History(
        Grain.WEEK, periods, came, left, level + (came - left).cumsum(), nothing, nothing, until or ends, (),
        np.zeros(len(inflow), dtype=bool),
    )  # fmt: skip


STEADY = {"inflow": [10.0] * 6, "outflow": [10.0] * 6, "backlog": [100.0] * 6}


def _scored(inflow: list[float], outflow: list[float], **more: Any) -> Track:
    """What came after two ordinary weeks, with 100 open at the origin."""
    return scored(_kept(STEADY, **more), _past([10, 10, *inflow], [10, 10, *outflow], 100), BASIS)


def test_on_track_counts_the_weeks_inside() -> None:
    found = _scored([10, 25, 10, 10, 10], [10, 10, 15, 10, 10])  # 100, 115, 110, 110, 110
    assert (found.verdict.word, found.come) == (ON, 5)
    assert found.sentence == "On track: 4 of 5 weeks inside the 80 % interval."
    assert found.of("backlog")["in80"].tolist() == [True, False, True, True, True, None]
    assert found.of("backlog")["in95"].tolist() == [True, True, True, True, True, None]


def test_off_track_says_since_when_by_how_much_and_why() -> None:
    found = _scored([10, 40, 25, 10], [10, 10, 10, 10])  # 100, 130, 145, 145
    assert found.verdict.word == OFF
    assert found.verdict.since == date(2026, 5, 11)
    # 10 + 40 + 25 + 10 = 85, where 40 were expected: 45 / 40 = 112.5 % above; the upper bound is 100 + 20.
    assert found.sentence == (
        "Off track since the week of 11 May 2026: the backlog is 25 above the upper bound of the 95 % interval, "
        "because inflow was 112 % above what was expected (outflow as expected)."
    )


def test_it_is_off_track_since_it_was_outside_for_the_last_time() -> None:
    found = _scored([40, 10, 10, 40], [10, 40, 10, 10])  # 130, 100, 100, 130
    assert found.verdict.since == date(2026, 5, 25)


def test_below_is_off_track_too() -> None:
    found = _scored([10, 10], [20, 25])  # 90, 75
    assert found.sentence == (
        "Off track since the week of 11 May 2026: the backlog is 5 below the lower bound of the 95 % interval, "
        "because outflow was 125 % above what was expected (inflow as expected)."
    )  # 20 + 25 = 45, expected 20


def test_at_the_edge_is_outside_80_and_inside_95() -> None:
    found = _scored([10, 30], [10, 15])  # 100, 115
    assert found.verdict.word == EDGE
    assert found.sentence == (
        "At the edge: the backlog is 5 above the upper bound of the 80 % interval, still inside the 95 % one, because "
        "inflow was 100 % above what was expected (outflow was 25 % above, which eased it)."
    )


def test_without_intervals_it_cannot_be_told_and_the_numbers_are() -> None:
    found = _scored([10, 20], [10, 10], reach=None)
    assert found.verdict.word == CANNOT_TELL
    assert found.sentence == "Cannot tell: it has no intervals. The backlog is 110, where 100 were expected."


def test_flows_alone_are_off_track_where_chance_does_not_explain_it() -> None:
    # Of 3 weeks all outside 80 %: 0.2 ** 3 = 0.008; of 1 week: 0.2.
    one, three = (_scored([25] * weeks, [10] * weeks, shown=("inflow", "outflow")) for weeks in (1, 3))
    assert (one.verdict.word, three.verdict.word) == (ON, OFF)
    assert three.sentence == (
        "Off track since the week of 4 May 2026: only 0 of 3 weeks of inflow inside the 80 % interval. "
        "So far inflow is 75, where 30 were expected."
    )
    assert three.notes == ("The backlog was not forecast then, so the flows are judged.",)
    assert _scored([25], [10]).notes == ()
    below = _scored([10] * 3, [25] * 3, shown=("inflow", "outflow"))
    assert below.verdict.series == "outflow"


def test_the_error_is_set_against_the_last_value_known_then() -> None:
    # Off by 10 and 20 from what was expected, 100 and 100; 'as then' was 100 too, and 10 for inflow.
    found = _scored([20, 20], [10, 10])
    assert found.relative_error == {"inflow": 1.0, "backlog": 1.0}
    assert (found.net, found.expected_net) == (20 + 20 - 10 - 10, 0)


def test_nothing_has_come() -> None:
    assert _scored([], []).verdict.word == NOT_YET
    assert _scored([], []).sentence == "Nothing has come yet to score: no week since is whole."
    assert _scored([], []).net is None
    assert _scored([], []).deviation is None


def test_what_is_not_sound_cannot_be_told() -> None:
    kept = _kept(STEADY)
    assert scored(kept, None, BASIS).verdict.word == CANNOT_TELL
    stopped = _past([10, 10], [10, 10], 100, until=date(2026, 7, 6))
    assert scored(kept, stopped, BASIS).sentence == "Cannot tell: the records of the time since are not sound."


def test_late_entries_are_told_and_have_their_part_in_the_deviation() -> None:
    found = scored(_kept(STEADY), _past([10, 35, 10], [10, 10, 10], 100), BASIS)  # 125 at the origin, not 100
    assert found.changed == (
        "The records of the past were changed since: for the 2 weeks before it they then said opened 20, now 45; "
        "open at the start 100, now 125."
    )
    assert found.deviation == Deviation(25, 25, 0, 0, 10, 10)
    said = "the records of the start were changed by +25 since (inflow as expected, outflow as expected)"
    assert found.deviation.cause == said
    assert _scored([10], [10]).changed == ""


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(*[st.integers(0, 500)] * 4), min_size=1, max_size=6),
    st.integers(0, 2_000),
    st.integers(0, 2_000),
)
def test_the_parts_add_up_to_the_deviation(weeks: list[tuple[int, ...]], then: int, now: int) -> None:
    came, left, expected, leaving = (np.array(column, dtype=float) for column in zip(*weeks, strict=True))
    means = {"inflow": expected, "outflow": leaving, "backlog": then + (expected - leaving).cumsum()}
    kept = _kept({series: list(mean) for series, mean in means.items()})
    found = scored(kept, _past([0, 0, *came], [0, 0, *left], now), BASIS)
    parts = found.deviation
    assert parts is not None
    assert parts.tickets == pytest.approx(now + (came - left).sum() - means["backlog"][-1])
    assert parts.tickets == pytest.approx(parts.start + parts.inflow - parts.outflow)
    assert parts.start == pytest.approx(now - then)
    assert (parts.inflow, parts.outflow) == (came.sum() - expected.sum(), left.sum() - leaving.sum())


def test_the_picture_has_what_was_known_what_was_expected_and_what_came() -> None:
    found = _scored([10, 25], [10, 10])
    level, flow = (track_outlook(found, series) for series in ("backlog", "inflow"))
    assert level.known["value"].tolist() == [100, 100]
    assert level.came["value"].tolist() == [100, 115]
    assert level.came["words"].iloc[0] == "at the end of 10 May 2026"
    assert len(level.ahead) == 6
    assert flow.came["value"].tolist() == [10, 25]
    assert flow.came["words"].iloc[1] == "in the week of 11 May 2026"
