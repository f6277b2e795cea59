"""HonestMttr, by example. The as-of time is the newest event of the desk."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.honest_mttr import gap_sentence, honest_mttr
from analytics.flow.survival import survival
from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.properties.desks import ZONES, desks, examples, filters, opened
from tests.warehouse_of import known, window


def _desk() -> str:
    """April: 30 tickets, all resolved after 1 to 30 h. May: 30, 18 resolved after 1 to 18 h, 12 open for 100 h."""
    april = [
        f"resolved | 2026-04-02 00:00 | {pd.Timestamp('2026-04-02') + pd.Timedelta(hours=n)} |" for n in range(1, 31)
    ]
    start = pd.Timestamp("2026-05-20")
    may = [f"resolved | {start} | {start + pd.Timedelta(hours=n)} |" for n in range(1, 19)]
    still = [f"new | {start} | | {start + pd.Timedelta(hours=100)}" for _ in range(12)]
    return "\n".join(["status | opened | resolved | updated", *april, *may, *still])


def test_the_honest_median_stands_beside_the_conventional_one(desk: MakeDesk) -> None:
    found = honest_mttr(desk(_desk()).engine, Filters(), 24)
    april, may = found.by_opened.to_dict("records")
    assert (april["median_hours"], april["mean_hours"]) == (15, sum(range(1, 31)) / 30)
    assert (april["honest_median_hours"], april["still_open_share"]) == (15, 0)
    assert (may["median_hours"], may["mean_hours"]) == (9, sum(range(1, 19)) / 18)
    assert may["honest_median_hours"] == 15  # half of 30, not of 18
    assert may["still_open_share"] == 12 / 30
    assert may["within_share"] == pytest.approx(18 / 30)
    assert found.sentence == (
        "Of the tickets opened in May 2026, 40 % are still open; the conventional median, 9.0 h, is made of the quick "
        "ones; the honest one is 15.0 h."
    )


def test_restricted_means_are_told_where_tickets_were_followed_for_so_long(desk: MakeDesk) -> None:
    found = honest_mttr(desk(_desk()).engine, Filters(), 24)
    april, may = found.by_opened.to_dict("records")
    assert found.overall.horizon_hours == 7 * 24
    assert april["restricted_mean_hours"] == pytest.approx(sum(range(1, 31)) / 30)
    assert known(may["restricted_mean_hours"]) is None  # followed for 100 hours only


def test_months_are_whole(desk: MakeDesk) -> None:
    found = honest_mttr(desk(_desk()).engine, window("2026-04-20", "2026-05-21"), 24)
    assert found.by_opened["tickets"].tolist() == [30, 30]


def test_by_month_resolved(desk: MakeDesk) -> None:
    frame = honest_mttr(desk(_desk()).engine, Filters(), 24).by_resolved
    april, may = frame.to_dict("records")
    assert (april["mean_hours"], april["median_hours"], april["tickets"]) == (15.5, 15.5, 30)
    assert (may["mean_hours"], may["tickets"]) == (sum(range(1, 19)) / 18, 18)
    assert may["p90_hours"] == pytest.approx(1 + 0.9 * 17)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"tickets": 3}, "Too few tickets a month"),
        ({"still_open": 0, "still_open_share": 0.0}, "none is still open: their median, 12.1 h, will not change"),
        ({"still_open_share": 0.004}, "fewer than 1 % are still open"),
        ({"honest_median_hours": None}, "the honest one is more than 26.0 days"),
    ],
)
def test_the_gap_in_words(changed: dict[str, Any], words: str) -> None:
    row = {
        "month": pd.Timestamp("2026-05-01"), "tickets": 100, "still_open": 41, "still_open_share": 0.41,
        "median_hours": 12.1, "honest_median_hours": 96.0, "more_than_hours": 624.0,
    }  # fmt: skip
    assert words in gap_sentence(pd.DataFrame([row | changed]))


def test_a_desk_without_tickets_has_no_rows(desk: MakeDesk) -> None:
    found = honest_mttr(desk("ticket | status | opened").engine, Filters(), 24)
    assert found.by_opened.empty
    assert found.by_resolved.empty
    assert "Too few" in found.sentence


@examples
@given(desks, st.sampled_from(ZONES), filters())
def test_the_months_are_those_of_the_curves(listed: list[dict[str, Any]], zone: str, chosen: Filters) -> None:
    with opened(listed, zone) as made:
        found = honest_mttr(made.engine, chosen, 24)
        assert found.by_opened["tickets"].sum() == found.basis.used
        assert (found.by_opened["ended"] + found.by_opened["still_open"] == found.by_opened["tickets"]).all()
        nothing_open = found.by_opened[(found.by_opened["still_open"] == 0) & ~found.by_opened["too_few"]]
        assert nothing_open["median_hours"].tolist() == nothing_open["honest_median_hours"].tolist()
        if chosen.start is None and chosen.end is None:
            curves = survival(made.engine, chosen, Grain.MONTH).curves
            assert found.by_opened["tickets"].tolist() == [curve.tickets for curve in curves.values()]
            volume = made.result("volume", grain=Grain.MONTH, filters=chosen).frame
            assert found.basis.used + found.basis.tickets_excluded >= volume["value"].sum()
