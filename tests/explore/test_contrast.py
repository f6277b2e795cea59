"""What differs, by example: planted differences are found, sizes are exact, small groups are not judged."""

from datetime import date
from math import exp, log
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.explore.contrast import ENOUGH, SHARE, VALUE, Contrast, contrast
from analytics.explore.contrast_words import contrast_sentence, finding_sentences, interval_text, times_text
from analytics.explore.sides import HOURS_OF, Sides
from analytics.filters import Filters
from analytics.kpi import Unit
from analytics.kpis import KPIS
from tests.pages.desk_page import ticket
from tests.warehouse_of import Desk, desk_of

ALL = Filters()
DIMENSIONS = ("assignment_group", "category", "channel")
# (group, category, channel, tickets, hours, resolved at first contact)
KINDS = (
    ("Desk", "Mail", "phone", 60, 2, True),
    ("Desk", "Printer", "phone", 40, 2, True),
    ("Network", "Mail", "web", 30, 8, False),
    ("Network", "Printer", "web", 60, 8, False),
    ("Network", "Rare", "web", 10, 8, False),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    rows = [
        ticket(
            5,
            hours * (1 + number % 3) / 2,
            assignment_group=group,
            category=category,
            channel=channel,
            first_contact_resolved=at_once,
        )
        for group, category, channel, tickets, hours, at_once in KINDS
        for number in range(tickets)
    ]
    return desk_of(rows, tmp_path)


def _network(desk: Desk, kpi: str) -> Contrast:
    sides = Sides(ALL.only("assignment_group", "Network"), ALL, nested=True, told=("assignment_group",))
    return contrast(desk.engine, kpi, sides, DIMENSIONS)


def _row(found: Contrast, kind: str, dimension: str, label: str) -> Any:
    rows = found.frame
    return rows[(rows["kind"] == kind) & (rows["dimension"] == dimension) & (rows["label"] == label)].iloc[0]


def test_shares_are_compared_with_the_rest(desk: Desk) -> None:
    found = _network(desk, "volume")
    assert (found.tickets_here, found.tickets_there) == (100, 100)
    mail = _row(found, SHARE, "category", "Mail")
    assert (mail["here"], mail["there"]) == (30 / 100, 60 / 100)
    assert mail["difference"] == pytest.approx(0.3 - 0.6)
    assert mail["clear"]
    assert mail["lo"] < -0.3 < mail["hi"] < 0


def test_the_smallest_values_are_not_judged_but_counted(desk: Desk) -> None:
    found = _network(desk, "volume")
    assert "Rare" not in set(found.frame["label"])  # ten tickets in all
    assert found.not_judged == 1


def test_a_dimension_without_a_value_on_both_sides_is_left_out(desk: Desk) -> None:
    found = _network(desk, "volume")
    assert found.left_out == ("channel",)
    assert set(found.frame["dimension"]) <= {"", "category"}


def test_typical_hours_are_a_multiple_of_geometric_means(desk: Desk) -> None:
    found = _network(desk, "mttr")
    row = _row(found, VALUE, "category", "Mail")
    steps = [(1 + number % 3) / 2 for number in range(60)]
    there = exp(sum(log(2 * step) for step in steps) / 60)
    here = exp(sum(log(8 * step) for step in steps[:30]) / 30)
    assert (row["here"], row["there"]) == (pytest.approx(here), pytest.approx(there))
    assert row["difference"] == pytest.approx(here / there) == pytest.approx(4)
    assert row["clear"]


def test_ratios_are_those_of_the_registry(desk: Desk) -> None:
    found = _network(desk, "fcr")
    whole = _row(found, VALUE, "", "")
    assert (whole["here"], whole["there"]) == (
        desk.value("fcr", ALL.only("assignment_group", "Network")),
        desk.value("fcr", ALL.only("assignment_group", "Desk")),
    )
    assert found.clear.iloc[0]["dimension"] == ""  # all tickets come first


def test_periods_are_compared_as_they_are(tmp_path: Path) -> None:
    """Of category Mail: 45 of 60 in June, 30 of 60 in May."""
    rows = [
        ticket(days, category="Mail" if number < mail else "Printer")
        for days, mail in ((10, 45), (40, 30))
        for number in range(60)
    ]
    june, may = Filters.of(date(2026, 6, 1), date(2026, 7, 1)), Filters.of(date(2026, 5, 2), date(2026, 6, 1))
    engine = desk_of([*rows, ticket(0)], tmp_path).engine
    found = contrast(engine, "volume", Sides(june, may, nested=False), ("category",))
    mail = _row(found, SHARE, "category", "Mail")
    assert (mail["here"], mail["there"]) == (46 / 61, 30 / 60)  # the one that keeps the as-of day is Mail too
    assert finding_sentences(found)[0].startswith("Category ")


def test_nothing_that_differs_is_a_result(tmp_path: Path) -> None:
    rows = [ticket(5, assignment_group=group, category=("Mail", "Printer")[number % 2])
            for group in ("Desk", "Network") for number in range(60)]  # fmt: skip
    found = _network(desk_of(rows, tmp_path), "volume")
    assert found.clear.empty
    assert contrast_sentence(found) == "Nothing differs beyond chance: 2 comparisons of 60 tickets and 60 in the rest."
    assert finding_sentences(found) == []


def test_sure_but_tiny_is_not_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share of 0.5 % against 0.1 %: sure on so many tickets, and still under a point."""
    counted = {"": [("", 10_000, 10_000)], "category": [("Rare", 50, 10), ("Mail", 9_950, 9_990)]}

    def sums(*asked: Any) -> pd.DataFrame:
        frame = pd.DataFrame(counted[asked[-1]], columns=["label", "n_here", "n_there"])
        return frame.assign(part_here=0.0, part_there=0.0, squares_here=0.0, squares_there=0.0)

    monkeypatch.setattr("analytics.explore.contrast.value_sums", sums)
    found = contrast(desk.engine, "volume", Sides(ALL, ALL, nested=False), ("category",))
    rare = _row(found, SHARE, "category", "Rare")
    assert rare["adjusted"] < 0.001
    assert not rare["clear"]


def test_too_few_tickets_on_a_side_cannot_tell(tmp_path: Path) -> None:
    rows = [ticket(5, assignment_group=group) for group, n in (("Desk", 60), ("Network", 6)) for _ in range(n)]
    found = _network(desk_of(rows, tmp_path), "volume")
    assert found.frame.empty
    reason = f"there are too few tickets in what is compared: 6 of the {ENOUGH} it takes"
    assert contrast_sentence(found) == f"Cannot tell what differs: {reason}."


def test_an_empty_view_cannot_tell(desk: Desk) -> None:
    nothing = Filters.of(date(2020, 1, 1), date(2020, 2, 1))
    for kpi in KPIS:
        found = contrast(desk.engine, kpi.name, Sides(nothing, ALL, nested=True), DIMENSIONS)
        assert "under 5 of the 20" in found.reason, kpi.name


@pytest.mark.parametrize("kpi", [kpi.name for kpi in KPIS])
def test_every_kpi_can_be_contrasted(desk: Desk, kpi: str) -> None:
    found = _network(desk, kpi)
    assert found.basis.definition
    assert isinstance(found.frame, pd.DataFrame)
    assert found.frame["adjusted"].between(0, 1).all()


def test_every_duration_has_its_column() -> None:
    assert set(HOURS_OF) == {kpi.name for kpi in KPIS if kpi.unit is Unit.HOURS}
    for kpi in KPIS:
        if kpi.name in HOURS_OF:
            assert HOURS_OF[kpi.name] in repr(kpi.value), kpi.name


def test_the_interval_is_said_in_the_difference_s_unit(desk: Desk) -> None:
    found = _network(desk, "mttr")
    row = next(found.clear[found.clear["kind"] == VALUE].itertuples())
    assert interval_text(found, row).endswith(" times")
    assert (times_text(0.36), times_text(1.21), times_text(2.8), times_text(10)) == (
        "36 %",
        "121 %",
        "2.8 times",
        "10 times",
    )
