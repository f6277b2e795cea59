"""Findings in words: numbers with their units, days, costs and counts."""

import pytest

from analytics.diagnostic.cost import unknown_cost
from analytics.diagnostic.finding_words import (
    against_text,
    cost_text,
    counted_sentence,
    days_text,
    interval_of,
    number_text,
)
from tests.diagnostic.findings import cost, finding


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.125, "ratio", "12.5 %"),
        (0.02, "ratio", "2 %"),
        (1, "incidents", "1 incident"),
        (1, "incidents a quarter", "1 incident a quarter"),
        (2.5, "hours", "2.5 hours"),
        (1234.4, "tickets", "1,234 tickets"),
        (0, "groups", "0 groups"),
        (None, "groups", "not known"),
    ],
)
def test_a_number_has_its_unit(value: float | None, unit: str, text: str) -> None:
    assert number_text(value, unit) == text


def test_a_value_stands_against_its_threshold_with_the_unit_once() -> None:
    assert against_text(finding("users_chase", "agrees")) == "4 % (threshold 2 %)"
    counted = finding("problems_return", "agrees", value=12, threshold=1, unit="groups")
    assert against_text(counted) == "12 groups (threshold 1)"
    assert against_text(finding("users_chase", "cannot tell", value=None)) == ""
    assert against_text(finding("users_chase", "agrees", threshold=None)) == "4 %"


def test_the_days_looked_at_are_said() -> None:
    assert days_text(finding("users_chase", "agrees")) == "1 Apr 2026 to 30 Jun 2026"
    assert days_text(finding("users_chase", "cannot tell", first=None, last=None)) == ""


def test_a_cost_has_its_interval_and_an_unknown_one_its_reason() -> None:
    assert cost_text(cost(120, 60, 240)) == "It takes about 120 (60 to 240) hours a month of the desk's time."
    assert cost_text(cost(4.25, 2, 8.5, "users")) == "It takes about 4.2 (2.0 to 8.5) hours a month of users' time."
    assert cost_text(unknown_cost("x", "no hours are booked.")) == "What it costs cannot be told: no hours are booked."
    assert cost_text(None) == "What it costs is not estimated."
    assert interval_of(unknown_cost("x", "y")) is None


def test_the_verdicts_are_counted_and_perception_only_cannot_be_told() -> None:
    found = [finding("a", "agrees"), finding("b", "agrees"), finding("c", "disagrees"), None]
    assert counted_sentence(found) == "Of 4 statements the tickets agree with 2, speak against 1, and cannot tell of 1."
    assert counted_sentence([finding("a", "partial")]) == "Of 1 statement the tickets agree in part with 1."
    assert counted_sentence([]) == "There is no statement here."
