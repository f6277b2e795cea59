"""FcrRules, by example and against the KPI."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.fcr_rules import FcrRules, fcr_rules
from tests.conftest import MakeDesk
from tests.properties.desks import ZONES, desks, examples, filters, opened
from tests.warehouse_of import window

DESK = """
ticket | source | status    | opened           | resolved         | reopen_count | reassignment_count
A      | one    | resolved  | 2026-03-02 08:00 | 2026-03-02 08:30 | 0            | 0
B      | one    | resolved  | 2026-03-02 08:00 | 2026-03-02 09:00 | 0            | 0
C      | one    | resolved  | 2026-03-02 08:00 | 2026-03-02 12:00 | 0            | 0
D      | one    | resolved  | 2026-03-02 08:00 | 2026-03-02 08:30 | 1            | 0
E      | one    | resolved  | 2026-03-02 08:00 | 2026-03-02 08:30 | 0            | 2
F      | one    | cancelled | 2026-03-02 08:00 | 2026-03-02 08:30 | 0            | 0
G      | one    | new       | 2026-03-02 08:00 |                  | 0            | 0
H      | two    | resolved  | 2026-03-02 08:00 | 2026-03-02 08:30 |              | 0
"""


def _shares(found: FcrRules, source: str) -> dict[str, float]:
    rows = found.frame[found.frame["source"] == source]
    return dict(zip(rows["rule"], rows["share"], strict=True))


def test_each_rule_on_the_tickets_that_tell(desk: MakeDesk) -> None:
    found = fcr_rules(desk(DESK).engine, Filters())
    assert _shares(found, "one") == {
        "not reopened, one group": 3 / 5,  # A, B, C
        "one group": 4 / 5,  # and D
        "resolved within one hour, one group": 3 / 5,  # A, B, D
    }
    assert found.range_points == pytest.approx(100 * (4 / 5 - 3 / 5))
    assert "differ by up to 20 points" in found.sentence


def test_the_rule_in_use_is_marked_and_few_tickets_show_no_share(desk: MakeDesk) -> None:
    frame = fcr_rules(desk(DESK).engine, Filters()).frame
    used = frame[frame["in_kpi"] > 0].set_index("source")
    assert used["rule"].to_dict() == {"one": "not reopened, one group", "two": "one group"}
    assert frame.loc[frame["source"] == "two", "share"].isna().all()
    assert frame.loc[frame["source"] == "two", "too_few"].all()


def test_the_flag_and_the_replies(desk: MakeDesk) -> None:
    rows = "\n".join(
        f"{n} | resolved | 2026-03-02 | 2026-03-03 | {n % 2 + 1} | {'yes' if n < 4 else 'no'}" for n in range(6)
    )
    made = desk(f"ticket | status | opened | resolved | reply_count | first_contact_resolved\n{rows}")
    shares = fcr_rules(made.engine, Filters()).frame.set_index("rule")["share"].to_dict()
    assert shares == {
        "the tool's own flag": 4 / 6,
        "at most one reply, not reopened, one group (as far as recorded)": 3 / 6,
    }


def test_without_columns_it_says_what_is_missing(desk: MakeDesk) -> None:
    made = desk("ticket | status | opened | resolved\nA | resolved | 2026-03-02 | 2026-03-03")
    found = fcr_rules(made.engine, Filters())
    assert found.frame.empty
    assert found.range_points is None
    assert "cannot be told" in found.sentence
    assert "Too few" in fcr_rules(desk(DESK).engine, window(source="two")).sentence


@examples
@given(desks, st.sampled_from(ZONES), filters())
def test_the_rules_in_use_cover_the_kpis_tickets(listed: list[dict[str, Any]], zone: str, chosen: Filters) -> None:
    with opened(listed, zone) as made:
        found = fcr_rules(made.engine, chosen)
        assert found.frame["in_kpi"].sum() == found.basis.used == made.result("fcr", filters=chosen).tickets
        assert (found.frame["in_kpi"] <= found.frame["tickets"]).all()
        assert found.frame["share"].dropna().between(0, 1).all()
