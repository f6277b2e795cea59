"""The model as it is explained: all series of both grains, with the numbers that the code works with."""

import pytest

from analytics.calendar_profile import FEWEST_WEEKS
from analytics.forecast import calendar, expectation, level, lives
from analytics.forecast.expectation import SERIES
from analytics.forecast.model import INTERVALS, LIMITS, MODELS, Model, models_by
from analytics.period import Grain

GRAINS = (Grain.WEEK, Grain.DAY)


@pytest.mark.parametrize("grain", GRAINS)
def test_every_series_and_the_intervals_are_explained_once(grain: Grain) -> None:
    assert [model.series for model in models_by(grain)] == [*SERIES, INTERVALS]
    assert len(MODELS) == 2 * len(models_by(grain))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: f"{model.series}-{model.grain}")
def test_words_are_sentences_and_formulas_are_whole(model: Model) -> None:
    assert model.words.endswith(".")
    assert model.name
    assert model.formula.count("{") == model.formula.count("}")
    assert model.formula.count(r"\left") == model.formula.count(r"\right")
    assert model.formula.count(r"\begin") == model.formula.count(r"\end")


@pytest.mark.parametrize("grain", GRAINS)
def test_the_numbers_are_those_of_the_code(grain: Grain) -> None:
    inflow, _, backlog, intervals = models_by(grain)
    assert f"frac{{1}}{{{level._QUARTER[grain]}}}" in inflow.formula
    assert (expectation._FLOW, expectation._THETA) == (3 / 5, 2 / 5)
    assert r"\tfrac35 S_{t+h} + \tfrac25 \theta_{t+h}" in backlog.formula
    years = {Grain.WEEK: (260, "over the last five years"), Grain.DAY: (728, "over the last two years")}
    periods, words = years[grain]
    assert level.PAST[grain] == periods
    assert words in backlog.words
    assert lives.BUCKETS[grain][-1] == {Grain.WEEK: 104, Grain.DAY: 728}[grain]
    assert "older than two years" in backlog.words
    assert expectation.BLOCK[grain] == {Grain.WEEK: 4, Grain.DAY: 28}[grain]
    assert "blocks of four weeks" in intervals.words
    assert calendar._CHANCE == 2
    assert FEWEST_WEEKS == 78
    assert "78 weeks" in models_by(Grain.WEEK)[0].words


def test_what_it_cannot_know_is_said() -> None:
    assert len(LIMITS) >= 3
    assert all(limit.endswith(".") for limit in LIMITS)
