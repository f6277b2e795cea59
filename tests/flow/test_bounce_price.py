"""The price of a bounce: by example, by a second route, and how often its interval holds."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.filters import Filters
from analytics.flow.bounce_price import bounce_price
from analytics.flow.matched_medians import estimate
from tests.conftest import MakeDesk
from tests.flow.event_log import desk_of_log
from tests.warehouse_of import window

START = datetime.fromisoformat("2026-03-02 08:00")


def _listed(hours: Mapping[tuple[int, str, int], list[float]], **further: Any) -> list[dict[str, Any]]:
    """Tickets from (priority, category, hand-offs) -> hours to resolve."""
    return [
        {
            "opened_at": START, "resolved_at": START + timedelta(hours=each), "priority": priority,
            "category": category, "reassignment_count": moves, "ticket_type": "incident", **further,
        }
        for (priority, category, moves), listed in hours.items()
        for each in listed
    ]  # fmt: skip


# Urgent mail takes 1, 3 and 6 hours with 0, 1 and 2 hand-offs; slow network 100 and 140 with 0 and 1.
PRICED = {
    (1, "mail", 0): [1.0] * 20,
    (1, "mail", 1): [3.0] * 20,
    (1, "mail", 2): [6.0] * 5,
    (4, "network", 0): [100.0] * 10,
    (4, "network", 1): [140.0] * 10,
    (4, "network", 3): [999.0] * 4,  # too few
    (2, "phone", 1): [50.0] * 20,  # nothing to compare with
}


def test_differences_of_medians_weighted_by_overlap(desk: MakeDesk) -> None:
    price = bounce_price(desk(_listed(PRICED)).engine, Filters())
    weights = {"mail 0-1": 20 * 20 / 40, "mail 1-2": 20 * 5 / 25, "network 0-1": 10 * 10 / 20}
    expected = (weights["mail 0-1"] * 2 + weights["mail 1-2"] * 3 + weights["network 0-1"] * 40) / (10 + 4 + 5)
    assert price.waiting is not None
    assert price.waiting.hours == pytest.approx(expected)
    assert (price.waiting.lo, price.waiting.hi) == (price.waiting.hours, price.waiting.hours)  # no spread within cells
    assert (price.waiting.tickets, price.waiting.strata) == (65, 2)
    assert price.matched_on == ("priority", "category", "ticket_type")
    assert dict(price.basis.excluded) == {"no other ticket of its kind with one hand-off more or less": 24}
    assert price.waiting.by_handoffs["hours"].tolist() == pytest.approx(
        [(10 * 1 + 5 * 100) / 15, (10 * 1 + 5 * 100) / 15 + (10 * 2 + 5 * 40) / 15, 34 + 44 / 3 + 3]
    )


def test_a_gap_in_the_hand_offs_is_shared_among_them(desk: MakeDesk) -> None:
    gap = {(1, "mail", 1): [10.0] * 20, (1, "mail", 3): [30.0] * 20}
    price = bounce_price(desk(_listed(gap)).engine, Filters())
    assert price.waiting is not None
    assert price.waiting.hours == pytest.approx((30 - 10) / 2)
    assert price.waiting.by_handoffs["hours"].tolist() == pytest.approx([10, 20, 30])


def test_a_price_and_its_interval_are_in_one_unit(desk: MakeDesk) -> None:
    hours = {(1, "mail", 0): [1.0] * 40, (1, "mail", 1): [80.0, 90.0, 100.0, 110.0] * 10}
    sentence = bounce_price(desk(_listed(hours)).engine, Filters()).sentence
    assert sentence.startswith(f"With each extra hand-off a ticket took {(95 - 1) / 24:.1f} days longer")
    assert " h to " not in sentence


def test_unlike_tickets_are_not_compared(desk: MakeDesk) -> None:
    """Handed-over tickets are slower only because they are of another kind."""
    apart = {
        (1, "mail", 0): [1.0] * 40,
        (1, "mail", 1): [1.0] * 5,
        (4, "disk", 0): [90.0] * 5,
        (4, "disk", 1): [90.0] * 40,
    }
    price = bounce_price(desk(_listed(apart)).engine, Filters())
    assert price.waiting is not None
    assert price.waiting.hours == 0
    assert price.sentence.startswith("No clear price of a hand-off")


def test_fewer_keys_where_the_kinds_are_too_small(desk: MakeDesk) -> None:
    thin = {(1, f"category {n}", moves): [10.0 + 5 * moves] * 2 for n in range(20) for moves in (0, 1)}
    price = bounce_price(desk(_listed(thin)).engine, Filters())
    assert price.matched_on == ("priority", "ticket_type")
    assert price.waiting is not None
    assert price.waiting.hours == pytest.approx(5)


def test_what_cannot_be_told(desk: MakeDesk) -> None:
    few = bounce_price(desk(_listed({(1, "mail", 0): [1.0] * 9, (1, "mail", 1): [2.0] * 9})).engine, Filters())
    assert few.waiting is None
    assert few.sentence.startswith("Cannot tell what a hand-off costs: fewer than 30 resolved tickets")
    bare = desk("opened | resolved | reassignment_count\n2026-03-01 | 2026-03-02 | 1").engine
    assert "like cannot be compared with like" in bounce_price(bare, Filters()).sentence
    uncounted = desk("opened | resolved | priority\n2026-03-01 | 2026-03-02 | 1").engine
    assert "a history of its groups or a count" in bounce_price(uncounted, Filters()).sentence
    assert bounce_price(desk([]).engine, Filters()).waiting is None


def test_only_tickets_that_ended_in_the_window(desk: MakeDesk) -> None:
    engine = desk(_listed(PRICED)).engine
    early = bounce_price(engine, window("2026-03-02", "2026-03-03"))
    assert early.waiting is not None
    assert (early.waiting.tickets, early.waiting.strata) == (45, 1)
    assert bounce_price(engine, window("2026-03-03")).waiting is None


def test_money_only_for_booked_work_and_only_at_a_rate(desk: MakeDesk) -> None:
    booked = _listed({(1, "mail", 0): [10.0] * 20}, handle_hours=1.0)
    booked += _listed({(1, "mail", 1): [30.0] * 20}, handle_hours=1.5)
    engine = desk(booked).engine
    assert bounce_price(engine, Filters()).cost is None
    price = bounce_price(engine, Filters(), 60.0)
    assert price.cost == pytest.approx((30, 30, 30))
    assert price.money_sentence.startswith("In booked work each extra hand-off cost 30.00")
    waiting = bounce_price(desk(_listed(PRICED)).engine, Filters(), 60.0)
    assert waiting.cost is None
    assert "waiting hours cost no wages" in waiting.money_sentence


def test_hand_offs_are_counted_from_the_history_where_there_is_one(tmp_path_factory: pytest.TempPathFactory) -> None:
    lines = []
    for ticket in range(1, 41):
        lines.append(f"{ticket} | 2026-03-02 08:00 | New | desk | 3 - Moderate | Mail")
        if ticket % 2:
            lines.append(f"{ticket} | 2026-03-02 09:00 | Active | network | 3 - Moderate | Mail")
        lines.append(
            f"{ticket} | 2026-03-02 {10 + 5 * (ticket % 2)}:00 | Resolved | {'network' if ticket % 2 else 'desk'} "
            "| 3 - Moderate | Mail"
        )
    log = "\n".join(["ticket | updated | state | group | priority | category", *lines])
    price = bounce_price(desk_of_log(log, tmp_path_factory.mktemp("log")).engine, Filters())
    assert price.waiting is not None
    assert price.waiting.hours == pytest.approx(5)
    assert "history" not in " ".join(reason for reason, _ in price.basis.excluded)


def _cells(rng: np.random.Generator, added: float) -> pd.DataFrame:
    """Cells of strata with very different levels and heavy tails, where each hand-off shifts the median by `added`."""
    rows = []
    for stratum, level in enumerate((2.0, 10.0, 40.0)):
        for handoffs, tickets in enumerate((150, 60, 25, 10)):
            hours = level * np.exp(rng.normal(0, 1.2, tickets)) + added * handoffs
            logs = np.log1p(hours)
            rows.append((stratum, handoffs, tickets, *np.percentile(hours, (25, 50, 75)), logs.sum(), (logs**2).sum()))
    return pd.DataFrame(rows, columns=["kind", "handoffs", "tickets", "q25", "q50", "q75", "logs", "squares"])


def test_the_interval_holds_the_true_price_about_as_often_as_it_says() -> None:
    held, found = 0, []
    for seed in range(300):
        price = estimate(_cells(np.random.default_rng(seed), 6.0), ("kind",))
        assert price is not None
        held += price.lo <= 6.0 <= price.hi
        found.append(price.hours)
    assert 0.92 <= held / 300 <= 0.995
    assert np.mean(found) == pytest.approx(6.0, abs=0.5)


def test_the_share_explained_is_that_of_a_regression_with_a_level_for_each_kind() -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"kind": rng.integers(0, 3, 400), "handoffs": rng.integers(0, 4, 400)})
    logs = frame["kind"] + 0.3 * frame["handoffs"] + rng.normal(0, 0.5, 400)
    frame["logs"], frame["hours"] = logs, np.expm1(logs)
    grouped = frame.groupby(["kind", "handoffs"], as_index=False)
    cells = grouped.agg(
        tickets=("logs", "size"), q25=("hours", lambda x: x.quantile(0.25)), q50=("hours", "median"),
        q75=("hours", lambda x: x.quantile(0.75)), logs=("logs", "sum"), squares=("logs", lambda x: (x**2).sum()),
    )  # fmt: skip
    price = estimate(cells, ("kind",))
    own = frame - frame.groupby("kind")[["handoffs", "logs"]].transform("mean").reindex(columns=frame.columns)
    assert price is not None
    assert price.explained == pytest.approx(own["handoffs"].corr(own["logs"]) ** 2)
