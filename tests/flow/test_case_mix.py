"""Case mix: groups compared like with like, by example, by a second route, and on the simulated desk."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import PersonDimension, UnknownName
from analytics.filters import Filters
from analytics.flow.case_mix import CaseMix, case_mix
from analytics.flow.group_effects import group_effects, stratum_numbers
from analytics.selection import select_tickets
from analytics.warehouse.engine import open_engine
from tests.cli.command_line import CommandLine
from tests.conftest import MakeDesk
from tests.properties.desks import examples, opened
from tests.warehouse_of import known, window

START = datetime.fromisoformat("2026-03-02 08:00")


def _tickets(group: str | None, category: str | None, count: int, *hours: float, **cells: Any) -> list[dict[str, Any]]:
    """`count` resolved tickets, of these hours in turn."""
    return [
        {
            "status": "resolved", "assignment_group": group, "category": category, "opened_at": START,
            "resolved_at": START + timedelta(hours=hours[n % len(hours)]), **cells,
        }
        for n in range(count)
    ]  # fmt: skip


def _rows(found: CaseMix) -> dict[str, Any]:
    return found.frame.set_index("label").to_dict("index")


# Hours of 2^k - 1, so that typical hours (one hour added, and taken off again) are powers of two as well.
MAIL, PROJECT = 2**1 - 1, 2**4 - 1


def test_a_group_that_is_slow_only_by_its_mix_comes_down(desk: MakeDesk) -> None:
    found = case_mix(
        desk(
            [
                *_tickets("Alpha", "Mail", 5, MAIL), *_tickets("Alpha", "Project", 15, PROJECT),
                *_tickets("Beta", "Mail", 15, MAIL), *_tickets("Beta", "Project", 5, PROJECT),
            ]
        ).engine,
        Filters(),
    )  # fmt: skip
    rows = _rows(found)
    assert rows["Alpha"]["raw_hours"] == pytest.approx(2 ** ((5 * 1 + 15 * 4) / 20) - 1)
    assert rows["Beta"]["raw_hours"] == pytest.approx(2 ** ((15 * 1 + 5 * 4) / 20) - 1)
    for name in ("Alpha", "Beta"):
        assert rows[name]["ratio"] == pytest.approx(1)
        assert rows[name]["adjusted_hours"] == pytest.approx(2 ** ((20 * 1 + 20 * 4) / 40) - 1)
        assert rows[name]["adjusted_mean_hours"] == pytest.approx((20 * 1 + 20 * 15) / 40)
    assert rows["Alpha"]["mean_hours"] == rows["Alpha"]["expected_mean_hours"] == (5 * 1 + 15 * 15) / 20
    assert found.keys == ("category",)
    assert found.sentence == "With category taken out, none of 2 groups is clearly slower than all together."


def test_a_group_that_is_slow_on_every_kind_stays_slow(desk: MakeDesk) -> None:
    slow_mail, slow_project = 2**2 - 1, 2**5 - 1  # twice as long, the hour included
    found = case_mix(
        desk(
            [
                *_tickets("Alpha", "Mail", 15, slow_mail), *_tickets("Alpha", "Project", 5, slow_project),
                *_tickets("Beta", "Mail", 5, MAIL), *_tickets("Beta", "Project", 15, PROJECT),
            ]
        ).engine,
        Filters(),
    )  # fmt: skip
    rows, level = _rows(found), (15 * 2 + 5 * 5 + 5 * 1 + 15 * 4) / 40
    assert rows["Alpha"]["raw_hours"] < rows["Beta"]["raw_hours"]  # its mix hides it
    assert rows["Alpha"]["ratio"] == pytest.approx(2**0.5)
    assert rows["Beta"]["ratio"] == pytest.approx(2**-0.5)
    assert rows["Alpha"]["adjusted_hours"] == pytest.approx(2 ** (level + 0.5) - 1)
    mail, project = (15 * 3 + 5 * 1) / 20, (5 * 31 + 15 * 15) / 20
    assert rows["Alpha"]["expected_mean_hours"] == pytest.approx((15 * mail + 5 * project) / 20)
    assert found.frame["label"].tolist() == ["Alpha", "Beta"]
    assert found.sentence.startswith("With category taken out, Alpha is the slowest: typically 10.3 h a ticket")
    assert "As measured, Beta looks slowest (8.5 h)" in found.sentence


def test_a_group_of_nearly_all_tickets_of_a_kind_is_not_compared_with_itself(desk: MakeDesk) -> None:
    table = [*_tickets("Alpha", "Mail", 95, 2**5 - 1), *_tickets("Beta", "Mail", 5, 2**2 - 1),
             *_tickets("Beta", "Project", 50, 2**6 - 1), *_tickets("Gamma", "Project", 50, 2**6 - 1)]  # fmt: skip
    rows = _rows(case_mix(desk(table).engine, Filters()))
    assert rows["Alpha"]["ratio"] / rows["Beta"]["ratio"] == pytest.approx(2**3)
    assert rows["Beta"]["ratio"] == pytest.approx(rows["Gamma"]["ratio"])  # Alpha is known through Beta


def test_a_kind_of_one_group_alone_falls_back_to_its_type_and_priority(desk: MakeDesk) -> None:
    table = [*_tickets("Alpha", "SAP", 10, 7, priority=2), *_tickets("Beta", "Phone", 10, 3, priority=2),
             *_tickets("Beta", "Mail", 10, 1, priority=3), *_tickets("Gamma", "Mail", 10, 1, priority=3)]  # fmt: skip
    found = case_mix(desk(table).engine, Filters())
    assert found.keys == ("priority", "category")
    rows = _rows(found)
    assert rows["Alpha"]["ratio"] / rows["Beta"]["ratio"] == pytest.approx((7 + 1) / (3 + 1))


def test_a_group_with_nothing_to_compare_has_a_reason_and_no_figure(desk: MakeDesk) -> None:
    table = [*_tickets("Alpha", "SAP", 30, 7, ticket_type="change"), *_tickets("Beta", "Mail", 10, 3),
             *_tickets("Gamma", "Mail", 10, 1), *_tickets("Delta", "Mail", 4, 1)]  # fmt: skip
    found = case_mix(desk(table).engine, Filters())
    rows = _rows(found)
    assert rows["Alpha"]["reason"] == "no other group resolves enough tickets of these kinds"
    assert np.isnan(rows["Alpha"]["ratio"])
    assert rows["Alpha"]["raw_hours"] == pytest.approx(7)
    assert rows["Delta"]["reason"] == "too few, under 5 tickets"
    assert np.isnan(rows["Delta"]["raw_hours"])
    assert sorted(found.shown["label"]) == ["Beta", "Gamma"]
    assert found.untold.count(";") == 1


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ([], "Cannot tell who is slower: no tickets"),
        ([*_tickets("Alpha", "Mail", 9, 1), *_tickets("Beta", "Mail", 9, 1)], "Cannot compare like with like"),
        ([*_tickets("Alpha", "Mail", 9, 1), *_tickets("Beta", "SAP", 3, 1)], "Cannot tell who is slower"),
    ],
)
def test_where_nothing_can_be_compared_it_says_so(desk: MakeDesk, table: list[dict[str, Any]], says: str) -> None:
    found = case_mix(desk(table).engine, Filters())
    assert found.sentence.startswith(says)
    assert len(found.shown) < 2


def test_a_dimension_is_not_adjusted_for_itself_and_people_are_refused(desk: MakeDesk) -> None:
    engine = desk([*_tickets("A", "Mail", 9, 1, 3, priority=2), *_tickets("A", "SAP", 9, 7, 9, priority=3)]).engine
    assert case_mix(engine, Filters(), "category").keys == ("priority",)
    assert sorted(case_mix(engine, Filters(), "priority").frame["value"]) == [2, 3]
    with pytest.raises(PersonDimension):
        case_mix(engine, Filters(), "assignee")
    with pytest.raises(UnknownName):
        case_mix(engine, Filters(), "grup")


def test_the_tickets_behind_a_group_are_those_counted(desk: MakeDesk) -> None:
    table = [*_tickets("Alpha", "Mail", 6, 1, 2), *_tickets(None, "Mail", 7, 3), *_tickets("Beta", "SAP", 5, 1)]
    engine = desk(table).engine
    found = case_mix(engine, window("2026-03-01", "2026-04-01"))
    for row in found.frame.to_dict("records"):
        assert select_tickets(engine, found.behind(row["value"])).total == row["tickets"]
    assert found.basis.used == found.frame["tickets"].sum() == 18


@pytest.mark.parametrize("seed", [3, 7])
def test_the_planted_slow_group_is_found_after_case_mix(tmp_path: Path, seed: int) -> None:
    cli = CommandLine(tmp_path)
    assert cli("demo", "--tickets", "8000", "--seed", str(seed)).code == 0
    truths = json.loads((tmp_path / "truths.json").read_text(encoding="utf-8"))["truths"]
    planted = next(truth["where"]["group"] for truth in truths if truth["kind"] == "slow_group")
    engine = open_engine(tmp_path)
    found = case_mix(engine, Filters())
    engine.close()
    assert found.frame["label"].iloc[0] == planted
    assert found.slowest is not None
    assert found.slowest["label"] == planted
    assert found.slowest["lo"] > 1
    others = found.shown[found.shown["label"] != planted]
    assert found.slowest["ratio"] > 1.5 * others["ratio"].max()  # planted: about twice the others
    assert f"{planted} is the slowest" in found.sentence


CELLS = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from("abc"), st.integers(1, 3), st.integers(5, 60), st.floats(0, 8)),
    min_size=1, max_size=40, unique_by=lambda cell: cell[:3],
)  # fmt: skip


@examples
@given(CELLS)
def test_the_effects_are_those_of_a_regression_on_dummies(listed: list[tuple[int, str, int, int, float]]) -> None:
    cells = pd.DataFrame(listed, columns=["group_number", "category", "priority", "tickets", "mean"])
    cells["group_number"] = pd.factorize(cells["group_number"])[0]
    cells = cells.assign(total=cells["tickets"] * cells["mean"], squares=cells["tickets"] * (cells["mean"] ** 2 + 1))
    groups = cells["group_number"].nunique()
    strata = stratum_numbers(cells, ("priority", "category"), 5)
    found = group_effects(cells, strata, groups)
    dummies = np.hstack([np.eye(groups)[cells["group_number"]], np.eye(strata.max() + 1)[strata]])
    weights = np.sqrt(cells["tickets"].to_numpy(dtype=float))
    fitted = dummies @ np.linalg.lstsq(dummies * weights[:, None], cells["mean"] * weights, rcond=None)[0]
    known = ~np.isnan(found.effect)
    for _, kind in cells.assign(fitted=fitted, stratum=strata).groupby("stratum"):
        ours = found.effect[kind["group_number"]]
        if known[kind["group_number"]].all():
            apart = kind["fitted"].to_numpy() - kind["fitted"].iloc[0]
            assert ours - ours[0] == pytest.approx(apart, abs=1e-6)
    assert (found.reach[known] >= 0).all()
    assert (found.compared <= cells.groupby("group_number")["tickets"].sum().to_numpy()).all()


@st.composite
def resolved_tickets(draw: st.DrawFn) -> dict[str, Any]:
    """A ticket that was resolved; its group and kind may be unknown."""
    hours = draw(st.one_of(st.just(0), st.floats(0, 3_000)))
    return {
        "status": draw(st.sampled_from(["resolved", "resolved", "cancelled", None])),
        "opened_at": START + timedelta(hours=draw(st.integers(0, 500))),
        "resolved_at": START + timedelta(hours=500 + hours),
        "assignment_group": draw(st.sampled_from([None, "one", "two", "three", "not recorded"])),
        "category": draw(st.sampled_from([None, "Mail", "SAP"])),
        "priority": draw(st.sampled_from([None, 1, 2])),
        "ticket_type": draw(st.sampled_from(["incident", "incident", "request"])),
    }


COMPARABLE = [
    one
    for group in ("one", "two")
    for kind in ("Mail", "SAP")
    for priority in (None, 1)
    for one in _tickets(group, kind, 6, 1, 20, 300, priority=priority, ticket_type="incident")
]


@examples
@given(
    st.lists(resolved_tickets(), max_size=100),
    st.sampled_from([{}, {"ticket_type": ["incident"]}, {"priority": [1, None]}]),
    st.sampled_from(["assignment_group", "category", "priority", "source"]),
)
def test_every_ticket_of_the_kpi_is_in_one_group(
    listed: list[dict[str, Any]], where: dict[str, list[Any]], dimension: str
) -> None:
    chosen = Filters.of(where=where)
    with opened([*COMPARABLE, *listed]) as made:
        found = case_mix(made.engine, chosen, dimension)
        kpi = made.result("mttr", [dimension], filters=chosen).frame
        assert found.frame["tickets"].sum() == found.basis.used == kpi["denominator"].sum()
        assert len(found.frame) == len(kpi)
        means = {known(value): known(mean) for value, mean in zip(kpi[dimension], kpi["value"], strict=True)}
        for row in found.frame.to_dict("records"):
            assert row["tickets"] < 5 or row["mean_hours"] == pytest.approx(means[row["value"]])
        shown = found.shown
        assert (len(shown) > 1) == (dimension != "source")
        assert (shown["lo"] <= shown["ratio"] + 1e-9).all()
        assert (shown["ratio"] <= shown["hi"] + 1e-9).all()
        assert (shown["tickets"] >= 5).all()
        # The groups' distances from the average of all cancel out, weighted by their tickets.
        whole = len(shown) == len(found.frame)
        assert not whole or (np.log(shown["ratio"]) * shown["tickets"]).sum() == pytest.approx(0, abs=1e-6)
