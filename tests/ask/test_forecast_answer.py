"""A forecast as an answer: number, interval and sentence are of exactly the days asked about, or it says so."""

from datetime import timedelta

import pytest

from analytics.ask.ask_document import answer_document
from analytics.filters import Filters
from analytics.forecast.expectation import BACKLOG, INFLOW
from analytics.forecast.forecast import Forecast, forecast
from tests.ask.asked import ask
from tests.conftest import MakeDesk
from tests.forecast.seasonal_desk import seasonal_tickets
from tests.warehouse_of import Desk

# The records end on Sunday 20 Apr 2025 at 23:00; so the forecast begins on the Monday after.


@pytest.fixture(scope="module")
def seasonal(desk: MakeDesk) -> Desk:
    """120 weeks of about 50 tickets each."""
    return desk(seasonal_tickets())


@pytest.fixture(scope="module")
def found(seasonal: Desk) -> Forecast:
    """Eight weeks ahead, as for days that end within them."""
    return forecast(seasonal.engine, Filters(), 8)


def test_a_flow_is_the_sum_over_the_days_asked_about(seasonal: Desk, found: Forecast) -> None:
    told = ask(seasonal, "kpi=volume&intent=forecast&from=2025-04-28&to=2025-06-02")
    expected = found.fans[INFLOW].mean[1:6].sum()
    assert told.ahead is not None
    assert told.ahead.mean == pytest.approx(expected)
    assert told.sentence.startswith(
        f"About {expected:,.0f} tickets will come in from 28 Apr 2025 to 1 Jun 2025, "
        f"80 % between {told.ahead.low:,.0f} and {told.ahead.high:,.0f}; that is {expected / 5:.0f} a week, after "
    )
    assert not any("approximate" in note for note in told.notes)


def test_days_that_cut_a_week_are_approximate_and_say_so(seasonal: Desk) -> None:
    told = ask(seasonal, "kpi=outflow&intent=forecast&from=2025-05-01&to=2025-06-01")
    assert "tickets will go out from 1 May 2025 to 31 May 2025, 80 % between" in told.sentence
    assert any("so the number is approximate" in note for note in told.notes)


def test_the_backlog_is_that_at_the_end_of_the_last_day(seasonal: Desk, found: Forecast) -> None:
    told = ask(seasonal, "kpi=backlog&intent=forecast&from=2025-04-21&to=2025-06-02")
    fan, now = found.fans[BACKLOG], seasonal.value("backlog")
    assert told.sentence == (
        f"The backlog is {now:.0f} now; at the present pace it will be about {fan.mean[5]:.0f} "
        f"at the end of 1 Jun 2025, 80 % between {fan.bound('lo80')[5]:.0f} and {fan.bound('hi80')[5]:.0f}."
    )


def test_the_document_has_the_number_of_the_sentence_and_its_days(seasonal: Desk) -> None:
    told = ask(seasonal, "kpi=inflow&intent=forecast&from=2025-05-01&to=2025-06-01")
    (row,) = answer_document(told)["rows"]
    assert (row["from"], row["to"], row["approximate"]) == ("2025-05-01", "2025-06-01", True)
    said = f"About {row['value']} tickets will come in from 1 May 2025 to 31 May 2025, 80 % between {row['lo80']}"
    assert told.sentence.startswith(f"{said} and {row['hi80']};")


@pytest.mark.parametrize("kpi", ["inflow", "backlog"])
def test_without_days_it_is_of_the_usual_weeks(seasonal: Desk, kpi: str) -> None:
    told = ask(seasonal, f"kpi={kpi}&intent=forecast")
    assert ("in the next 13 weeks" if kpi == "inflow" else "at the end of 20 Jul 2025") in told.sentence
    (row,) = answer_document(told)["rows"]
    assert (row["from"], row["to"]) == ("2025-04-21", "2025-07-21")
    assert f"{row['value']}" in told.sentence


def test_days_that_are_over_are_said_to_be(seasonal: Desk) -> None:
    told = ask(seasonal, "kpi=volume&intent=forecast&from=2025-04-01&to=2025-04-21")
    assert told.sentence.startswith("The days asked about are over; as of their end, about ")
    assert "from 21 Apr 2025 to 20 Jul 2025" in told.sentence


def test_the_days_that_are_over_are_not_in_the_number(seasonal: Desk) -> None:
    told, ahead = (
        ask(seasonal, f"kpi=volume&intent=forecast&from={day}&to=2025-06-02") for day in ("2025-04-01", "2025-04-21")
    )
    assert told.ahead == ahead.ahead
    assert told.sentence == f"{ahead.sentence} The days before 21 Apr 2025 are over, and not in it."


def test_how_far_a_forecast_reaches_is_said(seasonal: Desk) -> None:
    partly = ask(seasonal, "kpi=volume&intent=forecast&from=2026-01-01&to=2027-01-01")
    assert "from 1 Jan 2026 to 19 Apr 2026" in partly.sentence
    assert partly.sentence.endswith("A forecast reaches 52 weeks: the days from 20 Apr 2026 on are not in it.")
    for kpi, days in (("volume", "from=2027-01-01&to=2028-01-01"), ("backlog", "from=2026-01-01&to=2027-01-01")):
        beyond = ask(seasonal, f"kpi={kpi}&intent=forecast&{days}")
        assert beyond.sentence.startswith("Cannot tell: a forecast reaches 52 weeks, to 19 Apr 2026")
        assert (beyond.ahead, answer_document(beyond)["rows"]) == (None, [])


def test_a_last_day_that_is_not_named_is_chosen_and_said(seasonal: Desk) -> None:
    told = ask(seasonal, "kpi=volume&intent=forecast&from=2025-06-02")
    assert "from 2 Jun 2025 to 31 Aug 2025" in told.sentence
    assert told.sentence.endswith("No last day was named: 13 weeks are told.")
    assert told.ahead is not None
    assert told.ahead.end - told.ahead.start == timedelta(weeks=13)


def test_the_page_that_looks_further_reaches_as_far(seasonal: Desk) -> None:
    lead, *_ = ask(seasonal, "kpi=volume&intent=forecast&from=2025-05-01&to=2025-06-01").leads
    assert lead.address["horizon"] == ["8"]
