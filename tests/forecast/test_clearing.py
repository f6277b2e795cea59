"""When the backlog is at or under a number: shares of courses that are counted by hand, and what is refused."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import BacklightError
from analytics.forecast.clearing import chance_text, clearing
from analytics.forecast.clearing_course import clearing_course, weeks_shown
from analytics.forecast.deadline import deadline, first_choice
from analytics.forecast.forecast import Forecast, forecast_of
from analytics.forecast.levers import Levers
from analytics.forecast.paths import Paths
from analytics.forecast.shortened import shortened
from tests.forecast.simulated_desk import BASIS, arrivals, proportional

HAZARDS = np.array([0.3, 0.2, 0.13, 0.1, 0.08, 0.06, 0.05])
# Open at the end of each of four weeks, a row a course.
FOUR_COURSES = np.array([[95.0, 90, 80, 70], [105, 100, 95, 80], [110, 79, 90, 100], [120, 130, 140, 150]])


@pytest.fixture(scope="module")
def found() -> Forecast:
    """The forecast of a desk that closes in proportion, a year ahead; 80 tickets a week."""
    random = np.random.default_rng(3)
    season = 1 + 0.3 * np.sin(2 * np.pi * np.arange(150) / 52.18)
    lived = proportional(random, arrivals(random, 150, 80 * season), HAZARDS)
    forecast = forecast_of(lived.history(150), 52, BASIS)
    assert forecast.paths is not None
    return forecast


@pytest.fixture(scope="module")
def four(found: Forecast) -> Forecast:
    """The same with four courses of four weeks made by hand, from 100 open; ten tickets come in each week."""
    assert found.paths is not None
    start = replace(found.paths.expectation.start, backlog=100.0)
    inflow = np.full((4, 4), 10.0)
    outflow = inflow - np.diff(FOUR_COURSES, axis=1, prepend=100.0)
    paths = Paths(replace(found.paths.expectation, start=start), inflow, outflow, FOUR_COURSES)
    return replace(found, paths=paths, horizon=4)


def _after(found: Forecast, days: int) -> date:
    assert found.history is not None
    return found.history.last_day + timedelta(days=days)


@pytest.mark.parametrize(("weeks", "under"), [(1, 1), (2, 2), (3, 2), (4, 1)])
def test_the_probability_is_the_share_of_courses_at_or_under_on_the_day(four: Forecast, weeks: int, under: int) -> None:
    answer = clearing(four, {1: 95, 2: 90, 3: 90, 4: 70}[weeks], _after(four, 7 * weeks))
    assert answer.probability == under / 4
    assert answer.expected == pytest.approx(FOUR_COURSES[:, weeks - 1].sum() / 4)


def test_within_a_week_a_course_is_read_on_the_line_between_its_ends(four: Forecast) -> None:
    # After 3 of the 7 days of week 2: 95 - 5 * 3/7, 105 - 5 * 3/7, 110 - 31 * 3/7, 120 + 10 * 3/7.
    day = _after(four, 10)
    levels = [95 - 15 / 7, 105 - 15 / 7, 110 - 93 / 7, 120 + 30 / 7]
    assert deadline(four, day).weeks == pytest.approx(10 / 7)
    assert clearing(four, 97, day).probability == sum(level < 97.5 for level in levels) / 4 == 2 / 4
    assert clearing(four, 97, day).expected == pytest.approx(sum(levels) / 4)
    # In the first week from what is open now.
    assert clearing(four, 97, _after(four, 5)).expected == pytest.approx(
        100 + 5 / 7 * (FOUR_COURSES[:, 0].mean() - 100)
    )


def test_reached_is_first_passage_and_never_falls(four: Forecast) -> None:
    answer = clearing(four, 80, _after(four, 28))
    # The third course is at 79 once, and not at the end.
    assert answer.at.tolist() == [0, 1 / 4, 1 / 4, 2 / 4]
    assert answer.reached.tolist() == [0, 1 / 4, 2 / 4, 3 / 4]
    assert answer.dates == {"p50": _after(four, 21), "p85": None, "p95": None}
    assert "Not on this course" not in answer.sentence
    assert "85 % and 95 % not within 4 weeks on this course" in answer.sentence


def test_what_is_there_already_is_said(four: Forecast) -> None:
    answer = clearing(four, 100, _after(four, 28))
    assert answer.sentence.startswith("100 open now is at or under 100 already. The chance that at most 100 are still")
    assert answer.reached.tolist() == [1, 1, 1, 1]
    assert answer.probability == 3 / 4
    assert set(answer.dates.values()) == {_after(four, 0)}


def test_nought_is_a_target_as_any_other(four: Forecast) -> None:
    answer = clearing(four, 0, _after(four, 28))
    assert (answer.probability, answer.refused) == (0, "")
    assert (
        "Not on this course: the chance that the backlog comes down to 0 within 4 weeks is under 1 %."
        in answer.sentence
    )


@pytest.mark.parametrize(
    ("target", "days", "said"),
    [(-1, 7, "A backlog cannot be -1"), (5, 0, "is today for these records"), (5, -9, "has passed"),
     (5, 29, "further ahead than the 4 weeks")],
)  # fmt: skip
def test_what_cannot_be_asked_is_one_sentence(four: Forecast, target: int, days: int, said: str) -> None:
    with pytest.raises(BacklightError, match=said):
        clearing(four, target, _after(four, days))


def test_today_is_the_day_of_the_data_where_the_week_has_begun(four: Forecast) -> None:
    as_of = datetime.combine(_after(four, 2), datetime.min.time())
    begun = replace(four, basis=replace(BASIS, as_of=as_of))
    assert first_choice(begun) == _after(four, 3)
    with pytest.raises(BacklightError, match="is today"):
        clearing(begun, 50, _after(four, 2))
    assert clearing(begun, 50, _after(four, 3)).probability == 0


def test_what_is_not_forecast_has_no_chance_but_a_reason(found: Forecast) -> None:
    assert found.history is not None
    refused = replace(found, refused="No forecast: too few.", fans={}, paths=None)
    held = replace(found, fans={}, paths=None, withheld={"backlog": "The backlog is not forecast: it loses."})
    short = replace(found, fans={name: _without_bands(fan) for name, fan in found.fans.items()})
    for forecast, reason in ((refused, "No forecast"), (held, "it loses"), (short, "No chance is given: it takes 42")):
        answer = clearing(forecast, 50)
        assert answer.sentence == answer.refused
        assert reason in answer.sentence
        assert (answer.probability, set(answer.dates.values())) == (None, {None})


def _without_bands(fan):  # noqa: ANN001, ANN202 - a Fan
    return replace(fan, bands=np.full_like(fan.bands, np.nan))


@settings(deadline=None, max_examples=40)
@given(targets=st.tuples(st.integers(0, 600), st.integers(0, 600)), days=st.integers(1, 364))
def test_a_higher_target_is_never_less_likely(found: Forecast, targets: tuple[int, int], days: int) -> None:
    low, high = (clearing(found, target, _after(found, days)) for target in sorted(targets))
    assert low.probability is not None
    assert high.probability is not None
    assert low.probability <= high.probability
    assert (low.reached <= high.reached).all()
    assert (low.at <= low.reached).all()
    assert (np.diff(low.reached) >= 0).all()


@settings(deadline=None, max_examples=15)
@given(steps=st.integers(1, 51), cut=st.floats(0, 1), more=st.floats(0, 40), elasticity=st.floats(0, 1.5))
def test_shortened_courses_are_the_beginning_of_the_whole(
    found: Forecast, steps: int, cut: float, more: float, elasticity: float
) -> None:
    assert found.paths is not None
    whole = found.paths.changed(Levers.of(52, 1 - cut, more, 1 + cut, elasticity))
    short = shortened(found.paths, steps).changed(Levers.of(steps, 1 - cut, more, 1 + cut, elasticity))
    assert np.allclose(short.backlog, whole.backlog[:, :steps])
    assert np.allclose(short.outflow, whole.outflow[:, :steps])


def test_without_a_day_it_is_the_thirteenth_week(found: Forecast) -> None:
    answer = clearing(found, 300)
    assert answer.by == _after(found, 91)
    assert answer.probability == answer.at[12]
    assert answer.weeks[12].astype(date) == answer.by
    assert "tested until" not in answer.sentence
    assert "The model is tested until" in clearing(found, 300, _after(found, 92)).sentence


def test_the_picture_begins_with_what_is_known_and_holds_the_day(found: Forecast) -> None:
    answer = clearing(found, 10, _after(found, 150))
    assert found.paths is not None
    assert found.history is not None
    weeks = weeks_shown(found, answer)
    assert weeks >= 150 / 7
    course = clearing_course(found, answer, found.paths, weeks)
    assert course is not None
    assert course.known["open"].iloc[-1] == course.ahead["mean"].iloc[0] == found.history.backlog[-1]
    assert course.known["at"].iloc[-1].date() == found.history.last_day
    assert course.ahead["mean"].to_numpy()[1:] == pytest.approx(found.paths.backlog.mean(axis=0)[:weeks])
    assert course.chances["probability"].tolist() == answer.at[:weeks].tolist()
    assert course.ahead["at"].iloc[-1].date() >= answer.by


@pytest.mark.parametrize(
    ("chance", "words"), [(0, "under 1 %"), (0.01, "1 %"), (0.634, "63 %"), (0.99, "99 %"), (1, "over 99 %")]
)
def test_nothing_simulated_is_certain(chance: float, words: str) -> None:
    assert chance_text(chance) == words
