"""Windows of time: what a preset means at a moment, and the grain and the words that fit a length."""

from datetime import date, datetime, timedelta

import pytest

from analytics.period import Grain
from analytics.window import Preset, fitting_grain, length_words, preset_days, whole_periods
from tests.warehouse_of import window

AS_OF = datetime.fromisoformat("2026-05-20 17:30")  # a Wednesday
TOMORROW = date(2026, 5, 21)


@pytest.mark.parametrize(
    ("preset", "days"),
    [(Preset.DAYS_30, 30), (Preset.DAYS_90, 90), (Preset.MONTHS_12, 52 * 7), (Preset.QUARTER, 30 + 20)],
)
def test_a_preset_counts_its_days_back_from_the_as_of_day_which_it_holds(preset: Preset, days: int) -> None:
    assert preset_days(preset, AS_OF) == (TOMORROW - timedelta(days=days), TOMORROW)


@pytest.mark.parametrize("preset", [Preset.ALL, Preset.DATES])
def test_all_and_chosen_dates_are_not_bounded_by_the_clock(preset: Preset) -> None:
    assert preset_days(preset, AS_OF) == (None, None)


@pytest.mark.parametrize("preset", Preset)
def test_without_an_event_there_is_no_window(preset: Preset) -> None:
    assert preset_days(preset, None) == (None, None)


@pytest.mark.parametrize(
    ("days", "grain"),
    [
        (1, Grain.DAY), (45, Grain.DAY), (46, Grain.WEEK), (400, Grain.WEEK), (401, Grain.MONTH),
        (5 * 366, Grain.MONTH), (5 * 366 + 1, Grain.QUARTER),
    ],
)  # fmt: skip
def test_the_longer_the_window_the_coarser_the_grain(days: int, grain: Grain) -> None:
    start = date(2020, 1, 1)
    assert fitting_grain(start, start + timedelta(days=days)) is grain


def test_whole_periods_reach_out_to_the_borders_of_the_grain() -> None:
    # Tuesday 5 May up to and including Wednesday 20 May.
    filters = window("2026-05-05", "2026-05-21", priority=1)
    weeks, months = whole_periods(filters, Grain.WEEK), whole_periods(filters, Grain.MONTH)
    assert (weeks.start, weeks.end) == (date(2026, 5, 4), date(2026, 5, 25))
    assert (months.start, months.end) == (date(2026, 5, 1), date(2026, 6, 1))
    assert weeks.where == filters.where
    assert whole_periods(filters, Grain.DAY) == filters


def test_a_window_that_ends_on_a_border_is_not_stretched() -> None:
    filters = window("2026-05-04", "2026-05-25")
    assert whole_periods(filters, Grain.WEEK) == filters


def test_what_is_not_bounded_stays_so() -> None:
    assert whole_periods(window(), Grain.MONTH) == window()
    assert whole_periods(window("2026-05-05"), Grain.MONTH) == window("2026-05-01")


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-05-20", "2026-05-21", "day"),
        ("2026-05-01", "2026-05-31", "30 days"),
        ("2025-05-22", "2026-05-21", "52 weeks"),
        ("2025-05-21", "2026-05-21", "365 days"),
    ],
)
def test_a_length_in_words(start: str, end: str, words: str) -> None:
    assert length_words(window(start, end)) == words


def test_an_endless_window_has_no_length() -> None:
    with pytest.raises(ValueError, match="bounded"):
        length_words(window("2026-05-01"))
