"""The remedy: what would help, by what is the matter."""

from dataclasses import replace
from datetime import timedelta

from analytics.forecast.forecast import Forecast, forecast_of
from analytics.forecast.remedy import remedy
from tests.forecast.histories import BASIS, simulated


def _refused(weeks: int) -> Forecast:
    return forecast_of(simulated(1, weeks), 4, BASIS)


def test_what_is_forecast_needs_none() -> None:
    assert remedy(_refused(100), is_filtered=True) == ""


def test_a_short_past_needs_more_of_it() -> None:
    said = remedy(_refused(8), is_filtered=False)
    assert said.startswith("What would help: more records; from 42 whole weeks on there are intervals too.")
    assert "take a filter away" not in said


def test_a_filter_is_worth_taking_away() -> None:
    assert remedy(_refused(8), is_filtered=True).endswith("a larger part of the desk may carry a forecast.")


def test_records_that_end_early_need_a_whole_export() -> None:
    found = _refused(8)
    assert found.history is not None
    stopped = replace(found.history, records_until=found.history.ends + timedelta(days=200))
    whole = "import an export of all tickets, open and closed, up to today."
    assert remedy(replace(found, history=stopped), False) == f"What would help: {whole}"
    none = remedy(replace(found, history=None), False)
    assert none == f"What would help: choose a later end of the period, or {whole}"


def test_what_loses_to_as_now_may_do_better_in_other_steps() -> None:
    found = replace(_refused(100), fans={}, refused="It loses.")
    assert remedy(found, False).startswith("What would help: try days, ")
